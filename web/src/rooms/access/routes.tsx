import { defineRoom } from '../../shell/rooms.ts';

export const room = defineRoom({
  screens: [
    { path: '/sign-in', title: 'Sign in', bare: true, load: () => import('./SignIn.tsx') },
    { path: '/setup', title: 'Set up', bare: true, load: () => import('./SetUp.tsx') },
    { path: '/invitation', title: 'Welcome', bare: true, load: () => import('./Invitation.tsx') },
  ],
  nav: [],
});
