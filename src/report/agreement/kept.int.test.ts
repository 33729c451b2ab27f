import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { plainTerms } from '../../../tests/support/agreements.ts';
import { openTestHouse, type TestHouse } from '../../../tests/support/house.ts';
import { scans } from '../../house.ts';
import { makeHistory, seeded, type MadeAssignment, type MadeHistory, type MadeLead } from '../../../tests/support/lead-history.ts';
import { queryCount, sql } from '../../platform/db/index.ts';
import type { AgreementContent } from '../../qualify/index.ts';
import { rebuildRows } from '../rebuild-rows.ts';
import type { Kept, KeptMonth } from './kept.rules.ts';

// A random year with three versions of the agreement, written straight into the tables; every figure is then made again by loops over what was
// written, and every list behind a figure is compared with the leads the loops found.

const now = new Date('2026-06-10T09:00:00Z');
const hour = 3_600_000;
const day = 24 * hour;
const random = seeded(20_260_310);
const chance = (p: number): boolean => random() < p;
const after = (at: Date, hours: number): Date => new Date(at.getTime() + Math.floor(random() * hours * hour));

interface Given extends MadeAssignment {
  sequence: number;
  grade: 'hot' | 'warm' | 'cold' | null;
  restored: boolean;
  declinedAt: Date | null;
  respondBy: Date | null;
  followBy: Date | null;
  judgeBy: Date | null;
  triesBy: Date | null;
}
interface Verdict {
  at: Date;
  verdict: 'hot' | 'warm' | 'bad' | 'sale' | 'dont_know';
  reason: string | null;
  undone: boolean;
}
interface Whole {
  lead: MadeLead;
  given: Given[];
  verdicts: Verdict[];
  /** as the lead stands now */
  verdict: string | null;
  reason: string | null;
  known: { email: boolean; phone: boolean; title: boolean; country: boolean; product: boolean };
}

const terms = (leadsMin: number, keptPercent: number, attempts: number, complete: AgreementContent['marketing']['complete']): AgreementContent => {
  const plain = plainTerms();
  const owed = (tries: number | null) => ({ acceptMinutes: 60, contactMinutes: 120, verdictMinutes: 600, attempts: tries, attemptsMinutes: tries === null ? null : 1200 });
  return {
    ...plain,
    definitionVersion: 1,
    kinds: [
      { id: 'hot', name: 'Hot ones', grade: 'hot', where: null, leadsMin: 5, leadsMax: 30, sharePercent: 30 },
      ...(keptPercent === 90 ? [] : [{ id: 'abroad', name: 'From Austria', grade: null, where: { field: 'country', op: 'equals' as const, value: 'AT' }, leadsMin: 3, leadsMax: null, sharePercent: null }]),
    ],
    marketing: { leadsMin, leadsMax: 200, rightPercent: 80, wrongReasons: keptPercent === 90 ? ['Wrong contact data'] : ['Wrong contact data', 'Outside our range'], completePercent: complete.length > 0 ? 70 : null, complete },
    sales: { hot: owed(attempts), warm: owed(attempts + 1), cold: owed(null), keptPercent },
  };
};
const versions = [
  { version: 1, fromAt: new Date('2025-09-10T22:00:00Z'), content: terms(20, 90, 2, ['email', 'phone']) },
  { version: 2, fromAt: new Date('2026-01-14T10:30:00Z'), content: terms(30, 75, 3, []) },
  { version: 3, fromAt: new Date('2026-03-31T22:00:00Z'), content: terms(40, 60, 1, ['email', 'title', 'country', 'product']) },
];
const versionAt = (at: Date) => versions.findLast(({ fromAt }) => fromAt <= at);

let house: TestHouse;
let made: MadeHistory;
let wholes: Whole[];

beforeAll(async () => {
  house = await openTestHouse({ timeZone: 'Europe/Zurich', at: now.toISOString() });
  made = await makeHistory(house.cx, house.scope, { leads: 900, from: '2025-08-20', days: 285, seed: 11 });
  wholes = made.leads.map(enrich);
  await save();
  await rebuildRows(house.cx, house.scope, () => {});
}, 120_000);
afterAll(() => house.close());

