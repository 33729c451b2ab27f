import { sinceRush } from '../journal/index.ts';
import type { Room } from '../platform/room.ts';
import { keepRows } from './keep-rows.ts';
import { reportCommands } from './report.cli.ts';
import { reportRoutes } from './report.routes.ts';
import { settleRollups } from './settle-rollups.ts';

export const reportRoom: Room = {
  name: 'report',
  routes: reportRoutes,
  subscribers: [keepRows],
  // Reports settle what they need themselves; the clock keeps the first reader from paying for a night of imports.
  scans: [
    { name: 'report.settle', everySeconds: 5, run: async (cx, scope) => (sinceRush(cx) > 3000 && (await settleRollups(cx, scope)), 0) },
  ],
  commands: reportCommands,
};

export { rebuildRows } from './rebuild-rows.ts';
export { saveSavedView } from './save-view.ts';
