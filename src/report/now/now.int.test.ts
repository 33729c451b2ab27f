import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestHouse } from '../../../tests/support/house.ts';
import type { TestHouse } from '../../../tests/support/house.ts';
import { makeHistory } from '../../../tests/support/lead-history.ts';
import type { MadeHistory } from '../../../tests/support/lead-history.ts';
import { sql } from '../../platform/db/index.ts';
import { dateIn } from '../../platform/values/period.rules.ts';
import { leadListQuery } from '../leads.queries.ts';
import { quantileOfList } from '../quantile.rules.ts';
import { rebuildRows } from '../rebuild-rows.ts';
import type { Board, NowRow } from './now.contract.ts';

const zone = 'Europe/Zurich';
const now = new Date('2026-06-04T09:00:00Z'); // a Thursday
const hour = 3_600_000;
let house: TestHouse;
let made: MadeHistory;
let board: Board;

interface Hand {
  leadId: string;
  holderId: string;
  kind: string;
  startedAt: Date;
  respondBy: Date | null;
  followBy: Date | null;
  triesBy: Date | null;
  triesOwed: number | null;
  judgeBy: Date | null;
  acceptedAt: Date | null;
  firstFollowupAt: Date | null;
  endedAt: Date | null;
  endReason: string | null;
  why: string;
  fromHolderId: string | null;
  sequence: number;
}
let hands: Hand[];
interface Now {
  leadId: string;
  last: Hand;
  territoryId: string | null;
  isOpen: boolean;
  /** verdicts that say something */
  verdicts: Date[];
  contacts: Date[];
}
let leads: Now[];

beforeAll(async () => {
  house = await openTestHouse({ timeZone: zone, at: now.toISOString() });
  made = await makeHistory(house.cx, house.scope, { leads: 2500, from: '2026-05-01', days: 33.3, seed: 11 });
  // What the makers of histories leave out: the instants that were promised, longer and shorter than the work took.
  await house.write((tx) =>
    tx.run(sql`update distribute.assignment a set respond_by = started_at + interval '1 hour' * (1 + a.sequence * 30), follow_by = accepted_at + interval '6 hours',
        first_followup_at = case when right(lead_id::text, 1) > '3' then first_followup_at end,
        tries_by = accepted_at + interval '5 days', tries_owed = case when right(lead_id::text, 1) < 'e' then 3 end,
        judge_by = case when accepted_at is not null and right(lead_id::text, 1) < 'c' then accepted_at + interval '9 days' end
      from distribute.holder h where h.workspace_id = a.workspace_id and h.id = a.holder_id and h.kind in ('rep', 'partner')`),
  );
  await rebuildRows(house.cx, house.scope, () => {});
  board = (await house.request('sales_manager', 'GET', '/v1/board')).json as Board;
  hands = await house.read((tx) =>
    tx.rows<Hand>(sql`select a.lead_id, a.holder_id, h.kind, a.started_at, a.respond_by, a.follow_by, a.tries_by, a.tries_owed, a.judge_by, a.accepted_at, a.first_followup_at, a.ended_at, a.end_reason, a.why, a.from_holder_id, a.sequence
      from distribute.assignment a join distribute.holder h on h.workspace_id = a.workspace_id and h.id = a.holder_id`),
  );
  const said = await house.read((tx) => tx.rows<{ leadId: string; at: Date }>(sql`select lead_id, at from followup.disposition where verdict <> 'dont_know' and undone_at is null`));
  const verdicts = Map.groupBy(said, ({ leadId }) => leadId);
  const territories = new Map(made.leads.flatMap((lead) => lead.assignments.map((a) => [`${lead.id} ${a.startedAt.getTime()} ${a.holderId}`, a.territoryId] as const)));
  const byLead = Map.groupBy(hands, ({ leadId }) => leadId);
  leads = made.leads.map((lead) => {
    const spells = byLead.get(lead.id)!.toSorted((a, b) => Number(b.endedAt === null) - Number(a.endedAt === null) || b.startedAt.getTime() - a.startedAt.getTime() || b.sequence - a.sequence);
    const last = spells[0]!;
    return {
      leadId: lead.id,
      last,
      territoryId: territories.get(`${lead.id} ${last.startedAt.getTime()} ${last.holderId}`) ?? null,
      isOpen: lead.closedAt === null && last.endedAt === null,
      verdicts: (verdicts.get(lead.id) ?? []).map(({ at }) => at),
      contacts: lead.activities.filter(({ kind }) => kind !== 'note').map(({ at }) => at),
    };
  });
}, 120_000);
afterAll(() => house.close());

