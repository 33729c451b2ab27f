import type { Role } from '../../api/session.ts';
import { defineRoom } from '../../shell/rooms.ts';

const readers: Role[] = ['marketing', 'sales_manager', 'rep', 'partner', 'management', 'finance'];

const changers: Role[] = ['marketing', 'sales_manager', 'rep'];

export const room = defineRoom({
  screens: [
    { path: '/leads', title: 'Leads', may: readers, load: () => import('./LeadList.tsx') },
    { path: '/leads/change', title: 'Change many leads', may: changers, load: () => import('./LeadChangeNew.tsx') },
    { path: '/lead-changes', title: 'Changes of many leads', may: changers, load: () => import('./LeadChangeList.tsx') },
    { path: '/lead-changes/$id', title: 'Change of many leads', may: changers, load: () => import('./LeadChangeRun.tsx') },
  ],
  nav: [{ to: '/leads', label: 'Leads', group: 'Database', order: 10, may: readers, goKey: 'l', thumb: { icon: 'leads', order: 20 } }],
});
