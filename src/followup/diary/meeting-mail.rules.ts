import { escapeHtml } from '../../platform/values/html.rules.ts';
import { instantText } from '../notification.rules.ts';
import type { Written } from '../notification.rules.ts';

export interface MeetingTold {
  what: string;
  startsAt: Date;
  minutes: number;
  place: string | null;
  words: string | null;
  to: string | null;
  from: string;
  company: string;
  timeZone: string;
  locale: string;
}

/** The mail around an invitation, for who reads mail without a calendar: what, when (in the inviter's zone, named), where, and from whom. */
export function writeInvitationMail(meeting: MeetingTold): Written {
  const { what, minutes, place, words, from, company } = meeting;
  const when = `${instantText(meeting.startsAt, meeting.timeZone, meeting.locale)} (${meeting.timeZone.replaceAll('_', ' ')}), ${minutes} min`;
  const signed = from === company ? from : `${from}, ${company}`;
  const facts = [when, place].filter((one) => one !== null);
  const html = (text: string): string => escapeHtml(text).replaceAll('\n', '<br>');
  return {
    subject: `${what}: ${instantText(meeting.startsAt, meeting.timeZone, meeting.locale)}`,
    text: `${[meeting.to, words, `${what}\n${facts.join('\n')}`, signed].filter(Boolean).join('\n\n')}\n`,
    html: `<!doctype html><meta charset="utf-8"><body style="font:16px/1.5 system-ui,sans-serif;color:#1a1d21">${meeting.to ? `<p>${escapeHtml(meeting.to)}</p>` : ''}${words ? `<p>${html(words)}</p>` : ''}<p><b>${escapeHtml(what)}</b><br>${facts.map(html).join('<br>')}</p><p>${escapeHtml(signed)}</p></body>`,
  };
}
