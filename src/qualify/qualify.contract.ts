import { z } from 'zod';
import type { Contract } from '../platform/http/contract.ts';
import { criteria } from '../platform/values/criteria.contract.ts';

const id = z.uuid();
const instant = z.iso.datetime();
const grade = z.enum(['hot', 'warm', 'cold']);
const reason = z.object({ label: z.string(), points: z.number(), detail: z.string() }).meta({ id: 'ScoreReason' });

export const scoringScheme = z
  .object({
    rules: z
      .array(
        z.object({
          id: z.string().min(1).max(60),
          label: z.string().trim().min(1).max(120),
          kind: z.enum(['fit', 'interest']).describe('Fit is about who they are and stays; interest is about what they did and decays.'),
          points: z.number().int().min(-100).max(100),
          when: criteria,
        }),
      )
      .max(200),
    halfLifeDays: z.number().int().min(1).max(3650),
    hotFrom: z.number().int().min(-1000).max(1000),
    warmFrom: z.number().int().min(-1000).max(1000),
  })
  .meta({ id: 'ScoringScheme' });

export const question = z.object({
  key: z.string().regex(/^[a-z][a-zA-Z0-9_]{0,40}$/),
  label: z.string().trim().min(1).max(200),
  hint: z.string().max(500).default(''),
  choices: z.array(z.string().trim().min(1).max(200)).max(30).describe('Empty: any text.'),
});

const made = { version: z.number().int(), madeAt: instant.nullable(), madeBy: z.string().nullable(), note: z.string().nullable() };
const fieldChoice = z.object({ field: z.string(), label: z.string(), type: z.enum(['text', 'number', 'boolean', 'instant', 'country']) });
const preview = z
  .object({ inquiries: z.number().int(), wouldBeLeads: z.number().int(), areLeads: z.number().int() })
  .describe('Of the last thousand inquiries.');

export const qualifyApi = {
  'GET /v1/definition': {
    summary: 'The definition of a lead in force, as conditions and as a sentence',
    response: z.object({
      ...made,
      criteria,
      sentence: z.string(),
      fields: z.array(fieldChoice),
      preview,
      history: z.array(z.object({ ...made, sentence: z.string() })),
    }),
  },
  'PUT /v1/definition': {
    summary: 'Change the definition: a new version, for inquiries from now on',
    body: z.object({ criteria, note: z.string().max(500).optional() }),
    response: z.object({ version: z.number().int(), sentence: z.string(), preview }),
  },
  'POST /v1/definition/preview': {
    summary: 'How many of the last thousand inquiries would be leads by these conditions',
    body: z.object({ criteria }),
    response: z.object({
      sentence: z.string(),
      preview,
      examples: z.array(z.object({ inquiryId: id, receipt: z.string(), name: z.string(), isLead: z.boolean(), why: z.array(z.string()) })),
    }),
  },
  'GET /v1/scoring': {
    summary: 'The scoring rules in force',
    response: z.object({ ...made, scheme: scoringScheme, fields: z.array(fieldChoice), sentences: z.record(z.string(), z.string()) }),
  },
  'PUT /v1/scoring': {
    summary: 'Change the scoring rules; open leads are rescored in the background',
    body: z.object({ scheme: scoringScheme, note: z.string().max(500).optional() }),
    response: z.object({ version: z.number().int() }),
  },
  'GET /v1/questions': { summary: 'The qualifying questions', response: z.object({ ...made, questions: z.array(question) }) },
  'PUT /v1/questions': {
    summary: 'Change the qualifying questions',
    body: z.object({ questions: z.array(question).min(1).max(30), note: z.string().max(500).optional() }),
    response: z.object({ version: z.number().int() }),
  },
  'PATCH /v1/leads/:id/qualification': {
    summary: 'Note answers to the qualifying questions; the lead is rescored',
    params: z.object({ id }),
    body: z.object({ answers: z.record(z.string().max(60), z.string().max(2000).nullable()) }),
    response: z.object({
      leadId: id,
      score: z.number().int(),
      grade,
      answers: z.record(z.string(), z.string().nullable()),
      reasons: z.array(reason),
    }),
  },
  'GET /v1/leads/:id/score': {
    summary: 'A lead’s score with its reasons, now',
    params: z.object({ id }),
    response: z.object({
      leadId: id,
      score: z.number().int(),
      grade,
      reasons: z.array(reason),
      scoredAt: instant,
      gradeFallsAt: instant.nullable(),
      definitionVersion: z.number().int(),
      answers: z.record(z.string(), z.string().nullable()),
      questions: z.array(question),
    }),
  },
} satisfies Contract;
