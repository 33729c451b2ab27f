import { z } from 'zod';
import type { Contract } from '../../platform/http/contract.ts';
import { criteria } from '../../platform/values/criteria.contract.ts';
import { completeFields, sides } from './agreement.rules.ts';

const instant = z.iso.datetime();
const version = z.int().min(1);
const leads = z.int().min(0).max(10_000_000).nullable();
const percent = z.number().min(0).max(100).nullable();
const minutes = z.int().min(1).max(100_000);
const side = z.enum(sides);

const owed = z
  .object({
    acceptMinutes: minutes,
    contactMinutes: minutes,
    verdictMinutes: minutes.nullable(),
    attempts: z.int().min(1).max(50).nullable(),
    attemptsMinutes: minutes.nullable(),
  })
  .meta({ id: 'OwedToALead', description: 'Business minutes of the holder: to accept from being given; to make contact, to judge and to have tried so often, from accepting.' });

const terms = z.object({
  kinds: z
    .array(
      z.object({
        id: z.string().min(1).max(60).regex(/^[\w-]+$/).describe('Stays the same from version to version.'),
        name: z.string().trim().min(1).max(120),
        grade: z.enum(['hot', 'warm', 'cold']).nullable(),
        where: criteria.nullable().describe('On the person and company behind a lead: fields of GET /v1/segments/fields?subject=lead.'),
        leadsMin: leads,
        leadsMax: leads,
        sharePercent: percent.describe('At least this share of all leads.'),
      }),
    )
    .max(20)
    .describe('Which leads sales wants, in what mix and volume, a month.'),
  marketing: z.object({
    leadsMin: leads,
    leadsMax: leads,
    rightPercent: percent.describe('Of the leads judged: not thrown out for one of wrongReasons.'),
    wrongReasons: z.array(z.string().trim().min(1).max(200)).max(30),
    completePercent: percent,
    complete: z.array(z.enum(completeFields)).max(completeFields.length),
  }),
  sales: z.object({ hot: owed, warm: owed, cold: owed, keptPercent: z.number().min(1).max(100).describe('Each promise is kept for at least this share of hand-offs.') }),
  breach: z.object({ remindAtPercent: z.number().min(1).max(99), redirectsMax: z.int().min(0).max(20) }),
});
/** The terms as somebody drafts them; which definition they speak of is the one in force. */
export const agreementTerms = terms.meta({ id: 'AgreementTerms' });
const content = terms.extend({ definitionVersion: version }).meta({ id: 'AgreementContent' });

const sections = z.array(z.object({ title: z.string(), sentences: z.array(z.object({ key: z.string(), text: z.string() })) }));
const changes = z
  .array(z.object({ title: z.string(), was: z.string().nullable(), now: z.string().nullable() }))
  .describe('Sentence by sentence, against the version signed last: null is nothing.');
const signature = z.object({ side, userId: z.uuid(), name: z.string(), signedAt: instant, hash: z.string(), intact: z.boolean().describe('The words still have the hash that was signed.') });

const agreement = z
  .object({
    version,
    content,
    sections,
    hash: z.string().describe('SHA-256 of version, day and words: what a signature signs.'),
    startsOn: z.iso.date().nullable().describe('The day it is to begin; null: as soon as both have signed.'),
    note: z.string().nullable(),
    draftedAt: instant,
    draftedBy: z.string().nullable(),
    fromAt: instant.nullable(),
    untilAt: instant.nullable().describe('Where the next version begins.'),
    signatures: z.array(signature),
  })
  .meta({ id: 'Agreement' });

const draftBody = z.object({ content: agreementTerms, startsOn: z.iso.date().nullish(), note: z.string().max(500).nullish() });

export const agreementApi = {
  'GET /v1/agreement': {
    summary: 'What marketing and sales agreed: the version in force, one that is signed and yet to begin, the draft, and all versions',
    response: z.object({
      inForce: agreement.nullable(),
      coming: agreement.nullable(),
      draft: agreement.extend({ changes }).nullable(),
      versions: z.array(z.object({ version, fromAt: instant.nullable(), untilAt: instant.nullable(), note: z.string().nullable(), signedBy: z.array(z.string()) })),
      definition: z.object({ version, sentence: z.string() }).describe('The one in force now, which a draft speaks of.'),
      sign: z.array(z.object({ side, why: z.string().nullable() })).describe('Whether you may sign the draft for a side: null, or why not.'),
    }),
  },
  'GET /v1/agreement/versions/:version': {
    summary: 'A version of the agreement, word for word',
    params: z.object({ version: z.coerce.number().int().min(1).max(1_000_000) }),
    response: agreement.extend({ changes }),
  },
  'POST /v1/agreement/words': {
    summary: 'The words of terms as they would be signed, and what they change; nothing is saved',
    body: draftBody,
    response: z.object({ sections, changes }),
  },
  'PUT /v1/agreement/draft': {
    summary: 'Write the draft; signatures on what it said before are void',
    body: draftBody,
    response: z.object({ version }),
  },
  'DELETE /v1/agreement/draft': { summary: 'Withdraw the draft', response: z.object({ withdrawn: version }) },
  'POST /v1/agreement/sign': {
    summary: 'Sign the draft for a side, as a person signed in; with both signatures it holds, from its day or at once',
    body: z.object({ side, hash: z.string().length(64).describe('Of the words that were read.') }),
    response: z.object({ version, inForceFrom: instant.nullable() }),
  },
} satisfies Contract;
