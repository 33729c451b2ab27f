import { sql } from '../../platform/db/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { ConsentChannel } from '../../platform/values/consent-channel.rules.ts';
import type { ConsentEvidence, ConsentSource, Ground, Said, Saying, Standing } from './consent.rules.ts';

export interface NewSaying {
  id: string;
  personId: string;
  purpose: string | null;
  channel: ConsentChannel | null;
  said: Said;
  ground: Ground | null;
  at: Date;
  source: ConsentSource;
  evidence: ConsentEvidence;
  inquiryId: string | null;
  importId: string | null;
}

/** For each person and everybody merged with them. */
export async function insertSayings(tx: Tx, said: readonly NewSaying[], by: string, now: Date): Promise<void> {
  const { workspaceId } = tx.scope;
  const rows = said.map((one) => ({
    id: one.id, person_id: one.personId, purpose: one.purpose, channel: one.channel, said: one.said, ground: one.ground, at: one.at, source: one.source,
    evidence: one.evidence, inquiry_id: one.inquiryId, import_id: one.importId,
  }));
  await tx.run(sql`insert into identity.consent (workspace_id, id, person_id, purpose, channel, said, ground, at, source, evidence, inquiry_id, import_id, noted_at, noted_by)
    select ${workspaceId}, x.id, m.id, x.purpose, x.channel, x.said, x.ground, x.at, x.source, x.evidence, x.inquiry_id, x.import_id, ${now}, ${by}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x (id uuid, person_id uuid, purpose text, channel text, said text, ground text, at timestamptz, source text,
      evidence jsonb, inquiry_id uuid, import_id uuid)
    join identity.person a on a.workspace_id = ${workspaceId} and a.id = x.person_id
    cross join lateral (
      select id from identity.person where workspace_id = ${workspaceId} and id = case when a.survivor_id is null then a.id else a.survivor_id end
      union all
      select id from identity.person where workspace_id = ${workspaceId} and survivor_id = case when a.survivor_id is null then a.id else a.survivor_id end) m`);
}

/** Everything said by these people and whoever is merged with them, by survivor; empty for who said nothing. */
export async function loadSayings(tx: Tx, personIds: readonly string[]): Promise<{ survivors: Map<string, Saying[]>; members: string[] }> {
  const { workspaceId } = tx.scope;
  const rows = await tx.rows<{ memberId: string; survivorId: string; said: Saying['said'] | null } & Omit<Saying, 'said'>>(sql`with root as materialized (
      select distinct case when survivor_id is null then id else survivor_id end as id from identity.person where workspace_id = ${workspaceId} and id = any(${personIds}::uuid[])),
    member as materialized (select id, id as survivor_id from root
      union all select p.id, p.survivor_id from root r join identity.person p on p.workspace_id = ${workspaceId} and p.survivor_id = r.id)
    select m.id as member_id, m.survivor_id, c.id, c.person_id, c.purpose, c.channel, c.said, c.at, c.evidence
    from member m left join identity.consent c on c.workspace_id = ${workspaceId} and c.person_id = m.id and c.taken_back_at is null`);
  const survivors = new Map<string, Saying[]>(rows.map(({ survivorId }) => [survivorId, []]));
  for (const { memberId: _member, survivorId, said, ...one } of rows) if (said) survivors.get(survivorId)!.push({ ...one, said });
  return { survivors, members: [...new Set(rows.map(({ memberId }) => memberId))] };
}

/** What stands for these people is this and nothing else; one statement. */
export async function replaceStanding(tx: Tx, members: readonly string[], rows: readonly (Standing & { personId: string })[]): Promise<void> {
  const { workspaceId } = tx.scope;
  const json = rows.map((one) => ({ person_id: one.personId, purpose: one.purpose, channel: one.channel, stands: one.stands, since: one.since, consent_id: one.consentId }));
  await tx.run(sql`with now as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(json)}::jsonb) as x (person_id uuid, purpose text, channel text, stands text, since timestamptz, consent_id uuid)),
    gone as (
      delete from identity.consent_standing s where workspace_id = ${workspaceId} and person_id = any(${members}::uuid[])
        and not exists (select 1 from now n where n.person_id = s.person_id and n.purpose = s.purpose and n.channel = s.channel))
    insert into identity.consent_standing (workspace_id, person_id, purpose, channel, stands, since, consent_id)
    select ${workspaceId}, n.person_id, n.purpose, n.channel, n.stands, n.since, n.consent_id from now n
    on conflict (workspace_id, person_id, purpose, channel) do update set stands = excluded.stands, since = excluded.since, consent_id = excluded.consent_id`);
}

