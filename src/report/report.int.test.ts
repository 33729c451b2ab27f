import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from '../platform/db/index.ts';
import { dateIn, startOfWeek } from '../platform/values/period.rules.ts';
import { makeHistory, type MadeHistory, type MadeLead } from '../../tests/support/lead-history.ts';
import { openTestHouse, type TestHouse } from '../../tests/support/house.ts';
import { bandOf } from './decay.rules.ts';
import { makeLoop } from './make-loop.ts';
import { makeReport } from './make-report.ts';
import { makeScoreboard } from './make-scoreboard.ts';
import { quantileOfList, waitBucket } from './quantile.rules.ts';
import { rebuildRows } from './rebuild-rows.ts';
import type { Report, ReportFilters, ReportName } from './report.contract.ts';
import { leadState, states } from './state.rules.ts';

const zone = 'Europe/Zurich';
let house: TestHouse;
let made: MadeHistory;

beforeAll(async () => {
  house = await openTestHouse({ timeZone: zone, at: '2026-06-01T09:00:00Z' });
  made = await makeHistory(house.cx, house.scope, { leads: 2500, from: '2025-01-01', days: 400, seed: 7 });
  await rebuildRows(house.cx, house.scope, () => {});
}, 120_000);
afterAll(() => house.close());

// The oracle: the same questions answered by loops over the arrays.
const days = new Map<number, string>();
const on = (at: Date): string => {
  let day = days.get(at.getTime());
  if (day === undefined) days.set(at.getTime(), (day = dateIn(at, zone)));
  return day;
};
const inside = (at: Date, f: ReportFilters): boolean => (!f.from || on(at) >= f.from) && (!f.to || on(at) <= f.to);
const same = (value: string | null, wanted: string | undefined): boolean =>
  wanted === undefined || (wanted === 'none' ? value === null : value === wanted);
const heldBy = (lead: MadeLead): MadeLead['assignments'][number] =>
  lead.assignments.find((a) => !a.endedAt) ?? lead.assignments.toSorted((a, b) => a.startedAt.getTime() - b.startedAt.getTime()).at(-1)!;
const ofOrigin = (one: { sourceId: string | null; programId: string | null; channel: string }, f: ReportFilters): boolean =>
  same(one.sourceId, f.sourceId) && same(one.programId, f.programId) && (f.channel === undefined || one.channel === f.channel);
const ofHolder = (lead: MadeLead, f: ReportFilters): boolean =>
  same(heldBy(lead).holderId, f.holderId) && same(heldBy(lead).territoryId, f.territoryId);
const status = (lead: MadeLead): string =>
  lead.fate === 'sold'
    ? 'sale'
    : lead.fate
      ? 'bad'
      : lead.verdict === 'hot' || lead.verdict === 'warm' || lead.verdict === 'dont_know'
        ? lead.verdict
        : 'open';

const cuts = (): [string, ReportFilters][] => [
  ['all time', {}],
  ['whole months', { from: '2025-03-01', to: '2025-08-31' }],
  ['ragged days', { from: '2025-02-11', to: '2025-11-19' }],
  ['one day', { from: '2025-06-05', to: '2025-06-05' }],
  ['a program', { programId: made.programs[3]!.id, from: '2025-02-11' }],
  ['no program', { programId: 'none' }],
  ['a source', { sourceId: made.sources[2]!.id }],
  ['a channel', { channel: 'Mailing', to: '2025-09-09' }],
  ['a holder', { holderId: made.holders[5]!.id, from: '2025-02-11', to: '2025-11-19' }],
  ['a territory', { territoryId: made.territories[1]!.id }],
  ['a holder and a program', { holderId: made.holders[5]!.id, programId: made.programs[3]!.id }],
];
const report = (name: ReportName, filters: ReportFilters): Promise<Report> => makeReport(house.cx, house.scope, name, filters);
const values = (made_: Report): Map<string, Report['rows'][number]['values']> => new Map(made_.rows.map((row) => [row.key, row.values]));

