import type { Role } from '../../platform/access/index.ts';
import { serve, type Api } from '../../platform/http/index.ts';
import { countUnread, listReadings } from './readings.queries.ts';
import { readingsApi } from './readings.contract.ts';
import { sayReading, unsayReading } from './say-reading.ts';
import { functionNames, levelNames } from '../../platform/values/standard/title-names.rules.ts';
import { titleFunctions, titleLevels } from '../../platform/values/standard/title-words.rules.ts';
import { sectorCodes, sectors } from '../../platform/values/standard/sectors.rules.ts';

const readers: Role[] = ['marketing', 'sales_manager', 'rep', 'management', 'finance'];

export function readingRoutes(api: Api): void {
  serve(api, readingsApi, 'GET /v1/readings', { may: readers }, ({ cx, scope, query }) =>
    cx.db.read(scope, async (tx) => ({
      items: (await listReadings(tx, query.kind, query.which, query.limit)).map(({ said, count, level, function: does, sector, words, saidByName, saidAt }) => ({
        said,
        count,
        level,
        function: does,
        sector,
        words,
        saidBy: saidByName,
        saidAt: saidAt?.toISOString() ?? null,
      })),
      levels: titleLevels.map((code) => ({ code, label: levelNames[code] })),
      functions: titleFunctions.map((code) => ({ code, label: functionNames[code] })),
      sectors: sectorCodes.map((code) => ({ code, label: sectors[code] })),
    })),
  );
  serve(api, readingsApi, 'GET /v1/readings/unread', { may: readers }, ({ cx, scope }) => cx.db.read(scope, (tx) => countUnread(tx)));
  serve(api, readingsApi, 'POST /v1/readings', { may: ['marketing'] }, async ({ cx, scope, body }) => {
    await cx.db.write(scope, (tx) => sayReading(tx, cx, body));
    return { done: true as const };
  });
  serve(api, readingsApi, 'POST /v1/readings/undo', { may: ['marketing'] }, async ({ cx, scope, body }) => {
    await cx.db.write(scope, (tx) => unsayReading(tx, cx, body.kind, body.said));
    return { done: true as const };
  });
}
