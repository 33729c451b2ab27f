// Dumps the migrated schema into db/schema.sql (--write), or compares (default): a migration nobody dumped fails the build.
// The embedded server has no pg_dump, so this reads the catalogue itself; one line per object, sorted, easy to review.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbedded } from '../src/platform/db/embedded.ts';
import { migrate } from '../src/platform/db/migrate.ts';

const file = join(import.meta.dirname, '../db/schema.sql');
const ours = `n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast', 'public') and n.nspname not like 'pg\\_%'`;
const partition = `c.relispartition`;

const questions: Record<string, string> = {
  schemas: `select 'schema ' || nspname from pg_namespace n where ${ours} order by 1`,
  tables: `select 'table ' || n.nspname || '.' || c.relname || ' (' || string_agg(a.attname || ' ' || format_type(a.atttypid, a.atttypmod) ||
      case when a.attnotnull then ' not null' else '' end ||
      coalesce(case a.attgenerated when 's' then ' generated always as ' else ' default ' end || pg_get_expr(d.adbin, d.adrelid), ''), E',\\n  ' order by a.attnum) || ')' ||
      coalesce(' partition by ' || pg_get_partkeydef(c.oid), '')
    from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
    where ${ours} and c.relkind in ('r', 'p') and not ${partition} group by n.nspname, c.relname, c.oid order by 1`,
  partitions: `select 'partition ' || n.nspname || '.' || c.relname || ' ' || pg_get_expr(c.relpartbound, c.oid) from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where ${ours} and c.relkind = 'r' and ${partition} order by 1`,
  constraints: `select 'constraint on ' || n.nspname || '.' || c.relname || ': ' || k.conname || ' ' || pg_get_constraintdef(k.oid) from pg_constraint k
    join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace where ${ours} and not ${partition} and k.contype <> 'n' order by 1`,
  indexes: `select pg_get_indexdef(i.indexrelid) from pg_index i join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace
    where ${ours} and not ${partition} and not exists (select 1 from pg_constraint k where k.conindid = i.indexrelid) order by 1`,
  views: `select 'view ' || n.nspname || '.' || c.relname || coalesce(' with (' || array_to_string(c.reloptions, ', ') || ')', '') || ' as' || pg_get_viewdef(c.oid) from pg_class c
    join pg_namespace n on n.oid = c.relnamespace where ${ours} and c.relkind in ('v', 'm') order by 1`,
  functions: `select pg_get_functiondef(p.oid) from pg_proc p join pg_namespace n on n.oid = p.pronamespace where ${ours} and p.prokind = 'f'
    and not exists (select 1 from pg_depend d where d.objid = p.oid and d.deptype = 'e') order by n.nspname, p.proname, 1`,
  triggers: `select pg_get_triggerdef(t.oid) from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace where ${ours} and not tgisinternal order by 1`,
  policies: `select 'policy ' || policyname || ' on ' || schemaname || '.' || tablename || ' ' || permissive || ' ' || cmd || ' using (' || coalesce(qual, '') || ')' || coalesce(' with check (' || with_check || ')', '')
    from pg_policies order by 1`,
  grants: `select 'grant ' || string_agg(lower(privilege_type), ', ' order by privilege_type) || ' on ' || table_schema || '.' || table_name || ' to baton_app' from information_schema.role_table_grants
    where grantee = 'baton_app' group by table_schema, table_name order by 1`,
};

const home = mkdtempSync(join(tmpdir(), 'baton-schema-'));
const given = process.env['BATON_TEST_DATABASE_URL'];
const server = await startEmbedded(home, { fsync: 'off' });
if (given) process.stderr.write('The schema is always dumped from the embedded server, whose wording is the reference.\n');
try {
  await migrate(server.connection);
  const client = new pg.Client(server.connection);
  await client.connect();
  const parts: string[] = [
    '-- Dumped by `npm run db:schema` (scripts/schema.ts) from a freshly migrated database: read it, never edit or run it.',
  ];
  for (const [title, question] of Object.entries(questions)) {
    const { rows } = await client.query<Record<string, string>>({ text: question, rowMode: 'object' } as never);
    parts.push(`-- ${title}\n${rows.map((row) => `${Object.values(row)[0]!.trim()};`).join('\n')}`);
  }
  const unguarded = await client.query<{
    name: string;
  }>(`select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where ${ours} and c.relkind in ('r', 'p') and not ${partition} and not c.relrowsecurity and n.nspname || '.' || c.relname <> 'platform.installation'`);
  await client.end();
  const dumped = `${parts.join('\n\n')}\n`;
  if (unguarded.rowCount) {
    process.stderr.write(`Tables without row-level security: ${unguarded.rows.map((r) => r.name).join(', ')}\n`);
    process.exitCode = 1;
  }
  if (process.argv.includes('--write')) writeFileSync(file, dumped);
  else if (readFileSync(file, 'utf8') !== dumped) {
    process.stderr.write('db/schema.sql does not show what the migrations make. Run: npm run db:schema\n');
    process.exitCode = 1;
  } else process.stdout.write('db/schema.sql is what the migrations make; every table is under row-level security.\n');
} finally {
  await server.stop();
  rmSync(home, { recursive: true, force: true });
}
