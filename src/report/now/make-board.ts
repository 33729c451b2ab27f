import type { Scope } from '../../platform/access/index.ts';
import type { Context } from '../../platform/context.ts';
import { addDays, dateIn, startOfDay, startOfWeek } from '../../platform/values/period.rules.ts';
import { findWorkspace, loadNames } from '../workspace.queries.ts';
import type { Board } from './now.contract.ts';
import { countOwed, countSpeed, countUnassigned, listParents, listRedirected } from './now.queries.ts';
import { shapeBoard } from './now.rules.ts';

/** First contacts are measured over a week: long enough for a median, short enough to see what was changed yesterday. */
const speedDays = 7;

/** The manager's board, as all stands this instant; days are the workspace's. */
export const makeBoard = (cx: Context, scope: Scope): Promise<Board> =>
  cx.db.read(scope, async (tx) => {
    const now = cx.clock.now();
    const { timeZone } = await findWorkspace(tx);
    const today = dateIn(now, timeZone);
    const days = { today, monday: startOfWeek(today), from: addDays(today, 1 - speedDays) };
    const counted = {
      owed: await countOwed(tx, now),
      unassigned: await countUnassigned(tx),
      redirected: await listRedirected(tx, startOfDay(days.monday, timeZone), startOfDay(today, timeZone)),
      speed: await countSpeed(tx, startOfDay(days.from, timeZone), now),
    };
    const parents = new Map((await listParents(tx)).map(({ id, parentId }) => [id, parentId]));
    return { at: now.toISOString(), ...shapeBoard(counted, { ...(await loadNames(tx)), parents }, days) };
  });
