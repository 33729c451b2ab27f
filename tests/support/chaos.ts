import { acceptAssignments, addHolder, changeAbsences, changeHolder, changeTerritory, declineAssignments, pauseAssignments } from '../../src/distribute/index.ts';
import { judgeLeads, logActivities } from '../../src/followup/index.ts';
import { drainHouse, openContext, scans } from '../../src/house.ts';
import { SetClock } from '../../src/platform/clock.ts';
import type { Context } from '../../src/platform/context.ts';
import { sql } from '../../src/platform/db/index.ts';
import type { Connection, Sql, Tx } from '../../src/platform/db/index.ts';
import type { Scope } from '../../src/platform/access/index.ts';
import { Refusal } from '../../src/platform/refusal.ts';
import { verify } from '../../src/report/verify.ts';
import { plainTerms, plantAgreement } from './agreements.ts';
import { seeded } from './lead-history.ts';
import { plantLeads } from './leads.ts';

export interface ChaosHouse {
  cx: Context;
  connection: Connection;
  clock: SetClock;
  workspaceId: string;
  scope: Scope;
}
export interface Lived {
  rounds: number;
  breaches: number;
  crashes: number;
  restarts: number;
  redirects: number;
  pauses: number;
  /** the farthest a holder was from what it was entitled to, in leads of a grade */
  worstCredit: number;
}

class Crash extends Error {}
const hourMs = 3_600_000;

/**
 * Weeks in which nothing goes as it should: holders accept, decline, call, judge, let rest or do nothing, go away, are switched off and come back;
 * work breaks off in the middle of a transaction, the house starts anew on what is stored, its clock leaps and is set back. After each round: every
 * open lead has one holder, nobody is over capacity, credits are in bounds and add up, and no breach was told twice; at the end each promise not kept was
 * told, at its instant, and nothing else. Throws with the first sentence that does not hold.
 */
