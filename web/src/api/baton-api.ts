import type { z } from 'zod';

/** Stands in for src/api.contract.ts until the server's contracts are on main: every endpoint, untyped. */
export type BatonApi = Record<string, { params: z.ZodAny; query: z.ZodAny; body: z.ZodAny; response: z.ZodAny }>;
