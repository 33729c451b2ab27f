import { workedCalendar } from '../../distribute/index.ts';
import type { WeeklyCalendar } from '../../distribute/index.ts';
import { sql } from '../../platform/db/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { Decays, Waited } from './decay-fit.rules.ts';
import type { Margins } from './terms.rules.ts';

/** So far back history counts; waits that had no verdict after so many days count as not good. */
const historyMonths = 24;
const silentDays = 30;
/** Bands double: 5 to 10 minutes, 10 to 20, … and all from a month on. */
const bandMax = 13;

/**
 * How long the leads of the last two years waited for the first followup by whoever made it, and what came of it: one row for every source,
 * grade and band of waiting. Left out is who was never followed up (nobody knows what would have come of it) and who still may be judged.
 */
export async function listWaits(tx: Tx, now: Date): Promise<Waited[]> {
  return tx.rows<Waited>(sql`
    select w.source_id, w.grade, exp(avg(ln(w.minutes)))::float8 as minutes, count(*)::int as leads, (count(*) filter (where w.good))::int as good
    from (
      select l.source_id, l.grade, greatest(5, extract(epoch from c.at - l.qualified_at)::float8 / 60) as minutes, coalesce(d.verdict in ('hot', 'warm', 'sale'), false) as good
      from qualify.lead l
      join (
        select lead_id, min(first_followup_at) as at from distribute.assignment
        where workspace_id = ${tx.scope.workspaceId} and first_followup_at is not null group by lead_id
      ) c on c.lead_id = l.id
      left join followup.disposition d on d.workspace_id = l.workspace_id and d.lead_id = l.id and d.current
      where l.workspace_id = ${tx.scope.workspaceId} and l.qualified_at > ${now}::timestamptz - make_interval(months => ${historyMonths}) and c.at >= l.qualified_at
        and coalesce(l.fate, '') not in ('withdrawn', 'merged')
        and (d.verdict in ('hot', 'warm', 'sale', 'bad') or c.at < ${now}::timestamptz - make_interval(days => ${silentDays}))
    ) w
    group by w.source_id, w.grade, least(${bandMax}, floor(log(2, (w.minutes / 5)::numeric)))
    order by 1, 2, 3`);
}

export async function saveDecays(tx: Tx, decays: Decays, at: Date): Promise<void> {
  await tx.run(sql`insert into followup.decay_fit (workspace_id, fitted_at, decays) values (${tx.scope.workspaceId}, ${at}, ${JSON.stringify(decays)})
    on conflict (workspace_id) do update set fitted_at = excluded.fitted_at, decays = excluded.decays`);
}

export async function findDecays(tx: Tx): Promise<{ fittedAt: Date; decays: Decays } | undefined> {
  return tx.maybe(sql`select fitted_at, decays from followup.decay_fit where workspace_id = ${tx.scope.workspaceId}`);
}

export interface TermsFound {
  decays: Decays | null;
  margins: Margins | null;
  holders: { id: string; calendar: WeeklyCalendar | null; timeZone: string }[] | null;
}
/** All that the order of these holders' queues leans on beside their leads, in one statement. */
export async function findTerms(tx: Tx, holderIds: readonly string[]): Promise<TermsFound> {
  const { workspaceId } = tx.scope;
  return tx.one<TermsFound>(sql`select
    (select decays from followup.decay_fit where workspace_id = ${workspaceId}) as decays,
    (select value from platform.setting where workspace_id = ${workspaceId} and key = 'margins') as margins,
    (select jsonb_agg(jsonb_build_object('id', h.id, 'calendar', ${workedCalendar}, 'timeZone', h.time_zone)) from distribute.holder h
      where h.workspace_id = ${workspaceId} and h.id = any(${holderIds}::uuid[])) as holders`);
}

export async function listSourceNames(tx: Tx, ids: readonly string[]): Promise<{ id: string; name: string }[]> {
  return tx.rows(sql`select id, name from capture.source where workspace_id = ${tx.scope.workspaceId} and id = any(${ids}::uuid[])`);
}
