import type { Item } from '../../api/contract.ts';
import { Badge } from '../../ui/index.tsx';

export type LeadMail = Item<'GET /v1/lead-mails'>;

export const mailStates = {
  waiting: { label: 'Being read', tone: 'action' },
  read: { label: 'Read', tone: 'quiet' },
  held: { label: 'Waits', tone: 'hot' },
} as const;

export function MailState({ state }: { state: LeadMail['state'] }) {
  return <Badge tone={mailStates[state].tone}>{mailStates[state].label}</Badge>;
}

const natures: Record<string, string> = {
  form: 'a web form',
  forward: 'a forwarded mail',
  person: 'somebody’s own mail',
  cards: 'vCards',
  records: 'records',
  list: 'a list',
  reply: 'an answer about a lead',
  bounce: 'a report on our own mail',
  held: 'an automatic mail',
  unread: 'not readable',
};
export const natureName = (nature: string | null): string => natures[nature ?? ''] ?? 'not read yet';

export const senderOf = (mail: LeadMail): string => mail.fromName ?? mail.fromAddress ?? (mail.state === 'waiting' ? 'just arrived' : 'nobody named');
