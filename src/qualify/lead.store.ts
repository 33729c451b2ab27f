import { everKnownAs } from '../identity/index.ts';
import { sql } from '../platform/db/index.ts';
import type { Tx } from '../platform/db/index.ts';
import type { LeadRow } from './lead.rules.ts';

const columns = sql`l.id, l.person_id, l.organization_id, l.inquiry_id, l.program_id, l.source_id, l.qualified_at, l.definition_version, l.score, l.grade,
  l.score_reasons, l.scored_at, l.grade_falls_at, l.budget, l.authority, l.need, l.timing, l.answers, l.product, l.vertical, l.country, l.state, l.postal_code,
  l.closed_at, l.fate, l.merged_into_id`;

export function loadLeads(tx: Tx, ids: readonly string[]): Promise<LeadRow[]> {
  return tx.rows(sql`select ${columns} from qualify.lead l where l.workspace_id = ${tx.scope.workspaceId} and l.id = any(${ids}::uuid[])`);
}

/** The same, held until the transaction ends: nobody closes or rescores them meanwhile. */
export function lockLeads(tx: Tx, ids: readonly string[]): Promise<LeadRow[]> {
  return tx.rows(
    sql`select ${columns} from qualify.lead l where l.workspace_id = ${tx.scope.workspaceId} and l.id = any(${ids}::uuid[]) order by l.id for update`,
  );
}

/** Open leads of these people and organizations, and of whoever is at these organizations now, under any id they ever had. */
export function loadOpenLeadsAt(tx: Tx, of: { people: readonly string[]; organizations: readonly string[] }): Promise<LeadRow[]> {
  const { workspaceId } = tx.scope;
  return tx.rows(sql`with place as materialized (select id from (${everKnownAs('organization', workspaceId, sql`${of.organizations}::uuid[]`)}) known),
    meant as materialized (
      select id from identity.person where workspace_id = ${workspaceId} and (id = any(${of.people}::uuid[]) or survivor_id = any(${of.people}::uuid[]))
      union select m.id from identity.person p join identity.person m on m.workspace_id = ${workspaceId} and m.survivor_id = p.id
        where p.workspace_id = ${workspaceId} and p.organization_id = any(array(select id from place))
      union select id from identity.person where workspace_id = ${workspaceId} and organization_id = any(array(select id from place)))
    select ${columns} from qualify.lead l where l.workspace_id = ${workspaceId} and l.closed_at is null
      and (l.person_id = any(array(select id from meant)) or l.organization_id = any(array(select id from place))) order by l.id for update`);
}

/** Open leads scored since an import of a list came in, in the order of their ids. */
export function loadScoredSince(tx: Tx, importId: string, after: string, limit: number): Promise<LeadRow[]> {
  const { workspaceId } = tx.scope;
  return tx.rows(sql`select ${columns} from qualify.lead l join capture.import i on i.workspace_id = ${workspaceId} and i.id = ${importId} and i.kind in ('inquiries', 'people', 'organizations', 'append-people', 'append-organizations')
    where l.workspace_id = ${workspaceId} and l.closed_at is null and l.scored_at >= i.started_at and l.id > ${after} order by l.id limit ${limit} for update of l`);
}

/** By lead: the questions somebody noted an answer to. `chains`: the inquiries that made the leads. */
export async function loadNoted(tx: Tx, chains: readonly string[]): Promise<Map<string, ReadonlySet<string>>> {
  const rows = await tx.rows<{ leadId: string; questions: string[] }>(sql`select data ->> 'leadId' as lead_id, data -> 'questions' as questions from journal.fact
    where workspace_id = ${tx.scope.workspaceId} and chain_id = any(${chains}::uuid[]) and type = 'lead.answered'`);
  const noted = new Map<string, Set<string>>();
  for (const { leadId, questions } of rows) noted.set(leadId, new Set([...(noted.get(leadId) ?? []), ...questions]));
  return noted;
}

/** Open leads of people under any id they ever had; `survivorId` is who they are now. */
export function loadOpenLeadsOf(tx: Tx, survivorIds: readonly string[]): Promise<(LeadRow & { survivorId: string })[]> {
  const { workspaceId } = tx.scope;
  return tx.rows(sql`with who as (
      select id, id as survivor_id from unnest(${survivorIds}::uuid[]) w (id)
      union
      select id, survivor_id from identity.person where workspace_id = ${workspaceId} and survivor_id = any(${survivorIds}::uuid[]))
    select ${columns}, who.survivor_id from who join qualify.lead l on l.workspace_id = ${workspaceId} and l.person_id = who.id and l.closed_at is null
    order by l.qualified_at, l.id for update of l`);
}

