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
