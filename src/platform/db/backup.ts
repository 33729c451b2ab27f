import { createReadStream, createWriteStream } from 'node:fs';
import { rename } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createZstdCompress, createZstdDecompress } from 'node:zlib';
import pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { Refusal } from '../refusal.ts';
import type { Connection } from './database.ts';

/**
 * The embedded server has no pg_dump, so backup and restore are ours: one zstd file of lines. Line 1 describes the file; then for each
 * table a line `@table columns`, its rows in COPY text format (which never holds a bare line starting with '@'), and at the very end `@end rows`,
 * without which a file is known to be cut off.
 */
interface Header {
  format: 'baton-backup';
  version: 1;
  at: string;
  migrations: { name: string; sha256: string }[];
}

const tablesQuery = `
  select n.nspname || '.' || quote_ident(c.relname) as name,
    (select string_agg(quote_ident(a.attname), ', ' order by a.attnum) from pg_attribute a
      where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p') and not c.relispartition and n.nspname not in ('pg_catalog', 'information_schema', 'public') and n.nspname not like 'pg\\_%'
  order by 1`;

const factTable = 'journal.fact';

async function ownerClient(connection: Connection): Promise<pg.Client> {
  const client = new pg.Client({ ...connection, application_name: 'baton backup' });
  await client.connect();
  // As the owner; a role that row-level security would narrow gets an error instead of half a backup.
  await client.query('set row_security = off');
  return client;
}

/** Writes everything, as of one instant, while Baton goes on working. @returns rows by table. */
export async function backUp(connection: Connection, file: string): Promise<Record<string, number>> {
  const client = await ownerClient(connection);
  const counts: Record<string, number> = {};
  try {
    await client.query('begin transaction isolation level repeatable read read only');
    const migrations = (
      await client.query<{ name: string; sha256: string }>('select name, sha256 from public.baton_migration order by name')
    ).rows;
    const tables = (await client.query<{ name: string; columns: string }>(tablesQuery)).rows;
    async function* lines(): AsyncGenerator<Buffer | string> {
      yield `${JSON.stringify({ format: 'baton-backup', version: 1, at: new Date().toISOString(), migrations } satisfies Header)}\n`;
      let total = 0;
      for (const { name, columns } of tables) {
        yield `@${name} ${columns}\n`;
        // Facts in the order of their transactions, which restore has to keep.
        const order = name === factTable ? ' order by xact, id' : '';
        const stream = client.query(copyTo(`copy (select ${columns} from ${name}${order}) to stdout`));
        for await (const chunk of stream) yield chunk as Buffer;
        counts[name] = stream.rowCount;
        total += stream.rowCount;
      }
      yield `@end ${total}\n`;
    }
    // Under another name until it is whole: a file with the right name is a good file.
    await pipeline(Readable.from(lines()), createZstdCompress(), createWriteStream(`${file}.part`, { mode: 0o600 }));
    await rename(`${file}.part`, file);
    return counts;
  } finally {
    await client.end();
  }
}

