import { useApi } from '../../api/hooks.ts';
import { may, useSession } from '../../api/session.ts';
import { href } from '../../shell/address.ts';
import { A, Note, When } from '../../ui/index.tsx';
import { plural, useFormat } from '../../ui/format.ts';

/** What somebody has to see to now, above everything else; nothing where all is as agreed. It comes with the hour, so it is asked again every minute. */
export function Alarms() {
  const format = useFormat();
  const enabled = may(useSession(), ['marketing', 'sales_manager', 'management']);
  const { data } = useApi('GET /v1/alarms', undefined, { live: ['lead', 'holder', 'setting'], refetchInterval: 60_000, enabled });
  if (!data || data.unassigned.count + data.owed.count === 0) return null;
  const { unassigned, owed } = data;
  const { agreedMinutes } = unassigned;
  const agreed =
    agreedMinutes % 60 === 0
      ? `${agreedMinutes / 60} business ${plural(agreedMinutes / 60, 'hour')}`
      : `${agreedMinutes} business ${plural(agreedMinutes, 'minute')}`;
  return (
    <div role="status" aria-label="Alarms" style={{ marginBottom: 14, display: 'grid', gap: 8 }}>
      {unassigned.count > 0 && (
        <Note tone="bad">
          <A to={href('/leads', unassigned.drill)}>
            <b>
              {format.number(unassigned.count)} {plural(unassigned.count, 'lead')} without a holder
            </b>
          </A>{' '}
          for longer than {agreed}, as <A to="/promise">agreed</A>.
          {unassigned.oldest && (
            <>
              {' '}
              The oldest, <A to={`/leads/${unassigned.oldest.leadId}`}>{unassigned.oldest.name}</A>, waits since <When at={unassigned.oldest.since} />.
            </>
          )}
        </Note>
      )}
      {owed.count > 0 && (
        <Note tone="bad">
          <A to={href('/leads', owed.drill)}>
            <b>
              {format.number(owed.count)} {plural(owed.count, 'lead')} without the attempts or the verdict
            </b>
          </A>{' '}
          by the time <A to="/agreement">agreed</A>.
          {owed.oldest && (
            <>
              {' '}
              The oldest, <A to={`/leads/${owed.oldest.leadId}`}>{owed.oldest.name}</A> with {owed.oldest.holder}, is owed since <When at={owed.oldest.since} />.
            </>
          )}
        </Note>
      )}
    </div>
  );
}
