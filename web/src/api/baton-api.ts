import type { BatonApi as ServerApi } from '../../../src/api.contract.ts';
import type { Called } from '../../../src/platform/http/contract.ts';
import type { reportsApi } from '../../../src/report/report.contract.ts';
import type { leadsApi } from '../../../src/report/leads.contract.ts';
import type { moneyApi } from '../../../src/revenue/money.contract.ts';
import type { opportunitiesApi } from '../../../src/revenue/opportunity.contract.ts';

type Untyped = ReturnType<typeof JSON.parse>;
interface Loose {
  params: Untyped;
  query: Untyped;
  body: Untyped;
  response: Untyped;
}
type Later = typeof reportsApi & typeof leadsApi & typeof moneyApi & typeof opportunitiesApi;

/** The server's contracts, and until they are listed there, the ones of rooms still being furnished. */
export type BatonApi = Omit<{ [K in keyof Later]: Called<Later[K]> }, keyof ServerApi> & ServerApi & Record<'POST /v1/inquiries', Loose>;