/** Fills an empty, migrated database from a backup, in one transaction: all of it or nothing. @returns rows by table. */
export async function restore(connection: Connection, file: string): Promise<Record<string, number>> {
  const client = await ownerClient(connection);
  const counts: Record<string, number> = {};
  const broken = (why: string): never => {
    throw new Refusal('invalid', 'platform/backup-file', `${file} is not a whole backup of Baton: ${why}. Nothing was restored.`);
  };
  try {
    await client.query('begin');
    if ((await client.query('select 1 from platform.workspace limit 1')).rowCount) {
      throw new Refusal(
        'conflict',
        'platform/restore-not-empty',
        'This database holds data already. Restore into an empty data folder (BATON_DATA_DIR) or an empty database.',
      );
    }
    await client.query('set local session_replication_role = replica'); // tables come in by name, not in the order of their references
    const lines = linesOf(createReadStream(file).pipe(createZstdDecompress()));
    const next = async (): Promise<string | undefined> => {
      const { value, done } = await lines.next().catch((error: Error) => broken(error.message));
      return done ? undefined : value;
    };
    const first = await next();
    let header: Header | undefined;
    try {
      header = JSON.parse(first ?? '') as Header;
    } catch {
      broken('its first line cannot be read');
    }
    if (header?.format !== 'baton-backup') broken('it was made by something else');
    const here = (await client.query<{ name: string }>('select name from public.baton_migration order by name')).rows.map((r) => r.name);
    const unknown = header!.migrations.filter((m) => !here.includes(m.name));
    if (unknown.length > 0)
      throw new Refusal(
        'conflict',
        'platform/backup-newer',
        `This backup was made by a newer Baton (${unknown.map((m) => m.name).join(', ')}). Upgrade first.`,
      );

    const order = new TransactionOrder();
    let line = await next();
    let total = 0;
    while (line?.startsWith('@') && !line.startsWith('@end ')) {
      const table = line.slice(1, line.indexOf(' '));
      const columns = line.slice(line.indexOf(' ') + 1);
      await client.query(`delete from ${table}`); // what a migration seeded gives way to the backup's own rows
      const xactAt = columns.split(', ').indexOf('xact');
      async function* rows(): AsyncGenerator<string> {
        let chunk = '';
        for (line = await next(); line !== undefined && !line.startsWith('@'); line = await next()) {
          if (table === factTable) line = replaceCell(line, xactAt, (old) => order.factAt(BigInt(old)));
          chunk += `${line}\n`;
          if (chunk.length > 262_144) {
            yield chunk;
            chunk = '';
          }
        }
        if (chunk) yield chunk;
      }
      const into = client.query(copyFrom(`copy ${table} (${columns}) from stdin`));
      await pipeline(Readable.from(rows()), into);
      counts[table] = into.rowCount;
      total += into.rowCount;
      if (table === 'journal.cursor')
        order.cursors = (await client.query<{ xact: string }>('select distinct xact::text as xact from journal.cursor')).rows.map((r) =>
          BigInt(r.xact),
        );
    }
    if (line !== `@end ${total}`) broken(line === undefined ? 'its end is missing' : 'its count does not fit');
    const moved = order.cursors.map((old) => ({ old, ...order.cursorAt(old) }));
    await client.query(
      `update journal.cursor c set xact = m.xact::xid8, fact_id = case when m.whole then 'ffffffff-ffff-ffff-ffff-ffffffffffff' else c.fact_id end
       from unnest($1::text[], $2::text[], $3::bool[]) as m (old, xact, whole) where c.xact = m.old::xid8`,
      [moved.map((m) => String(m.old)), moved.map((m) => String(m.xact)), moved.map((m) => m.all)],
    );
    await client.query('commit');
    // Every fact must lie below the server's own transactions, or its listeners would wait for it for ever.
    for (let now = 0n; now <= order.last;)
      now = BigInt((await client.query<{ x: string }>('select pg_current_xact_id()::text as x')).rows[0]!.x);
    await client.query('analyze');
    return counts;
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  } finally {
    await client.end();
  }
}

/** Lines by \n alone: other separators are data. */
async function* linesOf(input: AsyncIterable<Buffer>): AsyncGenerator<string, undefined> {
  let rest: Buffer[] = [];
  for await (const chunk of input) {
    let from = 0;
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, from)) {
      yield Buffer.concat([...rest, chunk.subarray(from, at)]).toString();
      rest = [];
      from = at + 1;
    }
    if (from < chunk.length) rest.push(chunk.subarray(from));
  }
  if (rest.length > 0) yield Buffer.concat(rest).toString();
  return undefined;
}

function replaceCell(line: string, column: number, change: (old: string) => bigint): string {
  const cells = line.split('\t');
  cells[column] = String(change(cells[column]!));
  return cells.join('\t');
}

/**
 * Transaction ids of the old server mean nothing on the new one, but their order does: it says what each subscriber has heard. What
 * all have heard becomes transaction 3, the first there ever was; what some have still to hear keeps its order in small numbers above.
 */
class TransactionOrder {
  cursors: bigint[] = [];
  last = 3n;
  readonly #later: { old: bigint; now: bigint }[] = [];

  get #heardByAll(): bigint {
    return this.cursors.reduce((least, x) => (x < least ? x : least), this.cursors[0] ?? 0n);
  }

  /** The new transaction id of a fact; facts must come in order. A cursor inside a transaction leaves that transaction unheard as a whole by id. */
  factAt(old: bigint): bigint {
    if (old < this.#heardByAll) return 3n;
    if (this.#later.at(-1)?.old !== old) this.#later.push({ old, now: ++this.last });
    return this.last;
  }

  /** Where a cursor stands now: just behind `xact` as a whole (`all`), or inside it at its fact id. */
  cursorAt(old: bigint): { xact: bigint; all: boolean } {
    const at = this.#later.findLast((x) => x.old <= old);
    return at ? { xact: at.now, all: at.old < old } : { xact: 3n, all: true };
  }
}
