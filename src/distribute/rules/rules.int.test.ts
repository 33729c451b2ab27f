import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestHouse } from '../../../tests/support/house.ts';
import type { TestHouse } from '../../../tests/support/house.ts';
import { custodyBreaks, holders, plantLeads } from '../../../tests/support/leads.ts';
import { queryCount, sql } from '../../platform/db/index.ts';
import { addHolder, changeTerritory, declineAssignments, place } from '../index.ts';
import type { RoutingRule } from './routing-rule.rules.ts';

let house: TestHouse;
const id: Record<string, string> = {};
const rule = (given: Partial<RoutingRule> & { name: string }): RoutingRule => ({
  id: randomUUID(),
  when: { all: [] },
  first: false,
  pool: { kind: 'territory' },
  method: 'turns',
  promise: null,
  otherwise: 'next',
  ...given,
});
const draft = (rules: RoutingRule[]) => house.request('marketing', 'PUT', '/v1/routing/draft', { rules });
const publish = () => house.request('marketing', 'POST', '/v1/routing/publish', {});
async function inForce(rules: RoutingRule[]): Promise<void> {
  expect((await draft(rules)).status).toBe(200);
  expect((await publish()).json).toMatchObject({ version: expect.any(Number) });
}
const path = async (leadId: string) => (await house.request('marketing', 'GET', `/v1/leads/${leadId}/assignments`)).json.items;
const as = (name: string) => ({ role: 'partner', holderId: id[name]! }) as const;
const claim = (name: string, leadId: string) => house.request(as(name), 'POST', `/v1/offers/${leadId}/claim`, {});
const offered = async (name: string): Promise<{ leadId: string }[]> => (await house.request(as(name), 'GET', '/v1/offers')).json.items;

beforeAll(async () => {
  house = await openTestHouse({ at: '2026-03-02T09:00:00Z' });
  await house.write(async (tx) => {
    for (const name of ['Ana', 'Ben', 'Cas', 'Dan'])
      id[name] = await addHolder(tx, house.cx, {
        name,
        kind: 'rep',
        email: `${name.toLowerCase()}@hartwell.example`,
        languages: name === 'Dan' ? ['pt'] : [],
      });
    for (const [name, tier] of [
      ['Gold GmbH', 'Gold'],
      ['Silver SL', 'Silver'],
    ] as const)
      id[name] = await addHolder(tx, house.cx, { name, kind: 'partner', tier, productLines: ['pump'] });
  });
  await house.write((tx) =>
    changeTerritory(tx, house.cx, null, {
      name: 'Iberia',
      rules: { countries: ['ES', 'PT'] },
      holders: [{ holderId: id['Ana']!, weight: 1 }],
    }),
  );
  const team = await house.request('marketing', 'POST', '/v1/teams', {
    name: 'Inside sales',
    holders: ['Ana', 'Ben', 'Cas'].map((name) => ({ holderId: id[name], weight: 1 })),
  });
  expect(team.status).toBe(200);
  id['team'] = team.json.id;
});
afterAll(() => house.close());

