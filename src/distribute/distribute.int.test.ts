import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestHouse } from '../../tests/support/house.ts';
import type { TestHouse } from '../../tests/support/house.ts';
import { custodyBreaks, holders, plantLeads } from '../../tests/support/leads.ts';
import { sql } from '../platform/db/index.ts';
import { acceptAssignments, addHolder, changeHolder, changeTerritory, declineAssignments, ensureHolders, handTo } from './index.ts';

let house: TestHouse;
let ana: string;
let ben: string;
let cas: string;
const hour = 3_600_000;

beforeAll(async () => {
  house = await openTestHouse({ at: '2026-03-02T09:00:00Z' });
  [ana, ben, cas] = await house.write(async (tx) => {
    const ids = [];
    for (const name of ['Ana', 'Ben', 'Cas'])
      ids.push(await addHolder(tx, house.cx, { name, kind: 'rep', email: `${name.toLowerCase()}@hartwell.example` }));
    return ids as [string, string, string];
  });
  await house.write((tx) =>
    changeTerritory(tx, house.cx, null, {
      name: 'Iberia',
      rules: { countries: ['ES', 'PT'] },
      holders: [ana, ben, cas].map((holderId) => ({ holderId, weight: 1 })),
    }),
  );
});
afterAll(() => house.close());

describe('placing', () => {
  test('what qualified is held a moment later, fairly, each with its reasons', async () => {
    await plantLeads(
      house,
      Array.from({ length: 30 }, () => ({ grade: 'hot' as const })),
    );
    await house.drain();
    const counts = Map.groupBy((await holders(house)).values(), (h) => h.holderId);
    expect([ana, ben, cas].map((id) => counts.get(id)?.length)).toEqual([10, 10, 10]);
    expect(await custodyBreaks(house)).toEqual([]);
    const [lead] = await plantLeads(house, [{ country: 'PT' }]);
    await house.drain();
    const path = await house.request('marketing', 'GET', `/v1/leads/${lead!.leadId}/assignments`);
    expect(path.json.items[0]).toMatchObject({ territoryName: 'Iberia', why: 'new', sequence: 1 });
    expect(path.json.items[0].because[0]).toEqual({ label: 'Territory', detail: 'Iberia' });
    expect(new Map(path.json.items[0].shares.map((of: { name: string; sharePercent: number }) => [of.name, of.sharePercent]))).toEqual(new Map([['Ana', 33.3], ['Ben', 33.3], ['Cas', 33.3]]));
    // Thirty were dealt in turns of three: nobody is owed anything.
    expect(path.json.items[0].shares.map((of: { credit: number }) => of.credit)).toEqual([0, 0, 0]);
  });

  test('what nobody covers waits at the desk, and is placed when somebody does', async () => {
    const [lead] = await plantLeads(house, [{ country: 'JP' }]);
    await house.drain();
    expect((await holders(house)).get(lead!.leadId)).toMatchObject({ kind: 'desk' });
    const coverage = await house.request('marketing', 'GET', '/v1/territories/coverage');
    expect(coverage.json.gaps).toEqual([{ country: 'JP', state: null, vertical: null, product: null, leads: 1, why: 'Everywhere else has nobody' }]);
    const made = await house.request('marketing', 'POST', '/v1/territories', {
      name: 'Japan',
      rules: { countries: ['JP'] },
      holders: [{ holderId: ben, weight: 1 }],
    });
    expect(made.status).toBe(200);
    await house.scan();
    expect((await holders(house)).get(lead!.leadId)).toMatchObject({ holderId: ben });
    expect(await custodyBreaks(house)).toEqual([]);
  });

  test('a named account goes to its territory before an earlier one that covers it, also under the id it was merged into', async () => {
    const [named, survivor] = [house.cx.ids.next(), house.cx.ids.next()];
    await house.write(async (tx) => {
      for (const [id, into] of [[survivor, null], [named, survivor]])
        await tx.run(sql`insert into identity.organization (workspace_id, id, name, name_key, survivor_id, first_seen_at, last_seen_at)
          values (${tx.scope.workspaceId}, ${id}, 'Aqualia', 'aqualia', ${into}, ${house.cx.clock.now()}, ${house.cx.clock.now()})`);
    });
    const made = await house.request('marketing', 'POST', '/v1/territories', { name: 'Key accounts', rules: { accounts: [named] }, holders: [{ holderId: ben, weight: 1 }] });
    expect(made.json).toMatchObject({ rules: { accounts: [survivor] }, accounts: [{ id: survivor, name: 'Aqualia' }] });
    const [theirs] = await plantLeads(house, [{ country: 'ES', organizationId: survivor }]);
    await house.drain();
    const path = await house.request('marketing', 'GET', `/v1/leads/${theirs!.leadId}/assignments`);
    expect(path.json.items[0]).toMatchObject({ territoryName: 'Key accounts', holderId: ben });
    const coverage = await house.request('marketing', 'GET', '/v1/territories/coverage');
    expect(coverage.json.overlaps).toContainEqual({ territoryId: expect.any(String), name: 'Iberia', hasId: made.json.id, hasName: 'Key accounts', leads: 1 });
    expect(coverage.json.unused).not.toContainEqual({ territoryId: made.json.id, name: 'Key accounts' });
  });

  test('the owner named on the inquiry, and who already works with the organization', async () => {
    const organizationId = house.cx.ids.next();
    const [named] = await plantLeads(house, [{ ownerName: 'cas', organizationId }]);
    await house.drain();
    const [second] = await plantLeads(house, [{ organizationId }]);
    await house.drain();
    const held = await holders(house);
    expect(held.get(named!.leadId)!.holderId).toBe(cas);
    expect(held.get(second!.leadId)!.holderId).toBe(cas);
  });

  test('who works with a company works with it also under the name it was joined to, and the other way round', async () => {
    const [former, survivor] = [house.cx.ids.next(), house.cx.ids.next()];
    await house.write(async (tx) => {
      for (const [id, of] of [[survivor, null], [former, survivor]])
        await tx.run(sql`insert into identity.organization (workspace_id, id, name, name_key, survivor_id, first_seen_at, last_seen_at) values (${house.workspaceId}, ${id}, ${id}, ${id}, ${of}, now(), now())`);
    });
    const [first] = await plantLeads(house, [{ ownerName: 'cas', organizationId: former }]);
    await house.drain();
    const [now] = await plantLeads(house, [{ organizationId: survivor }]);
    const [later] = await plantLeads(house, [{ organizationId: former }]);
    await house.drain();
    const held = await holders(house);
    expect([first, now, later].map((lead) => held.get(lead!.leadId)!.holderId)).toEqual([cas, cas, cas]);
  });
});

