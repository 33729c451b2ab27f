import { may, useSession } from '../../api/session.ts';
import { Tabs } from '../../ui/index.tsx';

/** What is known of partners and done with them, for their manager and for themselves; reps have a scorecard only. */
export function PartnerTabs() {
  const session = useSession();
  const isPartner = Boolean(session.user.holderId);
  if (!isPartner && !may(session, ['marketing', 'sales_manager', 'management'])) return null;
  return (
    <Tabs
      label="Partners"
      tabs={[
        { to: '/scorecards', label: isPartner ? 'My scorecard' : 'Scorecards' },
        { to: '/verdict-rounds', label: 'Verdict rounds' },
        ...(isPartner ? [] : [{ to: '/registrations', label: 'Registered leads' }]),
      ]}
    />
  );
}
