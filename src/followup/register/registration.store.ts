import { sql } from '../../platform/db/index.ts';
import type { Sql, Tx } from '../../platform/db/index.ts';
import type { Said } from './registration.rules.ts';

export interface RegistrationRow {
  id: string;
  holderId: string;
  madeAt: Date;
  madeBy: string | null;
  said: Said;
  saidHash: Buffer;
  expectedMinor: number | null;
  currency: string | null;
  state: 'incomplete' | 'held' | 'granted' | 'refused';
  problems: string[];
  inquiryId: string | null;
  personId: string | null;
  organizationId: string | null;
  leadId: string | null;
  heldBy: string | null;
  heldByName: string | null;
  heldSince: Date | null;
  decidedAt: Date | null;
  decidedBy: string | null;
  reason: string | null;
  protectedUntil: Date | null;
}

/** A new one, or the same again with what was mended. */
export async function saveRegistration(tx: Tx, row: RegistrationRow): Promise<void> {
  await tx.run(sql`insert into followup.registration (workspace_id, id, holder_id, made_at, made_by, said, said_hash, expected_minor, currency, state, problems, inquiry_id, person_id,
      organization_id, lead_id, held_by, held_by_name, held_since, decided_at, decided_by, reason, protected_until)
    values (${tx.scope.workspaceId}, ${row.id}, ${row.holderId}, ${row.madeAt}, ${row.madeBy}, ${JSON.stringify(row.said)}, ${row.saidHash}, ${row.expectedMinor}, ${row.currency}, ${row.state},
      ${row.problems}, ${row.inquiryId}, ${row.personId}, ${row.organizationId}, ${row.leadId}, ${row.heldBy}, ${row.heldByName}, ${row.heldSince}, ${row.decidedAt}, ${row.decidedBy}, ${row.reason},
      ${row.protectedUntil})
    on conflict (workspace_id, id) do update set said = excluded.said, said_hash = excluded.said_hash, expected_minor = excluded.expected_minor, currency = excluded.currency,
      state = excluded.state, problems = excluded.problems, inquiry_id = excluded.inquiry_id, person_id = excluded.person_id, organization_id = excluded.organization_id,
      lead_id = excluded.lead_id, held_by = excluded.held_by, held_by_name = excluded.held_by_name, held_since = excluded.held_since, decided_at = excluded.decided_at,
      decided_by = excluded.decided_by, reason = excluded.reason, protected_until = excluded.protected_until`);
}

const columns = sql`id, holder_id, made_at, made_by, said, said_hash, expected_minor::float8 as expected_minor, currency, state, problems, inquiry_id, person_id, organization_id, lead_id,
  held_by, held_by_name, held_since, decided_at, decided_by, reason, protected_until`;

export const lockRegistration = (tx: Tx, id: string): Promise<RegistrationRow | undefined> =>
  tx.maybe(sql`select ${columns} from followup.registration where workspace_id = ${tx.scope.workspaceId} and id = ${id} for update`);

/** The same said before by this partner, and neither refused nor protected no longer. */
export const findSame = async (tx: Tx, holderId: string, saidHash: Buffer, now: Date): Promise<string | undefined> =>
  (
    await tx.maybe<{
      id: string;
    }>(sql`select id from followup.registration where workspace_id = ${tx.scope.workspaceId} and holder_id = ${holderId} and said_hash = ${saidHash}
      and (state = 'held' or (state = 'granted' and protected_until > ${now}) or (state = 'incomplete' and made_at > ${now}::timestamptz - interval '1 day')) order by id desc limit 1`)
  )?.id;

export const countSince = async (tx: Tx, holderId: string, since: Date): Promise<number> =>
  (
    await tx.one<{ n: number }>(
      sql`select count(*)::int as n from followup.registration where workspace_id = ${tx.scope.workspaceId} and holder_id = ${holderId} and made_at > ${since}`,
    )
  ).n;

/** One who was joined to another since is whoever stands for them now. */
const stoodFor = (table: Sql, kept: Sql, id: string | null): Sql =>
  sql`${kept} in (select j.id from ${table} j where j.workspace_id = r.workspace_id and (j.id = ${id} or j.survivor_id = ${id}))`;

/** Whoever else the person or organization is kept for still. */
export const findProtected = (
  tx: Tx,
  who: { personId: string; organizationId: string | null },
  exceptHolderId: string,
  now: Date,
): Promise<{ holderId: string; holderName: string; since: Date } | undefined> =>
  tx.maybe(sql`select r.holder_id, h.name as holder_name, r.decided_at as since from followup.registration r
    join distribute.holder h on h.workspace_id = r.workspace_id and h.id = r.holder_id
    where r.workspace_id = ${tx.scope.workspaceId} and (${stoodFor(sql`identity.person`, sql`r.person_id`, who.personId)} or ${stoodFor(sql`identity.organization`, sql`r.organization_id`, who.organizationId)}) and r.state = 'granted' and r.protected_until > ${now}
      and r.holder_id <> ${exceptHolderId} order by r.decided_at limit 1`);

/** Leads that are kept for the partner who registered them. */
export const findKeptLeads = async (tx: Tx, now: Date): Promise<Set<string>> =>
  new Set(
    (await tx.rows<{ leadId: string }>(sql`select lead_id from followup.registration where workspace_id = ${tx.scope.workspaceId} and state = 'granted' and protected_until > ${now} and lead_id is not null`)).map(({ leadId }) => leadId),
  );

export interface Recognised {
  personId: string;
  organizationId: string | null;
  leadId: string | null;
  /** it had to be made, and nobody was given it yet */
  unheld: boolean;
}
/** Who an inquiry is from, and the lead it made or joined, if it did. */
export const findRecognised = (tx: Tx, inquiryId: string): Promise<Recognised | undefined> =>
  tx.maybe(sql`select coalesce(p.survivor_id, p.id) as person_id, coalesce(o.survivor_id, o.id) as organization_id, l.id as lead_id,
      l.id is not null and not exists (select from distribute.assignment a where a.workspace_id = l.workspace_id and a.lead_id = l.id and a.ended_at is null) as unheld
    from identity.sighting s join identity.person p on p.workspace_id = s.workspace_id and p.id = s.person_id
    left join qualify.lead_inquiry li on li.workspace_id = s.workspace_id and li.inquiry_id = s.inquiry_id
    left join qualify.lead l on l.workspace_id = li.workspace_id and l.id = li.lead_id
    left join identity.organization o on o.workspace_id = s.workspace_id and o.id = case when l.organization_id is not null then l.organization_id when s.organization_id is not null then s.organization_id else p.organization_id end
    where s.workspace_id = ${tx.scope.workspaceId} and s.inquiry_id = ${inquiryId} and s.withdrawn_at is null`);