describe('the response promise', () => {
  test('reminds at 70%, then passes on, never back, and after three times to the desk', async () => {
    house.clock.set('2026-03-09T08:00:00Z'); // Monday 09:00 in Zurich
    const [lead] = await plantLeads(house, [{ grade: 'hot' }]);
    await house.drain();
    const first = (await holders(house)).get(lead!.leadId)!;
    expect(first.respondBy).toEqual(new Date('2026-03-09T09:00:00Z'));
    house.clock.set('2026-03-09T08:42:00Z');
    await house.scan();
    expect((await holders(house)).get(lead!.leadId)).toMatchObject({
      holderId: first.holderId,
      remindedAt: new Date('2026-03-09T08:42:00Z'),
    });
    const seen = [first.holderId];
    for (const [at, last] of [
      ['2026-03-09T09:00:00Z', false],
      ['2026-03-09T10:00:00Z', false],
      ['2026-03-09T11:00:00Z', true],
    ] as const) {
      house.clock.set(at);
      await house.scan();
      const now = (await holders(house)).get(lead!.leadId)!;
      expect(seen).not.toContain(now.holderId);
      seen.push(now.holderId);
      expect(now.kind === 'desk').toBe(last);
    }
    const facts = await house.rows<{ type: string }>(sql`select type from journal.fact where chain_id = ${lead!.inquiryId} order by seq`);
    expect(facts.filter((f) => f.type === 'lead.redirected')).toHaveLength(3);
    expect(await custodyBreaks(house)).toEqual([]);
  });

  test('accepting stops the first clock and starts the next; accepting twice is once', async () => {
    const [lead] = await plantLeads(house, [{ grade: 'hot' }]);
    await house.drain();
    const { holderId } = (await holders(house)).get(lead!.leadId)!;
    const accept = () =>
      house.write((tx) => acceptAssignments(tx, house.cx, [{ leadId: lead!.leadId, holderId, at: house.cx.clock.now(), via: 'app' }]));
    const answers = await Promise.all([accept(), accept()]);
    expect(answers.flat().toSorted()).toEqual(['accepted', 'already']);
    house.clock.advance(2 * hour);
    await house.scan();
    expect((await holders(house)).get(lead!.leadId)!.holderId).toBe(holderId);
    house.clock.advance(3 * hour);
    await house.scan();
    expect((await holders(house)).get(lead!.leadId)!.holderId).not.toBe(holderId);
  });

  test('an acceptance and a redirect at the same moment: one of them wins, wholly', async () => {
    for (let round = 0; round < 5; round++) {
      house.clock.set(`2026-03-1${round < 2 ? 1 + round : 4 + round}T08:00:00Z`);
      const [lead] = await plantLeads(house, [{ grade: 'hot' }]);
      await house.drain();
      const { holderId } = (await holders(house)).get(lead!.leadId)!;
      house.clock.advance(61 * 60_000);
      const [accepted] = await Promise.all([
        house.write((tx) => acceptAssignments(tx, house.cx, [{ leadId: lead!.leadId, holderId, at: house.cx.clock.now(), via: 'app' }])),
        house.scan(),
      ]);
      const after = (await holders(house)).get(lead!.leadId)!;
      if (accepted[0] === 'accepted') expect(after.holderId).toBe(holderId);
      else expect(after.holderId).not.toBe(holderId);
      expect(await custodyBreaks(house)).toEqual([]);
    }
  });

  test('who declines is never offered it again', async () => {
    const [lead] = await plantLeads(house, [{ grade: 'cold', ownerName: 'ana' }]);
    await house.drain();
    const decline = async (): Promise<string> => {
      const { holderId } = (await holders(house)).get(lead!.leadId)!;
      await house.write((tx) =>
        declineAssignments(tx, house.cx, [{ leadId: lead!.leadId, holderId, reason: 'No time now', at: house.cx.clock.now(), via: 'app' }]),
      );
      return holderId;
    };
    const seen = [await decline(), await decline(), await decline()];
    expect(seen[0]).toBe(ana);
    expect(new Set(seen).size).toBe(3);
    expect((await holders(house)).get(lead!.leadId)!.kind).toBe('desk');
    const again = await house.request('sales_manager', 'POST', `/v1/leads/${lead!.leadId}/assign`, { holderId: null });
    expect(again.json.holderKind).toBe('desk');
    const handed = await house.request('sales_manager', 'POST', `/v1/leads/${lead!.leadId}/assign`, {
      holderId: ben,
      note: 'Please take it',
    });
    expect(handed.json).toMatchObject({ holderId: ben, why: 'manual' });
  });
});

