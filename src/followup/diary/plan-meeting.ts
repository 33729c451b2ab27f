import { findContactable, mayContact } from '../../identity/index.ts';
import type { Context } from '../../platform/context.ts';
import type { Tx } from '../../platform/db/index.ts';
import { enqueueMail } from '../../platform/mail/index.ts';
import { refuse } from '../../platform/refusal.ts';
import { isLocale } from '../../platform/values/place.rules.ts';
import { findHouse } from '../followup.store.ts';
import { logActivities, setNextActions } from '../log-activities.ts';
import { writeInvitation } from './calendar.rules.ts';
import { findAttendee, findOrganizer, type Attendee } from './meeting.queries.ts';
import { writeInvitationMail } from './meeting-mail.rules.ts';

export interface NewMeeting {
  leadId: string;
  startsAt: Date;
  minutes: number;
  what: string;
  place: string | null;
  /** above the invitation in the mail */
  words: string | null;
  invite: boolean;
  byUserId: string | null;
  byHolderId: string | null;
  actor: string;
}

/**
 * A meeting is the next action, with its time; that it was agreed is a contact. Where asked, the person is mailed an invitation whose answer goes
 * to whoever invites; said again, it moves the meeting in their calendar. Refused for a time that has passed, and for whom no mail may reach.
 */
export async function planMeeting(tx: Tx, cx: Context, meeting: NewMeeting): Promise<{ invitedTo: string | null }> {
  const { leadId, startsAt, minutes, place, byUserId, byHolderId, actor } = meeting;
  const at = cx.clock.now();
  if (startsAt <= at) refuse('invalid', 'followup/meeting-past', 'This time has passed. Choose one that lies ahead, or log the meeting as one that took place.');
  const attendee = meeting.invite ? await mailable(tx, leadId) : undefined;
  const { email: replyTo, ...organizer } = await findOrganizer(tx, leadId, byUserId);
  if (attendee && replyTo === null) return refuse('invalid', 'followup/no-sender', 'No mail address is known of you, to which they could answer. Give yourself one, or save the meeting without the invitation.');
  const lead = { leadId, at, byUserId, actor };
  await logActivities(tx, cx, [{ ...lead, kind: 'meeting', outcome: 'Agreed', note: [meeting.what, place].filter(Boolean).join(', '), via: 'app', byHolderId }]);
  await setNextActions(tx, cx, [{ ...lead, what: meeting.what, dueAt: startsAt, minutes, place }]);
  if (!attendee || replyTo === null) return { invitedTo: null };
  const { name: company, locale } = await findHouse(tx);
  const calendar = writeInvitation({
    uid: `meeting-${leadId}@baton`,
    startsAt,
    minutes,
    title: meeting.what,
    description: meeting.words ?? '',
    place,
    saidAt: at,
    organizer: { name: organizer.name, mail: replyTo },
    attendee: { name: attendee.name ?? attendee.email, mail: attendee.email },
  });
  await enqueueMail(tx, cx, {
    kind: 'lead.meeting',
    to: attendee.email,
    ...writeInvitationMail({ ...meeting, to: attendee.name, from: organizer.name, company, timeZone: organizer.timeZone, locale: attendee.language && isLocale(attendee.language) ? attendee.language : locale }),
    headers: { 'Reply-To': replyTo },
    calendar,
    personId: attendee.personId,
    leadId,
    ...(byHolderId ? { holderId: byHolderId } : {}),
  });
  return { invitedTo: attendee.email };
}

type Mailable = Attendee & { email: string };

/** Whoever unsubscribed from mailings may still be sent what was agreed with them. */
async function mailable(tx: Tx, leadId: string): Promise<Mailable> {
  const person = await findAttendee(tx, leadId);
  const wishes = (await findContactable(tx, [person.personId])).get(person.personId)!;
  const may = mayContact({ ...wishes, unsubscribedAt: null }, 'mail');
  if (may.may) return { ...person, email: wishes.email! };
  return refuse('invalid', may.because === 'no-address' ? 'followup/no-mail' : 'followup/no-mail-wanted', `${may.sentence} Save the meeting without the invitation, and tell them by telephone.`);
}
