import { sinceRush } from '../journal/index.ts';
import type { Room } from '../platform/room.ts';
import { extractJob } from './extract/ask-extract.ts';
import { extractCommand } from './extract/extract.cli.ts';
import { extractRoutes } from './extract/extract.routes.ts';
import { makeExtract } from './extract/make-extract.ts';
import { keptRoutes } from './agreement/kept.routes.ts';
import { tellKept } from './agreement/tell-kept.ts';
import { countListsAsked, countListsJob, countWhenStale } from './lists/count-lists.ts';
import { listRoutes } from './lists/lists.routes.ts';
import { keepRows } from './keep-rows.ts';
import { leadChangeRoutes } from './lead-changes.routes.ts';
import { reportCommands } from './report.cli.ts';
import { reportRoutes } from './report.routes.ts';
import { launchRoutes } from './launch/launch.routes.ts';
import { profileRoutes } from './territories/profile.routes.ts';
import { nowRoutes } from './now/now.routes.ts';
import { billRoutes } from './silence/bill.routes.ts';
import { scorecardRoutes } from './scorecards/scorecard.routes.ts';
import { proposeRoutes } from './territories/propose.routes.ts';
import { settleRollups } from './settle-rollups.ts';
import { reportKeeps } from './kept-of-people.ts';

export const reportRoom: Room = {
  name: 'report',
  personal: reportKeeps,
  routes(api) {
    reportRoutes(api);
    leadChangeRoutes(api);
    extractRoutes(api);
    listRoutes(api);
    profileRoutes(api);
    launchRoutes(api);
    scorecardRoutes(api);
    proposeRoutes(api);
    keptRoutes(api);
    nowRoutes(api);
    billRoutes(api);
  },
  subscribers: [keepRows],
  // Reports settle what they need themselves; the clock keeps the first reader from paying for a night of imports.
  scans: [
    { name: 'report.settle', everySeconds: 5, run: async (cx, scope) => (sinceRush(cx) > 3000 && (await settleRollups(cx, scope)), 0) },
    { name: 'report.kept', everySeconds: 300, run: tellKept },
    { name: 'report.lists', everySeconds: 60, run: async (cx, scope) => (sinceRush(cx) > 3000 ? countWhenStale(cx, scope) : 0) },
  ],
  jobs: { [extractJob]: makeExtract, [countListsJob]: countListsAsked },
  commands(program, open) {
    reportCommands(program, open);
    extractCommand(program, open);
  },
};

export { askExtract } from './extract/ask-extract.ts';
export { rebuildRows } from './rebuild-rows.ts';
export { saveSavedView } from './save-view.ts';
export { proposeTerritories } from './territories/propose-territories.ts';