describe('conditions that everybody fits', () => {
  // What conditions ask is counted by rows, without them by sums: the two ways must meet.
  const everybody = { where: JSON.stringify({ field: 'lastSeenAt', op: 'isSet' }) };
  const recognised = ({ rows, total }: Report) => ({
    rows: rows.map(({ key, values: own }) => [key, own] as const).toSorted(([a], [b]) => (a < b ? -1 : 1)),
    total: total.values,
  });
  it.each(['where-assigned', 'status-update', 'status-tracking', 'what-works'] as const)('change nothing of %s', async (name) => {
    for (const [, filters] of cuts()) expect(recognised(await report(name, { ...filters, ...everybody }))).toEqual(recognised(await report(name, filters)));
  });
  it('change nothing of leads and sales by source', async () => {
    const leads = (found: Report) => found.rows.flatMap(({ key, values: { leads: n, hot, sales, value } }) => (n ? [[key, n, hot, sales, value]] : [])).toSorted();
    for (const [, filters] of cuts()) expect(leads(await report('source', { ...filters, ...everybody }))).toEqual(leads(await report('source', filters)));
  });
});

describe('the five reports equal an oracle over plain arrays', () => {
  it('source', async () => {
    for (const [name, filters] of cuts()) {
      const found = await report('source', filters);
      const leads = made.leads.filter((lead) => inside(lead.occurredAt, filters) && ofOrigin(lead, filters) && ofHolder(lead, filters));
      const byHolder = filters.holderId !== undefined || filters.territoryId !== undefined;
      const inquiries = byHolder
        ? leads.flatMap((lead) => made.inquiries.filter((one) => one.leadId === lead.id).map(() => ({ sourceId: lead.sourceId })))
        : made.inquiries.filter((one) => one.status !== 'withdrawn' && inside(one.occurredAt, filters) && ofOrigin(one, filters));
      for (const source of [...made.sources.map((one) => one.id), null]) {
        const own = leads.filter((lead) => lead.sourceId === source);
        const sold = own.filter((lead) => lead.fate === 'sold');
        const expected = {
          inquiries: inquiries.filter((one) => one.sourceId === source).length,
          leads: own.length,
          hot: own.filter((lead) => lead.grade === 'hot').length,
          sales: sold.length,
          value: sold.reduce((sum, lead) => sum + lead.valueMinor!, 0),
        };
        const row = values(found).get(source ?? 'none');
        if (!row) expect({ name, ...expected }).toEqual({ name, inquiries: 0, leads: 0, hot: 0, sales: 0, value: 0 });
        else expect({ name, ...row }).toMatchObject({ name, ...expected });
      }
      const sold = leads.filter((lead) => lead.fate === 'sold');
      expect(found.timing!.sales).toBe(sold.length);
      const local = (at: Date): number =>
        Date.parse(`${at.toLocaleString('sv-SE', { timeZone: zone }).replace(' ', 'T')}Z`) + (at.getTime() % 1000);
      const days = sold.map((lead) => (local(lead.closedAt!) - local(lead.occurredAt)) / 86_400_000);
      if (days.length > 0) expect(found.timing!.medianDays).toBeCloseTo(quantileOfList(days, 0.5)!, 6);
      expect(found.timing!.reps).toBe(new Set(sold.map((lead) => lead.assignments[0]!.holderId)).size);
    }
  });

  it('where assigned', async () => {
    for (const [name, filters] of cuts()) {
      const found = values(await report('where-assigned', filters));
      const all = made.leads.filter((lead) => ofOrigin(lead, filters)).flatMap((lead) => lead.assignments);
      const own = all.filter(
        (a) => inside(a.startedAt, filters) && same(a.holderId, filters.holderId) && same(a.territoryId, filters.territoryId),
      );
      const holders = [...new Set(own.map((a) => a.holderId))];
      expect([name, [...found.keys()].toSorted()]).toEqual([name, holders.toSorted()]);
      for (const holder of holders) {
        const mine = own.filter((a) => a.holderId === holder);
        const waits = mine.flatMap((a) => (a.firstFollowupAt ? [(a.firstFollowupAt.getTime() - a.startedAt.getTime()) / 60_000] : []));
        const row = found.get(holder)!;
        expect({ name, ...row }).toMatchObject({
          name,
          assigned: mine.length,
          accepted: mine.filter((a) => a.acceptedAt).length,
          followedUp: waits.length,
          redirected: mine.filter((a) => a.endReason === 'redirected').length,
          open: mine.filter((a) => !a.endedAt).length,
        });
        if (waits.length > 0) {
          expect(row['medianMinutes']).toBeCloseTo(quantileOfList(waits, 0.5)!, 0);
          expect(row['meanMinutes']).toBeCloseTo(waits.reduce((sum, wait) => sum + wait, 0) / waits.length, 0);
        } else expect(row['medianMinutes']).toBeNull();
      }
    }
  });

  it('status update and status tracking', async () => {
    for (const [name, filters] of cuts()) {
      const leads = made.leads.filter((lead) => inside(lead.qualifiedAt, filters) && ofOrigin(lead, filters) && ofHolder(lead, filters));
      const sum = (list: MadeLead[]): Record<string, number> => ({
        leads: list.length,
        hot: list.filter((lead) => status(lead) === 'hot').length,
        warm: list.filter((lead) => status(lead) === 'warm').length,
        bad: list.filter((lead) => status(lead) === 'bad').length,
        sale: list.filter((lead) => status(lead) === 'sale').length,
        dontKnow: list.filter((lead) => status(lead) === 'dont_know').length,
        open: list.filter((lead) => status(lead) === 'open').length,
      });
      const update = await report('status-update', filters);
      const kinds = (list: MadeLead[], kind: string): number =>
        list.reduce((total, lead) => total + lead.activities.filter((a) => a.kind === kind).length, 0);
      for (const row of update.rows) {
        const own = leads.filter((lead) => heldBy(lead).holderId === row.key);
        expect({ name, ...row.values }).toMatchObject({
          name,
          ...sum(own),
          calls: kinds(own, 'call'),
          quotes: kinds(own, 'quote'),
          followedUp: own.filter((lead) => lead.activities.length > 0).length,
        });
      }
      expect(update.total.values).toMatchObject({ ...sum(leads), nextActionSet: leads.filter((lead) => lead.nextAction).length });
      const tracking = await report('status-tracking', filters);
      expect(tracking.rows.map((row) => row.key)).toEqual([...new Set(leads.map((lead) => startOfWeek(on(lead.qualifiedAt))))].toSorted());
      for (const row of tracking.rows)
        expect({ name, ...row.values }).toMatchObject({
          name,
          ...sum(leads.filter((lead) => startOfWeek(on(lead.qualifiedAt)) === row.key)),
        });
    }
  });

  it('what works', async () => {
    for (const [name, filters] of cuts()) {
      const leads = made.leads.filter((lead) => inside(lead.qualifiedAt, filters) && ofOrigin(lead, filters) && ofHolder(lead, filters));
      const found = values(await report('what-works', filters));
      const check = (key: string, which: (lead: MadeLead) => boolean): void => {
        const own = leads.filter(which);
        const row = found.get(key);
        const expected = { leads: own.length, sales: own.filter((lead) => lead.fate === 'sold').length };
        if (own.length === 0) expect([name, key, row]).toEqual([name, key, undefined]);
        else expect({ name, key, ...row }).toMatchObject({ name, key, ...expected });
      };
      for (const kind of ['call', 'quote', 'note']) check(`activity:${kind}`, (lead) => lead.activities.some((a) => a.kind === kind));
      check('activity:none', (lead) => lead.activities.length === 0);
      check('grade:hot', (lead) => lead.grade === 'hot');
      check('next_action:call again', (lead) => lead.nextAction === 'Call again');
      check('next_action:none', (lead) => !lead.nextAction);
      const wait = (lead: MadeLead): string => {
        const first = lead.assignments.flatMap((a) => a.firstFollowupAt?.getTime() ?? []).toSorted((a, b) => a - b)[0];
        return first === undefined ? 'none' : bandOf((first - Math.min(...lead.assignments.map((a) => a.startedAt.getTime()))) / 1000).key;
      };
      for (const band of ['5min', '4h', 'week', 'none']) check(`wait:${band}`, (lead) => wait(lead) === band);
    }
  });
});

