import { sql } from '../../platform/db/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { Cell, Subject } from '../../platform/personal-data.ts';
import { dropFromSearch } from '../search.store.ts';

type Rows = Promise<Record<string, Cell>[]>;

/** The survivor first, then whoever was merged into it. */
export async function findIdsOf(tx: Tx, personId: string): Promise<string[]> {
  const { workspaceId } = tx.scope;
  const rows = await tx.rows<{ id: string }>(sql`with asked as (select case when survivor_id is null then id else survivor_id end as id from identity.person where workspace_id = ${workspaceId} and id = ${personId})
    select p.id from identity.person p where p.workspace_id = ${workspaceId} and (p.id = (select id from asked) or p.survivor_id = (select id from asked)) order by p.survivor_id nulls first, p.id`);
  return rows.map(({ id }) => id);
}

/** Inquiries and files they were seen in, also those taken back since. */
export async function findSightedIn(tx: Tx, personIds: readonly string[]): Promise<Pick<Subject, 'inquiryIds' | 'importIds'>> {
  const { workspaceId } = tx.scope;
  const rows = await tx.rows<{ inquiryId: string | null; importId: string | null }>(sql`select inquiry_id, import_id from identity.sighting where workspace_id = ${workspaceId} and person_id = any(${personIds}::uuid[])
    union select null, import_id from identity.import_change where workspace_id = ${workspaceId} and kind = 'person' and subject_id = any(${personIds}::uuid[])
    union select null, run_id from identity.appended_value where workspace_id = ${workspaceId} and kind = 'person' and subject_id = any(${personIds}::uuid[])
    union select null, import_id from identity.person where workspace_id = ${workspaceId} and id = any(${personIds}::uuid[])`);
  return { inquiryIds: rows.flatMap(({ inquiryId }) => inquiryId ?? []), importIds: rows.flatMap(({ importId }) => importId ?? []) };
}

/** Addresses and numbers that are theirs and nobody else's: what a company shares finds others, too. */
export async function findReach(tx: Tx, personIds: readonly string[]): Promise<Pick<Subject, 'mails' | 'phones'>> {
  const { workspaceId } = tx.scope;
  const rows = await tx.rows<{ kind: 'mail' | 'phone'; word: string }>(sql`
    with said as (
      select 'mail' as kind, lower(w.word) as word from identity.person p cross join lateral (values (p.email), (p.email_key), (p.own ->> 'email'), (p.own ->> 'email_key')) w (word)
        where p.workspace_id = ${workspaceId} and p.id = any(${personIds}::uuid[])
      union select 'phone', w.word from identity.person p cross join lateral (values (p.phone), (p.phone_e164), (p.mobile_e164), (p.own ->> 'phone'), (p.own ->> 'phone_e164'), (p.own ->> 'mobile_e164')) w (word)
        where p.workspace_id = ${workspaceId} and p.id = any(${personIds}::uuid[])
      union select w.kind, lower(w.word) from identity.sighting s cross join lateral (values ('mail', s.mail_key), ('phone', s.phone), ('phone', s.mobile)) w (kind, word)
        where s.workspace_id = ${workspaceId} and s.person_id = any(${personIds}::uuid[])
      union select w.kind, lower(w.word) from identity.sighting s
        join capture.inquiry i on i.workspace_id = ${workspaceId} and i.id = s.inquiry_id
        cross join lateral (values ('mail', i.fields ->> 'email'), ('phone', i.fields ->> 'phone'), ('phone', i.fields ->> 'mobile')) w (kind, word)
        where s.workspace_id = ${workspaceId} and s.person_id = any(${personIds}::uuid[]))
    select kind, word from said where word is not null and word <> ''
      and not exists (select 1 from identity.sighting o where o.workspace_id = ${workspaceId} and o.mail_key = said.word and said.kind = 'mail' and o.withdrawn_at is null and o.person_id <> all(${personIds}::uuid[]))
      and not exists (select 1 from identity.sighting o where o.workspace_id = ${workspaceId} and o.phone = said.word and said.kind = 'phone' and o.withdrawn_at is null and o.person_id <> all(${personIds}::uuid[]))
      and not exists (select 1 from identity.sighting o where o.workspace_id = ${workspaceId} and o.mobile = said.word and said.kind = 'phone' and o.withdrawn_at is null and o.person_id <> all(${personIds}::uuid[]))`);
  return { mails: rows.flatMap(({ kind, word }) => (kind === 'mail' ? word : [])), phones: rows.flatMap(({ kind, word }) => (kind === 'phone' ? word : [])) };
}

