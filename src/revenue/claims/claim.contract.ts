import { z } from 'zod';
import type { Contract } from '../../platform/http/contract.ts';
import { proofs } from './claim.rules.ts';

const id = z.uuid();
const named = z.object({ id, name: z.string() });
const proof = z.enum(proofs);
const state = z.enum(['credited', 'known', 'ask', 'none', 'apart']);
const reported = z.enum(['bad', 'dont_know', 'silent']);
const minor = z.int();

export const claimItem = z
  .object({
    id,
    proof,
    number: z.string().nullable(),
    serial: z.string().nullable(),
    product: z.string().nullable(),
    quantity: z.number().nullable(),
    soldOn: z.iso.date(),
    valueMinor: minor.nullable(),
    currency: z.string(),
    distributor: z.string().nullable(),
    holder: named.nullable(),
    /** the buyer as the row says it */
    said: z.record(z.string(), z.string()),
    person: named.nullable(),
    organization: named.nullable(),
    isNew: z.boolean(),
    state,
    lead: named.nullable(),
    opportunityId: id.nullable(),
    known: z.object({ kind: z.enum(['opportunity', 'invoice', 'claim']), id }).nullable(),
    reported: reported.nullable(),
    reportedBy: named.nullable(),
    reasons: z.array(z.object({ label: z.string(), detail: z.string() })),
    decidedAt: z.string().nullable(),
    importId: id.nullable(),
  })
  .meta({ id: 'Claim' });

const candidate = z.object({
  leadId: id,
  who: z.enum(['person', 'organization', 'possible']),
  points: z.int(),
  zone: z.enum(['sure', 'ask', 'no']),
  evidence: z.array(z.object({ label: z.string(), points: z.int(), detail: z.string() })),
  /** the lead as it stands */
  person: named.nullable(),
  organization: named.nullable(),
  product: z.string().nullable(),
  place: z.string().nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  qualifiedAt: z.string(),
  grade: z.enum(['hot', 'warm', 'cold']),
  fate: z.string().nullable(),
  verdict: z.string().nullable(),
  program: named.nullable(),
  holder: named.nullable(),
});
export const claimView = claimItem.extend({ candidates: z.array(candidate) }).meta({ id: 'ClaimView' });

const filters = {
  state: state.optional(),
  proof: proof.optional(),
  reported: z.enum(['bad', 'dont_know', 'silent', 'any']).optional(),
  isNew: z.enum(['true', 'false']).optional(),
  holderId: id.optional(),
  reportedBy: id.optional(),
  leadId: id.optional(),
  importId: id.optional(),
  text: z.string().max(200).optional(),
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
};

const sum = z.object({ count: z.int(), valueMinor: minor });
export const claimSummary = z
  .object({
    currency: z.string(),
    credited: sum,
    known: sum,
    ask: sum,
    /** neither the person nor the organization was known before, and no lead explains the sale */
    unknownCustomers: sum,
    withoutLead: sum,
    reported: sum,
    byDistributor: z.array(z.object({ holder: named, sales: z.int(), valueMinor: minor, bad: sum, dontKnow: sum, silent: sum })),
  })
  .meta({ id: 'ClaimSummary' });

export const claimsApi = {
  'GET /v1/claims': {
    summary: 'Sales told by distributors’ files, warranty cards and rebate claims, and what each was matched to.',
    query: z.object({ cursor: z.string().max(500).optional(), limit: z.coerce.number().int().min(1).max(200).default(50), ...filters }),
    response: z.object({ items: z.array(claimItem), nextCursor: z.string().nullable() }),
  },
  'GET /v1/claims/summary': {
    summary: 'What such files brought: sales credited, unknown end customers found, and what had been reported of leads that turn out sold.',
    query: z.object({ from: filters.from, to: filters.to }),
    response: claimSummary,
  },
  'GET /v1/claims/:id': { summary: 'One claim with the leads that may explain it, each with its evidence.', params: z.object({ id }), response: claimView },
  'POST /v1/claims/:id/decide': {
    summary: 'Say which lead a claim belongs to, or null for none of them; it stands above what was found.',
    params: z.object({ id }),
    body: z.object({ leadId: id.nullable() }),
    response: claimView,
  },
  'POST /v1/claims/:id/undecide': { summary: 'Take what was said of a claim back; it is matched by the rule again.', params: z.object({ id }), response: claimView },
} satisfies Contract;
