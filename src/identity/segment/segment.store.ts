import { compileCriteria, empty, raw, sql, valuesOf, type Catalogue, type Sql, type Tx } from '../../platform/db/index.ts';
import type { Criteria } from '../../platform/values/criteria.rules.ts';
import type { Only } from './catalogue.ts';
import type { SegmentSubject } from './field-source.ts';

export interface Segment {
  id: string;
  name: string;
  note: string | null;
  subject: SegmentSubject;
  kind: 'live' | 'static';
  criteria: Criteria;
  members: number;
  madeAt: Date;
  changedAt: Date;
  countedAt: Date;
  movedAt: Date;
  problem: string | null;
}

const columns = sql`id, name, note, subject, kind, criteria, members, made_at, changed_at, counted_at, moved_at, problem`;

export function listSegments(tx: Tx, asked: { subject?: SegmentSubject | undefined; kind?: 'live' } = {}): Promise<Segment[]> {
  return tx.rows(sql`select ${columns} from identity.segment where workspace_id = ${tx.scope.workspaceId}
    ${asked.subject ? sql`and subject = ${asked.subject}` : empty} ${asked.kind ? sql`and kind = ${asked.kind}` : empty} order by lower(name), id`);
}

export function findSegment(tx: Tx, id: string): Promise<Segment | undefined> {
  return tx.maybe(sql`select ${columns} from identity.segment where workspace_id = ${tx.scope.workspaceId} and id = ${id}`);
}

/** By its name in any case, or its id. */
export function findSegmentCalled(tx: Tx, name: string): Promise<Segment | undefined> {
  return tx.maybe(sql`select ${columns} from identity.segment where workspace_id = ${tx.scope.workspaceId} and (lower(name) = lower(${name}) or id::text = ${name})`);
}

/** Whoever writes members holds this, so that two who look at the same people do not cross. */
export async function lockSegments(tx: Tx, ids: readonly string[]): Promise<Segment[]> {
  return tx.rows(sql`select ${columns} from identity.segment where workspace_id = ${tx.scope.workspaceId} and id = any(${ids}::uuid[]) order by id for update`);
}

export async function saveSegment(tx: Tx, one: Omit<Segment, 'members' | 'countedAt' | 'movedAt' | 'problem'>): Promise<void> {
  await tx.run(sql`insert into identity.segment (workspace_id, id, name, note, subject, kind, criteria, made_at, made_by, changed_at, counted_at, moved_at)
    values (${tx.scope.workspaceId}, ${one.id}, ${one.name}, ${one.note}, ${one.subject}, ${one.kind}, ${JSON.stringify(one.criteria)}, ${one.madeAt}, ${tx.scope.userId ?? null},
      ${one.changedAt}, ${one.changedAt}, ${one.changedAt})
    on conflict (workspace_id, id) do update set name = excluded.name, note = excluded.note, kind = excluded.kind, criteria = excluded.criteria, changed_at = excluded.changed_at`);
}

export async function deleteSegment(tx: Tx, id: string): Promise<void> {
  await tx.run(sql`delete from identity.segment_member where workspace_id = ${tx.scope.workspaceId} and segment_id = ${id}`);
  await tx.run(sql`delete from identity.segment where workspace_id = ${tx.scope.workspaceId} and id = ${id}`);
}

export async function setProblem(tx: Tx, id: string, problem: string | null): Promise<void> {
  await tx.run(sql`update identity.segment set problem = ${problem} where workspace_id = ${tx.scope.workspaceId} and id = ${id} and problem is distinct from ${problem}`);
}

/** The subjects that are looked at: not merged into another, not retired. */
function everybody(subject: SegmentSubject, workspaceId: string): { from: Sql; where: Sql } {
  const alias = subject === 'person' ? raw('p') : raw('o');
  return {
    from: sql`identity.${raw(subject)} ${alias}`,
    where: sql`${alias}.workspace_id = ${workspaceId} and ${alias}.survivor_id is null and ${alias}.retired_at is null`,
  };
}

/** Which subjects the conditions find, as a select of their ids (and when each was last seen). */
export function selectionOf(subject: SegmentSubject, criteria: Criteria, catalogue: Catalogue, workspaceId: string, now: Date, only?: Only): Sql {
  const { joins, where } = compileCriteria(criteria, catalogue, now);
  const all = everybody(subject, workspaceId);
  return sql`select ${catalogue.id} as id, ${raw(subject === 'person' ? 'p' : 'o')}.last_seen_at as seen_at from ${all.from}${joins} where ${all.where}${only ? sql` and ${catalogue.id} = any(${only.ids}::uuid[])` : empty} and ${where}`;
}