/** Files of do-not-contact lists with one of their addresses. */
export const findListedIn = async (tx: Tx, words: readonly string[]): Promise<string[]> =>
  (
    await tx.rows<{ importId: string }>(sql`select distinct import_id from identity.suppression where workspace_id = ${tx.scope.workspaceId} and channel = any('{mail,phone,fax}')
      and kind = any('{address,number}') and key = any(${words}::text[]) and import_id is not null`)
  ).map(({ importId }) => importId);

export const tellPeople = (tx: Tx, personIds: readonly string[]): Rows =>
  tx.rows(sql`select p.id, p.external_id, p.given_name, p.family_name, p.full_name, p.title, p.email, p.phone, p.phone_e164, p.mobile_e164, o.name as organization, p.street, p.postal_code, p.city,
      p.state, p.country, p.language, p.do_not_contact, p.do_not_mail, p.do_not_call, p.unsubscribed_at, p.first_seen_at, p.last_seen_at, p.custom as own_fields, m.file_name as first_from_file, p.own as before_joining
    from identity.person p
    left join identity.organization o on o.workspace_id = p.workspace_id and o.id = p.organization_id
    left join capture.import m on m.workspace_id = p.workspace_id and m.id = p.import_id
    where p.workspace_id = ${tx.scope.workspaceId} and p.id = any(${personIds}::uuid[]) order by p.survivor_id nulls first, p.id`);

export const tellConsents = (tx: Tx, personIds: readonly string[]): Rows =>
  tx.rows(sql`select * from (select distinct on (c.id) c.at, c.purpose, c.channel, c.said, c.ground, c.source, c.evidence, c.noted_at, coalesce(u.name, c.noted_by) as noted_by, c.taken_back_at
      from identity.consent c left join platform.app_user u on u.workspace_id = c.workspace_id and u.id::text = c.noted_by
      where c.workspace_id = ${tx.scope.workspaceId} and c.person_id = any(${personIds}::uuid[]) order by c.id) x order by at`);

export const tellLists = (tx: Tx, words: readonly string[]): Rows =>
  tx.rows(sql`select channel, list, shown, added_at from identity.suppression where workspace_id = ${tx.scope.workspaceId} and key = any(${words}::text[]) order by added_at, id`);

export const tellSightings = (tx: Tx, personIds: readonly string[]): Rows =>
  tx.rows(sql`select s.seen_at, i.receipt, m.file_name as file, s.method, s.weight, s.evidence, s.filled, s.otherwise, s.external_id, s.mail_key, s.phone, s.mobile, o.name as organization, s.withdrawn_at
    from identity.sighting s
    left join capture.inquiry i on i.workspace_id = s.workspace_id and i.id = s.inquiry_id
    left join capture.import m on m.workspace_id = s.workspace_id and m.id = s.import_id
    left join identity.organization o on o.workspace_id = s.workspace_id and o.id = s.organization_id
    where s.workspace_id = ${tx.scope.workspaceId} and s.person_id = any(${personIds}::uuid[]) order by s.seen_at, s.id`);

export const tellMerges = (tx: Tx, personIds: readonly string[]): Rows =>
  tx.rows(sql`select m.merged_at, m.survivor_id, m.merged_id, coalesce(u.name, 'Baton') as merged_by, m.reason, m.undone_at from identity.merge m
    left join platform.app_user u on u.workspace_id = m.workspace_id and u.id::text = m.merged_by
    where m.workspace_id = ${tx.scope.workspaceId} and m.kind = 'person' and (m.survivor_id = any(${personIds}::uuid[]) or m.merged_id = any(${personIds}::uuid[])) order by m.merged_at, m.id`);

export const tellSegments = (tx: Tx, personIds: readonly string[]): Rows =>
  tx.rows(sql`select s.name as segment, s.note, m.since from identity.segment_member m join identity.segment s on s.workspace_id = m.workspace_id and s.id = m.segment_id
    where m.workspace_id = ${tx.scope.workspaceId} and m.subject_id = any(${personIds}::uuid[]) order by s.name`);