const works = ({ isOpen, last }: Now): boolean => isOpen && last.kind !== 'desk' && last.kind !== 'nurture';
const past = (at: Date | null): boolean => at !== null && at < now;
const isOffered = (lead: Now): boolean => works(lead) && !lead.last.acceptedAt && !lead.last.firstFollowupAt && lead.last.respondBy !== null;
const isUnjudged = (lead: Now): boolean => works(lead) && lead.last.acceptedAt !== null && lead.verdicts.every((at) => at < lead.last.startedAt);
const late = {
  accept: (lead: Now) => isOffered(lead) && past(lead.last.respondBy),
  contact: (lead: Now) => works(lead) && lead.last.acceptedAt !== null && !lead.last.firstFollowupAt && past(lead.last.followBy),
  attempts: (lead: Now) => {
    const { startedAt, triesBy, triesOwed } = lead.last;
    return isUnjudged(lead) && past(triesBy) && triesOwed !== null && lead.contacts.filter((at) => at >= startedAt).length < triesOwed && !lead.contacts.some((at) => at > triesBy!);
  },
  verdict: (lead: Now) => isUnjudged(lead) && past(lead.last.judgeBy),
};
const expected = (of: readonly Now[], from: (hand: Hand) => boolean) => {
  const passed = (sinceOn: string) => new Set(hands.filter((hand) => hand.why === 'redirect' && hand.fromHolderId !== null && dateIn(hand.startedAt, zone) >= sinceOn && from(hand)).map(({ leadId }) => leadId)).size;
  const count = (which: (lead: Now) => boolean) => of.filter(which).length;
  return {
    unassigned: count(({ isOpen, last }) => isOpen && last.kind === 'desk'),
    offered: count(isOffered),
    late: count((lead) => Object.values(late).some((isLate) => isLate(lead))),
    accept: count(late.accept),
    contact: count(late.contact),
    attempts: count(late.attempts),
    verdict: count(late.verdict),
    redirectedToday: passed('2026-06-04'),
    redirectedWeek: passed('2026-06-01'),
  };
};