describe('publishing', () => {
  test('is refused, with an example, while a lead could get nowhere', async () => {
    const french = rule({
      name: 'French',
      when: { field: 'country', op: 'in', value: ['FR'] },
      pool: { kind: 'team', teamId: id['team']! },
    });
    expect((await draft([french])).json).toEqual({ version: 1 });
    const check = await house.request('marketing', 'POST', '/v1/routing/check', { rules: [french] });
    expect(check.json).toMatchObject({ complete: true, dead: [], problems: [] });
    expect(check.json.uncovered[0].why).toMatch(/^Everywhere else has nobody yet$/);
    const refused = await publish();
    expect(refused.status).toBe(409);
    expect(refused.json.detail ?? refused.json.title).toMatch(/a lead could get nowhere, for example a lead with .*country/);
    // Nothing is in force: leads go as they went.
    expect((await house.request('rep', 'GET', '/v1/routing')).json).toMatchObject({ inForce: null, draft: { version: 1 } });
    const rest = rule({ name: 'The rest', pool: { kind: 'desk' } });
    await inForce([french, rest]);
    expect((await house.request('rep', 'GET', '/v1/routing')).json).toMatchObject({ inForce: { version: 1 }, draft: null });
  });

  test('dead rules are named, with what takes everything before them', async () => {
    const team = { kind: 'team', teamId: id['team']! } as const;
    const all = rule({ name: 'All hot', when: { field: 'grade', op: 'equals', value: 'hot' }, pool: team });
    const shadowed = rule({
      name: 'Hot from Spain',
      when: {
        all: [
          { field: 'grade', op: 'equals', value: 'hot' },
          { field: 'country', op: 'in', value: ['ES'] },
        ],
      },
      pool: team,
    });
    const never = rule({
      name: 'Never',
      when: {
        all: [
          { field: 'country', op: 'in', value: ['ES'] },
          { field: 'country', op: 'in', value: ['FR'] },
        ],
      },
      pool: team,
    });
    const empty = rule({
      name: 'Platinum',
      when: { field: 'country', op: 'in', value: ['FR'] },
      pool: { kind: 'partners', tiers: ['Platinum'], byProduct: false },
    });
    const check = await house.request('marketing', 'POST', '/v1/routing/check', {
      rules: [all, shadowed, never, empty, rule({ name: 'Rest', pool: { kind: 'desk' } })],
    });
    expect(check.json.dead).toEqual([
      { ruleId: shadowed.id, name: 'Hot from Spain', why: 'Nothing is left for it: “All hot” takes everything before.' },
      { ruleId: never.id, name: 'Never', why: 'Its conditions can never hold together.' },
      { ruleId: empty.id, name: 'Platinum', why: 'Nobody is in its pool who could take a lead.' },
    ]);
    expect(check.json.uncovered).toEqual([]);
  });

  test('a field or team that is not there is a problem, and what was published cannot be changed', async () => {
    await draft([
      rule({ name: 'Odd', when: { field: 'moon', op: 'equals', value: 'full' }, pool: { kind: 'team', teamId: randomUUID() } }),
    ]);
    const refused = await publish();
    expect(refused.status).toBe(422);
    expect(JSON.stringify(refused.json)).toMatch(/There is no field “moon”.*its team was taken away/);
    expect((await house.request('marketing', 'DELETE', '/v1/routing/draft')).json).toEqual({ dropped: true });
    await expect(house.write((tx) => tx.run(sql`update distribute.ruleset set rules = '[]' where version = 1`))).rejects.toThrow(
      /stays as it is/,
    );
    const taken = await house.request('marketing', 'DELETE', `/v1/teams/${id['team']}`);
    expect([taken.status, taken.json.detail]).toEqual([409, expect.stringContaining('The rule “French” gives leads to this team')]);
  });
});