/** By what they were recognised, in which lists, and what was agreed to. */
export async function eraseEvidence(tx: Tx, { personIds, mails, phones }: Subject): Promise<void> {
  const { workspaceId } = tx.scope;
  await tx.run(sql`delete from identity.import_change where workspace_id = ${workspaceId} and kind = 'person' and subject_id = any(${personIds}::uuid[])`);
  await tx.run(sql`delete from identity.account_ref where workspace_id = ${workspaceId} and person_id = any(${personIds}::uuid[])`);
  await tx.run(sql`update identity.consent set evidence = '{}' where workspace_id = ${workspaceId} and person_id = any(${personIds}::uuid[]) and evidence <> '{}'`);
  await tx.run(sql`delete from identity.consent_standing where workspace_id = ${workspaceId} and person_id = any(${personIds}::uuid[])`);
  await tx.run(sql`delete from identity.possible_duplicate where workspace_id = ${workspaceId} and status = 'open' and (person_id = any(${personIds}::uuid[]) or other_id = any(${personIds}::uuid[]))`);
  await tx.run(sql`update identity.possible_duplicate set evidence = '[]' where workspace_id = ${workspaceId} and (person_id = any(${personIds}::uuid[]) or other_id = any(${personIds}::uuid[]))`);
  await tx.run(sql`update identity.merge set reason = reason - 'evidence' where workspace_id = ${workspaceId} and kind = 'person' and reason ? 'evidence'
    and (survivor_id = any(${personIds}::uuid[]) or merged_id = any(${personIds}::uuid[]))`);
  await tx.run(sql`delete from identity.bulk_change where workspace_id = ${workspaceId} and subject_id = any(${personIds}::uuid[])`);
  await tx.run(sql`delete from identity.cleanup where workspace_id = ${workspaceId} and person_id = any(${personIds}::uuid[])`);
  await tx.run(sql`delete from identity.quality where workspace_id = ${workspaceId} and person_id = any(${personIds}::uuid[])`);
  await dropFromSearch(tx, 'p', personIds);
  await tx.run(sql`with gone as (delete from identity.segment_member where workspace_id = ${workspaceId} and subject_id = any(${personIds}::uuid[]) returning segment_id)
    update identity.segment s set members = s.members - g.n from (select segment_id, count(*)::int as n from gone group by 1) g where s.workspace_id = ${workspaceId} and s.id = g.segment_id`);
  await tx.run(sql`delete from identity.suppression where workspace_id = ${workspaceId} and kind in ('address', 'number') and key = any(${[...mails, ...phones]}::text[])`);
  await tx.run(sql`update identity.privacy_request set asker = null, note = null where workspace_id = ${workspaceId} and person_id = any(${personIds}::uuid[])`);
}

/**
 * A company takes its address and number from whoever asks first. What only they said of it goes, and its name where it is theirs and nobody else
 * is known there.
 */
