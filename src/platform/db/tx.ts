import type pg from 'pg';
import type { Sql } from 'sql-template-tag';
import type { Scope } from '../access/scope.ts';

/** One transaction in one workspace. Row-level security already stands when the first query runs. */
export interface Tx {
  readonly scope: Scope;
  /** Rows with camelCased column names. int8 and numeric arrive as numbers, timestamptz as Date, date as 'YYYY-MM-DD'. */
  rows<T>(query: Sql): Promise<T[]>;
  /** Exactly one row, or it is a bug. */
  one<T>(query: Sql): Promise<T>;
  maybe<T>(query: Sql): Promise<T | undefined>;
  /** Runs a statement; returns the number of affected rows. */
  run(query: Sql): Promise<number>;
  /** Inserts many rows, cells in the order of `columns`, 5,000 a statement (COPY is not allowed under row-level security); returns how many. */
  copy(table: string, columns: readonly string[], rows: Iterable<readonly unknown[]>): Promise<number>;
  /** Runs after a successful commit, never after a rollback. */
  afterCommit(run: () => void): void;
}

const camel = new Map<string, string>();
function camelCased(name: string): string {
  let made = camel.get(name);
  if (made === undefined) {
    made = name.replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
    camel.set(name, made);
  }
  return made;
}

/** One element of an array literal; PostgreSQL casts its text to the column's type. */
function element(value: unknown): string {
  if (value === null || value === undefined) return 'NULL';
  let text: string;
  if (typeof value === 'string') text = value;
  else if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  else if (value instanceof Date) return `"${value.toISOString()}"`;
  else if (Buffer.isBuffer(value)) return `"\\\\x${value.toString('hex')}"`;
  else if (Array.isArray(value)) text = `{${value.map((v) => element(v)).join(',')}}`;
  else text = JSON.stringify(value);
  // PostgreSQL text cannot hold NUL; the raw bytes keep it, the text loses it.
  if (/["\\\0]/.test(text)) text = text.replaceAll('\0', '').replaceAll(/["\\]/g, String.raw`\$&`);
  return `"${text}"`;
}

const statementNames = new Map<string, string>();
function nameOf(text: string): string {
  let name = statementNames.get(text);
  if (name === undefined) statementNames.set(text, (name = `copy ${statementNames.size}`));
  return name;
}

const columnTypes = new Map<string, Map<string, string>>();
const rowsPerStatement = 5000;
/** Tables this process has written much to: the first time, the planner is told what they hold (0006_platform_statistics.sql). */
const learnt = new Set<string>();
const worthLearning = 500;

/** How many queries the transaction sent: query budgets are asserted on it in tests. */
export const queryCount = { total: 0 };

export class OpenTx implements Tx {
  readonly scope: Scope;
  readonly committed: (() => void)[] = [];
  readonly #client: pg.ClientBase;
  constructor(client: pg.ClientBase, scope: Scope) {
    this.#client = client;
    this.scope = scope;
  }

  async rows<T>(query: Sql): Promise<T[]> {
    queryCount.total++;
    const result = await this.#client.query({ text: query.text, values: query.values, rowMode: 'array' });
    const names = result.fields.map((field) => camelCased(field.name));
    const out: T[] = Array.from({ length: result.rows.length });
    for (let i = 0; i < result.rows.length; i++) {
      const row: Record<string, unknown> = {};
      const cells = result.rows[i] as unknown[];
      for (let c = 0; c < names.length; c++) row[names[c]!] = cells[c];
      out[i] = row as T;
    }
    return out;
  }

  async one<T>(query: Sql): Promise<T> {
    const found = await this.rows<T>(query);
    if (found.length !== 1) throw new Error(`Expected exactly one row, got ${found.length}: ${query.text.slice(0, 200)}`);
    return found[0]!;
  }

  async maybe<T>(query: Sql): Promise<T | undefined> {
    const found = await this.rows<T>(query);
    if (found.length > 1) throw new Error(`Expected at most one row, got ${found.length}: ${query.text.slice(0, 200)}`);
    return found[0];
  }

  async run(query: Sql): Promise<number> {
    queryCount.total++;
    const result = await this.#client.query({ text: query.text, values: query.values });
    return result.rowCount ?? 0;
  }

  async copy(table: string, columns: readonly string[], rows: Iterable<readonly unknown[]>): Promise<number> {
    const types = columnTypes.get(table) ?? (await this.#typesOf(table));
    const cells: string[][] = columns.map(() => []);
    let count = 0;
    const flush = async (): Promise<void> => {
      const size = cells[0]!.length;
      if (size === 0) return;
      // In a large batch a column that says the same in every row (the workspace, the import, nothing) travels once.
      const once = columns.map((_, c) => size >= 100 && cells[c]!.every((cell) => cell === cells[c]![0]));
      if (once.every(Boolean)) once[0] = false;
      const casts = columns.map((name, c) => `${once[c] ? `($${c + 1}::text[])[1]` : `c${c}`}::${types.get(name) ?? 'text'}`).join(', ');
      const many = columns.map((_, c) => c).filter((c) => !once[c]);
      const arrays = many.map((c) => `$${c + 1}::text[]`).join(', ');
      const text = `insert into ${table} (${columns.join(', ')}) select ${casts} from unnest(${arrays}) as r (${many.map((c) => `c${c}`).join(', ')})`;
      queryCount.total++;
      const result = await this.#client.query({
        // Named, so that each connection prepares it once: intake runs it thousands of times.
        ...(size < 100 ? { name: nameOf(text) } : {}),
        text,
        values: cells.map((column, c) => (once[c] ? `{${column[0]!}}` : `{${column.join(',')}}`)),
      });
      count += result.rowCount ?? 0;
      for (const column of cells) column.length = 0;
    };
    const before: unknown[] = columns.map(() => null);
    const written: string[] = columns.map(() => 'NULL');
    for (const row of rows) {
      for (let c = 0; c < columns.length; c++) {
        const value = row[c];
        if (value !== before[c]) {
          before[c] = value;
          written[c] = element(value);
        }
        cells[c]!.push(written[c]!);
      }
      if (cells[0]!.length === rowsPerStatement) await flush();
    }
    await flush();
    if (count >= worthLearning && !learnt.has(table)) {
      learnt.add(table);
      await this.#client.query({ text: 'select platform.learn($1::regclass)', values: [table] });
    }
    return count;
  }

  async #typesOf(table: string): Promise<Map<string, string>> {
    const result = await this.#client.query<{ name: string; type: string }>({
      text: `select attname as name, format_type(atttypid, -1) as type from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped`,
      values: [table],
    });
    const types = new Map(result.rows.map((row) => [row.name, row.type]));
    columnTypes.set(table, types);
    return types;
  }

  afterCommit(run: () => void): void {
    this.committed.push(run);
  }
}
