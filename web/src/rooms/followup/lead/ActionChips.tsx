import type { ReactNode } from 'react';
import { useApi } from '../../../api/hooks.ts';
import { useKeys } from '../../../shell/keys.ts';
import { Chip } from '../../../ui/index.tsx';
import { useIsPhone } from '../../../ui/screen-size.ts';
import type { LeadData } from './Head.tsx';
import css from './lead.module.css';

export type Composing = 'call' | 'mail' | 'meeting' | 'visit' | 'quote' | 'literature' | 'note' | 'next' | undefined;

const actions = [
  { kind: 'call', key: 'c', label: 'Call' },
  { kind: 'mail', key: 'm', label: 'Mail' },
  { kind: 'meeting', key: 't', label: 'Meeting' },
  { kind: 'visit', key: 'v', label: 'Visit' },
  { kind: 'quote', key: 'q', label: 'Quote' },
  { kind: 'literature', key: 'l', label: 'Literature' },
  { kind: 'note', key: '.', label: 'Note' },
  { kind: 'next', key: 'x', label: 'Next action' },
] as const;

/** What a thumb wants first. */
const thumbOrder = ['call', 'mail', 'next', 'note', 'meeting', 'visit', 'quote', 'literature'].flatMap((kind) =>
  actions.filter((action) => action.kind === kind),
);

/** To the phone or the mail program of the device; the page stays. */
const leaveFor = (address: string) => location.assign(address);

/** Logging is one key and at most one more: the chip opens what is needed, nothing else. */
export function ActionChips({
  person,
  composing,
  compose,
  children,
}: {
  person: LeadData['person'];
  composing: Composing;
  compose: (kind: Composing) => void;
  /** what else can be done with it, at the end of the row */
  children?: ReactNode;
}) {
  const isPhone = useIsPhone();
  const number = person.mobile ?? person.phone;
  // With templates there is a choice first; without, the mail program opens at once.
  const templates = useApi('GET /v1/settings/mail-templates', undefined, { staleTime: 5 * 60_000, live: ['setting'] });
  const open = (kind: Composing) => {
    if (kind === 'call' && number && isPhone) leaveFor(`tel:${number}`);
    if (kind === 'mail' && person.email && !templates.data?.items.length) leaveFor(`mailto:${person.email}`);
    compose(kind);
  };
  useKeys(actions.map((action) => ({ key: action.key, label: action.label, group: 'Act', run: () => open(action.kind) })));
  return (
    <div className={css.chips}>
      <div role="group" aria-label="Log what you did">
        {(isPhone ? thumbOrder : actions).map((action) => (
          <Chip
            key={action.kind}
            keyName={action.key}
            aria-pressed={composing === action.kind}
            onClick={() => (composing === action.kind ? compose(undefined) : open(action.kind))}
          >
            {action.label}
            {action.kind === 'call' && number && !isPhone ? ` ${number}` : ''}
          </Chip>
        ))}
      </div>
      {children}
    </div>
  );
}
