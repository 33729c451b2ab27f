import type { z } from 'zod';

/** One endpoint as the server serves it, the web app and the command line call it, and OpenAPI describes it. */
export interface Endpoint {
  summary: string;
  params?: z.ZodType;
  query?: z.ZodType;
  body?: z.ZodType;
  response?: z.ZodType;
}

/** Endpoints keyed by method and path: 'GET /v1/leads/:id'. */
export type Contract = Record<`${'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'} /${string}`, Endpoint>;

type Of<E, K extends string> = E extends Record<K, infer S> ? (S extends z.ZodType ? z.output<S> : undefined) : undefined;
type In<E, K extends string> = E extends Record<K, infer S> ? (S extends z.ZodType ? z.input<S> : undefined) : undefined;

/** What a handler receives and returns. */
export interface Served<E> {
  params: Of<E, 'params'>;
  query: Of<E, 'query'>;
  body: Of<E, 'body'>;
  response: E extends { response: infer S } ? (S extends z.ZodType ? Answer<z.input<S>> : unknown) : unknown;
}

/** A Date may stand where the contract says text: it leaves as an ISO instant. */
type Answer<T> = T extends string
  ? T | Date
  : T extends readonly (infer U)[]
    ? Answer<U>[]
    : T extends object
      ? { [K in keyof T]: Answer<T[K]> }
      : T;

/** What a caller sends and gets. */
export interface Called<E> {
  params: In<E, 'params'>;
  query: In<E, 'query'>;
  body: In<E, 'body'>;
  response: Of<E, 'response'>;
}