const workers = (): Set<string> => new Set(made.holders.map(({ id }) => id));
function enrich(lead: MadeLead): Whole {
  const works = workers();
  const given = lead.assignments.map((a, n): Given => {
    const worked = works.has(a.holderId);
    const acceptedAt = worked && chance(0.8) ? (a.acceptedAt ?? (chance(0.5) ? after(a.startedAt, 40) : null)) : null;
    const declinedAt = worked && !acceptedAt && chance(0.2) ? after(a.startedAt, 30) : null;
    return {
      ...a,
      sequence: n + 1,
      grade: chance(0.9) ? (['hot', 'warm', 'cold'] as const)[Math.floor(random() * 3)]! : null,
      restored: worked && n > 0 && chance(0.1),
      acceptedAt,
      declinedAt,
      firstFollowupAt: worked ? a.firstFollowupAt : null,
      respondBy: worked ? after(a.startedAt, 48) : null,
      followBy: acceptedAt && chance(0.9) ? after(acceptedAt, 60) : null,
      judgeBy: acceptedAt && chance(0.8) ? after(acceptedAt, 20 * 24) : null,
      triesBy: acceptedAt && chance(0.8) ? after(acceptedAt, 20 * 24) : null,
    };
  });
  const verdicts: Verdict[] = [];
  const reasons = ['Cannot be reached', 'Wrong contact data', 'Outside our range', 'No need'];
  for (const a of given)
    for (let n = 0; n < 2; n++)
      if (chance(0.4)) {
        const verdict = (['hot', 'warm', 'bad', 'bad', 'sale', 'dont_know'] as const)[Math.floor(random() * 6)]!;
        verdicts.push({ at: after(a.startedAt, 25 * 24), verdict, reason: verdict === 'bad' ? reasons[Math.floor(random() * 4)]! : null, undone: chance(0.1) });
      }
  const reason = lead.verdict === 'bad' ? reasons[Math.floor(random() * 4)]! : null;
  return { lead, given, verdicts, verdict: lead.verdict, reason, known: { email: chance(0.8), phone: chance(0.8), title: chance(0.9), country: chance(0.9), product: chance(0.8) } };
}

async function save(): Promise<void> {
  const { workspaceId } = house;
  await house.write(async (tx) => {
    for (const { version, fromAt, content } of versions)
      await tx.run(sql`insert into qualify.agreement (workspace_id, version, content, words, hash, drafted_at, from_at, told)
        values (${workspaceId}, ${version}, ${JSON.stringify(content)}::jsonb, '[]', '', ${fromAt}, ${fromAt}, true)`);
    const owedOn = (a: Given, { lead }: Whole): number | null => versions.findLast(({ fromAt }) => fromAt <= a.startedAt)?.content.sales[a.grade ?? lead.grade].attempts ?? null;
    const all = wholes.flatMap((whole) => whole.given.map((a) => ({ ...a, triesOwed: a.triesBy && owedOn(a, whole) })));
    await tx.run(sql`update distribute.assignment a set why = case when g.restored then 'restored' else a.why end, sequence = g.sequence, accepted_at = g.accepted_at, declined_at = g.declined_at,
        first_followup_at = g.first_followup_at, respond_by = g.respond_by, follow_by = g.follow_by, judge_by = g.judge_by, tries_by = g.tries_by, tries_owed = g.tries_owed,
        decided = case when g.grade is null then null else jsonb_build_object('grade', g.grade) end
      from jsonb_to_recordset(${JSON.stringify(
        all.map((g) => ({ id: g.id, restored: g.restored, sequence: g.sequence, grade: g.grade, accepted_at: g.acceptedAt, declined_at: g.declinedAt, first_followup_at: g.firstFollowupAt, respond_by: g.respondBy, follow_by: g.followBy, judge_by: g.judgeBy, tries_by: g.triesBy, tries_owed: g.triesOwed })),
      )}::jsonb) as g (id uuid, restored boolean, sequence int, grade text, accepted_at timestamptz, declined_at timestamptz, first_followup_at timestamptz, respond_by timestamptz,
        follow_by timestamptz, judge_by timestamptz, tries_by timestamptz, tries_owed int)
      where a.workspace_id = ${workspaceId} and a.id = g.id`);
    await tx.run(sql`update followup.disposition d set reason = g.reason, at = greatest(d.at, timestamptz '2026-06-09') from jsonb_to_recordset(${JSON.stringify(wholes.map(({ lead, reason }) => ({ id: lead.id, reason })))}::jsonb) as g (id uuid, reason text)
      where d.workspace_id = ${workspaceId} and d.lead_id = g.id`);
    await tx.copy(
      'followup.disposition',
      ['workspace_id', 'id', 'lead_id', 'verdict', 'reason', 'at', 'via', 'before', 'current', 'undone_at'],
      wholes.flatMap(({ lead, verdicts }) =>
        verdicts.map((v) => [workspaceId, house.cx.ids.next(), lead.id, v.verdict, v.reason, v.at, 'app', {}, false, v.undone ? v.at : null]),
      ),
    );
    await tx.run(sql`update identity.person p set email = case when g.email then p.email end, phone = case when g.phone then '+41 52 224 11 22' end, title = case when g.title then 'Buyer' end,
        country = case when g.country then case when g.austria then 'AT' else 'DE' end end
      from jsonb_to_recordset(${JSON.stringify(wholes.map(({ lead, known }) => ({ id: lead.personId, ...known, austria: isAustrian(lead) })))}::jsonb)
        as g (id uuid, email boolean, phone boolean, title boolean, country boolean, austria boolean)
      where p.workspace_id = ${workspaceId} and p.id = g.id`);
    await tx.run(sql`update qualify.lead l set product = case when g.product then 'Pump' end from jsonb_to_recordset(${JSON.stringify(wholes.map(({ lead, known }) => ({ id: lead.id, product: known.product })))}::jsonb) as g (id uuid, product boolean)
      where l.workspace_id = ${workspaceId} and l.id = g.id`);
  });
}
const isAustrian = (lead: MadeLead): boolean => Number.parseInt(lead.personId.slice(-2), 16) % 3 === 0;

