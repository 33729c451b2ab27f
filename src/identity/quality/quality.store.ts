import { sql } from '../../platform/db/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import { findReturned } from '../../platform/mail/index.ts';
import type { DomainState } from './judge-mail.rules.ts';
import type { Judged, Judgement } from './judge-person.rules.ts';
import type { Verified } from '../survive/survive.rules.ts';
import type { PostcodePlace } from './judge-place.rules.ts';

export type JudgedRow = Judged & { id: string; verified: Verified | null };

/** The people these ids stand for now, merged ones by their survivors; the retired are left out. */
export function loadJudged(tx: Tx, ids: readonly string[]): Promise<JudgedRow[]> {
  const { workspaceId } = tx.scope;
  return tx.rows(sql`select p.id, p.given_name, p.family_name, p.name_is_junk, p.title, p.email, p.phone, p.phone_e164, p.mobile_e164, p.street, p.postal_code, p.city, p.state,
      p.country, p.last_seen_at, p.verified, o.name as organization
    from (select distinct case when survivor_id is null then id else survivor_id end as id from identity.person where workspace_id = ${workspaceId} and id = any(${ids}::uuid[])) asked
    join identity.person p on p.workspace_id = ${workspaceId} and p.id = asked.id and p.retired_at is null
    left join identity.organization o on o.workspace_id = ${workspaceId} and o.id = p.organization_id`);
}

/** Of these addresses: those our last mail to which came back or was refused for good, and those somebody wrote to us from. */
export async function loadMailSigns(tx: Tx, emails: readonly string[]): Promise<{ bounced: Set<string>; wrote: Set<string> }> {
  const { workspaceId } = tx.scope;
  if (emails.length === 0) return { bounced: new Set(), wrote: new Set() };
  const wrote = await tx.rows<{ address: string }>(sql`select distinct from_address as address from capture.lead_mail
    where workspace_id = ${workspaceId} and from_address = any(${emails})`);
  return { bounced: await findReturned(tx, emails), wrote: new Set(wrote.map((one) => one.address)) };
}

export async function loadDomains(tx: Tx, domains: readonly string[]): Promise<Map<string, DomainState>> {
  const rows = await tx.rows<{ domain: string; state: DomainState }>(sql`select domain, state from identity.mail_domain
    where workspace_id = ${tx.scope.workspaceId} and domain = any(${domains}) and state is not null`);
  return new Map(rows.map((row) => [row.domain, row.state]));
}

/** A postcode as it is compared here: what is written, without blanks and dashes. */
export const bareCode = (code: string): string => code.toUpperCase().replaceAll(/[^A-Z0-9]/g, '');

/** by `country postcode` */
export async function loadNeighbours(tx: Tx, places: readonly { country: string; postcode: string }[]): Promise<Map<string, PostcodePlace[]>> {
  if (places.length === 0) return new Map();
  const rows = await tx.rows<PostcodePlace & { country: string; postcode: string }>(sql`select n.country, n.postcode, n.city, n.people
    from (select distinct * from unnest(${places.map((one) => one.country)}::char(2)[], ${places.map((one) => one.postcode)}::text[]) as a (country, postcode)) a
    join identity.postcode_place n on n.workspace_id = ${tx.scope.workspaceId} and n.country = a.country and n.postcode = a.postcode`);
  return Map.groupBy(rows, (row) => `${row.country} ${row.postcode}`);
}

export async function renewNeighbours(tx: Tx): Promise<void> {
  const { workspaceId } = tx.scope;
  await tx.run(sql`delete from identity.postcode_place where workspace_id = ${workspaceId}`);
  await tx.run(sql`insert into identity.postcode_place (workspace_id, country, postcode, city, people)
    select ${workspaceId}, country, upper(regexp_replace(postal_code, '[^A-Za-z0-9]', '', 'g')) as postcode, city, count(*)
    from identity.person where workspace_id = ${workspaceId} and survivor_id is null and retired_at is null and country is not null and city is not null
      and postal_code ~ '[A-Za-z0-9]'
    group by 2, 3, 4 having count(*) > 1`);
}

export interface Kept extends Pick<Judgement, 'levels' | 'findings' | 'lacking' | 'wanted'> {
  personId: string;
  mailDomain: string | null;
  nextAt: Date | null;
}