describe('by the rules', () => {
  const rest = () => rule({ name: 'Rest', pool: { kind: 'desk' } });

  test('conditions over inquiry, person and lead decide; the clock is the rule’s own; the page says by which rule', async () => {
    const hot = rule({
      name: 'Hot to the inside',
      when: { field: 'grade', op: 'equals', value: 'hot' },
      pool: { kind: 'team', teamId: id['team']! },
      promise: { hot: 15, warm: 30, cold: 60 },
    });
    const named = rule({
      name: 'Key names',
      first: true,
      when: { field: 'name', op: 'contains', value: ['Key'] },
      pool: { kind: 'partners', tiers: ['Gold'], byProduct: false },
    });
    await inForce([named, hot, rule({ name: 'By territory' }), rest()]);
    const [key, urgent, warm, far] = await plantLeads(house, [
      { name: 'Key Account', ownerName: 'Ana' },
      { grade: 'hot' },
      { country: 'PT' },
      { country: 'JP' },
    ]);
    await house.drain();
    const held = await holders(house);
    expect(held.get(key!.leadId)!.holderId).toBe(id['Gold GmbH']);
    expect(held.get(urgent!.leadId)!.respondBy).toEqual(new Date('2026-03-02T09:15:00Z'));
    expect(held.get(warm!.leadId)).toMatchObject({ holderId: id['Ana'], respondBy: new Date('2026-03-03T08:00:00Z') });
    expect(held.get(far!.leadId)!.kind).toBe('desk');
    const [step] = await path(urgent!.leadId);
    expect(step.because.slice(0, 2)).toEqual([
      { label: 'Rule', detail: 'Hot to the inside' },
      { label: 'Team', detail: 'Inside sales' },
    ]);
    expect(step.decision).toMatchObject({ version: 2, rules: [{ name: 'Hot to the inside', came: 'took' }], again: { same: true } });
    expect((await path(far!.leadId))[0].decision.rules).toMatchObject([
      { name: 'By territory', came: 'passed' },
      { name: 'Rest', came: 'desk' },
    ]);
    expect((await house.request('rep', 'GET', '/v1/routing')).json.taken).toMatchObject({ [hot.id]: 1, [named.id]: 1 });
    expect(await custodyBreaks(house)).toEqual([]);
  });

  test('a new version never changes what earlier decisions come out as', async () => {
    const [lead] = await plantLeads(house, [{ grade: 'hot' }]);
    await house.drain();
    const before = (await path(lead!.leadId))[0];
    await inForce([rest()]);
    expect((await path(lead!.leadId))[0]).toEqual(before);
    const [next] = await plantLeads(house, [{ grade: 'hot' }]);
    await house.drain();
    expect((await path(next!.leadId))[0]).toMatchObject({ holderKind: 'desk', decision: { version: 3, again: { same: true } } });
    // Tampered with, it does not come out.
    await house.write((tx) =>
      tx.run(sql`update distribute.assignment set decided = jsonb_set(decided, '{by,facts,grade}', '"cold"') where id = ${before.id}`),
    );
    expect((await path(lead!.leadId))[0].decision.again).toMatchObject({
      same: false,
      differences: ['The conditions hold of other rules than those that were followed.'],
    });
  });

  test('what somebody said a position is decides, whatever rules read in it', async () => {
    const purchasers = rule({ name: 'Purchasers', when: { field: 'positionFunction', op: 'equals', value: 'purchasing' }, pool: { kind: 'team', teamId: id['team']! } });
    await inForce([purchasers, rest()]);
    const [unknown] = await plantLeads(house, [{ title: 'Zampolit' }]);
    await house.drain();
    expect((await path(unknown!.leadId))[0].decision.rules).toMatchObject([{ name: 'Rest', came: 'desk' }]);
    await house.write((tx) =>
      tx.run(sql`insert into identity.reading (workspace_id, kind, key, said, level, function, read_by, said_at)
        values (${house.workspaceId}, 'title', 'zampolit', 'Zampolit', 'director', 'purchasing', 'test', ${house.cx.clock.now()})`),
    );
    const [said] = await plantLeads(house, [{ title: 'Zampolit' }]);
    await house.drain();
    expect((await path(said!.leadId))[0].decision.rules).toMatchObject([{ name: 'Purchasers', came: 'took' }]);
  });

  test('as many queries for one lead as for thousands, whatever the rules', async () => {
    const many = Array.from({ length: 200 }, (_, i) =>
      rule({
        name: `Rule ${i}`,
        when: {
          all: [
            { field: 'country', op: 'in', value: ['FR'] },
            { field: 'score', op: 'atLeast', value: 100 + i },
          ],
        },
      }),
    );
    const least = rule({ name: 'Least loaded', method: 'leastLoaded', pool: { kind: 'team', teamId: id['team']! } });
    await inForce([...many, least, rest()]);
    for (const n of [1, 1000]) {
      const leads = await plantLeads(
        house,
        Array.from({ length: n }, () => ({ organizationId: house.cx.ids.next() })),
      );
      const before = queryCount.total;
      await house.write((tx) =>
        place(
          tx,
          house.cx,
          leads.map((one) => one.leadId),
          'new',
        ),
      );
      expect(queryCount.total - before).toBeLessThanOrEqual(15);
    }
    const loads = await house.rows<{ n: number }>(sql`select count(*)::int as n from distribute.assignment where ended_at is null
      and holder_id = any(${['Ana', 'Ben', 'Cas'].map((name) => id[name]!)}::uuid[]) group by holder_id`);
    expect(Math.max(...loads.map(({ n }) => n)) - Math.min(...loads.map(({ n }) => n))).toBeLessThanOrEqual(1);
  });

  test('an open opportunity of the organization wins over who held its last lead', async () => {
    await inForce([]);
    const organizationId = house.cx.ids.next();
    const [first] = await plantLeads(house, [{ organizationId, ownerName: 'Ben' }]);
    await house.drain();
    expect((await holders(house)).get(first!.leadId)!.holderId).toBe(id['Ben']);
    await house.write((tx) =>
      tx.run(sql`insert into revenue.opportunity (workspace_id, id, name, organization_id, holder_id, stage, probability, currency, opened_at, outcome, origin, created_at, updated_at)
        values (${house.workspaceId}, ${house.cx.ids.next()}, 'Line 3', ${organizationId}, ${id['Dan']}, 'proposal', 50, 'CHF', ${house.cx.clock.now()}, 'open', 'app', now(), now())`),
    );
    const [second] = await plantLeads(house, [{ organizationId }]);
    await house.drain();
    expect((await holders(house)).get(second!.leadId)!.holderId).toBe(id['Dan']);
  });
});