/** Makes the members those the selection finds, within `only` where given; returns how many came and went. */
export async function setMembers(tx: Tx, segmentId: string, selection: Sql, at: Date, only?: Only): Promise<{ came: number; went: number }> {
  const { workspaceId } = tx.scope;
  const moved = await tx.one<{ came: number; went: number }>(sql`
    with wanted as materialized (${selection}),
    gone as (delete from identity.segment_member m where m.workspace_id = ${workspaceId} and m.segment_id = ${segmentId}
      ${only ? sql`and m.subject_id = any(${only.ids}::uuid[])` : empty} and not exists (select from wanted w where w.id = m.subject_id) returning 1),
    come as (insert into identity.segment_member (workspace_id, segment_id, subject_id, since)
      select ${workspaceId}, ${segmentId}, w.id, ${at} from wanted w
      where not exists (select from identity.segment_member m where m.workspace_id = ${workspaceId} and m.segment_id = ${segmentId} and m.subject_id = w.id) returning 1)
    select (select count(*)::int from come) as came, (select count(*)::int from gone) as went`);
  const counted = only ? empty : sql`, counted_at = ${at}`;
  const movedAt = moved.came + moved.went > 0 ? sql`, moved_at = ${at}` : empty;
  await tx.run(sql`update identity.segment set members = members + ${moved.came - moved.went}, problem = null${counted}${movedAt}
    where workspace_id = ${workspaceId} and id = ${segmentId}`);
  return moved;
}

/** How the members kept differ from those the selection finds now. */
export function compareMembers(tx: Tx, segmentId: string, selection: Sql): Promise<{ found: number; missing: number; extra: number }> {
  return tx.one(sql`
    with wanted as materialized (${selection}),
    kept as materialized (select subject_id as id from identity.segment_member where workspace_id = ${tx.scope.workspaceId} and segment_id = ${segmentId})
    select (select count(*)::int from wanted) as found, (select count(*)::int from wanted w where not exists (select from kept k where k.id = w.id)) as missing,
      (select count(*)::int from kept k where not exists (select from wanted w where w.id = k.id)) as extra`);
}

/** How many the selection finds, and some of them, the most recently seen first: in one look. */
export function countAndSample(tx: Tx, selection: Sql, limit: number): Promise<{ count: number; sample: string[] }> {
  return tx.one(sql`with found as materialized (${selection})
    select (select count(*)::int from found) as count, array(select id from found order by seen_at desc, id desc limit ${limit}) as sample`);
}

/** What the fields read as for these subjects: for saying why one is in, and for the proof that compiler and evaluator agree. */
export async function loadFacts(
  tx: Tx,
  subject: SegmentSubject,
  fields: readonly string[],
  catalogue: Catalogue,
  only: Only,
): Promise<Map<string, Record<string, unknown>>> {
  const values = valuesOf(fields, catalogue);
  const all = everybody(subject, tx.scope.workspaceId);
  const rows = await tx.rows<Record<string, unknown>>(
    sql`select ${catalogue.id} as id${fields.length > 0 ? sql`, ${values.columns}` : empty} from ${all.from}${values.joins} where ${all.where} and ${catalogue.id} = any(${only.ids}::uuid[])`,
  );
  return new Map(rows.map((row) => [row['id'] as string, Object.fromEntries(fields.map((field, n) => [field, row[`f${n}`]]))]));
}

/**
 * The members as a select of ids, for `x in (…)`. A list that was frozen may name somebody who was merged since: the survivor is in it.
 */
export function membersOf(workspaceId: string, segment: Pick<Segment, 'id' | 'subject' | 'kind'>): Sql {
  const own = sql`select m.subject_id from identity.segment_member m where m.workspace_id = ${workspaceId} and m.segment_id = ${segment.id}`;
  if (segment.kind === 'live') return own;
  return sql`${own} union select a.survivor_id from identity.segment_member m
    join identity.${raw(segment.subject)} a on a.workspace_id = ${workspaceId} and a.id = m.subject_id and a.survivor_id is not null
    where m.workspace_id = ${workspaceId} and m.segment_id = ${segment.id}`;
}

/** The subjects themselves with whoever was merged into them. */
export async function loadFamily(tx: Tx, subject: SegmentSubject, ids: readonly string[]): Promise<string[]> {
  const rows = await tx.rows<{ id: string }>(
    sql`select id from identity.${raw(subject)} where workspace_id = ${tx.scope.workspaceId} and survivor_id = any(${ids}::uuid[])`,
  );
  return [...new Set([...ids, ...rows.map(({ id }) => id)])];
}

/** The ids asked for, their survivors and the organizations they belong to. */
export async function loadAround(tx: Tx, people: readonly string[]): Promise<{ people: string[]; organizations: string[] }> {
  if (people.length === 0) return { people: [], organizations: [] };
  const rows = await tx.rows<{ id: string; survivorId: string | null; organizationId: string | null }>(sql`
    select id, survivor_id, organization_id from identity.person where workspace_id = ${tx.scope.workspaceId} and id = any(${people}::uuid[])`);
  return {
    people: [...new Set([...people, ...rows.flatMap((row) => row.survivorId ?? [])])],
    organizations: [...new Set(rows.flatMap((row) => row.organizationId ?? []))],
  };
}

export async function loadSurvivingOrganizations(tx: Tx, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await tx.rows<{ survivorId: string }>(sql`select survivor_id from identity.organization
    where workspace_id = ${tx.scope.workspaceId} and id = any(${ids}::uuid[]) and survivor_id is not null`);
  return [...new Set([...ids, ...rows.map((row) => row.survivorId)])];
}

export async function loadPeopleOf(tx: Tx, organizations: readonly string[]): Promise<string[]> {
  if (organizations.length === 0) return [];
  const rows = await tx.rows<{ id: string }>(
    sql`select id from identity.person where workspace_id = ${tx.scope.workspaceId} and organization_id = any(${organizations}::uuid[]) and survivor_id is null`,
  );
  return rows.map(({ id }) => id);
}
