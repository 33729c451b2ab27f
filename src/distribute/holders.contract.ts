import { z } from 'zod';
import type { Contract } from '../platform/http/contract.ts';

const wallTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
const day = z
  .array(z.tuple([wallTime, wallTime]))
  .max(6)
  .optional();
const localDate = z.iso.date();
const perWeek = z.number().min(0).max(100_000);
const capacityByGrade = z
  .object({ hot: perWeek.optional(), warm: perWeek.optional(), cold: perWeek.optional() })
  .meta({ description: 'Leads a week of each grade, beside the total; fractions allowed; a grade left out has no limit of its own.' });

export const calendarShape = z
  .object({
    hours: z.object({ mon: day, tue: day, wed: day, thu: day, fri: day, sat: day, sun: day }),
    holidays: z.array(localDate).max(400).default([]),
  })
  .meta({ id: 'Calendar', description: 'Weekly hours in the holder’s time zone, and local dates that do not count.' });

const certificates = z
  .array(z.object({ name: z.string().trim().min(1).max(100), until: localDate.nullable() }))
  .max(100)
  .meta({ description: 'What a partner is certified for, and the last day of each in its time zone; null: it does not end.' });

const catchUp = z.boolean().meta({ description: 'Goes on earning turns while away, and is given them afterwards; otherwise nothing is earned and nothing owed.' });
export const absenceShape = z
  .object({ id: z.uuid(), holderId: z.uuid(), startsOn: localDate, endsOn: localDate, note: z.string().nullable(), catchUp })
  .meta({ id: 'Absence' });

export const holderShape = z
  .object({
    id: z.uuid(),
    kind: z.enum(['rep', 'partner', 'desk', 'nurture']),
    name: z.string(),
    email: z.string().nullable(),
    phone: z.string().nullable(),
    userId: z.uuid().nullable(),
    externalId: z.string().nullable(),
    country: z.string().nullable(),
    postalCode: z.string().nullable().meta({ description: 'In that country: where they work from, for rules that give a lead to whoever is nearest.' }),
    capacityPerWeek: z.number().nullable().meta({ description: 'Leads a week, fractions allowed; null = no limit.' }),
    capacityByGrade,
    openMost: z.int().nullable().meta({ description: 'Open leads held at most; null = no limit.' }),
    weight: z.number(),
    calendar: calendarShape.nullable(),
    timeZone: z.string(),
    languages: z.array(z.string()),
    verticals: z.array(z.string()),
    tier: z.string().nullable().meta({ description: 'Of a partner: Gold, Silver …' }),
    productLines: z.array(z.string()).meta({ description: 'Words of the products a partner carries.' }),
    certificates,
    active: z.boolean(),
    openLeads: z.int().meta({ description: 'Open leads held now.' }),
    unanswered: z.int().meta({ description: 'Of those, not yet accepted.' }),
    lastWeekByGrade: z.object({ hot: z.int(), warm: z.int(), cold: z.int() }),
    lastWeek: z.int().meta({ description: 'Given in the last seven days, as capacity counts them.' }),
    awayUntilOn: z.string().nullable(),
    absences: z.array(absenceShape),
    holidays: z.array(z.object({ id: z.uuid(), name: z.string() })).meta({ description: 'Lists of public holidays on which their clocks rest.' }),
    territories: z.array(z.object({ id: z.uuid(), name: z.string(), weight: z.number() })),
  })
  .meta({ id: 'Holder' });

const editable = {
  name: z.string().trim().min(1).max(200),
  email: z.email().max(254).nullish(),
  phone: z.string().max(60).nullish(),
  userId: z.uuid().nullish(),
  externalId: z.string().trim().min(1).max(200).nullish(),
  country: z.string().length(2).toUpperCase().nullish(),
  postalCode: z.string().trim().min(1).max(12).nullish(),
  capacityPerWeek: perWeek.nullish(),
  capacityByGrade: capacityByGrade.optional(),
  openMost: z.int().min(0).max(1_000_000).nullish(),
  weight: z.number().min(0).max(1000).optional(),
  calendar: calendarShape.nullish(),
  timeZone: z.string().max(60).optional(),
  languages: z.array(z.string().max(20)).max(30).optional(),
  verticals: z.array(z.string().max(100)).max(100).optional(),
  tier: z.string().trim().max(60).nullish(),
  productLines: z.array(z.string().trim().min(1).max(100)).max(200).optional(),
  certificates: certificates.optional(),
};

export const holdersApi = {
  'GET /v1/holders': {
    summary: 'Reps, partners, the desk and nurture, with their load and absences',
    query: z.object({ kind: z.enum(['rep', 'partner', 'desk', 'nurture']).optional(), active: z.stringbool().optional() }),
    response: z.object({ items: z.array(holderShape) }),
  },
  'POST /v1/holders': {
    summary: 'Add a rep or a partner',
    body: z.object({ ...editable, kind: z.enum(['rep', 'partner']), territoryIds: z.array(z.uuid()).max(200).optional() }),
    response: holderShape,
  },
  'GET /v1/holders/:id': { summary: 'One holder', params: z.object({ id: z.uuid() }), response: holderShape },
  'PATCH /v1/holders/:id': {
    summary: 'Change a holder; deactivating one moves all of its open leads at once',
    params: z.object({ id: z.uuid() }),
    body: z.object({ ...editable, name: editable.name.optional(), active: z.boolean().optional() }),
    response: holderShape,
  },
  'POST /v1/holders/:id/absences': {
    summary: 'Record an absence; no leads are given while it lasts',
    params: z.object({ id: z.uuid() }),
    body: z.object({ startsOn: localDate, endsOn: localDate, note: z.string().max(500).nullish(), catchUp: catchUp.default(false) }),
    response: absenceShape,
  },
  'DELETE /v1/holders/:id/absences/:absenceId': {
    summary: 'Remove an absence',
    params: z.object({ id: z.uuid(), absenceId: z.uuid() }),
    response: z.object({ removed: z.boolean() }),
  },
} satisfies Contract;
