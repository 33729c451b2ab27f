import { sql } from '../platform/db/index.ts';
import { serve } from '../platform/http/index.ts';
import type { Room } from '../platform/room.ts';
import { journalApi } from './journal.contract.ts';

export const journalRoom: Room = {
  name: 'journal',
  routes(api) {
    serve(api, journalApi, 'GET /v1/facts', { may: 'signed-in' }, async ({ cx, scope, query }) => {
      const items = await cx.db.read(scope, (tx) =>
        tx.rows(sql`select id, type, chain_id, seq, subject_id, at, actor, data from journal.fact
          where workspace_id = ${scope.workspaceId} and chain_id = ${query.chainId} order by seq limit 1000`),
      );
      return { items: items as never[] };
    });
    serve(api, journalApi, 'GET /v1/facts/parked', { may: ['administrator', 'marketing', 'management'] }, async ({ cx, scope }) => {
      const items = await cx.db.read(scope, (tx) =>
        tx.rows(
          sql`select subscriber, fact_id, problem, parked_at from journal.parked where workspace_id = ${scope.workspaceId} order by parked_at desc limit 200`,
        ),
      );
      return { items: items as never[] };
    });
  },
};
