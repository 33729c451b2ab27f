import type { ReactNode } from 'react';
import { may, useSession } from '../../api/session.ts';
import { Page, PageTitle, Tabs } from '../../ui/index.tsx';

/** The parts of Settings; each has its own address. */
export function SettingsFrame({ children, fill }: { children: ReactNode; fill?: boolean }) {
  const session = useSession();
  const tabs = [
    { to: '/settings', label: 'Company', show: true },
    { to: '/settings/users', label: 'Users', show: may(session, ['marketing', 'sales_manager']) },
    { to: '/settings/tokens', label: 'API tokens', show: may(session, []) },
    { to: '/settings/webhooks', label: 'Webhooks', show: may(session, []) },
    { to: '/settings/sources', label: 'Sources', show: may(session, ['marketing']) },
    { to: '/settings/fields', label: 'Fields', show: may(session, ['marketing']) },
    { to: '/settings/values', label: 'Values', show: may(session, ['marketing']) },
    { to: '/settings/hours', label: 'Hours', show: may(session, ['marketing', 'sales_manager', 'management']) },
    { to: '/settings/places', label: 'Places', show: may(session, ['marketing', 'sales_manager', 'management']) },
    { to: '/settings/consent', label: 'Consent', show: may(session, ['marketing', 'sales_manager']) },
    { to: '/settings/privacy', label: 'Privacy', show: may(session, ['marketing']) },
    { to: '/settings/mail', label: 'Mail', show: may(session, ['marketing']) },
    { to: '/settings/audit', label: 'Audit', show: may(session, ['management']) },
    { to: '/settings/proof', label: 'Proof', show: may(session, ['management', 'marketing', 'finance']) },
  ].filter((tab) => tab.show);
  return (
    <Page fill={fill}>
      <PageTitle title="Settings" question="How is this house run, and by whom?" />
      <Tabs label="Settings" tabs={tabs} />
      {children}
    </Page>
  );
}
