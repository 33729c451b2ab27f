import { useApi } from '../../api/hooks.ts';
import { may, useSession } from '../../api/session.ts';
import { Tabs } from '../../ui/index.tsx';

/** What is known of partners and done with them, for their manager and for themselves; reps have a scorecard only. */
export function PartnerTabs() {
  const session = useSession();
  const isPartner = Boolean(session.user.holderId);
  const manages = may(session, ['marketing', 'sales_manager', 'management']);
  // Registrations that wait for a manager.
  const registrations = useApi('GET /v1/registrations', { query: { limit: 1 } }, { live: ['registration'], staleTime: 60_000, enabled: manages });
  if (!isPartner && !manages) return null;
  return (
    <Tabs
      label="Partners"
      tabs={[
        { to: '/scorecards', label: isPartner ? 'My scorecard' : 'Scorecards' },
        { to: '/verdict-rounds', label: 'Verdict rounds' },
        ...(isPartner ? [] : [{ to: '/registrations', label: 'Registered leads', ...(registrations.data?.undecided ? { count: registrations.data.undecided } : {}) }]),
      ]}
    />
  );
}