describe('first to claim', () => {
  const open = () =>
    rule({
      name: 'Open to partners',
      method: 'firstToClaim',
      pool: { kind: 'partners', tiers: [], byProduct: false },
      promise: { hot: 30, warm: 60, cold: 120 },
    });

  test('offered to all of the pool, and says nothing of whose it is; the first has it, accepted, under the rule', async () => {
    house.clock.set('2026-03-09T09:00:00Z');
    await inForce([open()]);
    const [lead] = await plantLeads(house, [{ grade: 'hot', name: 'Very Secret', email: 'secret@firm.example' }]);
    await house.drain();
    expect((await holders(house)).get(lead!.leadId)!.kind).toBe('desk');
    const [gold] = await offered('Gold GmbH');
    expect(gold).toMatchObject({
      leadId: lead!.leadId,
      rule: 'Open to partners',
      grade: 'hot',
      country: 'ES',
      offeredTo: 2,
      until: '2026-03-09T09:30:00.000Z',
    });
    expect(JSON.stringify(gold)).not.toMatch(/secret/i);
    expect(await offered('Silver SL')).toHaveLength(1);
    expect((await claim('Silver SL', lead!.leadId)).json).toEqual({ leadId: lead!.leadId, holderId: id['Silver SL'] });
    expect((await claim('Gold GmbH', lead!.leadId)).status).toBe(409);
    expect((await holders(house)).get(lead!.leadId)).toMatchObject({ holderId: id['Silver SL'], acceptedAt: house.cx.clock.now() });
    expect([await offered('Gold GmbH'), await offered('Silver SL')]).toEqual([[], []]);
    const steps = await path(lead!.leadId);
    expect(steps[0]).toMatchObject({
      holderKind: 'desk',
      endReason: 'claimed',
      decision: { rules: [{ came: 'offered' }], again: { same: true } },
    });
    expect(steps[1].because).toEqual([
      { label: 'Rule', detail: 'Open to partners' },
      { label: 'First to take it', detail: 'Silver SL, of 2 it was offered to' },
    ]);
    expect(steps[1].decision.again).toMatchObject({ same: true });
    expect(await custodyBreaks(house)).toEqual([]);
  });

  test('taken by several at the same moment, each lead has one holder, and nobody more than their room', async () => {
    await house.request('marketing', 'PATCH', `/v1/holders/${id['Gold GmbH']}`, { capacityPerWeek: 3 });
    const leads = await plantLeads(
      house,
      Array.from({ length: 8 }, () => ({})),
    );
    await house.drain();
    const answers = await Promise.all(
      leads.flatMap(({ leadId }) =>
        ['Gold GmbH', 'Silver SL', 'Gold GmbH'].map(async (name) => ({ leadId, name, status: (await claim(name, leadId)).status })),
      ),
    );
    const held = await holders(house);
    for (const { leadId } of leads) {
      const won = answers.filter((one) => one.leadId === leadId && one.status === 200);
      expect(won).toHaveLength(1);
      expect(held.get(leadId)!.holderId).toBe(id[won[0]!.name]);
    }
    expect(answers.filter(({ name, status }) => name === 'Gold GmbH' && status === 200).length).toBeLessThanOrEqual(3);
    expect(await custodyBreaks(house)).toEqual([]);
    await house.request('marketing', 'PATCH', `/v1/holders/${id['Gold GmbH']}`, { capacityPerWeek: null });
  });

  test('taken by nobody in time it is somebody’s turn; declined, it goes to one and is not offered to all again', async () => {
    const [lead] = await plantLeads(house, [{}]);
    await house.drain();
    house.clock.advance(61 * 60_000);
    expect((await claim('Gold GmbH', lead!.leadId)).status).toBe(409);
    await house.scan();
    const first = (await holders(house)).get(lead!.leadId)!;
    expect([id['Gold GmbH'], id['Silver SL']]).toContain(first.holderId);
    await house.write((tx) =>
      declineAssignments(tx, house.cx, [{ leadId: lead!.leadId, reason: 'Too far', at: house.cx.clock.now(), via: 'app' }]),
    );
    const second = (await holders(house)).get(lead!.leadId)!;
    expect([id['Gold GmbH'], id['Silver SL']]).toContain(second.holderId);
    expect(second.holderId).not.toBe(first.holderId);
    for (const step of await path(lead!.leadId)) expect(step.decision.again).toMatchObject({ same: true });
    expect(await custodyBreaks(house)).toEqual([]);
  });

  test('a rep is offered nothing of others, and cannot take what was not offered', async () => {
    const [lead] = await plantLeads(house, [{}]);
    await house.drain();
    expect((await house.request('rep', 'GET', '/v1/offers')).json.items).toEqual([]);
    expect((await house.request('rep', 'POST', `/v1/offers/${lead!.leadId}/claim`, {})).status).toBe(409);
    expect((await house.request('management', 'POST', `/v1/offers/${lead!.leadId}/claim`, {})).status).toBe(403);
  });
});

