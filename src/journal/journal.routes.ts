import { journalKeeps } from './kept-of-people.ts';
import { serve } from '../platform/http/index.ts';
import type { Room } from '../platform/room.ts';
import { journalApi } from './journal.contract.ts';
import { listFacts, listParked } from './journal.queries.ts';

export const journalRoom: Room = {
  name: 'journal',
  personal: journalKeeps,
  routes(api) {
    serve(api, journalApi, 'GET /v1/facts', { may: 'signed-in' }, async ({ cx, scope, query }) => ({
      items: (await cx.db.read(scope, (tx) => listFacts(tx, query.chainId))).map((fact) => ({ ...fact, data: { ...fact.data } })),
    }));
    serve(api, journalApi, 'GET /v1/facts/parked', { may: ['administrator', 'marketing', 'management'] }, async ({ cx, scope }) => ({
      items: await cx.db.read(scope, listParked),
    }));
  },
};
