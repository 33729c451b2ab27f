import { scans } from '../src/house.ts';
import { addHolder, changeTerritory, place } from '../src/distribute/index.ts';
import { sql } from '../src/platform/db/index.ts';
import { plantLeads } from '../tests/support/leads.ts';
import { inHouse } from './support/house.ts';
import type { Row } from './support/results.ts';

/** Clocks that all end within one minute, by the real clock and in the rhythm of the house: each is told once; how late is the latest? */
export async function clocks(small: boolean): Promise<Row[]> {
  const count = small ? 2000 : 100_000;
  const spanSeconds = small ? 3 : 60;
  return inHouse(async ({ cx, workspaceId, scope, write }) => {
    await write(async (tx) => {
      const ids: string[] = [];
      for (let i = 0; i < 40; i++) ids.push(await addHolder(tx, cx, { name: `Holder ${i}`, kind: 'rep' }));
      await changeTerritory(tx, cx, null, { name: 'Everywhere', rules: {}, holders: ids.map((holderId) => ({ holderId, weight: 1 })) });
    });
    for (let made = 0; made < count; made += 2000) {
      const leads = await plantLeads({ cx, workspaceId, write }, Array.from({ length: Math.min(2000, count - made) }, () => ({ organizationId: cx.ids.next() })));
      await write((tx) => place(tx, cx, leads.map(({ leadId }) => leadId), 'new'));
    }
    const startsAt = new Date(Date.now() + (small ? 500 : 5000));
    await write((tx) => tx.run(sql`with n as (select id, row_number() over (order by md5(id::text)) as n from distribute.assignment where workspace_id = ${workspaceId} and ended_at is null)
      update distribute.assignment a set remind_at = null, respond_by = ${startsAt}::timestamptz + n.n * ${(spanSeconds * 1000) / count}::float8 * interval '1 millisecond',
        clock_at = ${startsAt}::timestamptz + n.n * ${(spanSeconds * 1000) / count}::float8 * interval '1 millisecond'
      from n where a.workspace_id = ${workspaceId} and a.id = n.id`));
    await write((tx) => tx.run(sql`analyze distribute.assignment`));
    const scan = scans.find(({ name }) => name === 'distribute.clocks')!;
    const turns: { did: number; seconds: number }[] = [];
    // As `work` does it: at once again while there was something to do, else after its pause.
    for (const end = startsAt.getTime() + spanSeconds * 1000 + 30_000, fired = { n: 0 }; fired.n < count && Date.now() < end;) {
      const began = performance.now();
      const did = await scan.run(cx, scope);
      fired.n += did;
      if (did > 0) turns.push({ did, seconds: (performance.now() - began) / 1000 });
      else await new Promise((go) => setTimeout(go, scan.everySeconds * 1000));
    }
    const told = await cx.db.read(scope, (tx) =>
      tx.one<{ facts: number; breaches: number; latestSeconds: number; middleSeconds: number }>(sql`select
        (select count(*)::int from journal.fact where workspace_id = ${workspaceId} and type = 'lead.overdue') as facts, count(*)::int as breaches,
        extract(epoch from max(noticed_at - due_at))::float8 as latest_seconds, extract(epoch from percentile_cont(0.5) within group (order by noticed_at - due_at))::float8 as middle_seconds
        from distribute.breach where workspace_id = ${workspaceId}`),
    );
    if (told.facts !== count || told.breaches !== count) throw new Error(`Of ${count} clocks ${told.breaches} were noticed and ${told.facts} told.`);
    // It was noticed when its batch began, and stands when that is committed.
    const latest = told.latestSeconds + Math.max(...turns.map(({ seconds }) => seconds));
    const speed = turns.reduce((sum, { did }) => sum + did, 0) / turns.reduce((sum, { seconds }) => sum + seconds, 0);
    return [
      {
        what: `clocks that end within ${spanSeconds} s, each told once`,
        n: count.toLocaleString('en'),
        measured: `late by ${latest.toFixed(1)} s at most, ${told.middleSeconds.toFixed(1)} s in the middle`,
        yardstick: `${Math.round(speed).toLocaleString('en')} a second while it worked`,
        ratio: '–',
        target: 'late < 5 s',
        met: latest < 5,
      },
    ];
  });
}