describe('the board of now', () => {
  test('equals an oracle over plain arrays: all, each holder, each territory', () => {
    const all = expected(leads, () => true);
    expect(board.total).toMatchObject(all);
    for (const key of ['unassigned', 'offered', 'accept', 'contact', 'attempts', 'verdict', 'redirectedToday', 'redirectedWeek'] as const) expect(all[key], key).toBeGreaterThan(0);
    const territoryOf = new Map(leads.map(({ leadId, territoryId }) => [leadId, territoryId]));
    for (const holder of made.holders) {
      const found = board.holders.find(({ id }) => id === holder.id)!;
      expect(found).toMatchObject({ name: holder.name, ...expected(leads.filter(({ last }) => last.holderId === holder.id), (hand) => hand.fromHolderId === holder.id), unassigned: 0 });
    }
    for (const territory of [...made.territories.map(({ id }) => id), null]) {
      const found = board.territories.find(({ id }) => id === territory)!;
      expect(found).toMatchObject(expected(leads.filter(({ territoryId }) => territoryId === territory), ({ leadId }) => territoryOf.get(leadId) === territory));
    }
    const waiting = leads.filter(({ isOpen, last }) => isOpen && last.kind === 'desk').map(({ last }) => last.startedAt.getTime());
    expect(board.unassignedSince).toBe(new Date(Math.min(...waiting)).toISOString());
  });

  test('how fast first contacts are made, in minutes, and how many within the promise', () => {
    const given = hands.filter(({ startedAt }) => dateIn(startedAt, zone) >= '2026-05-29');
    for (const [found, own] of [[board.total.speed, given], ...board.holders.map((row) => [row.speed, given.filter(({ holderId }) => holderId === row.id)] as const)] as const) {
      const waits = own.flatMap(({ startedAt, firstFollowupAt }) => (firstFollowupAt ? [(firstFollowupAt.getTime() - startedAt.getTime()) / 60_000] : []));
      const kept = own.flatMap((hand) => {
        const due = hand.followBy ?? hand.respondBy;
        if (hand.firstFollowupAt) return due ? [hand.firstFollowupAt <= due] : [];
        return hand.endReason === 'redirected' || (!hand.endedAt && past(due)) ? [false] : [];
      });
      expect(found).toEqual({
        contacts: waits.length,
        medianMinutes: waits.length > 0 ? Math.round(quantileOfList(waits, 0.5)! * 10) / 10 : null,
        p90Minutes: waits.length > 0 ? Math.round(quantileOfList(waits, 0.9)! * 10) / 10 : null,
        asked: kept.length,
        kept: kept.filter(Boolean).length,
      });
    }
    expect(board.total.speed.kept).toBeGreaterThan(0);
    expect(board.total.speed.kept).toBeLessThan(board.total.speed.asked);
  });

  const open = async (drill: Record<string, string>): Promise<number> => {
    const { sort: _, ...filters } = drill;
    return (await house.request('sales_manager', 'GET', `/v1/leads/count?${new URLSearchParams(filters).toString()}`)).json.count as number;
  };

  test('every figure opens as many leads as it counts', async () => {
    const figures = ['offered', 'late', 'accept', 'contact', 'attempts', 'verdict', 'redirectedToday', 'redirectedWeek', 'unassigned'] as const;
    for (const figure of figures) expect(await open(board.drills[figure]), figure).toBe(board.total[figure]);
    for (const row of [board.holders[0]!, board.territories[0]!, board.territories.find(({ id }) => id === null)!] as NowRow[]) {
      for (const figure of figures) {
        if (row.id === board.holders[0]!.id && figure === 'unassigned') continue;
        const drill = figure.startsWith('redirected') ? row.drillFrom : row.drill;
        expect(await open({ ...board.drills[figure], ...drill }), `${row.name} ${figure}`).toBe(row[figure]);
      }
      expect(await open({ ...board.drills.contacts, ...row.drillGiven }), `${row.name} contacts`).toBe(row.speed.contacts);
    }
  });

  test('a territory counts what lies under it, and opens as many leads', async () => {
    const [parent, child, grandchild] = made.territories.map(({ id }) => id);
    await house.write((tx) => tx.run(sql`update distribute.territory set parent_id = case id when ${child!} then ${parent!}::uuid when ${grandchild!} then ${child!}::uuid end where id in (${child!}, ${grandchild!})`));
    const told = (await house.request('management', 'GET', '/v1/board')).json as Board;
    const territoryOf = new Map(leads.map(({ leadId, territoryId }) => [leadId, territoryId]));
    for (const [region, ids] of [[parent, [parent, child, grandchild]], [child, [child, grandchild]], [grandchild, [grandchild]]] as const) {
      const row = told.territories.find(({ id }) => id === region)!;
      const isIn = (territory: string | null | undefined): boolean => ids.includes(territory ?? undefined);
      expect(row).toMatchObject(expected(leads.filter(({ territoryId }) => isIn(territoryId)), ({ leadId }) => isIn(territoryOf.get(leadId))));
      for (const figure of ['offered', 'late', 'unassigned', 'redirectedWeek'] as const) expect(await open({ ...told.drills[figure], ...row.drill }), `${row.name} ${figure}`).toBe(row[figure]);
      expect(await open({ ...told.drills.contacts, ...row.drillGiven }), `${row.name} contacts`).toBe(row.speed.contacts);
    }
    expect(told.total).toEqual(board.total);
    await house.write((tx) => tx.run(sql`update distribute.territory set parent_id = null`));
  });

  test('moves with the minute: a clock that ends is overdue in that instant, without anybody saving', async () => {
    const next = leads.filter((lead) => isOffered(lead) && lead.last.respondBy! >= now).map(({ last }) => last.respondBy!.getTime()).toSorted((a, b) => a - b)[0]!;
    expect(next - now.getTime()).toBeLessThan(48 * hour);
    house.clock.set(new Date(next));
    const before = ((await house.request('management', 'GET', '/v1/board')).json as Board).total.accept;
    house.clock.set(new Date(next + 1));
    expect(((await house.request('management', 'GET', '/v1/board')).json as Board).total.accept).toBe(before + 1);
    house.clock.set(now);
  });

  test('is read by indexes, its lists too', async () => {
    await house.write((tx) => tx.run(sql`analyze report.lead_row`));
    const base = { workspaceId: house.workspaceId, timeZone: zone, now, after: undefined, limit: 50 };
    const planOf = (query: ReturnType<typeof leadListQuery>): Promise<string> =>
      house.read(async (tx) => {
        await tx.run(sql`set local enable_seqscan = off`);
        const rows = await tx.rows<Record<string, string>>({ text: `explain ${query.text}`, values: query.values } as never);
        return rows.map((row) => Object.values(row)[0]).join('\n');
      });
    for (const filters of [{ offered: 'true' }, { late: 'accept' }, { late: 'contact' }, { late: 'attempts' }, { late: 'verdict' }, { late: 'any' }, { dateBy: 'redirected', from: '2026-06-01' }] as const)
      expect(await planOf(leadListQuery({ ...base, sort: 'newest', filters })), JSON.stringify(filters)).not.toMatch(/Seq Scan on (lead_row|assignment)/);
    const owed = await planOf(sql`select holder_id, territory_id, count(awaited_by) from report.lead_row where workspace_id = ${house.workspaceId} and counted
      and least(awaited_by, contact_by, tries_by, verdict_by) is not null group by 1, 2`);
    expect(owed).toMatch(/lead_row_owed/);
  });
});
