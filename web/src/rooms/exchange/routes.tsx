import { defineRoom } from '../../shell/rooms.ts';

export const room = defineRoom({
  screens: [
    { path: '/settings/webhooks', title: 'Webhooks', may: ['administrator'], load: () => import('./Webhooks.tsx') },
    { path: '/team', title: 'Team', may: ['partner'], load: () => import('./Team.tsx') },
    { path: '/your-system', title: 'Your system', may: ['partner'], load: () => import('./YourSystem.tsx') },
  ],
  nav: [
    { to: '/team', label: 'Team', group: 'House', order: 4, may: ['partner'], only: 'partner' },
    { to: '/your-system', label: 'Your system', group: 'House', order: 5, may: ['partner'], only: 'partner' },
  ],
});
