import { raw, sql } from '../../platform/db/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { Kind } from '../merge.store.ts';
import type { Values } from './append-fields.rules.ts';
import type { Unused } from './decide-value.rules.ts';

export interface Provider {
  id: string;
  name: string;
  position: number;
  priceThousandMinor: number;
  pricePer: 'row' | 'hit';
  currency: string;
  licenceDays: number | null;
  confidence: number;
  /** null: it is not asked over HTTP */
  service: Service | null;
  hasSecret: boolean;
  /** what it may cost in a month */
  budgetMinor: number | null;
  failures: number;
  restsUntil: Date | null;
  /** why it was not asked further, the last time */
  problem: string | null;
}
/** How a provider is asked over HTTP; docs/append.md is the contract. */
export interface Service {
  url: string;
  /** the header that carries the key */
  header: string;
  /** by kind, the fields it can tell */
  fields: Record<Kind, string[]>;
  /** questions a call */
  batch: number;
  timeoutSeconds: number;
  /** the same question is not asked again within so many days */
  cacheDays: number;
}
const providerColumns = sql`id, name, position, price_thousand_minor, price_per, currency, licence_days, confidence, service, secret is not null as has_secret, budget_minor, failures, rests_until, problem`;

export const listProviders = (tx: Tx): Promise<Provider[]> =>
  tx.rows(sql`select ${providerColumns} from identity.append_provider where workspace_id = ${tx.scope.workspaceId} order by position, name`);
export const findProvider = (tx: Tx, by: { id: string } | { name: string }): Promise<Provider | undefined> =>
  tx.maybe(sql`select ${providerColumns} from identity.append_provider where workspace_id = ${tx.scope.workspaceId}
    and ${'id' in by ? sql`id = ${by.id}` : sql`lower(name) = lower(${by.name})`}`);

export type ProviderTerms = Omit<Provider, 'hasSecret' | 'failures' | 'restsUntil' | 'problem'>;
/** Whoever changes the terms gives a service another chance. */
export async function saveProvider(tx: Tx, one: ProviderTerms, at: Date): Promise<void> {
  await tx.run(sql`insert into identity.append_provider (workspace_id, id, name, position, price_thousand_minor, price_per, currency, licence_days, confidence, service, budget_minor, created_at, created_by)
    values (${tx.scope.workspaceId}, ${one.id}, ${one.name}, ${one.position}, ${one.priceThousandMinor}, ${one.pricePer}, ${one.currency}, ${one.licenceDays}, ${one.confidence},
      ${one.service === null ? null : JSON.stringify(one.service)}::jsonb, ${one.budgetMinor}, ${at}, ${tx.scope.userId ?? 'baton'})
    on conflict (workspace_id, id) do update set name = excluded.name, position = excluded.position, price_thousand_minor = excluded.price_thousand_minor, price_per = excluded.price_per,
      currency = excluded.currency, licence_days = excluded.licence_days, confidence = excluded.confidence, service = excluded.service, budget_minor = excluded.budget_minor, failures = 0, rests_until = null, problem = null`);
}

export interface RunTerms {
  replace: boolean;
  minConfidence: number;
  notBefore: string | null;
  /** Until when the values may be kept, YYYY-MM-DD. */
  licenceUntil: string | null;
  /** Of values that say none. */
  confidence: number;
  priceThousandMinor: number;
  pricePer: 'row' | 'hit';
}
export interface Run {
  id: string;
  kind: Kind;
  way: 'file' | 'answer' | 'service';
  providerId: string | null;
  terms: RunTerms;
  priced: number;
  currency: string;
}

/** The run as it stands, begun where it is new; held until the transaction ends, so that its counts follow one another. */
export async function holdRun(tx: Tx, run: Omit<Run, 'priced'>, at: Date): Promise<Run> {
  await tx.run(sql`insert into identity.append_run (workspace_id, id, kind, way, provider_id, terms, currency, started_at, started_by)
    values (${tx.scope.workspaceId}, ${run.id}, ${run.kind}, ${run.way}, ${run.providerId}, ${JSON.stringify(run.terms)}::jsonb, ${run.currency}, ${at}, ${tx.scope.userId ?? 'baton'}) on conflict do nothing`);
  return (await findRun(tx, run.id))!;
}
export const findRun = (tx: Tx, id: string): Promise<Run | undefined> =>
  tx.maybe(sql`select id, kind, way, provider_id, terms, priced, currency from identity.append_run where workspace_id = ${tx.scope.workspaceId} and id = ${id} for update`);