// The oracle.
type Judged = boolean | null;
const missed = (by: Date, a: Given): Judged => (by < now && (a.endedAt === null || a.endedAt >= by) ? false : null);
function judge(w: Whole, a: Given, version: (typeof versions)[number]): Record<'accept' | 'contact' | 'attempts' | 'verdict', Judged> & { grade: string } {
  const grade = a.grade ?? w.lead.grade;
  const answers = [a.acceptedAt, a.declinedAt, a.firstFollowupAt].filter((at) => at !== null);
  const answered = answers.length > 0 ? new Date(Math.min(...answers.map(Number))) : null;
  const accept = a.respondBy === null ? null : answered ? answered <= a.respondBy : missed(a.respondBy, a);
  const contact = a.acceptedAt === null ? null : a.firstFollowupAt ? a.followBy === null || a.firstFollowupAt <= a.followBy : a.followBy === null ? null : missed(a.followBy, a);
  const last: Verdict[] = w.lead.verdict
    ? [{ at: new Date(Math.max(Number(w.lead.closedAt ?? w.lead.qualifiedAt), Date.parse('2026-06-09T00:00:00Z'))), verdict: w.lead.verdict, reason: w.reason, undone: false }]
    : [];
  const spoken = [...w.verdicts, ...last]
    .filter((v) => v.verdict !== 'dont_know' && !v.undone && v.at >= a.startedAt && (a.endedAt === null || v.at <= a.endedAt))
    .toSorted((x, y) => Number(x.at) - Number(y.at))[0];
  const verdict = a.judgeBy === null ? null : spoken ? spoken.at <= a.judgeBy : missed(a.judgeBy, a);
  let attempts: Judged = null;
  const owed = version.content.sales[grade].attempts;
  if (a.triesBy !== null && owed !== null) {
    const until = Math.min(Number(a.triesBy), Number(spoken?.at ?? Infinity), Number(a.endedAt ?? Infinity));
    const tries = w.lead.activities.filter(({ kind, at }) => kind !== 'note' && at >= a.startedAt && Number(at) <= until).length;
    if (spoken && spoken.at <= a.triesBy) attempts = spoken.verdict === 'bad' && spoken.reason === 'Cannot be reached' && a.triesBy < now ? tries >= owed : null;
    else if (missed(a.triesBy, a) === false) attempts = tries >= owed;
  }
  return { accept, contact, attempts, verdict, grade };
}

