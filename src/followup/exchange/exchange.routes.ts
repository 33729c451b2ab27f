import { decodeCursor, encodeCursor, serve } from '../../platform/http/index.ts';
import type { Api } from '../../platform/http/index.ts';
import { refuse } from '../../platform/refusal.ts';
import { exchangeApi } from './exchange.contract.ts';
import { listNews } from './exchange.queries.ts';
import { showLeads } from './show-leads.ts';
import { holderOf, takeAnswers } from './take-answers.ts';

const may = ['partner'] as const;

/** What a partner's own system reads and says. */
export function exchangeRoutes(api: Api): void {
  serve(api, exchangeApi, 'GET /v1/exchange/leads', { may }, async ({ cx, scope, query }) => {
    const holderId = holderOf(scope);
    const after = Number(decodeCursor(query.after)?.[0] ?? 0);
    if (query.after !== undefined && !(Number.isSafeInteger(after) && after > 0))
      refuse('invalid', 'followup/cursor', 'This is no cursor of ours. Send back the one of the last answer as it was, or none to begin at the beginning.');
    const news = await cx.db.read(scope, (tx) => listNews(tx, holderId, after, query.limit + 1));
    const page = news.slice(0, query.limit);
    const leads = await showLeads(cx, scope.workspaceId, holderId, page.map(({ leadId }) => leadId));
    const last = page.at(-1);
    return {
      items: page.flatMap(({ leadId }) => leads.get(leadId) ?? []),
      cursor: last ? encodeCursor([last.no]) : (query.after ?? null),
      more: news.length > query.limit,
    };
  });
  serve(api, exchangeApi, 'GET /v1/exchange/leads/:id', { may }, async ({ cx, scope, params }) => {
    const leads = await showLeads(cx, scope.workspaceId, holderOf(scope), [params.id]);
    return leads.get(params.id) ?? refuse('not-found', 'followup/no-such-lead', 'There is no such lead, or you do not hold it.');
  });
  serve(api, exchangeApi, 'POST /v1/exchange/answers', { may }, async ({ cx, scope, body }) => {
    const items = await takeAnswers(cx, scope, body.answers);
    const count = (outcome: string): number => items.filter((one) => one.outcome === outcome).length;
    return { items, taken: count('taken'), known: count('known'), refused: count('refused') };
  });
}
