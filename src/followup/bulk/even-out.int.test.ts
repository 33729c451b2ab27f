import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestHouse, type TestHouse } from '../../../tests/support/house.ts';
import { custodyBreaks, plantLeads } from '../../../tests/support/leads.ts';
import { addHolder, changeTerritory } from '../../distribute/index.ts';
import { sql } from '../../platform/db/index.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse({ at: '2026-03-02T09:00:00Z', ticking: true });
});
afterAll(() => house.close());

const ask = (whom: { kind: string; id: string }) => house.request('marketing', 'GET', `/v1/even-out?kind=${whom.kind}&id=${whom.id}`);
const settle = async () => {
  await house.runJobs();
  await house.drain();
};
const custody = () =>
  house.rows<{ leadId: string; holderId: string; territoryId: string | null }>(sql`select lead_id, holder_id, territory_id, accepted_at, respond_by, follow_by, clock_at
    from distribute.assignment where workspace_id = ${house.workspaceId} and ended_at is null order by lead_id`);

test('12, 3 and 0 of a territory become 5 each, as shown; undone as it was; what was begun with, and somebody full, are left alone; so too for a team', async () => {
  const [ana, ben, cas] = (await Promise.all(['Ana', 'Ben', 'Cas'].map((name) => house.write((tx) => addHolder(tx, house.cx, { name, kind: 'rep', email: `${name}@pumps.example` }))))) as [string, string, string];
  const held = (territoryId: string | null, ids: string[]) =>
    house.write((tx) => changeTerritory(tx, house.cx, territoryId, { ...(territoryId ? {} : { name: 'All', rules: {} }), holders: ids.map((holderId) => ({ holderId, weight: 1 })) }));
  await held(null, [ana]);
  const [territory] = (await house.request('marketing', 'GET', '/v1/territories')).json.items as { id: string }[];
  const whom = { kind: 'territory', id: territory!.id };
  const planted = await plantLeads(house, Array.from({ length: 12 }, () => ({})));
  await house.drain();
  await held(whom.id, [ben]);
  await plantLeads(house, [{}, {}, {}]);
  await house.drain();
  await held(whom.id, [ana, ben, cas]);
  const before = await custody();
  expect(before).toHaveLength(15);

  const shown = (await ask(whom)).json;
  expect(shown.holders.map((one: { id: string; before: number; after: number }) => [one.id, one.before, one.after])).toEqual([[ana, 12, 5], [ben, 3, 5], [cas, 0, 5]]);
  expect(shown.moves).toHaveLength(7);
  expect(await custody()).toEqual(before);
  const start = (mark: string) => house.request('marketing', 'POST', '/v1/even-out', { ...whom, mark, note: 'A fair week' });
  expect((await start('another')).json.code).toBe('followup/even-changed');
  for (const as of ['rep', 'partner', 'management'] as const) expect((await house.request(as, 'POST', '/v1/even-out', { ...whom, mark: shown.mark })).status).toBe(403);

  const made = await start(shown.mark);
  expect(made.status, made.text).toBe(200);
  await settle();
  const is = await custody();
  for (const id of [ana, ben, cas]) expect(is.filter((one) => one.holderId === id)).toHaveLength(5);
  expect(new Set(is.map((one) => one.territoryId))).toEqual(new Set([whom.id]));
  expect((await house.request('marketing', 'GET', `/v1/lead-changes/${made.json.id}`)).json).toMatchObject({ state: 'finished', changed: 7, refused: [], action: { do: 'even', whom: { name: 'All' }, note: 'A fair week' } });
  expect((await house.request('marketing', 'GET', `/v1/leads/${shown.moves[0].leadId}/assignments`)).json.items.at(-1).because[0].detail).toBe('A fair week');
  expect((await ask(whom)).json.moves).toEqual([]);
  expect((await house.request('marketing', 'POST', `/v1/lead-changes/${made.json.id}/undo`, {})).status).toBe(200);
  await settle();
  expect(await custody()).toEqual(before);
  expect(await custodyBreaks(house)).toEqual([]);

  // What a partner registered stays with it while it is protected.
  const [kept] = shown.moves as { leadId: string; fromHolderId: string }[];
  await house.write((tx) =>
    tx.run(sql`insert into followup.registration (workspace_id, id, holder_id, made_at, said, said_hash, state, problems, lead_id, protected_until)
      values (${house.workspaceId}, ${house.cx.ids.next()}, ${kept!.fromHolderId}, now(), '{}', '\\x00', 'granted', '{}', ${kept!.leadId}, ${new Date(house.clock.now().getTime() + 86_400_000)})`),
  );
  const without = (await ask(whom)).json;
  expect(without.moves.map((one: { leadId: string }) => one.leadId)).not.toContain(kept!.leadId);
  expect(without.staying).toContainEqual({ why: 'theirs: they registered it, and it is kept for them', count: 1 });
  await house.write((tx) => tx.run(sql`delete from followup.registration`));

  const team = await house.request('marketing', 'POST', '/v1/teams', { name: 'Inside', holders: [ana, cas].map((holderId) => ({ holderId, weight: 1 })) });
  await house.write((tx) => tx.run(sql`update distribute.assignment set first_followup_at = now() where ended_at is null and holder_id = ${ana} and lead_id <> all(${planted.slice(0, 3).map(({ leadId }) => leadId)}::uuid[])`));
  const inside = { kind: 'team', id: team.json.id as string };
  const few = (await ask(inside)).json;
  expect(few).toMatchObject({ moves: [{}, {}, {}], staying: [{ why: 'in work: contacted', count: 9 }] });
  const next = await house.request('marketing', 'POST', '/v1/even-out', { ...inside, mark: few.mark });
  await house.request('marketing', 'PATCH', `/v1/holders/${cas}`, { openMost: 1 });
  await settle();
  expect((await house.request('marketing', 'GET', `/v1/lead-changes/${next.json.id}`)).json).toMatchObject({ changed: 1, refused: [{ count: 2 }] });
  expect((await custody()).filter((one) => one.holderId === cas)).toHaveLength(1);
  expect((await ask({ kind: 'team', id: whom.id })).status).toBe(404);
});
