import { useApi } from '../../api/hooks.ts';
import { may as mayDo, useSession, type Role } from '../../api/session.ts';
import { defineRoom } from '../../shell/rooms.ts';

const admin: Role[] = ['administrator'];
const settings: Role[] = ['marketing', 'sales_manager', 'management', 'finance'];

/** A fact no room could digest is an alarm, wherever one is. */
function useAlarm() {
  const enabled = mayDo(useSession(), ['marketing', 'management']);
  const parked = useApi('GET /v1/facts/parked', undefined, { staleTime: 120_000, enabled }).data?.items.length;
  return parked ? { value: parked, urgent: true } : {};
}

export const room = defineRoom({
  screens: [
    { path: '/settings', title: 'Company', may: settings, load: () => import('./Company.tsx') },
    { path: '/settings/users', title: 'Users', may: ['marketing', 'sales_manager'], load: () => import('./Users.tsx') },
    { path: '/settings/tokens', title: 'API tokens', may: admin, load: () => import('./Tokens.tsx') },
    { path: '/settings/fields', title: 'Fields', may: ['marketing'], load: () => import('./Fields.tsx') },
    { path: '/settings/mail', title: 'Mail', may: ['marketing'], load: () => import('./MailSettings.tsx') },
    { path: '/settings/audit', title: 'Audit', may: ['management'], load: () => import('./Audit.tsx') },
    { path: '/settings/proof', title: 'Proof', may: ['management', 'marketing', 'finance'], load: () => import('./Proof.tsx') },
    { path: '/outbox', title: 'Outbox', may: ['marketing', 'sales_manager'], load: () => import('./Outbox.tsx') },
  ],
  nav: [
    { to: '/outbox', label: 'Outbox', group: 'House', order: 10, may: ['marketing', 'sales_manager'] },
    { to: '/settings', label: 'Settings', group: 'House', order: 20, may: settings, goKey: ',', useCount: useAlarm },
  ],
});
