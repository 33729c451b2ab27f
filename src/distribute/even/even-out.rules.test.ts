import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RoutableHolder } from '../route.rules.ts';
import { evenOut, stillMade, whyItStays, type EvenLead, type EvenMember } from './even-out.rules.ts';

const now = Date.parse('2026-03-02T09:00:00Z');
const holder = (id: string, given: Partial<RoutableHolder> = {}): RoutableHolder => ({
  id, kind: 'rep', name: id, email: null, externalId: null, active: true, away: [], capacityPerWeek: null, startsMs: [], verticals: [], languages: [], ...given,
});
const member = (id: string, load: number, given: Partial<RoutableHolder> & { share?: number } = {}): EvenMember => ({ holder: holder(id, given), weight: given.share ?? 1, load });
const lead = (leadId: string, holderId: string, given: Partial<EvenLead> = {}): EvenLead => ({
  leadId, holderId, territoryId: null, isAccepted: false, startedMs: now, among: null, atMs: now, grade: 'warm', score: 0, personId: null, organizationId: null,
  language: null, owners: [], excluded: new Map(), country: null, state: null, postalCode: null, vertical: null, employees: null, annualRevenueMinor: null, product: null, ...given,
});
const leadsOf = (id: string, n: number): EvenLead[] => Array.from({ length: n }, (_, i) => lead(`${id}${String(i).padStart(2, '0')}`, id));
type Went = { leadId: string; fromHolderId: string; toHolderId: string };
const after = (members: readonly EvenMember[], moves: readonly Went[]) =>
  members.map((one) => one.load + moves.filter((move) => move.toHolderId === one.holder.id).length - moves.filter((move) => move.fromHolderId === one.holder.id).length);

describe('open leads are evened out', () => {
  test('12, 3 and 0 become 5, 5 and 5 with seven moves; by share, 12 and 0 become 4 and 8', () => {
    const three = [member('a', 12), member('b', 3), member('c', 0)];
    const moves = evenOut(three, [...leadsOf('a', 12), ...leadsOf('b', 3)]);
    expect(after(three, moves)).toEqual([5, 5, 5]);
    expect(moves).toHaveLength(7);
    const two = [member('a', 12), member('b', 0, { share: 2 })];
    expect(after(two, evenOut(two, leadsOf('a', 12)))).toEqual([4, 8]);
  });
  test('nobody away, full, who declined or was silent, or holds another territory gets any; the offered go before the accepted', () => {
    const away = [{ fromMs: now - 1, untilMs: now + 1 }];
    const members = [member('a', 9), member('b', 0, { away }), member('c', 0, { openMost: 1 }), member('d', 0, { capacityPerWeek: 1 }), member('e', 0), member('f', 0, { active: false })];
    const leads = leadsOf('a', 9).map((one, i) => ({ ...one, isAccepted: i < 5, excluded: new Map([['e', i % 2 ? ('declined' as const) : ('silent' as const)]]) }));
    const moves = evenOut(members, leads);
    expect(after(members, moves)).toEqual([7, 0, 1, 1, 0, 0]);
    expect(moves.map(({ leadId }) => leadId)).toEqual(['a05', 'a06']);
    expect(evenOut([member('a', 9), member('b', 0)], leadsOf('a', 9).map((one) => ({ ...one, among: new Set(['a']) })))).toEqual([]);
  });
  test('what was begun with stays, and says why', () => {
    const at = new Date(now);
    const fresh = { acceptedAt: null, firstFollowupAt: null, pausedAt: null, remindedAt: null, respondBy: new Date(now + 1), followBy: null, passesOn: false, dealtBy: 'turn', isOneOfSeveral: false };
    expect(whyItStays(fresh, at)).toBeUndefined();
    expect(whyItStays({ ...fresh, acceptedAt: at, respondBy: at, followBy: new Date(now + 1) }, at)).toBeUndefined();
    expect(whyItStays({ ...fresh, firstFollowupAt: at }, at)).toContain('contacted');
    expect(whyItStays({ ...fresh, pausedAt: at }, at)).toBe('paused');
    for (const late of [{ respondBy: at }, { remindedAt: at }, { passesOn: true }, { acceptedAt: at, followBy: at }]) expect(whyItStays({ ...fresh, ...late }, at)).toContain('clock');
    for (const theirs of [{ dealtBy: 'owner' }, { dealtBy: 'relationship' }, { isOneOfSeveral: true }]) expect(whyItStays({ ...fresh, ...theirs }, at)).toContain('theirs');
  });
  test('what changed meanwhile is left, and said', () => {
    const moves = [{ leadId: 'a00', fromHolderId: 'a', toHolderId: 'b' }, { leadId: 'a01', fromHolderId: 'a', toHolderId: 'b' }, { leadId: 'a02', fromHolderId: 'a', toHolderId: 'b' }];
    const { made, not } = stillMade([member('a', 2), member('b', 0, { openMost: 1 })], leadsOf('a', 2), moves);
    expect(made).toEqual(moves.slice(0, 1));
    expect(not.map(({ leadId, why }) => [leadId, why.slice(0, 20)])).toEqual([['a01', 'Who was to have it m'], ['a02', 'Meanwhile worked, pa']]);
  });
});

