import { z } from 'zod';
import type { Contract } from '../../platform/http/contract.ts';

const count = z.int().min(0);

export const placesApi = {
  'GET /v1/places': {
    summary: 'By country, how many postcodes are known with where they lie, and how many leads of a year lie in one of them',
    response: z.object({
      items: z.array(z.object({ country: z.string().meta({ description: 'Empty: leads without a country.' }), codes: count, withCounty: count, leads: count, placed: count })),
    }),
  },
  'GET /v1/places/counties': {
    summary: 'Counties of known postcodes whose name contains what was typed',
    query: z.object({ q: z.string().trim().min(1).max(60) }),
    response: z.object({ items: z.array(z.object({ county: z.string(), state: z.string().nullable(), country: z.string() })) }),
  },
  'GET /v1/places/find': {
    summary: 'Where a postcode lies',
    query: z.object({ country: z.string().length(2), code: z.string().trim().min(1).max(12) }),
    response: z.object({
      found: z.object({ name: z.string().nullable(), state: z.string().nullable(), county: z.string().nullable(), lat: z.number(), lon: z.number() }).nullable(),
    }),
  },
} satisfies Contract;