export async function insertLeads(tx: Tx, leads: readonly LeadRow[]): Promise<void> {
  const { workspaceId } = tx.scope;
  await tx.copy(
    'qualify.lead',
    'workspace_id id person_id organization_id inquiry_id program_id source_id qualified_at definition_version score grade score_reasons scored_at grade_falls_at budget authority need timing answers product vertical country state postal_code'.split(
      ' ',
    ),
    leads.map((l) => [
      workspaceId,
      l.id,
      l.personId,
      l.organizationId,
      l.inquiryId,
      l.programId,
      l.sourceId,
      l.qualifiedAt,
      l.definitionVersion,
      l.score,
      l.grade,
      JSON.stringify(l.scoreReasons),
      l.scoredAt,
      l.gradeFallsAt,
      l.budget,
      l.authority,
      l.need,
      l.timing,
      l.answers,
      l.product,
      l.vertical,
      l.country,
      l.state,
      l.postalCode,
    ]),
  );
}

export interface Joining {
  leadId: string;
  inquiryId: string;
  joinedAt: Date;
}

export async function insertLeadInquiries(tx: Tx, joinings: readonly Joining[]): Promise<void> {
  await tx.copy(
    'qualify.lead_inquiry',
    ['workspace_id', 'lead_id', 'inquiry_id', 'joined_at'],
    joinings.map((one) => [tx.scope.workspaceId, one.leadId, one.inquiryId, one.joinedAt]),
  );
}

export interface Dismissal {
  inquiryId: string;
  personId: string;
  reasons: string[];
  lacks: string[] | null;
  definitionVersion: number;
  at: Date;
}

/** Takes dismissals back; what they were about is undecided again. */
export const takeDismissals = (tx: Tx, inquiryIds: readonly string[]): Promise<{ inquiryId: string; personId: string }[]> =>
  tx.rows(sql`delete from qualify.dismissal where workspace_id = ${tx.scope.workspaceId} and inquiry_id = any(${inquiryIds as string[]}::uuid[])
    returning inquiry_id, person_id`);

export async function insertDismissals(tx: Tx, dismissals: readonly Dismissal[]): Promise<void> {
  await tx.copy(
    'qualify.dismissal',
    ['workspace_id', 'inquiry_id', 'person_id', 'reasons', 'lacks', 'definition_version', 'at'],
    dismissals.map((one) => [
      tx.scope.workspaceId,
      one.inquiryId,
      one.personId,
      JSON.stringify(one.reasons),
      one.lacks,
      one.definitionVersion,
      one.at,
    ]),
  );
}

/** score, answers and what later inquiries filled in */
export async function updateLeads(tx: Tx, leads: readonly LeadRow[]): Promise<void> {
  if (leads.length === 0) return;
  const rows = leads.map((l) => ({
    id: l.id,
    score: l.score,
    grade: l.grade,
    score_reasons: l.scoreReasons,
    scored_at: l.scoredAt,
    grade_falls_at: l.gradeFallsAt,
    budget: l.budget,
    authority: l.authority,
    need: l.need,
    timing: l.timing,
    answers: l.answers,
    product: l.product,
    vertical: l.vertical,
    country: l.country,
    state: l.state,
    postal_code: l.postalCode,
    organization_id: l.organizationId,
  }));
  await tx.run(sql`update qualify.lead l set score = v.score, grade = v.grade, score_reasons = v.score_reasons, scored_at = v.scored_at,
      grade_falls_at = v.grade_falls_at, budget = v.budget, authority = v.authority, need = v.need, timing = v.timing, answers = v.answers, product = v.product,
      vertical = v.vertical, country = v.country, state = v.state, postal_code = v.postal_code, organization_id = v.organization_id
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as v (id uuid, score int, grade text, score_reasons jsonb, scored_at timestamptz, grade_falls_at timestamptz,
      budget text, authority text, need text, timing text, answers jsonb, product text, vertical text, country char(2), state text, postal_code text, organization_id uuid)
    where l.workspace_id = ${tx.scope.workspaceId} and l.id = v.id`);
}

export async function setFates(
  tx: Tx,
  fates: readonly { leadId: string; fate: string | null; at: Date | null; mergedIntoId?: string | null }[],
): Promise<void> {
  if (fates.length === 0) return;
  await tx.run(sql`update qualify.lead l set closed_at = v.at, fate = v.fate, merged_into_id = v.into_id
    from unnest(${fates.map((f) => f.leadId)}::uuid[], ${fates.map((f) => f.fate)}::text[], ${fates.map((f) => f.at)}::timestamptz[],
      ${fates.map((f) => f.mergedIntoId ?? null)}::uuid[]) v (id, fate, at, into_id)
    where l.workspace_id = ${tx.scope.workspaceId} and l.id = v.id`);
}