export type RunCounts = Record<'given' | 'sure' | 'asked' | 'unknown' | 'used' | 'unused' | 'priced' | 'costMinor', number>;
export async function addToRun(tx: Tx, id: string, more: Partial<RunCounts>): Promise<void> {
  const { given = 0, sure = 0, asked = 0, unknown = 0, used = 0, unused = 0, priced = 0, costMinor = 0 } = more;
  await tx.run(sql`update identity.append_run set given = given + ${given}, sure = sure + ${sure}, asked = asked + ${asked}, unknown = unknown + ${unknown},
      used = used + ${used}, unused = unused + ${unused}, priced = priced + ${priced}, cost_minor = cost_minor + ${costMinor}
    where workspace_id = ${tx.scope.workspaceId} and id = ${id}`);
}

/** What these show (with what they have from those merged into them), and their own words; by id. */
export async function loadSubjects(tx: Tx, kind: Kind, ids: readonly string[]): Promise<Map<string, { shown: Values; own: Values }>> {
  const rows = await tx.rows<{ id: string; shown: Values; own: Values }>(sql`select id, to_jsonb(p) as shown, to_jsonb(p) || coalesce(p.own, '{}') as own
    from identity.${raw(kind)} p where workspace_id = ${tx.scope.workspaceId} and id = any(${ids}::uuid[]) and survivor_id is null and retired_at is null`);
  return new Map(rows.map(({ id, shown, own }) => [id, { shown, own }]));
}

export interface Receipt {
  id: string;
  runId: string;
  providerId: string;
  kind: Kind;
  subjectId: string;
  field: string;
  value: Values | null;
  replaced: Values | null;
  rowNo: number | null;
  asOf: string | null;
  expiresOn: string | null;
  confidence: number;
  priceMinor: number;
  currency: string;
  status: 'used' | 'unused';
  why: Unused | null;
}
export async function insertReceipts(tx: Tx, receipts: readonly Receipt[], at: Date): Promise<void> {
  await tx.copy(
    'identity.appended_value',
    ['workspace_id', 'id', 'run_id', 'provider_id', 'kind', 'subject_id', 'field', 'value', 'replaced', 'row_no', 'at', 'as_of', 'expires_on', 'confidence', 'price_minor', 'currency', 'status', 'why'],
    receipts.map((one) => [tx.scope.workspaceId, one.id, one.runId, one.providerId, one.kind, one.subjectId, one.field, one.value, one.replaced, one.rowNo, at, one.asOf, one.expiresOn, one.confidence, one.priceMinor, one.currency, one.status, one.why]),
  );
}

/** Everything of a run taken back: its receipts stay, and say so; nothing of it is to be decided any more. */
export async function markRunUndone(tx: Tx, runId: string, at: Date): Promise<void> {
  const { workspaceId } = tx.scope;
  await tx.run(sql`update identity.append_run set undone_at = ${at} where workspace_id = ${workspaceId} and id = ${runId}`);
  await tx.run(sql`update identity.appended_value set ended_at = ${at}, ended_why = 'undone' where workspace_id = ${workspaceId} and run_id = ${runId} and status = 'used' and ended_at is null`);
  await tx.run(sql`update identity.append_doubt set status = 'left', decided_at = ${at} where workspace_id = ${workspaceId} and run_id = ${runId} and status = 'open'`);
}

export interface Expired {
  id: string;
  runId: string;
  kind: Kind;
  subjectId: string;
  field: string;
}
/** Used values whose licence ended before this day (YYYY-MM-DD), run by run. */
export const findExpired = (tx: Tx, before: string, limit: number): Promise<Expired[]> =>
  tx.rows(sql`select id, run_id, kind, subject_id, field from identity.appended_value
    where workspace_id = ${tx.scope.workspaceId} and status = 'used' and ended_at is null and expires_on < ${before} order by run_id, id limit ${limit}`);

/** The receipts stay; what they said, which may not be kept any longer, does not. */
export async function markExpired(tx: Tx, ids: readonly string[], at: Date): Promise<void> {
  await tx.run(sql`update identity.appended_value set ended_at = ${at}, ended_why = 'expired', value = null, replaced = null where workspace_id = ${tx.scope.workspaceId} and id = any(${ids}::uuid[])`);
}
/** Takes columns out of what a run remembers to have written. */
export async function forgetCells(tx: Tx, runId: string, cells: readonly { subjectId: string; columns: readonly string[] }[]): Promise<void> {
  await tx.run(sql`update identity.import_change c set before = c.before - v.columns
    from (select x.subject_id, array(select jsonb_array_elements_text(x.columns)) as columns from jsonb_to_recordset(${JSON.stringify(cells.map(({ subjectId, columns }) => ({ subject_id: subjectId, columns })))}::jsonb) as x (subject_id uuid, columns jsonb)) v
    where c.workspace_id = ${tx.scope.workspaceId} and c.import_id = ${runId} and c.subject_id = v.subject_id`);
}