describe('holders', () => {
  test('deactivating one moves all of its leads at once', async () => {
    await plantLeads(
      house,
      Array.from({ length: 15 }, () => ({ ownerName: 'ben' })),
    );
    await house.drain();
    const before = [...(await holders(house)).values()].filter((h) => h.holderId === ben).length;
    expect(before).toBeGreaterThan(10);
    const { moved } = await house.write((tx) => changeHolder(tx, house.cx, ben, { active: false }));
    expect(moved).toBe(before);
    expect([...(await holders(house)).values()].filter((h) => h.holderId === ben)).toEqual([]);
    expect(await custodyBreaks(house)).toEqual([]);
    await house.write((tx) => changeHolder(tx, house.cx, ben, { active: true }));
  });

  test('a new rep among the users becomes a holder, a disabled one gives up its leads', async () => {
    const userId = await house.write(async (tx) => {
      const id = house.cx.ids.next();
      await tx.run(
        sql`insert into platform.app_user (workspace_id, id, email, name, roles, status, created_at) values (${house.workspaceId}, ${id}, 'dora@hartwell.example', 'Dora', '{rep}', 'active', now())`,
      );
      return id;
    });
    await house.scan();
    const [dora] = await house.rows<{ id: string }>(sql`select id from distribute.holder where user_id = ${userId}`);
    const [lead] = await plantLeads(house, [{ ownerName: 'Dora' }]);
    await house.drain();
    expect((await holders(house)).get(lead!.leadId)!.holderId).toBe(dora!.id);
    await house.write((tx) => tx.run(sql`update platform.app_user set status = 'disabled' where id = ${userId}`));
    await house.scan();
    expect((await holders(house)).get(lead!.leadId)!.holderId).not.toBe(dora!.id);
  });

  test('capacity is never exceeded, whatever arrives; room that returns is used', async () => {
    house.clock.set('2026-05-04T08:00:00Z');
    const [eva, fin] = await house.write(async (tx) => [
      await addHolder(tx, house.cx, { name: 'Eva', kind: 'partner', capacityPerWeek: 1, email: 'eva@north.example' }),
      await addHolder(tx, house.cx, { name: 'Fin', kind: 'partner', capacityPerWeek: 0.5 }),
    ]);
    await house.write((tx) =>
      changeTerritory(tx, house.cx, null, {
        name: 'North',
        rules: { countries: ['NO'] },
        holders: [eva, fin].map((holderId) => ({ holderId, weight: 1 })),
      }),
    );
    const leads = await plantLeads(
      house,
      Array.from({ length: 6 }, () => ({ country: 'NO', grade: 'cold' as const })),
    );
    await house.drain();
    const held = async (id: string) => {
      const mine = leads.map((l) => l.leadId);
      return [...(await holders(house)).values()].filter((h) => h.holderId === id && mine.includes(h.leadId)).length;
    };
    expect([await held(eva), await held(fin)]).toEqual([1, 1]);
    const given = async () =>
      (
        await house.rows<{ n: number }>(
          sql`select count(*)::int as n from distribute.assignment where holder_id = any(${[eva, fin]}::uuid[]) and started_at > ${house.cx.clock.now()}::timestamptz - interval '7 days'`,
        )
      )[0]!.n;
    expect(await given()).toBe(2);
    for (let round = 0; round < 8; round++) {
      house.clock.advance(61 * hour);
      await house.scan();
      for (const [id, days, most] of [
        [eva, 7, 1],
        [fin, 14, 1],
      ] as const) {
        const [row] = await house.rows<{ n: number }>(
          sql`select count(*)::int as n from distribute.assignment where holder_id = ${id} and counted and started_at > ${house.cx.clock.now()}::timestamptz - make_interval(days => ${days})`,
        );
        expect(row!.n).toBeLessThanOrEqual(most);
      }
    }
    const [total] = await house.rows<{ n: number }>(sql`select count(*)::int as n from distribute.assignment where holder_id = ${eva}`);
    expect(total!.n).toBeGreaterThanOrEqual(3);
    expect(await custodyBreaks(house)).toEqual([]);
  });

  test('reps are made from names in a file, once', async () => {
    const wanted = [{ externalId: 'a12' }, { name: 'Ana' }, { externalId: 'A12' }, {}];
    const ids = await house.write((tx) => ensureHolders(tx, house.cx, wanted));
    expect(ids[0]).toBe(ids[2]);
    expect(ids[1]).toBe(ana);
    expect(ids[3]).toBeNull();
    expect(await house.write((tx) => ensureHolders(tx, house.cx, wanted))).toEqual(ids);
  });

  test('only managers change territories and holders', async () => {
    for (const role of ['rep', 'finance', 'management'] as const)
      expect((await house.request(role, 'POST', '/v1/holders', { kind: 'rep', name: 'X' })).status).toBe(403);
    const handed = await house.write((tx) => handTo(tx, house.cx, [house.cx.ids.next()], { kind: 'desk' }, { why: 'manual' }));
    expect(handed).toEqual([]);
  });
});
