import type pg from 'pg';
import { plainTerms } from '../tests/support/agreements.ts';
import type { ServerProcess } from '../tests/support/process.ts';
import { ask, call } from './support/setup.ts';
import { median, ms, timed } from './support/results.ts';
import type { Row } from './support/results.ts';

const turns = { warm: 2, count: 9 };

/** The page Kept over two years, and a list behind one of its figures: every hand-off has all four promises to judge, every lead has to be complete. */
export async function kept(server: ServerProcess, connection: pg.ClientConfig, leads: number): Promise<Row[]> {
  const owed = { acceptMinutes: 60, contactMinutes: 240, verdictMinutes: 2400, attempts: 2, attemptsMinutes: 2400 };
  const terms = plainTerms({
    kinds: [{ id: 'hot', name: 'Hot', grade: 'hot', where: null, leadsMin: 100, leadsMax: null, sharePercent: 20 }],
    marketing: { leadsMin: 100, leadsMax: null, rightPercent: 80, wrongReasons: ['Wrong contact data'], completePercent: 70, complete: ['email', 'phone', 'organization'] },
    sales: { hot: owed, warm: owed, cold: owed, keptPercent: 90 },
  });
  await ask(
    connection,
    `insert into qualify.agreement (workspace_id, version, content, words, hash, drafted_at, from_at, told)
     select id, 1, $1::jsonb, '[]', '', timestamptz '2024-09-01', timestamptz '2024-09-01', true from platform.workspace`,
    [JSON.stringify({ ...terms, definitionVersion: 1 })],
  );
  await ask(
    connection,
    `update distribute.assignment a set respond_by = started_at + interval '4 hours', follow_by = accepted_at + interval '8 hours',
       judge_by = accepted_at + interval '10 days', tries_by = accepted_at + interval '10 days', tries_owed = 2
     from distribute.holder h where h.workspace_id = a.workspace_id and h.id = a.holder_id and h.kind in ('rep', 'partner')`,
  );
  await ask(connection, 'vacuum analyze distribute.assignment');
  const row = async (what: string, path: string, target: string, most: number | null): Promise<Row> => {
    const took = median(await timed(() => call(server, 'GET', path), turns)) / 1000;
    return { what, n: `${leads.toLocaleString('en')} leads`, measured: ms(took), yardstick: '–', ratio: '–', target, met: most === null ? null : took < most };
  };
  return [
    await row('page Kept, two years', '/v1/agreement/kept?months=24', '–', null),
    await row('the leads behind a figure of it', '/v1/leads?promise=accept&kept=false&from=2025-06-01&to=2025-06-30', '< 100 ms', 0.1),
  ];
}