/** Keeps these judgements and forgets those of people who are somebody else or nobody now; returns whose levels are other ones than before. */
export async function saveJudgements(tx: Tx, asked: readonly string[], kept: readonly Kept[], at: Date): Promise<string[]> {
  const { workspaceId } = tx.scope;
  const rows = kept.map(({ personId, levels, findings, lacking, wanted, mailDomain, nextAt }) => ({
    person_id: personId, ...levels, findings, lacking, wanted, mail_domain: mailDomain, next_at: nextAt,
  }));
  const gone = await tx.rows<{ id: string }>(sql`delete from identity.quality where workspace_id = ${workspaceId} and person_id = any(${asked}::uuid[])
    and person_id <> all(${kept.map((one) => one.personId)}::uuid[]) returning person_id as id`);
  const changed = await tx.rows<{ id: string }>(sql`
    with given as materialized (select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as v (person_id uuid, mail text, phone text, mobile text, address text, name text, life text,
      findings jsonb, lacking real, wanted text[], mail_domain text, next_at timestamptz)),
    was as materialized (select q.* from given g join identity.quality q on q.workspace_id = ${workspaceId} and q.person_id = g.person_id),
    written as (
      insert into identity.quality (workspace_id, person_id, mail, phone, mobile, address, name, life, findings, lacking, wanted, mail_domain, judged_at, next_at)
      select ${workspaceId}, person_id, mail, phone, mobile, address, name, life, findings, lacking, wanted, mail_domain, ${at}, next_at from given
      on conflict (workspace_id, person_id) do update set mail = excluded.mail, phone = excluded.phone, mobile = excluded.mobile, address = excluded.address, name = excluded.name,
        life = excluded.life, findings = excluded.findings, lacking = excluded.lacking, wanted = excluded.wanted, mail_domain = excluded.mail_domain,
        judged_at = excluded.judged_at, next_at = excluded.next_at)
    select g.person_id as id from given g left join was w on w.person_id = g.person_id
    where w.person_id is null or (w.mail, w.phone, w.mobile, w.address, w.name, w.life) is distinct from (g.mail, g.phone, g.mobile, g.address, g.name, g.life)`);
  return [...gone, ...changed].map((one) => one.id);
}

/** People of the base by id, so many after the last; of one import where named: those its rows were seen in. */
export async function loadBasePage(tx: Tx, after: string, limit: number, importId?: string): Promise<string[]> {
  const { workspaceId } = tx.scope;
  const rows = await tx.rows<{ id: string }>(
    importId === undefined
      ? sql`select id from identity.person where workspace_id = ${workspaceId} and id > ${after} order by id limit ${limit}`
      : sql`select distinct id from (
          (select person_id as id from identity.sighting where workspace_id = ${workspaceId} and import_id = ${importId} and inquiry_id is null and person_id > ${after} order by 1 limit ${limit})
          union all (select subject_id from identity.import_change where workspace_id = ${workspaceId} and import_id = ${importId} and kind = 'person' and subject_id > ${after} order by 1 limit ${limit})
          union all (select id from identity.person where workspace_id = ${workspaceId} and import_id = ${importId} and id > ${after} order by 1 limit ${limit})) seen
        order by id limit ${limit}`,
  );
  return rows.map((row) => row.id);
}

/** Which of these imports brought in people; inquiries tell of themselves one by one. */
export async function loadPeopleImports(tx: Tx, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await tx.rows<{ id: string }>(sql`select id from capture.import where workspace_id = ${tx.scope.workspaceId} and id = any(${ids}::uuid[]) and kind = 'people'`);
  return rows.map((row) => row.id);
}

export async function countBase(tx: Tx, importId?: string): Promise<number> {
  const { workspaceId } = tx.scope;
  const { n } = await tx.one<{ n: number }>(
    importId === undefined
      ? sql`select count(*)::int as n from identity.person where workspace_id = ${workspaceId}`
      : sql`select count(distinct person_id)::int as n from identity.sighting where workspace_id = ${workspaceId} and import_id = ${importId}`,
  );
  return n;
}

/** Those whom time has changed, the longest due first. */
export async function loadDue(tx: Tx, now: Date, limit: number): Promise<string[]> {
  const rows = await tx.rows<{ id: string }>(sql`select person_id as id from identity.quality
    where workspace_id = ${tx.scope.workspaceId} and next_at <= ${now} order by next_at limit ${limit}`);
  return rows.map((row) => row.id);
}

const came = sql`(m.problem like 'Returned:%' or m.problem ~ '\\y5[0-9][0-9]\\y')`;

/** People whose last mail came back, and whose judgement does not say so yet; and those who are said to be out of reach and took one since. */
export async function loadReturned(tx: Tx, since: Date, limit: number): Promise<string[]> {
  const { workspaceId } = tx.scope;
  const rows = await tx.rows<{ id: string }>(sql`select q.person_id as id from (
      select distinct on (m.to_address) m.to_address, m.person_id, m.state = 'failed' and ${came} as back from platform.mail m
      where m.workspace_id = ${workspaceId} and m.created_at >= ${since} and m.state in ('sent', 'failed') and m.person_id is not null
      order by m.to_address, m.created_at desc, m.id desc) m
    join identity.person p on p.workspace_id = ${workspaceId} and p.id = m.person_id and p.survivor_id is null and p.email = m.to_address
    join identity.quality q on q.workspace_id = ${workspaceId} and q.person_id = p.id
    where m.back is distinct from q.findings @> '[{"code": "bounced"}]' limit ${limit}`);
  return rows.map((row) => row.id);
}

export async function findBase(tx: Tx): Promise<{ judgedBy: string; judgedAt: Date } | undefined> {
  return tx.maybe(sql`select judged_by, judged_at from identity.quality_base where workspace_id = ${tx.scope.workspaceId}`);
}

export async function saveBase(tx: Tx, judgedBy: string, at: Date): Promise<void> {
  await tx.run(sql`insert into identity.quality_base (workspace_id, judged_by, judged_at) values (${tx.scope.workspaceId}, ${judgedBy}, ${at})
    on conflict (workspace_id) do update set judged_by = excluded.judged_by, judged_at = excluded.judged_at`);
}
