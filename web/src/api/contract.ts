import type { BatonApi } from '../../../src/api.contract.ts';

/** Types only: the server's contracts are erased at build time, nothing of the server reaches the bundle. */
export type Endpoint = keyof BatonApi;
export type Params<K extends Endpoint> = BatonApi[K]['params'];
export type Query<K extends Endpoint> = BatonApi[K]['query'];
export type Body<K extends Endpoint> = BatonApi[K]['body'];
export type Answer<K extends Endpoint> = BatonApi[K]['response'];
export type Item<K extends Endpoint> = Answer<K> extends { items: (infer I)[] } ? I : never;

/** What a call needs beside its name. A query's values may be given as the text that stands in the address bar. */
export type Input<K extends Endpoint> = ([Params<K>] extends [undefined] ? { params?: Params<K> } : { params: Params<K> }) & {
  query?: { [P in keyof NonNullable<Query<K>>]?: unknown };
  body?: Body<K>;
};
