import type { Role } from '../../api/session.ts';
import { defineRoom } from '../../shell/rooms.ts';

const may: Role[] = ['marketing', 'sales_manager', 'management'];

export const room = defineRoom({
  screens: [
    { path: '/routing', title: 'Routing rules', may: [...may, 'rep'], load: () => import('./Routing.tsx') },
    { path: '/routing/turns', title: 'Turns', may: [...may, 'rep'], load: () => import('./Turns.tsx') },
    { path: '/routing/$id', title: 'Dry run', may, load: () => import('./SimulationPage.tsx') },
    { path: '/territories', title: 'Territories', may, load: () => import('./Territories.tsx') },
    { path: '/territories/profile', title: 'Territory profile', may: [...may, 'finance'], load: () => import('./BalanceProfile.tsx') },
    { path: '/territories/balance', title: 'Balance territories', may: [...may, 'finance'], load: () => import('./Balance.tsx') },
    { path: '/territories/balance/$id', title: 'Proposal', may: [...may, 'finance'], load: () => import('./BalanceProposal.tsx') },
    { path: '/holders', title: 'Reps & partners', may, load: () => import('./HolderList.tsx') },
    { path: '/holders/even', title: 'Even out', may: ['marketing', 'sales_manager'], load: () => import('./EvenOut.tsx') },
    { path: '/holders/$id', title: 'Holder', may, load: () => import('./HolderPage.tsx') },
    { path: '/settings/hours', title: 'Hours', may: ['marketing', 'sales_manager', 'management'], load: () => import('./HoursSettings.tsx') },
    { path: '/settings/places', title: 'Places', may: ['marketing', 'sales_manager', 'management'], load: () => import('./Places.tsx') },
    { path: '/promise', title: 'Response promise', may: [...may, 'rep'], load: () => import('./Promise.tsx') },
  ],
  nav: [
    { to: '/routing', label: 'Routing rules', group: 'Hand over', order: 5, may },
    { to: '/territories', label: 'Territories', group: 'Hand over', order: 10, may, goKey: 't' },
    { to: '/holders', label: 'Reps & partners', group: 'Hand over', order: 20, may, goKey: 'y' },
  ],
});