describe('figures and the lists behind them', () => {
  it('agree, for every cell that opens leads', async () => {
    const filters = { from: '2025-02-11', to: '2025-11-19' };
    for (const name of ['source', 'status-tracking', 'what-works', 'where-assigned'] as const) {
      const found = await report(name, filters);
      const rows = name === 'status-tracking' ? found.rows.slice(3, 8) : found.rows.slice(0, 6);
      for (const row of rows) {
        for (const column of found.columns) {
          if (column.list !== 'leads' || column.kind !== 'count') continue;
          const query = new URLSearchParams({ ...row.drill, ...column.drill });
          const answer = await house.request('marketing', 'GET', `/v1/leads/count?${query.toString()}`);
          expect([name, row.label, column.key, answer.json?.count ?? answer.text]).toEqual([
            name,
            row.label,
            column.key,
            row.values[column.key],
          ]);
        }
      }
    }
  });

  it('the loop loses nobody, and its bands open', async () => {
    const loop = await makeLoop(house.cx, house.scope, {});
    expect(loop.received).toBe(made.inquiries.filter((one) => one.status !== 'withdrawn').length);
    expect(loop.tiles.unaccounted.value).toBe(0);
    const band = loop.links.find((link) => link.to === 'state:hot')!;
    let count = 0;
    let cursor: string | null = '';
    while (cursor !== null) {
      const query = new URLSearchParams({ ...band.drill, limit: '200', ...(cursor ? { cursor } : {}) });
      const answer = await house.request('marketing', 'GET', `/v1/fates?${query.toString()}`);
      expect(answer.status).toBe(200);
      count += answer.json.items.length;
      cursor = answer.json.nextCursor;
    }
    expect(count).toBe(band.count);
  });

  it('the scoreboard answers', async () => {
    const board = await makeScoreboard(house.cx, house.scope, { from: '2025-02-01', to: '2025-10-31' });
    expect(board.holders.length).toBe(16);
    expect(board.waiting.points.reduce((sum, point) => sum + point.leads, 0)).toBeGreaterThan(1000);
    expect((await house.request('management', 'GET', '/v1/scoreboard?from=2025-02-01&to=2025-10-31')).status).toBe(200);
    expect((await house.request('marketing', 'GET', '/v1/loop')).status).toBe(200);
  });

  it('says the same in SQL and in TypeScript', async () => {
    for (const fate of [null, 'sold', 'bad', 'lost', 'withdrawn', 'merged'])
      for (const verdict of [null, 'hot', 'warm', 'bad', 'sale', 'dont_know'])
        for (const holderKind of [null, 'rep', 'partner', 'desk', 'nurture']) {
          const [row] = await house.rows<{ state: string }>(
            sql`select report.lead_state(${fate}, ${fate !== null}, ${verdict}, ${holderKind}) as state`,
          );
          expect(row!.state).toBe(leadState({ fate, closed: fate !== null, verdict, holderKind }));
          expect(states).toContain(row!.state);
        }
    for (const seconds of [0, 0.4, 1, 59, 300, 7200, 86_399, 604_800, 31_536_000]) {
      const [row] = await house.rows<{ bucket: number; band: string }>(
        sql`select report.wait_bucket(${seconds}::float8) as bucket, report.wait_band(${seconds}::float8) as band`,
      );
      expect(row).toEqual({ bucket: waitBucket(seconds), band: bandOf(seconds).key });
    }
  });
});