export async function eraseFromOrganizations(tx: Tx, { personIds, phones }: Subject): Promise<void> {
  const { workspaceId } = tx.scope;
  const theirs = await tx.rows<{ id: string; street: boolean; named: boolean }>(sql`
    with own as (select distinct organization_id as id from identity.sighting where workspace_id = ${workspaceId} and person_id = any(${personIds}::uuid[]) and organization_id is not null
        union select organization_id from identity.person where workspace_id = ${workspaceId} and id = any(${personIds}::uuid[]) and organization_id is not null),
      said as (select lower(street) as street, lower(family_name) as family_name from identity.person where workspace_id = ${workspaceId} and id = any(${personIds}::uuid[])
        union select lower(i.fields ->> 'street'), lower(i.fields ->> 'familyName') from identity.sighting s join capture.inquiry i on i.workspace_id = ${workspaceId} and i.id = s.inquiry_id
          where s.workspace_id = ${workspaceId} and s.person_id = any(${personIds}::uuid[])),
      looked as (select o.id, exists (select 1 from said where said.street = lower(o.street)) and not exists (
            select 1 from identity.person p where p.workspace_id = ${workspaceId} and p.organization_id = o.id and p.id <> all(${personIds}::uuid[]) and p.erased_at is null and lower(p.street) = lower(o.street)) as street,
          exists (select 1 from said where length(said.family_name) > 2 and strpos(lower(o.name), said.family_name) > 0) and not exists (
            select 1 from identity.sighting s where s.workspace_id = ${workspaceId} and s.organization_id = o.id and s.person_id <> all(${personIds}::uuid[]) and s.withdrawn_at is null) as named,
          o.phone = any(${phones}::text[]) or o.phone_e164 = any(${phones}::text[]) as phone
        from own join identity.organization o on o.workspace_id = ${workspaceId} and o.id = own.id)
    update identity.organization o set
        street = case when l.street then null else o.street end, postal_code = case when l.street then null else o.postal_code end, city = case when l.street then null else o.city end,
        phone = case when l.phone then null else o.phone end, phone_e164 = case when l.phone then null else o.phone_e164 end,
        name = case when l.named then 'Erased' else o.name end, name_key = case when l.named then 'erased ' || o.id else o.name_key end, domain = case when l.named then null else o.domain end,
        website = case when l.named then null else o.website end,
        own = case when o.own is null then null else o.own || case when l.street then '{"street": null, "postal_code": null, "city": null}' else '{}'::jsonb end
          || case when l.phone then '{"phone": null, "phone_e164": null}' else '{}'::jsonb end || case when l.named then '{"name": "Erased", "domain": null, "website": null}' else '{}'::jsonb end end
      from looked l where o.workspace_id = ${workspaceId} and o.id = l.id and (l.street or l.phone or l.named) returning o.id, l.street, l.named`);
  const ids = theirs.map(({ id }) => id);
  await tx.run(sql`update identity.import_change set before = before - array['street', 'postal_code', 'city', 'phone', 'phone_e164', 'name', 'domain', 'website']
    where workspace_id = ${workspaceId} and kind = 'organization' and subject_id = any(${ids}::uuid[])`);
  await dropFromSearch(tx, 'o', theirs.flatMap(({ id, named }) => (named ? id : [])));
}

/** That they were seen stays, and counts; nobody is found by it any more. */
export async function eraseSightings(tx: Tx, personIds: readonly string[]): Promise<void> {
  await tx.run(sql`update identity.sighting set evidence = '[]', filled = null, agrees = null, otherwise = null, external_id = null, mail_key = null, phone = null, mobile = null, name_block = null, company_block = null,
      place_block = null, local_block = null
    where workspace_id = ${tx.scope.workspaceId} and person_id = any(${personIds}::uuid[])`);
}

/** An empty row that keeps its counts, its dates and its country. Wishes not to be contacted are beyond doubt. */
export async function erasePeople(tx: Tx, personIds: readonly string[], at: Date): Promise<void> {
  const { workspaceId } = tx.scope;
  const retired = await tx.one<{ n: number }>(sql`select count(*)::int as n from identity.person where workspace_id = ${workspaceId} and id = any(${personIds}::uuid[]) and retired_at is null`);
  await tx.run(sql`update identity.person p set external_id = null, given_name = null, family_name = null, full_name = null, title = null, email = null, email_key = null, phone = null, phone_e164 = null,
      mobile_e164 = null, organization_id = null, street = null, postal_code = null, city = null, language = null, name_is_junk = false, custom = null, verified = null, do_not_contact = true,
      retired_at = coalesce(p.retired_at, ${at}), erased_at = coalesce(p.erased_at, ${at}),
      own = case when p.own is null then null else (select jsonb_object_agg(o.key, case when o.key = any(${plain}::text[]) then o.value when o.key = 'do_not_contact' then 'true' when o.key = 'name_is_junk' then 'false' else 'null' end) from jsonb_each(p.own) o) end
    where p.workspace_id = ${workspaceId} and p.id = any(${personIds}::uuid[])`);
  await tx.run(sql`update identity.tally set people = greatest(0, people - ${retired.n}) where workspace_id = ${workspaceId}`);
}
/** What a row's own word from before a merge keeps. */
const plain = ['country', 'state', 'sightings', 'first_seen_at', 'last_seen_at', 'do_not_mail', 'do_not_call', 'unsubscribed_at'];

export const findExternalIds = async (tx: Tx, personIds: readonly string[]): Promise<string[]> =>
  (
    await tx.rows<{ word: string }>(sql`select external_id as word from identity.person where workspace_id = ${tx.scope.workspaceId} and id = any(${personIds}::uuid[]) and external_id is not null
    union select external_id from identity.sighting where workspace_id = ${tx.scope.workspaceId} and person_id = any(${personIds}::uuid[]) and external_id is not null`)
  ).map(({ word }) => word);
