import { sql } from '../platform/db/index.ts';
import type { Tx } from '../platform/db/index.ts';

export interface ConsentFlags {
  doNotContact?: boolean | undefined;
  doNotMail?: boolean | undefined;
  doNotCall?: boolean | undefined;
  unsubscribed?: boolean | undefined;
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
