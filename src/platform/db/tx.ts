import type pg from 'pg';
import type { Sql } from 'sql-template-tag';
import type { Scope } from '../access/scope.ts';
import { binaryArray } from './binary-array.rules.ts';

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
  /** Inserts many rows, cells in the order of `columns`, 5,000 a statement, 25,000 where there are very many (COPY is not allowed under row-level security); returns how many. */
  copy(table: string, columns: readonly string[], rows: Iterable<readonly unknown[]>): Promise<number>;
  /**
   * Lets statements that were sent run on without being waited for; what is sent after them still sees what they did. They are waited
   * for by `settled`, at the latest before the commit: if one failed, so did the transaction.
   */
  later(sent: Promise<unknown>): void;
  settled(): Promise<void>;
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
  const text = textOf(value);
  return text === null ? 'NULL' : `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
}

/** A value as text that PostgreSQL casts to the column's type. */
function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  if (value instanceof Date) return value.toISOString();
  if (Buffer.isBuffer(value)) return `\\x${value.toString('hex')}`;
  if (Array.isArray(value)) return `{${value.map((v) => element(v)).join(',')}}`;
  return JSON.stringify(value);
}

/** PostgreSQL text cannot hold NUL: the raw bytes keep it, the text loses it. */
const clean = (text: string): string => (text.includes('\0') ? text.replaceAll('\0', '') : text);

/**
 * What is asked again and again is prepared once on each connection: for most statements planning costs more than doing. A name is given
 * after some turns, and to so many statements at most, because each connection keeps a plan of its own in memory.
 */
const preparedMax = 80;
const preparedFrom = 20;
const turns = new Map<string, number>();
const statementNames = new Map<string, string>();
function nameOf(text: string): string | undefined {
  const name = statementNames.get(text);
  if (name !== undefined || statementNames.size === preparedMax) return name;
  const turn = (turns.get(text) ?? 0) + 1;
  if (turns.size < 5000) turns.set(text, turn);
  if (turn < preparedFrom) return undefined;
  turns.delete(text);
  const given = `s${statementNames.size}`;
  statementNames.set(text, given);
  return given;
}

/** Table → column → type. Known before the first transaction, so that a copy is sent at once and in its turn. */
const columnTypes = new Map<string, Map<string, string>>();

export async function loadColumnTypes(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ relation: string; name: string; type: string }>(`
    select n.nspname || '.' || c.relname as relation, a.attname as name, format_type(a.atttypid, -1) as type
    from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and not c.relispartition and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
      and a.attnum > 0 and not a.attisdropped`);
  for (const { relation, name, type } of rows) {
    const types = columnTypes.get(relation) ?? new Map<string, string>();
    columnTypes.set(relation, types.set(name, type));
  }
}
/** Rows a statement, and how many are on their way at most: of what is very large more, so that it is not many statements. */
const [rowsUsual, rowsOfLarge, large] = [5000, 25_000, 20_000];
const statementsInFlight = 4;
/**
 * Tables this process has written much to, in one large write or many small ones: the first time, the planner is told what they hold
 * (0006_platform_statistics.sql).
 */
const writtenTo = new Map<string, number>();
const worthLearning = 100;

/** How many queries the transaction sent: query budgets are asserted on it in tests. */
export const queryCount = { total: 0 };

export class OpenTx implements Tx {
  readonly scope: Scope;
  readonly committed: (() => void)[] = [];
  #sent: Promise<unknown>[] = [];
  #failure: Error | undefined;
  /** The end of the line: while a copy too large to be sent at once is on its way, whatever comes after it waits its turn, above all the commit. */
  #line: Promise<void> | undefined;
  readonly #client: pg.ClientBase;
  constructor(client: pg.ClientBase, scope: Scope) {
    this.#client = client;
    this.scope = scope;
  }

  /** Once this is there, every statement so far is on the wire, in its order. */
  async allSent(): Promise<void> {
    while (this.#line) await this.#line;
  }

  /** Takes a place in the line: `turn` comes when everything before is sent; nothing after is sent before `leave`. */
  #standInLine(): { turn: Promise<void> | undefined; leave: () => void } {
    const turn = this.#line;
    const { promise, resolve: leave } = Promise.withResolvers<void>();
    const end = turn ? turn.then(() => promise) : promise;
    this.#line = end;
    void end.then(() => {
      if (this.#line === end) this.#line = undefined;
    });
    return { turn, leave };
  }

  /** After one statement failed, the rest of a transaction fails for that reason alone: the reason is what is told. */
  async #query<R extends pg.QueryResultRow | unknown[]>(config: pg.QueryConfig & { rowMode?: 'array' }, ofCopy = false): Promise<pg.QueryResult<R & pg.QueryResultRow>> {
    const place = this.#line && !ofCopy ? this.#standInLine() : undefined;
    if (place) await place.turn;
    const name = nameOf(config.text);
    try {
      const sent = this.#client.query<R & pg.QueryResultRow>(name === undefined ? config : { ...config, name });
      place?.leave();
      return await sent;
    } catch (error) {
      if ((error as { code?: string }).code === '25P02' && this.#failure) throw this.#failure;
      this.#failure ??= error as Error;
      throw error;
    } finally {
      place?.leave(); // also where nothing could be sent
    }
  }

  later(sent: Promise<unknown>): void {
    sent.catch(() => {}); // told by settled
    this.#sent.push(sent);
  }

  async settled(): Promise<void> {
    const sent = this.#sent;
    this.#sent = [];
    const results = await Promise.allSettled(sent);
    this.#failure = undefined;
    for (const result of results) if (result.status === 'rejected') throw result.reason;
  }

  async rows<T>(query: Sql): Promise<T[]> {
    queryCount.total++;
    const result = await this.#query<unknown[]>({ text: query.text, values: query.values, rowMode: 'array' });
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
    const result = await this.#query({ text: query.text, values: query.values });
    return result.rowCount ?? 0;
  }

  async copy(table: string, columns: readonly string[], rows: Iterable<readonly unknown[]>): Promise<number> {
    const types = columnTypes.get(table) ?? (await this.#typesOf(table));
    let place = this.#line && this.#standInLine();
    if (place) await place.turn;
    let batch: (readonly unknown[])[] = [];
    let count = 0;
    const flush = async (): Promise<void> => {
      const size = batch.length;
      if (size === 0) return;
      const rowsOfBatch = batch;
      batch = [];
      // In a large batch a column that says the same in every row (the workspace, the import, nothing) travels once.
      const first = rowsOfBatch[0]!;
      const once = columns.map((_, c) => size === 1 || (size >= 100 && rowsOfBatch.every((row) => row[c] === first[c])));
      // At least one column must count the rows.
      if (size > 1 && once.every(Boolean)) once[0] = false;
      const many = columns.map((_, c) => c).filter((c) => !once[c]);
      const typeOf = (c: number): string => types.get(columns[c]!) ?? 'text';
      const bodies = new Map<number, { type: string; array: Buffer }>();
      for (const c of size === 1 ? [] : many) {
        const column = { count: size, value: (row: number): unknown => rowsOfBatch[row]![c] };
        const array = binaryArray(column, typeOf(c), textOf);
        // What has no binary form here travels as text and is cast by the server.
        bodies.set(c, array ? { type: typeOf(c), array } : { type: 'text', array: binaryArray(column, 'text', textOf)! });
      }
      const casts = columns.map((_, c) => (once[c] ? `$${c + 1}::text::${typeOf(c)}` : bodies.get(c)!.type === typeOf(c) ? `c${c}` : `c${c}::${typeOf(c)}`)).join(', ');
      const arrays = many.map((c) => `$${c + 1}::${bodies.get(c)?.type}[]`).join(', ');
      const source = size === 1 ? '' : ` from unnest(${arrays}) as r (${many.map((c) => `c${c}`).join(', ')})`;
      const text = `insert into ${table} (${columns.join(', ')}) select ${casts}${source}`;
      const single = (value: unknown): string | null => {
        const written = textOf(value);
        return written === null ? null : clean(written);
      };
      queryCount.total++;
      const result = await this.#query({
        text,
        values: columns.map((_, c) => (once[c] ? single(first[c]) : bodies.get(c)!.array)),
      }, true);
      count += result.rowCount ?? 0;
    };
    // Sent without waiting, so that what is sent after this call comes after all of it; only what is very large is waited for on the way.
    const rowsPerStatement = Array.isArray(rows) && rows.length > large ? rowsOfLarge : rowsUsual;
    let sent: Promise<void>[] = [];
    try {
      for (const row of rows) {
        batch.push(row);
        if (batch.length < rowsPerStatement) continue;
        sent.push(flush());
        if (sent.length === statementsInFlight) {
          place ??= this.#standInLine();
          await Promise.all(sent);
          sent = [];
        }
      }
      sent.push(flush());
    } finally {
      place?.leave();
    }
    await Promise.all(sent);
    const before = writtenTo.get(table) ?? 0;
    writtenTo.set(table, before + count);
    if (before < worthLearning && before + count >= worthLearning) {
      await this.#client.query({ text: 'select platform.learn($1::regclass)', values: [table] });
    }
    return count;
  }

  async #typesOf(table: string): Promise<Map<string, string>> {
    await loadColumnTypes(this.#client);
    const types = columnTypes.get(table);
    if (!types) throw new Error(`There is no table ${table}.`);
    return types;
  }

  afterCommit(run: () => void): void {
    this.committed.push(run);
  }
}
