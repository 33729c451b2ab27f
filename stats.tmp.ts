import { startEmbedded } from '/work/wt/demo/src/platform/db/embedded.ts';
import pg from '/work/main/node_modules/pg/lib/index.js';
const s = await startEmbedded('/tmp/demo-data');
const c = new pg.Client(s.connection); await c.connect();
await c.query('create extension if not exists pg_stat_statements');
if (process.argv[2] === 'reset') await c.query('select pg_stat_statements_reset()');
else { const r = await c.query(`select calls, round(total_plan_time) plan, round(total_exec_time) exec, rows, left(regexp_replace(query, '\\s+', ' ', 'g'), ${process.argv[2] ?? 160}) q from pg_stat_statements order by total_plan_time + total_exec_time desc limit 30`);
for (const x of r.rows) console.log(x.calls, 'plan', x.plan, 'exec', x.exec, 'rows', x.rows, x.q);
console.log((await c.query('select sum(calls) calls, round(sum(total_plan_time)) plan, round(sum(total_exec_time)) exec from pg_stat_statements')).rows); }
await c.end(); await s.stop();
