import { defineRoom } from '../../shell/rooms.ts';

export const room = defineRoom({
  screens: [
    { path: '/settings/webhooks', title: 'Webhooks', may: ['administrator'], load: () => import('./Webhooks.tsx') },
    { path: '/your-system', title: 'Your system', may: ['partner'], load: () => import('./YourSystem.tsx') },
  ],
  nav: [{ to: '/your-system', label: 'Your system', group: 'House', order: 5, may: ['partner'], only: 'partner' }],
});
