import { defineRoom } from '../../shell/rooms.ts';

const everybody = ['marketing', 'sales_manager', 'management', 'finance', 'rep'] as const;

const managers = ['marketing', 'sales_manager', 'management'] as const;
const readers = ['marketing', 'sales_manager', 'management', 'finance'] as const;

export const room = defineRoom({
  screens: [
    { path: '/board', title: 'Now', may: [...managers], load: () => import('./Board.tsx') },
    { path: '/loop', title: 'The loop', may: ['marketing', 'sales_manager', 'management'], load: () => import('./Loop.tsx') },
    { path: '/fates', title: 'Fates', may: ['marketing', 'sales_manager', 'management', 'finance'], load: () => import('./FateList.tsx') },
    { path: '/scoreboard', title: 'Scoreboard', may: [...everybody], load: () => import('./Scoreboard.tsx') },
    { path: '/reports', title: 'Reports', may: [...everybody], load: () => import('./Reports.tsx') },
    { path: '/lists', title: 'List quality', may: [...readers], load: () => import('./Lists.tsx') },
    { path: '/lists/$id', title: 'List', may: [...readers], load: () => import('./ListPage.tsx') },
    { path: '/scorecards', title: 'Scorecards', may: ['marketing', 'sales_manager', 'management', 'partner', 'rep'], load: () => import('./Scorecards.tsx') },
    { path: '/scorecards/$id', title: 'Scorecard', may: ['marketing', 'sales_manager', 'management', 'partner', 'rep'], load: () => import('./ScorecardPage.tsx') },
    { path: '/silence', title: 'Silence bill', may: [...managers, 'partner', 'rep'], load: () => import('./SilenceBill.tsx') },
    { path: '/extracts', title: 'Extracts', may: ['marketing', 'finance'], load: () => import('./Extracts.tsx') },
    { path: '/reports/$name', title: 'Reports', may: [...everybody], load: () => import('./Reports.tsx') },
  ],
  nav: [
    { to: '/board', label: 'Now', group: 'Work', order: 4, goKey: 'b', may: [...managers] },
    {
      to: '/loop',
      label: 'The loop',
      group: 'Work',
      order: 5,
      goKey: 'h',
      may: ['marketing', 'sales_manager', 'management'],
      thumb: { icon: 'loop', order: 2 },
    },
    {
      to: '/scoreboard',
      label: 'Scoreboard',
      group: 'Know',
      order: 5,
      goKey: 's',
      may: [...everybody],
      thumb: { icon: 'score', order: 4 },
    },
    { to: '/reports', label: 'Reports', group: 'Know', order: 10, goKey: 'r', may: [...everybody], thumb: { icon: 'reports', order: 6 } },
    { to: '/scorecards', label: 'Scorecards', group: 'Know', order: 7, may: ['marketing', 'sales_manager', 'management', 'partner', 'rep'] },
    { to: '/silence', label: 'Silence bill', group: 'Know', order: 7.5, may: [...managers, 'partner', 'rep'] },
    { to: '/lists', label: 'List quality', group: 'Database', order: 37.5, may: [...readers] },
    { to: '/extracts', label: 'Extracts', group: 'House', order: 15, may: ['marketing', 'finance'] },
  ],
});
