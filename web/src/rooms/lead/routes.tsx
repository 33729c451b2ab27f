import type { Role } from '../../api/session.ts';
import { defineRoom } from '../../shell/rooms.ts';

const readers: Role[] = ['marketing', 'sales_manager', 'rep', 'partner', 'management', 'finance'];

export const room = defineRoom({
  screens: [{ path: '/leads', title: 'Leads', may: readers, load: () => import('./LeadList.tsx') }],
  nav: [{ to: '/leads', label: 'Leads', group: 'Database', order: 10, may: readers, goKey: 'l', thumb: { icon: 'leads', order: 20 } }],
});
