import type { Answer } from '../../../api/contract.ts';
import { A, Badge, GradeBadge, VerdictBadge, breakable } from '../../../ui/index.tsx';
import { duration, useFormat } from '../../../ui/format.ts';
import { Icon } from '../../../ui/Icon.tsx';
import { useNow } from '../../../ui/now.ts';
import { useSession } from '../../../api/session.ts';
import { useIsPhone } from '../../../ui/screen-size.ts';
import type { QueueRow } from '../Queue.tsx';
import css from './lead.module.css';

export type LeadData = Answer<'GET /v1/leads/:id'>;

export function Head({ data, row, onBack, isFull }: { data: LeadData; row?: QueueRow; onBack?: () => void; isFull?: boolean }) {
  const format = useFormat();
  const isPhone = useIsPhone();
  const session = useSession();
  const now = useNow();
  const { lead, person, organization } = data;
  const Title = isFull ? 'h1' : 'h2';
  const worth = row?.worthMinor ?? null;
  const place = [organization?.city ?? person.city, organization?.country ?? person.country].filter(Boolean).join(', ');
  const facts = [
    organization?.employees ? `${format.number(organization.employees)} employees` : '',
    organization?.industry ?? organization?.vertical ?? '',
  ].filter(Boolean);
  return (
    <header className={css.head}>
      <div>
        {onBack && (
          <button type="button" className={css.back} onClick={onBack}>
            <Icon name="back" size={15} /> Back
          </button>
        )}
        <Title>
          {isFull ? person.fullName || 'Name not known' : <A to={`/leads/${lead.id}`}>{person.fullName || 'Name not known'}</A>}{' '}
          {lead.verdict ? (
            <VerdictBadge verdict={lead.verdict} />
          ) : (
            <GradeBadge grade={lead.grade} score={isFull ? lead.score : undefined} />
          )}
          {organization?.isCustomer && (
            <>
              {' '}
              <Badge tone="sale">Customer</Badge>
            </>
          )}
        </Title>
        <p className="dim">
          {[person.title, undefined].filter(Boolean).join('')}
          {person.title && organization ? ' · ' : ''}
          {organization && (session.user.roles.includes('partner') ? organization.name : <A to={`/organizations/${organization.id}`}>{organization.name}</A>)}
          {place && `, ${place}`}
          {facts.length > 0 && ` · ${facts.join(' · ')}`}
        </p>
        {isPhone && (
          <p className={css.reach}>
            {(person.mobile ?? person.phone) && <a href={`tel:${person.mobile ?? person.phone}`}>{person.mobile ?? person.phone}</a>}
            {person.email && <a href={`mailto:${person.email}`}>{breakable(person.email)}</a>}
          </p>
        )}
        {(person.doNotContact || person.doNotCall || person.doNotMail || person.unsubscribedAt) && (
          <p className={css.stop}>
            {person.doNotContact
              ? 'Does not want to be contacted.'
              : [person.doNotCall && 'Do not call.', (person.doNotMail || person.unsubscribedAt) && 'Do not send marketing mail.']
                  .filter(Boolean)
                  .join(' ')}
          </p>
        )}
      </div>
      <div className={css.worth}>
        {worth !== null && row ? (
          <>
            <b>{format.money(worth, row.currency)}</b>
            <span>
              {row.chancePercent}% chance{row.decayPercent < 100 && `, ${row.decayPercent}% of it left after waiting`}
            </span>
          </>
        ) : (
          <>
            {lead.valueMinor !== null && <b>{format.money(lead.valueMinor, lead.currency)}</b>}
            <span>
              {lead.closedAt ? (
                <>
                  {lead.fate ?? 'closed'} {format.when(lead.closedAt)}
                </>
              ) : (
                lead.holder && (
                  <>
                    held by <strong>{lead.holder.name}</strong>
                    {lead.assignedAt && <> for {duration((now.getTime() - Date.parse(lead.assignedAt)) / 60_000)}</>}
                  </>
                )
              )}
            </span>
          </>
        )}
      </div>
    </header>
  );
}