describe('lists', () => {
  it('page through every lead exactly once, in every order', async () => {
    for (const sort of ['newest', 'oldest', 'score', 'value']) {
      const seen = new Set<string>();
      let cursor: string | null = '';
      let pages = 0;
      while (cursor !== null) {
        const answer = await house.request('rep', 'GET', `/v1/leads?limit=200&sort=${sort}${cursor ? `&cursor=${cursor}` : ''}`);
        expect(answer.status).toBe(200);
        for (const item of answer.json.items) {
          expect(seen.has(item.id)).toBe(false);
          seen.add(item.id);
        }
        cursor = answer.json.nextCursor;
        if (++pages > 40) throw new Error('The list does not end.');
      }
      expect(seen.size).toBe(sort === 'value' ? made.leads.filter((lead) => lead.fate === 'sold').length : made.leads.length);
    }
  });

  it('find words by their beginnings', async () => {
    const answer = await house.request('marketing', 'GET', '/v1/leads?text=perso%20name12&limit=200');
    expect(answer.json.items.length).toBeGreaterThan(0);
    for (const item of answer.json.items) expect(item.person.name).toMatch(/Name12/);
    expect((await house.request('marketing', 'GET', '/v1/leads?text=%26%7C!()')).json.items).toEqual([]);
  });

  it('read an index, whatever the filter', async () => {
    const { leadListQuery } = await import('./leads.queries.ts');
    const base = {
      workspaceId: house.workspaceId,
      timeZone: zone,
      now: house.clock.now(),
      sort: 'newest' as const,
      after: undefined,
      limit: 50,
    };
    const filters = [
      {},
      { programId: made.programs[0]!.id },
      { sourceId: made.sources[0]!.id },
      { channel: 'Ads' },
      { holderId: made.holders[0]!.id },
      { territoryId: made.territories[0]!.id },
      { status: 'sale' as const },
      { state: 'waiting' as const },
      { overdue: 'true' as const },
      { text: 'name12' },
    ];
    for (const filter of filters) {
      const plan = await house.read(async (tx) => {
        await tx.run(sql`set local enable_seqscan = off`);
        const query = leadListQuery({ ...base, filters: filter });
        const rows = await tx.rows<{ queryPlan: string } & Record<string, string>>({
          text: `explain ${query.text}`,
          values: query.values,
        } as never);
        return rows.map((row) => Object.values(row)[0]).join('\n');
      });
      expect(plan, JSON.stringify(filter)).not.toMatch(/Seq Scan on lead_row/);
    }
  });

  it('leave as CSV and XLSX', async () => {
    const csv = await house.request('finance', 'GET', '/v1/reports/source.csv?from=2025-01-01&to=2025-12-31');
    expect(csv.status).toBe(200);
    expect(csv.headers['content-type']).toContain('text/csv');
    expect(csv.text.split('\r\n')[0]).toContain('Inquiries');
    const xlsx = await house.request('finance', 'GET', '/v1/reports/where-assigned.xlsx');
    expect([xlsx.status, xlsx.text.slice(0, 2)]).toEqual([200, 'PK']);
  });

  it('keep saved views apart', async () => {
    const saved = await house.request('marketing', 'POST', '/v1/views', { name: 'Hot in the north', query: { grade: 'hot' } });
    expect(saved.status).toBe(200);
    const list = await house.request('marketing', 'GET', '/v1/views?screen=leads');
    expect(list.json.items).toMatchObject([{ name: 'Hot in the north', mine: true }]);
    expect((await house.request('partner', 'GET', '/v1/views')).json.items).toEqual([]);
    expect((await house.request('marketing', 'DELETE', `/v1/views/${saved.json.id}`)).json).toEqual({ removed: true });
  });

  it('show a lead whole, and to a partner only its own', async () => {
    const lead = made.leads.find((one) =>
      made.holders.some((holder) => holder.kind === 'partner' && holder.id === one.assignments[0]!.holderId),
    )!;
    const page = await house.request('marketing', 'GET', `/v1/leads/${lead.id}`);
    expect(page.status).toBe(200);
    expect(page.json).toMatchObject({ lead: { id: lead.id, person: { name: lead.name } }, person: { fullName: lead.name } });
    expect(page.json.assignments.length).toBe(lead.assignments.length);
    const own = { role: 'partner' as const, holderId: lead.assignments[0]!.holderId };
    expect((await house.request(own, 'GET', `/v1/leads/${lead.id}`)).status).toBe(200);
    const other = made.leads.find((one) => one.assignments.every((a) => a.holderId !== own.holderId))!;
    expect((await house.request(own, 'GET', `/v1/leads/${other.id}`)).status).toBe(404);
    const list = await house.request(own, 'GET', '/v1/leads?limit=200');
    const mine = new Set(made.leads.filter((one) => one.assignments.some((a) => a.holderId === own.holderId)).map((one) => one.id));
    expect(list.json.items.every((item: { id: string }) => mine.has(item.id))).toBe(true);
  });
});
