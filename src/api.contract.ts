import type { Called } from './platform/http/contract.ts';
import type { accessApi } from './platform/access/access.contract.ts';
import type { journalApi } from './journal/journal.contract.ts';

/** Every endpoint by 'METHOD /path', for callers in TypeScript: types only, nothing of it reaches a bundle. */
export type BatonEndpoints = typeof accessApi & typeof journalApi;

export type BatonApi = { [K in keyof BatonEndpoints]: Called<BatonEndpoints[K]> };