const monthOf = (at: Date): string => at.toLocaleDateString('sv', { timeZone: 'Europe/Zurich' }).slice(0, 7);
type Found = { of: Set<string>; asked: number; kept: number };
/** By promise (with and without grade) and month: asked and kept, and the leads of either. */
function loops(): Map<string, Found> {
  const found = new Map<string, Found>();
  const count = (key: string, month: string, lead: string, kept: Judged): void => {
    if (kept === null) return;
    for (const of of [`${key} ${month} any`, `${key} ${month} ${kept}`]) {
      let cell = found.get(of);
      if (!cell) found.set(of, (cell = { of: new Set(), asked: 0, kept: 0 }));
      cell.of.add(lead);
      cell.asked++;
      if (kept) cell.kept++;
    }
  };
  for (const w of wholes) {
    for (const a of w.given) {
      const version = versionAt(a.startedAt);
      if (!version) continue;
      const month = monthOf(a.startedAt);
      const { grade, ...each } = judge(w, a, version);
      if (a.respondBy !== null && !a.restored)
        for (const [key, kept] of Object.entries(each)) {
          count(key, month, w.lead.id, kept);
          count(`${key}.${grade}`, month, w.lead.id, kept);
        }
      if (a.sequence !== 1) continue;
      const { marketing, kinds } = version.content;
      count('leads', month, w.lead.id, true);
      if (w.verdict !== null && w.verdict !== 'dont_know') count('right', month, w.lead.id, !(w.verdict === 'bad' && marketing.wrongReasons.includes(w.reason!)));
      if (marketing.complete.length > 0) count('complete', month, w.lead.id, marketing.complete.every((field) => w.known[field as 'email']));
      for (const { id } of kinds) if (id === 'hot' ? grade === 'hot' : w.known.country && isAustrian(w.lead)) count(`kind.${id}`, month, w.lead.id, true);
    }
  }
  return found;
}