const house = fc
  .array(
    fc.record({
      open: fc.nat(14), stuck: fc.nat(4), share: fc.constantFrom(0.1, 0.5, 1, 1, 2, 3), openMost: fc.option(fc.nat(10)), capacityPerWeek: fc.option(fc.nat(6)),
      isAway: fc.boolean(), declines: fc.nat(5),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((list) => {
    const ids = list.map((_, i) => `h${i}`);
    const members = list.map((one, i) =>
      member(ids[i]!, one.open + one.stuck, { share: one.share, openMost: one.openMost, capacityPerWeek: one.capacityPerWeek, away: one.isAway && i % 2 ? [{ fromMs: now - 1, untilMs: now + 1 }] : [] }),
    );
    const leads = list.flatMap((one, i) =>
      leadsOf(ids[i]!, one.open).map((each, n) => ({ ...each, excluded: new Map(n % 3 === 0 && ids[one.declines] ? [[ids[one.declines]!, 'declined' as const]] : []) })),
    );
    return { members, leads };
  });

test('the spread never grows, nobody passes a limit or gets what they declined, each goes once, and the order of the books does not matter', () => {
  const spread = (members: readonly EvenMember[], loads: readonly number[]) => {
    const shares = members.map((one, i) => loads[i]! / one.weight);
    return Math.max(...shares) - Math.min(...shares);
  };
  fc.assert(
    fc.property(house, ({ members, leads }) => {
      const moves = evenOut(members, leads);
      const loads = after(members, moves);
      expect(spread(members, loads)).toBeLessThanOrEqual(spread(members, members.map(({ load }) => load)) + 1e-6);
      expect(new Set(moves.map(({ leadId }) => leadId)).size).toBe(moves.length);
      for (const { leadId, fromHolderId, toHolderId } of moves) {
        const found = leads.find((one) => one.leadId === leadId)!;
        expect(found.holderId).toBe(fromHolderId);
        expect(found.excluded.has(toHolderId)).toBe(false);
      }
      members.forEach(({ holder: { id, openMost, capacityPerWeek, away }, load }, i) => {
        const given = moves.filter((move) => move.toHolderId === id).length;
        if (given === 0) return;
        expect(away).toEqual([]);
        if (typeof openMost === 'number') expect(loads[i]!).toBeLessThanOrEqual(Math.max(openMost, load));
        if (capacityPerWeek !== null) expect(given).toBeLessThanOrEqual(capacityPerWeek);
      });
      expect(evenOut(members.toReversed(), leads.toReversed())).toEqual(moves);
      expect(stillMade(members, leads, moves)).toEqual({ made: moves, not: [] });
    }),
    { numRuns: 300 },
  );
});
test('with equal shares and nothing in the way all end within one of each other, and nobody both gives and is given', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20), { minLength: 1, maxLength: 7 }), (open) => {
      const members = open.map((n, i) => member(`h${i}`, n));
      const moves = evenOut(members, open.flatMap((n, i) => leadsOf(`h${i}`, n)));
      const loads = after(members, moves);
      expect(Math.max(...loads) - Math.min(...loads)).toBeLessThanOrEqual(1);
      const givers = new Set(moves.map(({ fromHolderId }) => fromHolderId));
      expect(moves.some(({ toHolderId }) => givers.has(toHolderId))).toBe(false);
    }),
  );
});
