import type { Role } from '../../api/session.ts';
import { defineRoom } from '../../shell/rooms.ts';

const may: Role[] = ['marketing', 'sales_manager', 'rep', 'management'];

export const room = defineRoom({
  screens: [
    { path: '/agreement', title: 'The agreement', may, load: () => import('./Agreement.tsx') },
    { path: '/agreement/kept', title: 'What was kept', may, load: () => import('./Kept.tsx') },
    { path: '/definition', title: 'What a lead is', may, load: () => import('./Definition.tsx') },
    { path: '/scoring', title: 'Scoring', may, load: () => import('./Scoring.tsx') },
    { path: '/questions', title: 'Qualifying questions', may, load: () => import('./Questions.tsx') },
  ],
  nav: [{ to: '/agreement', label: 'Agreement', group: 'Hand over', order: 30, may, goKey: 'a' }],
});
