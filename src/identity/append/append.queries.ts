/** What the screens read of runs, receipts and what values cost. */
import { empty, raw, sql } from '../../platform/db/index.ts';
import type { Sql, Tx } from '../../platform/db/index.ts';
import type { Kind } from '../merge.store.ts';
import type { RunTerms } from './append.store.ts';
import type { Values } from './append-fields.rules.ts';
import type { Unused } from './decide-value.rules.ts';

/**
 * What became of a receipt `v`: unused; ended; corrected where its row's own word is another by now; else it stands. `v` is joined to
 * its subject as `s`.
 */
const state = sql`case when v.status = 'unused' then 'unused' when v.ended_why is not null then v.ended_why
  when (to_jsonb(s) || coalesce(s.own, '{}')) @> v.value then 'stands' else 'corrected' end`;
const withSubject = (kind: Kind): Sql => sql`identity.appended_value v join identity.${raw(kind)} s on s.workspace_id = v.workspace_id and s.id = v.subject_id`;

export interface RunRow {
  id: string;
  kind: Kind;
  way: 'file' | 'answer' | 'service';
  providerId: string | null;
  provider: string | null;
  fileName: string | null;
  terms: RunTerms;
  given: number;
  sure: number;
  asked: number;
  unknown: number;
  used: number;
  unused: number;
  costMinor: number;
  currency: string;
  startedAt: Date;
  startedBy: string;
  undoneAt: Date | null;
  open: number;
}
export function listRuns(tx: Tx, filter: { id?: string | undefined; before?: string | undefined; limit: number }): Promise<RunRow[]> {
  const { workspaceId } = tx.scope;
  return tx.rows(sql`select r.id, r.kind, r.way, r.provider_id, p.name as provider, i.file_name, r.terms, r.given, r.sure, r.asked, r.unknown, r.used, r.unused, r.cost_minor, r.currency,
      r.started_at, coalesce(u.name, 'Baton') as started_by, r.undone_at,
      (select count(*)::int from identity.append_doubt d where d.workspace_id = ${workspaceId} and d.run_id = r.id and d.status = 'open') as open
    from identity.append_run r
    left join identity.append_provider p on p.workspace_id = ${workspaceId} and p.id = r.provider_id
    left join capture.import i on i.workspace_id = ${workspaceId} and i.id = r.id
    left join platform.app_user u on u.workspace_id = ${workspaceId} and u.id::text = coalesce(i.created_by::text, r.started_by)
    where r.workspace_id = ${workspaceId} ${filter.id ? sql`and r.id = ${filter.id}` : empty} ${filter.before ? sql`and r.id < ${filter.before}` : empty} order by r.id desc limit ${filter.limit}`);
}

/** What a run's values became, field by field. */
export const countByField = (tx: Tx, kind: Kind, runId: string): Promise<{ field: string; state: string; why: Unused | null; count: number }[]> =>
  tx.rows(sql`select v.field, ${state} as state, v.why, count(*)::int as count from ${withSubject(kind)}
    where v.workspace_id = ${tx.scope.workspaceId} and v.run_id = ${runId} group by 1, 2, 3 order by 1, 4 desc`);

export interface ReceiptRow {
  id: string;
  runId: string;
  kind: Kind;
  subjectId: string;
  subject: string;
  field: string;
  value: Values | null;
  replaced: Values | null;
  provider: string;
  at: Date;
  asOf: string | null;
  expiresOn: string | null;
  confidence: number;
  priceMinor: number;
  currency: string;
  state: 'unused' | 'expired' | 'undone' | 'stands' | 'corrected';
  why: Unused | null;
  endedAt: Date | null;
}
/** Of one run, or of one subject with all that is merged into it; latest first. */
export function listReceipts(tx: Tx, kind: Kind, of: { runId: string } | { survivorId: string }, page: { before?: string | undefined; limit: number }): Promise<ReceiptRow[]> {
  const { workspaceId } = tx.scope;
  const which =
    'runId' in of
      ? sql`v.run_id = ${of.runId}`
      : sql`v.subject_id in (select id from identity.${raw(kind)} where workspace_id = ${workspaceId} and (id = ${of.survivorId} or survivor_id = ${of.survivorId}))`;
  const called = kind === 'person' ? sql`coalesce(s.full_name, s.email, s.phone, 'Unnamed')` : sql`s.name`;
  return tx.rows(sql`select v.id, v.run_id, v.kind, v.subject_id, ${called} as subject, v.field, v.value, v.replaced, p.name as provider, v.at, v.as_of, v.expires_on, v.confidence,
      v.price_minor, v.currency, ${state} as state, v.why, v.ended_at
    from ${withSubject(kind)} join identity.append_provider p on p.workspace_id = v.workspace_id and p.id = v.provider_id
    where v.workspace_id = ${workspaceId} and v.kind = ${kind} and ${which} ${page.before ? sql`and v.id < ${page.before}` : empty} order by v.id desc limit ${page.limit}`);
}

export interface ProviderYield {
  providerId: string;
  offered: number;
  used: number;
  /** used, and neither corrected nor taken out since */
  usable: number;
  corrected: number;
  expired: number;
  undone: number;
}
export async function loadYields(tx: Tx): Promise<ProviderYield[]> {
  const of = (kind: Kind): Sql => sql`select v.provider_id, v.status, ${state} as state from ${withSubject(kind)} where v.workspace_id = ${tx.scope.workspaceId} and v.kind = ${kind}`;
  return tx.rows(sql`select provider_id, count(*)::int as offered, count(*) filter (where status = 'used')::int as used, count(*) filter (where state = 'stands')::int as usable,
      count(*) filter (where state = 'corrected')::int as corrected, count(*) filter (where state = 'expired')::int as expired, count(*) filter (where state = 'undone')::int as undone
    from (${of('person')} union all ${of('organization')}) v group by 1`);
}
export const loadCosts = (tx: Tx): Promise<{ providerId: string; runs: number; costMinor: number; lastAt: Date }[]> =>
  tx.rows(sql`select provider_id, count(*)::int as runs, sum(cost_minor)::bigint as cost_minor, max(started_at) as last_at from identity.append_run
    where workspace_id = ${tx.scope.workspaceId} and provider_id is not null group by 1`);

export interface ToldValue {
  field: string;
  status: 'used' | 'unused';
  why: Unused | null;
  count: number;
  samples: { subject: string; value: Values | null; known: Values }[];
}
/** What a run brought about so far, with a few of each: for the preview, within its transaction. */
export function tellValues(tx: Tx, kind: Kind, runId: string): Promise<ToldValue[]> {
  const called = kind === 'person' ? sql`coalesce(s.full_name, s.email, s.phone, 'Unnamed')` : sql`s.name`;
  return tx.rows(sql`select field, status, why, count(*)::int as count,
      jsonb_agg(jsonb_build_object('subject', subject, 'value', value, 'known', known) order by id) filter (where n <= 3) as samples
    from (select v.id, v.field, v.status, v.why, v.value, case when v.status = 'used' then coalesce(v.replaced, '{}') else to_jsonb(s) end as known, ${called} as subject,
        row_number() over (partition by v.field, v.status, v.why order by v.id) as n
      from ${withSubject(kind)} where v.workspace_id = ${tx.scope.workspaceId} and v.run_id = ${runId}) v
    group by 1, 2, 3 order by status desc, count desc`);
}