describe('what was kept', () => {
  const kept = async (): Promise<{ months: string[]; promises: Kept[] }> => (await house.request('sales_manager', 'GET', '/v1/agreement/kept')).json;
  const days = (month: string): { from: string; to: string } => ({ from: `${month}-01`, to: new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).toISOString().slice(0, 10) });

  test('is what loops over the same history find, promise by promise and month by month', async () => {
    const found = loops();
    const { months, promises } = await kept();
    expect(months).toEqual(['2025-09', '2025-10', '2025-11', '2025-12', '2026-01', '2026-02', '2026-03', '2026-04', '2026-05', '2026-06']);
    expect(promises.map(({ key }) => key)).toEqual(['leads', 'kind.hot', 'share.hot', 'kind.abroad', 'right', 'complete', 'accept', 'contact', 'attempts', 'verdict']);
    for (const { key, months: cells, grades } of promises) {
      const of = (month: string): Found => found.get(`${key.replace('share', 'kind')} ${month} any`) ?? { of: new Set(), asked: 0, kept: 0 };
      for (const cell of cells) {
        const expected = of(cell.month);
        const asked = key === 'share.hot' ? (found.get(`leads ${cell.month} any`)?.asked ?? 0) : expected.asked;
        expect.soft({ key, month: cell.month, asked: cell.asked, kept: cell.kept }).toEqual({ key, month: cell.month, asked, kept: expected.kept });
      }
      for (const one of grades) {
        const all = months.map((month) => found.get(`${key}.${one.grade} ${month} any`)).filter((cell) => cell !== undefined);
        expect.soft([key, one.grade, one.asked, one.kept]).toEqual([key, one.grade, all.reduce((n, c) => n + c.asked, 0), all.reduce((n, c) => n + c.kept, 0)]);
      }
    }
    // Enough of everything that a wrong sum would show.
    for (const key of ['accept', 'contact', 'attempts', 'verdict', 'right', 'complete'])
      expect(promises.find((one) => one.key === key)!.total).toMatchObject({ asked: expect.toSatisfy((n: number) => n > 40), kept: expect.toSatisfy((n: number) => n > 5) });
  });

  test('what is owed follows the versions: the month in which one began owes part of each', async () => {
    const cell = (promises: Kept[], key: string, month: string): KeptMonth => promises.find((one) => one.key === key)!.months.find((one) => one.month === month)!;
    const { promises } = await kept();
    const january = Number(new Date('2026-01-14T10:30:00Z')) - Number(new Date('2025-12-31T23:00:00Z'));
    const part = january / (31 * day);
    expect(cell(promises, 'leads', '2026-01').owed).toBeCloseTo(20 * part + 30 * (1 - part), 6);
    expect(cell(promises, 'leads', '2026-02')).toMatchObject({ owed: 30, owedMax: 200, isOver: true });
    expect(cell(promises, 'leads', '2026-06')).toMatchObject({ isOver: false, holds: null });
    expect(cell(promises, 'complete', '2026-02')).toMatchObject({ asked: 0, owed: null, holds: null });
  });

  test('every figure opens as the list of its leads', async () => {
    const found = loops();
    const list = async (query: Record<string, string>): Promise<string[]> =>
      (await house.request('marketing', 'GET', `/v1/leads?${new URLSearchParams({ ...query, limit: '200' }).toString()}`)).json.items.map((lead: { id: string }) => lead.id).toSorted();
    for (const month of ['2025-09', '2026-01', '2026-04'])
      for (const key of ['accept', 'accept.hot', 'contact', 'attempts', 'attempts.warm', 'verdict', 'leads', 'right', 'complete', 'kind.hot', 'kind.abroad'])
        for (const kept of key === 'leads' || key.startsWith('kind') ? [undefined] : [undefined, 'true', 'false']) {
          const expected = [...(found.get(`${key} ${month} ${kept ?? 'any'}`)?.of ?? [])].toSorted();
          expect.soft(await list({ ...days(month), promise: key, ...(kept ? { kept } : {}) }), `${key} ${month} ${kept}`).toEqual(expected);
        }
    const hot = found.get('kind.hot 2026-04 any')!.of;
    const rest = [...found.get('leads 2026-04 any')!.of].filter((id) => !hot.has(id)).toSorted();
    expect(await list({ ...days('2026-04'), promise: 'share.hot', kept: 'false' })).toEqual(rest);
    expect((await house.request({ role: 'partner', holderId: made.holders[5]!.id }, 'GET', '/v1/leads?promise=accept')).status).toBe(403);
  });

  test('takes as many statements with three versions and twelve months as with one', async () => {
    await kept();
    const before = queryCount.total;
    await kept();
    const all = queryCount.total - before;
    await house.request('sales_manager', 'GET', '/v1/agreement/kept?months=1');
    expect(queryCount.total - before - all).toBe(all);
    expect(all).toBeLessThanOrEqual(12);
  });

  test('what was not kept is what the clocks found broken, each at the instant it was due, however often they look', async () => {
    const clocks = scans.find(({ name }) => name === 'distribute.clocks')!;
    const look = async (): Promise<void> => {
      await house.write((tx) => tx.run(sql`update distribute.assignment set clock_at = started_at where respond_by is not null`));
      while ((await clocks.run(house.cx, house.scope)) > 0);
    };
    await look();
    await look();
    const told = await house.rows<{ key: string; at: Date }>(sql`select data ->> 'assignmentId' || ' ' || (data ->> 'clock') as key, at from journal.fact where type = 'lead.overdue'`);
    const given = new Map(wholes.flatMap((w) => w.given.map((a) => [a.id, { w, a }])));
    const judged = told.filter(({ key }) => !given.get(key.split(' ')[0]!)!.a.restored && versionAt(given.get(key.split(' ')[0]!)!.a.startedAt));
    const due = { accept: 'respondBy', contact: 'followBy', attempts: 'triesBy', verdict: 'judgeBy' } as const;
    const expected = [...given.values()].flatMap(({ w, a }) => {
      const version = versionAt(a.startedAt);
      if (a.respondBy === null || a.restored || !version) return [];
      const each = judge(w, a, version);
      // Some of this history could not be lived: answers after the end, and verdicts of next week.
      const lived = (clock: keyof typeof due): boolean => a[due[clock]]! <= now && (clock === 'attempts' || a.endedAt === null || a[due[clock]]! <= a.endedAt);
      return (['accept', 'contact', 'attempts', 'verdict'] as const).flatMap((clock) => (each[clock] === false && lived(clock) ? [{ key: `${a.id} ${clock}`, at: a[due[clock]]! }] : []));
    });
    const inOrder = (all: { key: string; at: Date }[]) => all.toSorted((a, b) => (a.key < b.key ? -1 : 1));
    expect(inOrder(judged)).toEqual(inOrder(expected));
    for (const clock of Object.keys(due)) expect(expected.filter(({ key }) => key.endsWith(clock)).length, clock).toBeGreaterThan(20);
  });

  test('a later version changes nothing about what was given before it', async () => {
    const was = await kept();
    await house.write((tx) => tx.run(sql`insert into qualify.agreement (workspace_id, version, content, words, hash, drafted_at, from_at, told)
      values (${house.workspaceId}, 4, ${JSON.stringify(terms(500, 100, 9, ['phone']))}::jsonb, '[]', '', ${now}, ${new Date(now.getTime() - hour)}, true)`));
    const is = await kept();
    const settled = ({ promises }: { promises: Kept[] }) => promises.map(({ key, months }) => [key, months.filter(({ month }) => month < '2026-06')]);
    expect(settled(is)).toEqual(settled(was));
    await house.write((tx) => tx.run(sql`delete from qualify.agreement where workspace_id = ${house.workspaceId} and version = 4`));
  });
});
