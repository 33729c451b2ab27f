import { useState, type ReactNode } from 'react';
import type { Item } from '../../api/contract.ts';
import { useApi, useSend } from '../../api/hooks.ts';
import { A, Card, Chip, ErrorNote, SkeletonRows, When, breakable } from '../../ui/index.tsx';
import { plural, useFormat } from '../../ui/format.ts';
import css from './identity.module.css';
import { groupNames } from './group-names.ts';

type Origin = Item<'GET /v1/people/:id/origins'>;

/** Where each value came from, what else was said, and who vouches for it. */
export function Origins({ personId, canEdit }: { personId: string; canEdit: boolean }) {
  const answer = useApi('GET /v1/people/:id/origins', { params: { id: personId } }, { live: ['person', 'inquiry'] });
  const confirm = useSend('POST /v1/people/:id/confirm', { stale: ['/v1/people'] });
  if (answer.error) return <ErrorNote error={answer.error} retry={() => void answer.refetch()} />;
  if (answer.data?.items.length === 0) return null;
  return (
    <Card title="Where it comes from" side="what is confirmed stays, whatever is said later">
      {!answer.data ? (
        <SkeletonRows rows={4} />
      ) : (
        <ul className={css.origins}>
          {answer.data.items.map((one) => (
            <Line
              key={one.group}
              one={one}
              {...(canEdit ? { onConfirm: (confirmed: boolean) => confirm.mutate({ params: { id: personId }, body: { groups: [one.group], confirmed } }) } : {})}
              busy={confirm.isPending}
            />
          ))}
        </ul>
      )}
      <ErrorNote error={confirm.error} />
    </Card>
  );
}

function Line({ one, onConfirm, busy }: { one: Origin; onConfirm?: (confirmed: boolean) => void; busy: boolean }) {
  return (
    <OriginLine
      label={groupNames[one.group]}
      value={one.value}
      others={one.others}
      act={
        onConfirm && (
          <Chip disabled={busy} onClick={() => onConfirm(!one.verified)} aria-label={`${one.verified ? 'Take the confirmation back' : 'Confirm'}: ${groupNames[one.group]}`}>
            {one.verified ? 'Take back' : 'Confirm'}
          </Chip>
        )
      }
    >
      <Vouched by={one.verified} verb="confirmed" />
      {one.said ? (
        <span>
          said <When at={one.said.at} /> <Whence of={one.said} />
          {one.times > 1 && `, ${one.times} ${plural(one.times, 'time')} in all`}
        </span>
      ) : (
        !one.verified && <span>entered by hand, or known before anything that is kept</span>
      )}
    </OriginLine>
  );
}

interface Arrival {
  at: string;
  inquiryId: string | null;
  receipt: string | null;
  importId: string | null;
  list: string | null;
}

/** A value with where it came from (the children), what others said folded away, and what can be done about it. */
export function OriginLine({ label, value, others, act, shown = breakable, children }: { label: string; value: string; others: ({ value: string } & Arrival)[]; act?: ReactNode; shown?: (value: string) => ReactNode; children: ReactNode }) {
  const [open, setOpen] = useState(false);
  return (
    <li>
      <span className="dim">{label}</span>
      <div>
        <span className="strong">{shown(value)}</span>
        <span className={css.whence}>{children}</span>
        {open && (
          <ul className={css.others}>
            {others.map((other) => (
              <li key={other.value}>
                {shown(other.value)} <span className="dim"><When at={other.at} /> <Whence of={other} /></span>
              </li>
            ))}
          </ul>
        )}
      </div>
      <div className={css.originDo}>
        {others.length > 0 && (
          <Chip onClick={() => setOpen(!open)} aria-expanded={open} aria-label={open ? `Close what else was said: ${label}` : `${others.length} ${plural(others.length, 'other')}: ${label}`}>
            {open ? 'Close' : `${others.length} ${plural(others.length, 'other')}`}
          </Chip>
        )}
        {act}
      </div>
    </li>
  );
}

export function Vouched({ by, verb }: { by: { by: string; at: string } | null; verb: string }) {
  const format = useFormat();
  return by && <b>{`✓ ${verb} by ${by.by}, ${format.date(by.at)}`}</b>;
}

export function Whence({ of }: { of: Arrival }) {
  if (of.inquiryId) return <>in <A to={`/inquiries/${of.inquiryId}`}>{of.receipt}</A></>;
  if (of.importId) return <>by the list <A to={`/imports/${of.importId}`}>{of.list ?? 'import'}</A></>;
  return null;
}