describe('a dry run', () => {
  test('deals the past again, beside what was, and changes nothing', async () => {
    await inForce([]);
    const team = rule({ name: 'All to the team', first: true, pool: { kind: 'team', teamId: id['team']! } });
    const never = rule({ name: 'Never', when: { field: 'country', op: 'in', value: ['AQ'] } });
    const counted = () => house.rows<{ n: number }>(sql`select count(*)::int as n from distribute.assignment`);
    const before = await counted();
    house.clock.advance(60_000);
    const made = await house.request('marketing', 'POST', '/v1/routing/simulations', { rules: [team, never], months: 2 });
    expect(made.status).toBe(200);
    await house.runJobs();
    const { json: one } = await house.request('management', 'GET', `/v1/routing/simulations/${made.json.id}`);
    expect(one).toMatchObject({
      state: 'done',
      count: 2,
      result: { idle: [{ name: 'Never' }], rules: [{ name: 'All to the team', leads: one.result.leads }] },
    });
    const [{ n }] = (await house.rows<{ n: number }>(sql`select count(*)::int as n from qualify.lead`)) as [{ n: number }];
    expect([one.result.leads, one.result.ends.placed, one.done, one.total]).toEqual([n, n, n, n]);
    const loads = new Map<string, number>(one.result.loads.map((load: { name: string; leads: number }) => [load.name, load.leads]));
    expect(loads.get('Ana')! + loads.get('Ben')! + loads.get('Cas')!).toBe(n);
    expect(Math.abs(loads.get('Ana')! - loads.get('Cas')!)).toBeLessThanOrEqual(3);
    const first = (await house.request('marketing', 'GET', `/v1/routing/simulations/${made.json.id}/leads?holderId=${id['Ana']}&limit=5`))
      .json;
    expect(first.items).toHaveLength(5);
    expect(first.items[0]).toMatchObject({ holder: 'Ana', rule: 'All to the team', came: 'placed' });
    const second = (
      await house.request(
        'marketing',
        'GET',
        `/v1/routing/simulations/${made.json.id}/leads?holderId=${id['Ana']}&limit=5&cursor=${first.nextCursor}`,
      )
    ).json;
    expect(second.items.map((row: { leadId: string }) => row.leadId)).not.toContain(first.items[4].leadId);
    expect(await counted()).toEqual(before);
  });

  test('stopped before it began it has no result', async () => {
    const { json } = await house.request('marketing', 'POST', '/v1/routing/simulations', { rules: [], months: 1 });
    expect((await house.request('marketing', 'POST', `/v1/routing/simulations/${json.id}/stop`, {})).json).toEqual({ stopping: true });
    await house.runJobs();
    expect((await house.request('marketing', 'GET', `/v1/routing/simulations/${json.id}`)).json).toMatchObject({
      state: 'cancelled',
      result: null,
    });
  });
});