/** Open leads whose grade has decayed, or whose rules changed: a few at a time, each held by one worker. */
export async function lockFallen(tx: Tx, now: Date, limit: number): Promise<string[]> {
  const rows = await tx.rows<{
    id: string;
  }>(sql`select id from qualify.lead where workspace_id = ${tx.scope.workspaceId} and closed_at is null
    and grade_falls_at <= ${now} order by grade_falls_at limit ${limit} for update skip locked`);
  return rows.map((row) => row.id);
}

export async function markAllForRescoring(tx: Tx, now: Date): Promise<void> {
  await tx.run(sql`update qualify.lead set grade_falls_at = ${now} where workspace_id = ${tx.scope.workspaceId} and closed_at is null`);
}

/** Marks withdrawn inquiries; returns the open leads that have none left. */
export async function withdrawInquiriesOfLeads(tx: Tx, inquiryIds: readonly string[], at: Date): Promise<string[]> {
  const { workspaceId } = tx.scope;
  const touched = await tx.rows<{ leadId: string }>(sql`update qualify.lead_inquiry set withdrawn_at = ${at}
    where workspace_id = ${workspaceId} and inquiry_id = any(${inquiryIds}::uuid[]) and withdrawn_at is null returning lead_id`);
  return [...new Set(touched.map((one) => one.leadId))];
}

/** Those of these leads that no inquiry stands behind any more. */
export async function findEmptied(tx: Tx, leadIds: readonly string[]): Promise<string[]> {
  const { workspaceId } = tx.scope;
  const rows = await tx.rows<{
    id: string;
  }>(sql`select l.id from qualify.lead l where l.workspace_id = ${workspaceId} and l.id = any(${leadIds}::uuid[])
    and not exists (select 1 from qualify.lead_inquiry li where li.workspace_id = ${workspaceId} and li.lead_id = l.id and li.withdrawn_at is null)`);
  return rows.map((row) => row.id);
}

/** Those of these merged leads that brought an inquiry which still stands. */
export async function findAlive(tx: Tx, leadIds: readonly string[]): Promise<Set<string>> {
  const rows = await tx.rows<{ id: string }>(sql`select distinct from_lead_id as id from qualify.lead_inquiry
    where workspace_id = ${tx.scope.workspaceId} and from_lead_id = any(${leadIds}::uuid[]) and withdrawn_at is null`);
  return new Set(rows.map((row) => row.id));
}

/** Moves a merged lead's inquiries to the lead it went into, remembering where they were. */
export async function moveInquiries(tx: Tx, fromLeadId: string, intoLeadId: string): Promise<string[]> {
  const rows = await tx.rows<{
    inquiryId: string;
  }>(sql`update qualify.lead_inquiry set lead_id = ${intoLeadId}, from_lead_id = coalesce(from_lead_id, lead_id)
    where workspace_id = ${tx.scope.workspaceId} and lead_id = ${fromLeadId} returning inquiry_id`);
  return rows.map((row) => row.inquiryId);
}

export async function giveInquiriesBack(tx: Tx, leadId: string): Promise<string[]> {
  const rows = await tx.rows<{ inquiryId: string }>(sql`update qualify.lead_inquiry set lead_id = from_lead_id, from_lead_id = null
    where workspace_id = ${tx.scope.workspaceId} and from_lead_id = ${leadId} returning inquiry_id`);
  return rows.map((row) => row.inquiryId);
}

/** Leads merged into another when their people were, whose people are two again. */
export function loadSeparated(tx: Tx, personIds: readonly string[]): Promise<(LeadRow & { survivorId: string })[]> {
  const { workspaceId } = tx.scope;
  return tx.rows(sql`select ${columns}, coalesce(p.survivor_id, p.id) as survivor_id from qualify.lead l
    join identity.person p on p.workspace_id = ${workspaceId} and p.id = l.person_id
    join qualify.lead m on m.workspace_id = ${workspaceId} and m.id = l.merged_into_id
    join identity.person q on q.workspace_id = ${workspaceId} and q.id = m.person_id
    where l.workspace_id = ${workspaceId} and l.fate = 'merged' and coalesce(p.survivor_id, p.id) = any(${personIds}::uuid[])
      and coalesce(p.survivor_id, p.id) <> coalesce(q.survivor_id, q.id) order by l.qualified_at, l.id for update of l`);
}
