import { sql } from '../platform/db/index.ts';
import type { Tx } from '../platform/db/index.ts';

export interface ConsentFlags {
  doNotContact?: boolean | undefined;
  doNotMail?: boolean | undefined;
  doNotCall?: boolean | undefined;
  unsubscribed?: boolean | undefined;
}

/** Sets the columns given, in the row and in its own word from before a merge. */
export async function setPerson(tx: Tx, id: string, values: Record<string, unknown>): Promise<void> {
  const json = JSON.stringify(values);
  await tx.run(sql`update identity.person p set
      (external_id, given_name, family_name, full_name, name_is_junk, title, email, email_key, phone, phone_e164, mobile_e164, organization_id,
       street, postal_code, city, state, country, language, name_at, title_at, email_at, phone_at, mobile_at, organization_at, address_at, language_at, verified) =
      (select r.external_id, r.given_name, r.family_name, r.full_name, r.name_is_junk, r.title, r.email, r.email_key, r.phone, r.phone_e164, r.mobile_e164,
         r.organization_id, r.street, r.postal_code, r.city, r.state, r.country, r.language,
         r.name_at, r.title_at, r.email_at, r.phone_at, r.mobile_at, r.organization_at, r.address_at, r.language_at, r.verified from jsonb_populate_record(p, ${json}::jsonb) r),
      own = case when p.own is null then null else p.own || ${json}::jsonb end
    where p.workspace_id = ${tx.scope.workspaceId} and p.id = ${id}`);
}

/** For the survivor and everybody merged into it; true when anything changed. */
export async function setConsent(tx: Tx, survivorId: string, change: ConsentFlags, at: Date): Promise<boolean> {
  const flags = {
    ...(change.doNotContact === undefined ? {} : { do_not_contact: change.doNotContact }),
    ...(change.doNotMail === undefined ? {} : { do_not_mail: change.doNotMail }),
    ...(change.doNotCall === undefined ? {} : { do_not_call: change.doNotCall }),
  };
  const unsubscribed = change.unsubscribed ?? null;
  const changed = await tx.run(sql`update identity.person p set
      do_not_contact = coalesce(v.do_not_contact, p.do_not_contact),
      do_not_mail = coalesce(v.do_not_mail, p.do_not_mail),
      do_not_call = coalesce(v.do_not_call, p.do_not_call),
      unsubscribed_at = case when ${unsubscribed}::boolean is null then p.unsubscribed_at when ${unsubscribed}::boolean then coalesce(p.unsubscribed_at, ${at}) else null end,
      own = case when p.own is null then null else p.own || ${JSON.stringify(flags)}::jsonb
        || case when ${unsubscribed}::boolean is null then '{}'::jsonb when ${unsubscribed}::boolean then jsonb_build_object('unsubscribed_at', ${at}::timestamptz) else '{"unsubscribed_at": null}' end end
    from jsonb_to_record(${JSON.stringify(flags)}::jsonb) as v (do_not_contact boolean, do_not_mail boolean, do_not_call boolean)
    where p.workspace_id = ${tx.scope.workspaceId} and (p.id = ${survivorId} or p.survivor_id = ${survivorId})
      and (p.do_not_contact, p.do_not_mail, p.do_not_call, p.unsubscribed_at is not null) is distinct from
        (coalesce(v.do_not_contact, p.do_not_contact), coalesce(v.do_not_mail, p.do_not_mail), coalesce(v.do_not_call, p.do_not_call), coalesce(${unsubscribed}::boolean, p.unsubscribed_at is not null))`);
  return changed > 0;
}

export interface Contactability {
  personId: string;
  survivorId: string;
  email: string | null;
  mayMail: boolean;
  mayCall: boolean;
}

/** Whether people may be written to and called, answered for their survivors. */
export function loadContactability(tx: Tx, ids: readonly string[]): Promise<Contactability[]> {
  const { workspaceId } = tx.scope;
  return tx.rows(sql`select asked.id as person_id, p.id as survivor_id, p.email,
      not (p.do_not_contact or p.do_not_mail or p.unsubscribed_at is not null or p.retired_at is not null) as may_mail,
      not (p.do_not_contact or p.do_not_call or p.retired_at is not null) as may_call
    from identity.person asked join identity.person p on p.workspace_id = ${workspaceId} and p.id = case when asked.survivor_id is null then asked.id else asked.survivor_id end
    where asked.workspace_id = ${workspaceId} and asked.id = any(${ids}::uuid[])`);
}
