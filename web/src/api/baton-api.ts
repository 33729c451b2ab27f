import type { BatonApi as ServerApi } from '../../../src/api.contract.ts';
import type { Called } from '../../../src/platform/http/contract.ts';
import type { reportsApi } from '../../../src/report/report.contract.ts';
import type { leadsApi } from '../../../src/report/leads.contract.ts';

type Untyped = ReturnType<typeof JSON.parse>;
interface Loose {
  params: Untyped;
  query: Untyped;
  body: Untyped;
  response: Untyped;
}
type Reports = typeof reportsApi & typeof leadsApi;
type Named = Omit<Loose, 'response'> & { response: { items: { id: string; name: string }[] } };

/** The server's contracts, and until they are listed there, the ones of rooms still being furnished. */
export type BatonApi = Omit<{ [K in keyof Reports]: Called<Reports[K]> }, keyof ServerApi> &
  ServerApi &
  Record<'POST /v1/inquiries', Loose> &
  Record<'GET /v1/programs' | 'GET /v1/sources', Named> &
  Record<'GET /v1/programs/channels', Omit<Loose, 'response'> & { response: { items: string[] } }>;