/** The columns other rooms read of no mail and no calls, for these people and whoever is merged with them, as their sayings have it now. */
export async function keepWishes(tx: Tx, personIds: readonly string[]): Promise<void> {
  if (personIds.length === 0) return;
  const { workspaceId } = tx.scope;
  // A no stands until it is lifted or a yes to everything comes, on its own channel or altogether. Who withdrew mail altogether is unsubscribed, which is another column.
  const wished = (channel: 'mail' | 'phone') => sql`exists (select 1 from identity.consent c where c.workspace_id = ${workspaceId} and c.person_id = m.id and c.taken_back_at is null
      and c.purpose is null and c.channel = ${channel} and c.said = any(${channel === 'mail' ? ['objected'] : ['objected', 'withdrawn']})
      and not exists (select 1 from identity.consent l where l.workspace_id = ${workspaceId} and l.person_id = m.id and l.taken_back_at is null and l.said in ('lifted', 'given') and l.purpose is null
        and (l.channel is null or l.channel = ${channel}) and coalesce(l.evidence ->> 'lifts', c.said) = c.said and l.at >= c.at))`;
  await tx.run(sql`with root as materialized (
      select distinct case when survivor_id is null then id else survivor_id end as id from identity.person where workspace_id = ${workspaceId} and id = any(${personIds}::uuid[])),
    member as materialized (select id, id as survivor_id from root
      union all select p.id, p.survivor_id from root r join identity.person p on p.workspace_id = ${workspaceId} and p.survivor_id = r.id),
    each as materialized (select m.id, m.survivor_id, ${wished('mail')} as mail, ${wished('phone')} as phone from member m),
    together as materialized (select survivor_id, bool_or(mail) as mail, bool_or(phone) as phone from each group by survivor_id)
    update identity.person p set do_not_mail = t.mail, do_not_call = t.phone,
      own = case when p.own is null then null else p.own || jsonb_build_object('do_not_mail', e.mail, 'do_not_call', e.phone) end
    from each e join together t on t.survivor_id = e.survivor_id
    where p.workspace_id = ${workspaceId} and p.id = e.id and p.erased_at is null
      and (p.do_not_mail <> t.mail or p.do_not_call <> t.phone or p.own is not null)`);
}

/** Takes back what withdrawn inquiries or an undone list said; answers what it was, and of whom. */
export function takeSayingsBack(tx: Tx, by: { inquiryIds: readonly string[] } | { importId: string }, at: Date): Promise<Pick<NewSaying, 'personId' | 'purpose' | 'channel' | 'said'>[]> {
  const which = 'importId' in by ? sql`import_id = ${by.importId} and inquiry_id is null` : sql`inquiry_id = any(${by.inquiryIds}::uuid[])`;
  return tx.rows(sql`update identity.consent set taken_back_at = ${at}
    where workspace_id = ${tx.scope.workspaceId} and ${which} and taken_back_at is null returning person_id, purpose, channel, said`);
}

export interface SayingSeen extends Saying {
  ground: Ground | null;
  source: ConsentSource;
  inquiryId: string | null;
  receipt: string | null;
  importId: string | null;
  importName: string | null;
  notedAt: Date;
  notedBy: string;
  takenBackAt: Date | null;
}

/** The latest two hundred, each once. */
export function listSayings(tx: Tx, survivorId: string): Promise<SayingSeen[]> {
  const { workspaceId } = tx.scope;
  return tx.rows(sql`select * from (select distinct on (c.id) c.id, c.person_id, c.purpose, c.channel, c.said, c.ground, c.at, c.source, c.evidence, c.inquiry_id, i.receipt,
      c.import_id, f.file_name as import_name, c.noted_at, coalesce(u.name, c.noted_by) as noted_by, c.taken_back_at
    from identity.consent c
    left join capture.inquiry i on i.workspace_id = ${workspaceId} and i.id = c.inquiry_id
    left join capture.import f on f.workspace_id = ${workspaceId} and f.id = c.import_id
    left join platform.app_user u on u.workspace_id = ${workspaceId} and u.id::text = c.noted_by
    where c.workspace_id = ${workspaceId} and c.person_id in (
      select ${survivorId}::uuid union all select id from identity.person where workspace_id = ${workspaceId} and survivor_id = ${survivorId})
    order by c.id) all_of_them order by at desc, noted_at desc, id desc limit 200`);
}

export function listStanding(tx: Tx, personIds: readonly string[]): Promise<(Standing & { personId: string })[]> {
  return tx.rows(sql`select person_id, purpose, channel, stands, since, consent_id from identity.consent_standing
    where workspace_id = ${tx.scope.workspaceId} and person_id = any(${personIds}::uuid[]) order by purpose, channel`);
}