export async function liveThroughChaos(house: ChaosHouse, given: { leads: number; rounds: number; seed: number; wrongLeads?: boolean }): Promise<Lived> {
  const random = seeded(given.seed);
  const chance = (p: number): boolean => random() < p;
  const { clock, scope, workspaceId } = house;
  const lived: Lived = { rounds: given.rounds, breaches: 0, crashes: 0, restarts: 0, redirects: 0, pauses: 0, worstCredit: 0 };
  let cx: Context = house.cx;
  let reopened: (Context & { close(): Promise<void> }) | undefined;
  const write = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => cx.db.write(scope, work);
  const rows = <T>(query: Sql): Promise<T[]> => cx.db.read(scope, (tx) => tx.rows<T>(query));

  const owed = { acceptMinutes: 120, contactMinutes: 300, verdictMinutes: 2400, attempts: 2, attemptsMinutes: 1200 };
  await plantAgreement({ workspaceId, write }, 1, plainTerms({ sales: { hot: owed, warm: owed, cold: { ...owed, attempts: null, attemptsMinutes: null }, keptPercent: 90 } }), new Date('2026-01-01T00:00:00Z'));
  const capacities = [null, 40, 25, 12.5, null, 60, 1, 30].map((each) => each && (each * given.leads) / 400);
  const holderIds = await write(async (tx) => {
    const ids: string[] = [];
    for (const [i, capacityPerWeek] of capacities.entries())
      ids.push(await addHolder(tx, cx, { name: `Holder ${i}`, kind: i % 2 ? 'rep' : 'partner', email: `h${i}@holders.example`, capacityPerWeek, timeZone: i % 3 ? 'Europe/Zurich' : 'America/New_York' }));
    await changeTerritory(tx, cx, null, { name: 'Everywhere', rules: {}, holders: ids.map((holderId, i) => ({ holderId, weight: 1 + (i % 2) })) });
    return ids;
  });

  /** A context whose ids run out: what was begun breaks off in the middle of its transaction. */
  const breakingOff = (): Context => {
    let left = Math.floor(random() * 60);
    return { ...cx, ids: { ...cx.ids, next: () => (left-- > 0 ? cx.ids.next() : fail()) } };
  };
  const fail = (): never => {
    throw new Crash('The power is gone.');
  };
  const orCrash = async (work: () => Promise<unknown>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      if (error instanceof Refusal) return;
      if (!(error instanceof Crash)) throw error;
      lived.crashes++;
    }
  };
  const settle = async (): Promise<void> => {
    await drainHouse(cx, workspaceId);
    for (const scan of scans.filter(({ name }) => name.startsWith('distribute.'))) {
      if (chance(0.2)) await orCrash(() => scan.run(breakingOff(), scope));
      while ((await scan.run(cx, scope)) > 0);
    }
    await drainHouse(cx, workspaceId);
  };

  const perRound = Math.ceil((given.leads / given.rounds) * 1.5);
  let planted = 0;
  for (let round = 0; round < given.rounds; round++) {
    const arriving = Math.min(perRound, given.leads - planted);
    if (arriving > 0) {
      await plantLeads({ cx, workspaceId, write }, Array.from({ length: arriving }, () => ({ grade: (['hot', 'warm', 'cold'] as const)[Math.floor(random() * 3)]!, organizationId: cx.ids.next() })));
      planted += arriving;
    }
    await settle();
    await everybodyActs(round);
    if (chance(0.15)) await orCrash(() => write((tx) => changeHolder(tx, cx, holderIds[Math.floor(random() * holderIds.length)]!, { active: false })));
    if (chance(0.4)) for (const id of holderIds.slice(0, 6)) await orCrash(() => write((tx) => changeHolder(tx, cx, id, { active: true })));
    if (chance(0.2)) {
      const startsOn = clock.now().toISOString().slice(0, 10);
      const endsOn = new Date(clock.now().getTime() + random() * 5 * 24 * hourMs).toISOString().slice(0, 10);
      await orCrash(() => write((tx) => changeAbsences(tx, cx, holderIds[Math.floor(random() * holderIds.length)]!, { add: { startsOn, endsOn, note: null } })));
    }
    if (chance(0.15)) {
      const next = await openContext(cx.config, house.connection, clock);
      await reopened?.close();
      cx = reopened = next;
      lived.restarts++;
    }
    if (chance(0.2)) {
      // The clock is set back for a while, and somebody looks.
      const is = clock.now();
      clock.set(new Date(is.getTime() - 5 * hourMs));
      await scans.find(({ name }) => name === 'distribute.clocks')!.run(cx, scope);
      clock.set(is);
    }
    clock.advance(Math.floor((chance(0.1) ? 60 : 2 + random() * 10) * hourMs));
    await settle();
    await look();
  }
  for (let day = 0; day < 3; day++) {
    clock.advance(24 * hourMs);
    await settle();
  }
  await look();
  await everyBreachWasTold();
  const proof = await verify(cx, workspaceId);
  // These leads were planted as the rooms before distribute leave them, so only what they cannot have is not asked for.
  const broken = proof.breaks.filter(({ check }) => check !== 'conservation');
  if (broken.length > 0) throw new Error(`verify: ${broken[0]!.sentence}`);
  [{ n: lived.redirects }] = (await rows<{ n: number }>(sql`select count(*)::int as n from journal.fact where workspace_id = ${workspaceId} and type = 'lead.redirected'`)) as [{ n: number }];
  await reopened?.close();
  return lived;

  async function everybodyActs(round: number): Promise<void> {
    const held = await rows<{ leadId: string; accepted: boolean }>(sql`select a.lead_id, a.accepted_at is not null as accepted from distribute.assignment a
      join distribute.holder h on h.workspace_id = a.workspace_id and h.id = a.holder_id and h.kind in ('rep', 'partner')
      where a.workspace_id = ${workspaceId} and a.ended_at is null order by a.lead_id`);
    const at = clock.now();
    const does = held.map((lead) => ({ ...lead, luck: random() }));
    const those = (from: number, to: number, accepted: boolean) => does.filter((one) => one.accepted === accepted && one.luck >= from && one.luck < to).map(({ leadId }) => ({ leadId, at, via: 'app' as const }));
    const work = async (tx: Tx, by: Context): Promise<void> => {
      await acceptAssignments(tx, by, those(0, 0.4, false));
      await declineAssignments(tx, by, those(0.4, 0.47, false).map((one) => ({ ...one, reason: 'No time now' })));
      await logActivities(tx, by, [...those(0, 0.3, true), ...those(0.47, 0.52, false)].map((one) => ({ ...one, kind: 'call' as const })));
      await judgeLeads(tx, by, those(0.3, 0.36, true).map((one, i) => ({ ...one, verdict: (['hot', 'bad', 'sale', 'dont_know'] as const)[(i + round) % 4]!, reason: (i + round) % 4 === 1 ? (given.wrongLeads && i % 2 ? 'Wrong contact data' : 'No need') : null })));
      const resting = [...those(0.36, 0.4, true), ...those(0.52, 0.54, false)].slice(0, 5);
      await pauseAssignments(tx, by, resting.map((one, i) => ({ ...one, until: new Date(at.getTime() + (i + 1) * 20 * hourMs), reason: 'Back then' })));
    };
    // First it breaks off; then it is done once more, and for good.
    if (chance(0.3)) {
      const before = await stateNow();
      let broke = false;
      const by = breakingOff();
      await orCrash(async () => {
        try {
          await cx.db.write(scope, async (tx) => {
            await work(tx, by);
            fail();
          });
        } catch (error) {
          broke = true;
          throw error;
        }
      });
      if (!broke || (await stateNow()) !== before) throw new Error('What broke off left something behind.');
    }
    await orCrash(() => write((tx) => work(tx, cx)));
    [{ n: lived.pauses }] = (await rows<{ n: number }>(sql`select count(*)::int as n from journal.fact where workspace_id = ${workspaceId} and type = 'lead.paused'`)) as [{ n: number }];
  }

  async function stateNow(): Promise<string> {
    const [{ state }] = (await rows<{ state: string }>(sql`select concat((select md5(string_agg(a::text, '|' order by a.id)) from distribute.assignment a where a.workspace_id = ${workspaceId}), ' ',
      (select count(*) from journal.fact where workspace_id = ${workspaceId})) as state`)) as [{ state: string }];
    return state;
  }

  async function look(): Promise<void> {
    const none = async (what: string, query: Sql): Promise<void> => {
      const found = await rows(query);
      if (found.length > 0) throw new Error(`${what}: ${JSON.stringify(found[0])} and ${found.length - 1} more.`);
    };
    await none('Not one holder', sql`select l.id, count(a.id)::int as holders from qualify.lead l
      left join distribute.assignment a on a.workspace_id = l.workspace_id and a.lead_id = l.id and a.ended_at is null
      where l.workspace_id = ${workspaceId} group by l.id, l.closed_at having count(a.id) <> case when l.closed_at is null then 1 else 0 end`);
    await none('Over capacity', sql`select h.name, a.started_at, n.n::int from distribute.assignment a
      join distribute.holder h on h.workspace_id = a.workspace_id and h.id = a.holder_id and h.capacity_per_week is not null
      cross join lateral (select count(*) as n from distribute.assignment b where b.workspace_id = a.workspace_id and b.holder_id = a.holder_id and b.counted
        and b.started_at <= a.started_at and b.started_at > a.started_at - interval '7 days') n
      where a.workspace_id = ${workspaceId} and a.counted and a.started_at > ${new Date(clock.now().getTime() - 4 * 24 * hourMs)} and n.n > greatest(1, ceil(h.capacity_per_week))`);
    await none('Told twice', sql`select data ->> 'assignmentId' as assignment_id, data ->> 'clock' as clock, count(*)::int as times from journal.fact
      where workspace_id = ${workspaceId} and type = 'lead.overdue' group by 1, 2 having count(*) > 1`);
    await none('Turns that do not add up', sql`select territory_id, grade, sum(entitled) as shared, sum(received) as given from distribute.balance
      where workspace_id = ${workspaceId} group by 1, 2 having abs(sum(entitled) - sum(received)) > 0.001`);
    const [{ worst }] = (await rows<{ worst: number | null }>(sql`select max(abs(entitled - received)) as worst from distribute.balance where workspace_id = ${workspaceId}`)) as [{ worst: number | null }];
    lived.worstCredit = Math.max(lived.worstCredit, worst ?? 0);
  }

  /** By a query of its own, from the hand-offs and what was done on them. */
  async function everyBreachWasTold(): Promise<void> {
    const now = clock.now();
    const expected = await rows<{ key: string; at: Date }>(sql`
      with a as (select a.*, coalesce(a.grade, l.grade) <> 'cold' as tries, least(a.ended_at, ${now}::timestamptz) as until, least(a.accepted_at, a.declined_at, a.first_followup_at) as answered_at,
          (select min(d.at) from followup.disposition d where d.workspace_id = a.workspace_id and d.lead_id = a.lead_id and d.verdict <> 'dont_know' and d.at >= a.started_at
            and (a.ended_at is null or d.at <= a.ended_at)) as verdict_at,
          (select count(*) from followup.activity f where f.workspace_id = a.workspace_id and f.lead_id = a.lead_id and f.kind <> 'note' and f.at between a.started_at and a.tries_by) as calls
        from distribute.assignment a join qualify.lead l on l.workspace_id = a.workspace_id and l.id = a.lead_id where a.workspace_id = ${workspaceId} and a.respond_by is not null)
      select id || ' accept' as key, respond_by as at from a where respond_by <= until and (answered_at is null or answered_at > respond_by)
      union all select id || ' contact', follow_by from a where accepted_at is not null and follow_by <= until and (first_followup_at is null or first_followup_at > follow_by)
      union all select id || ' verdict', judge_by from a where judge_by <= until and (verdict_at is null or verdict_at > judge_by)
      union all select id || ' attempts', tries_by from a where tries and tries_by <= until and (verdict_at is null or verdict_at > tries_by) and calls < ${owed.attempts}`);
    const told = await rows<{ key: string; at: Date }>(sql`select data ->> 'assignmentId' || ' ' || (data ->> 'clock') as key, at from journal.fact where workspace_id = ${workspaceId} and type = 'lead.overdue'`);
    const keyOf = (one: { key: string; at: Date }): string => `${one.key} ${one.at.toISOString()}`;
    const is = new Set(told.map(keyOf));
    const should = new Set(expected.map(keyOf));
    const missing = [...should].filter((key) => !is.has(key));
    const extra = [...is].filter((key) => !should.has(key));
    if (missing.length + extra.length > 0) throw new Error(`Breaches not told: ${missing.length} (${missing[0] ?? '–'}); told and none: ${extra.length} (${extra[0] ?? '–'}).`);
    lived.breaches = told.length;
  }
}
