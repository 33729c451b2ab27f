import { behindLead } from '../../identity/index.ts';
import { sql } from '../../platform/db/index.ts';
import type { Tx } from '../../platform/db/index.ts';

export interface Attendee {
  personId: string;
  name: string | null;
  language: string | null;
}
/** Whom a lead is about, as they are known now. */
export async function findAttendee(tx: Tx, leadId: string): Promise<Attendee> {
  return tx.one<Attendee>(sql`select p.id as person_id, p.full_name as name, p.language
    from qualify.lead l
    ${behindLead(sql`l`)}
    where l.workspace_id = ${tx.scope.workspaceId} and l.id = ${leadId}`);
}

export interface Organizer {
  name: string;
  email: string | null;
  timeZone: string;
}
/** Who invites: the user, else who holds the lead; in whose time the mail says when. */
export async function findOrganizer(tx: Tx, leadId: string, userId: string | null): Promise<Organizer> {
  return tx.one<Organizer>(sql`select coalesce(u.name, h.name, w.name) as name, coalesce(u.email, h.email) as email, coalesce(h.time_zone, w.time_zone) as time_zone
    from platform.workspace w
    left join platform.app_user u on u.workspace_id = w.id and u.id = ${userId}
    left join distribute.assignment a on a.workspace_id = w.id and a.lead_id = ${leadId} and a.ended_at is null
    left join distribute.holder h on h.workspace_id = w.id and h.id = a.holder_id
    where w.id = ${tx.scope.workspaceId}`);
}
