import { defineRoom } from '../../shell/rooms.ts';

export const room = defineRoom({
  screens: [
    { path: '/calling', title: 'Calling', may: ['rep', 'sales_manager', 'marketing', 'management'], load: () => import('./CallLists.tsx') },
    {
      path: '/calling/$id',
      title: 'Calling',
      may: ['rep', 'sales_manager', 'marketing', 'management'],
      load: () => import('./CallPage.tsx'),
    },
  ],
  nav: [{ to: '/calling', label: 'Calling', group: 'Work', order: 14, may: ['rep', 'sales_manager', 'marketing', 'management'] }],
});
