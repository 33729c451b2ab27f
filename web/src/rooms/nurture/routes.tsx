import type { Role } from '../../api/session.ts';
import { defineRoom } from '../../shell/rooms.ts';

const may: Role[] = ['marketing', 'sales_manager', 'management'];

export const room = defineRoom({
  screens: [{ path: '/nurture', title: 'Nurture', may, load: () => import('./NurtureList.tsx') }],
  nav: [{ to: '/nurture', label: 'Nurture', group: 'Keep warm', order: 10, may, goKey: 'w' }],
});
