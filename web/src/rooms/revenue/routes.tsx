import type { Role } from '../../api/session.ts';
import { defineRoom } from '../../shell/rooms.ts';

const sellers: Role[] = ['marketing', 'sales_manager', 'rep', 'management', 'finance'];
const money: Role[] = ['marketing', 'sales_manager', 'management', 'finance'];

export const room = defineRoom({
  screens: [
    { path: '/opportunities', title: 'Opportunities', may: sellers, load: () => import('./Opportunities.tsx') },
    { path: '/opportunities/$id', title: 'Opportunity', may: sellers, load: () => import('./OpportunityPage.tsx') },
    { path: '/money', title: 'Money', may: money, load: () => import('./Money.tsx') },
    { path: '/invoices/$id', title: 'Invoice', may: money, load: () => import('./InvoicePage.tsx') },
    { path: '/claims', title: 'Sales nobody reported', may: money, load: () => import('./Claims.tsx') },
    { path: '/claims/$id', title: 'A sale nobody reported', may: money, load: () => import('./ClaimPage.tsx') },
  ],
  nav: [
    { to: '/opportunities', label: 'Opportunities', group: 'Work', order: 50, may: sellers },
    { to: '/money', label: 'Money', group: 'Know', order: 40, may: money, goKey: 'm' },
  ],
});
