import { useState, type ReactNode } from 'react';
import { useApi, useSend } from '../../api/hooks.ts';
import { A, Card, Chip, ErrorNote, SkeletonRows, When, breakable } from '../../ui/index.tsx';
import { plural, useFormat } from '../../ui/format.ts';
import css from './identity.module.css';
import { groupNames } from './group-names.ts';

/** An origin of a person or an organization, as far as a line shows it. */
interface Told {
  value: string;
  verified: { at: string; by: string } | null;
  said: From | null;
  times: number;
  others: (From & { value: string })[];
}
interface From {
  at: string;
  inquiryId: string | null;
  receipt: string | null;
  importId: string | null;
  list: string | null;
  runId?: string | null;
  provider?: string | null;
}

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
            <OriginLine
              key={one.group}
              name={groupNames[one.group]}
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

/** `show`: how a value is read, where it is not a text. */
export function OriginLine({
  name,
  one,
  show = breakable,
  onConfirm,
  busy = false,
}: {
  name: string;
  one: Told;
  show?: (value: string) => ReactNode;
  onConfirm?: (confirmed: boolean) => void;
  busy?: boolean;
}) {
  const format = useFormat();
  const [open, setOpen] = useState(false);
  return (
    <li>
      <span className="dim">{name}</span>
      <div>
        <span className="strong">{show(one.value)}</span>
        <span className={css.whence}>
          {one.verified && <b>{`✓ confirmed by ${one.verified.by}, ${format.date(one.verified.at)}`}</b>}
          {one.said ? (
            <span>
              said <When at={one.said.at} /> <Whence of={one.said} />
              {one.times > 1 && `, ${one.times} ${plural(one.times, 'time')} in all`}
            </span>
          ) : (
            !one.verified && <span>entered by hand, or known before anything that is kept</span>
          )}
        </span>
        {open && (
          <ul className={css.others}>
            {one.others.map((other) => (
              <li key={other.value}>
                {show(other.value)} <span className="dim"><When at={other.at} /> <Whence of={other} /></span>
              </li>
            ))}
          </ul>
        )}
      </div>
      <div className={css.originDo}>
        {one.others.length > 0 && (
          <Chip onClick={() => setOpen(!open)} aria-expanded={open}>
            {open ? 'Close' : `${one.others.length} ${plural(one.others.length, 'other')}`}
          </Chip>
        )}
        {onConfirm && (
          <Chip disabled={busy} onClick={() => onConfirm(!one.verified)} aria-label={`${one.verified ? 'Take the confirmation back' : 'Confirm'}: ${name}`}>
            {one.verified ? 'Take back' : 'Confirm'}
          </Chip>
        )}
      </div>
    </li>
  );
}

function Whence({ of }: { of: From }) {
  if (of.inquiryId) return <>in <A to={`/inquiries/${of.inquiryId}`}>{of.receipt}</A></>;
  if (of.importId) return <>by the list <A to={`/imports/${of.importId}`}>{of.list ?? 'import'}</A></>;
  if (of.runId) return <>by <A to={`/append/${of.runId}`}>{of.provider}</A></>;
  return null;
}
