import type { z } from 'zod';
import type { BatonApi } from './baton-api.ts';

/** Types only: the server's contracts are erased at build time, nothing of the server reaches the bundle. */
export type Endpoint = keyof BatonApi & string;
type Part<K extends Endpoint, P extends string> =
  BatonApi[K] extends Record<P, infer S> ? (S extends z.ZodType ? z.input<S> : never) : undefined;

export type Params<K extends Endpoint> = Part<K, 'params'>;
export type Query<K extends Endpoint> = Part<K, 'query'>;
export type Body<K extends Endpoint> = Part<K, 'body'>;
export type Answer<K extends Endpoint> = BatonApi[K] extends { response: infer S }
  ? S extends z.ZodType
    ? z.output<S>
    : unknown
  : unknown;
export type Item<K extends Endpoint> = Answer<K> extends { items: (infer I)[] } ? I : never;

/** What a call needs beside its name; parts the contract does not have stay optional. */
export type Input<K extends Endpoint> = (Params<K> extends undefined ? { params?: undefined } : { params: Params<K> }) & {
  query?: Query<K> extends undefined ? undefined : Partial<Record<keyof Query<K>, unknown>>;
  body?: Body<K>;
};
