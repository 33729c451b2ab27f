import { z } from 'zod';
import type { Contract } from '../platform/http/contract.ts';

const id = z.uuid();
const count = z.number().int().min(0);

export const fieldType = z.enum(['text', 'email', 'phone', 'date', 'datetime', 'money', 'number', 'boolean', 'country']);

export const importKindSchema = z
  .object({
    kind: z.string(),
    label: z.string(),
    fields: z.array(z.object({ name: z.string(), label: z.string(), type: fieldType, required: z.boolean(), /** A country that must be said for the import where no column names it. */ asked: z.boolean() })),
    /** Fields by which a row finds what is known already, the surest first, and how in a sentence. */
    matchedBy: z.object({ fields: z.array(z.string()), sentence: z.string() }),
    /** Whether rows may change what is known. */
    updates: z.boolean(),
    /** Whose own fields its columns may fill; null: nobody's. */
    ownFieldsOf: z.enum(['person', 'organization', 'inquiry']).nullable(),
    /** Whether rows only add to what is known, and make nobody. */
    appends: z.boolean(),
  })
  .meta({ id: 'ImportKind' });

export const columnSchema = z
  .object({
    /** Position in the file, from 0. */
    index: z.number().int(),
    header: z.string(),
    samples: z.array(z.string()),
    /** Sampled cells that hold something, and how many different ones. */
    filled: count,
    distinct: count,
    content: z.string(),
  })
  .meta({ id: 'ImportColumn' });
export type ImportColumn = z.infer<typeof columnSchema>;

export const analysisSchema = z
  .object({
    format: z.enum(['csv', 'xlsx', 'json', 'vcard']),
    encoding: z.string(),
    delimiter: z.string().nullable(),
    sheets: z.array(z.string()),
    /** Files of the archive it came in, and which of them was read. */
    members: z.array(z.object({ name: z.string(), bytes: count })).optional(),
    member: z.string().optional(),
    hasHeader: z.boolean(),
    columns: z.array(columnSchema),
    rowsEstimate: count,
    sentences: z.array(z.string()),
    kinds: z.array(z.object({ kind: z.string(), fit: z.number() })),
  })
  .meta({ id: 'ImportAnalysis' });
export type ImportAnalysis = z.infer<typeof analysisSchema>;

export const appendSettings = z
  .object({
    /** Who gave the values; known from then on. */
    provider: z.string().trim().min(1).max(120).optional(),
    /** What a thousand cost, in minor units of the currency: every row given back, or only those that say something of somebody known. */
    priceThousandMinor: z.number().int().min(0).max(1e12).optional(),
    pricePer: z.enum(['row', 'hit']).optional(),
    /** Until when the values may be kept; then they are taken out again. */
    licenceUntil: z.iso.date().optional(),
    /** Put the file's word in the place of what is known otherwise; never of what a person verified. */
    replace: z.boolean().optional(),
    /** How sure values are that say nothing of it themselves, from 0 to 1, and how sure they must be. */
    confidence: z.number().min(0).max(1).optional(),
    minConfidence: z.number().min(0).max(1).optional(),
    /** Values true only before this day are left. */
    notBefore: z.iso.date().optional(),
  })
  .meta({ id: 'AppendSettings' });
export type AppendSettings = z.infer<typeof appendSettings>;

export const settingsSchema = z
  .object({
    encoding: z.string().max(40).optional(),
    delimiter: z.string().length(1).optional(),
    sheet: z.string().max(200).optional(),
    /** Which file of an archive. */
    member: z.string().max(500).optional(),
    /** How text is read: a table with one record a line, JSON records, or vCards. */
    format: z.enum(['csv', 'json', 'vcard']).optional(),
    hasHeader: z.boolean().optional(),
    /** Which field each column feeds, by column position; a column not named is kept as extra. "custom.KEY" is an own field, "-" leaves it out. */
    mapping: z.record(z.string().regex(/^\d{1,5}$/), z.string().max(80)).optional(),
    /** What their values mean here, by column position and then by their value (case does not matter); "-" leaves the cell empty. */
    values: z.record(z.string().regex(/^\d{1,5}$/), z.record(z.string().max(200), z.string().max(200))).optional(),
    /** Only make new ones, only update known ones, or both; for kinds whose rows may update. */
    mode: z.enum(['create', 'update', 'both']).optional(),
    /** On what ground people of this file may be written to, where a row says nothing of it. */
    consentBasis: z.string().max(200).optional(),
    /** Whose list it is: who gave, sold or looks after it. */
    listOwner: z.string().max(200).optional(),
    /** What the list cost, in minor units of the workspace's currency. */
    listCostMinor: z.number().int().min(0).max(1e14).optional(),
    programId: id.optional(),
    /** Name of the source for rows that name none. */
    source: z.string().max(200).optional(),
    /** Make programs, reps and the like that rows name and Baton does not know. */
    createMissing: z.boolean().optional(),
    timeZone: z.string().max(60).optional(),
    /** Currency of amounts that name none. */
    currency: z.string().regex(/^[A-Z]{3}$/).optional(),
    /** Country of rows that name none. */
    country: z.string().regex(/^[A-Z]{2}$/).optional(),
    dateOrder: z.enum(['dmy', 'mdy']).optional(),
    /** For kinds that append: who gave the values, and on which terms. */
    append: appendSettings.optional(),
    /** Remember this mapping for files of the same shape under this name. */
    saveAs: z.string().max(120).optional(),
  })
  .meta({ id: 'ImportSettings' });
export type ImportSettings = z.infer<typeof settingsSchema>;

/** What is set stays set until it is said anew; null takes it back, so that the file or the company decides again. */
const settingsChange = settingsSchema.extend({
  programId: id.nullish(),
  mode: z.enum(['create', 'update', 'both']).nullish(),
  consentBasis: z.string().max(200).nullish(),
  listOwner: z.string().max(200).nullish(),
  listCostMinor: z.number().int().min(0).max(1e14).nullish(),
  source: z.string().max(200).nullish(),
  createMissing: z.boolean().nullish(),
  timeZone: z.string().max(60).nullish(),
  currency: z.string().regex(/^[A-Z]{3}$/).nullish(),
  country: z.string().regex(/^[A-Z]{2}$/).nullish(),
  dateOrder: z.enum(['dmy', 'mdy']).nullish(),
});
export type ImportSettingsChange = z.infer<typeof settingsChange>;

export const importCountsSchema = z
  .object({ rows: count, new: count, updated: count, matched: count, skipped: count, problem: count, cells: count })
  .meta({ id: 'ImportCounts' });
export type ImportCounts = z.infer<typeof importCountsSchema>;

export const importStatus = z.enum(['uploading', 'analysed', 'waiting', 'running', 'paused', 'finished', 'cancelled', 'failed', 'undoing', 'undone']);
export const importSchema = z
  .object({
    id,
    kind: z.string().nullable(),
    fileName: z.string(),
    fileBytes: count,
    status: importStatus,
    analysis: analysisSchema.nullable(),
    settings: settingsSchema,
    savedMapping: z.string().nullable(),
    counts: importCountsSchema,
    rowsDone: count,
    rowsPerSecond: z.number().nullable(),
    /** While it runs: how long it will take at this speed. */
    secondsLeft: z.number().int().nullable(),
    /** The import whose problem rows came, mended, as this one. */
    mends: id.nullable(),
    sentences: z.array(z.string()),
    problem: z.string().nullable(),
    /** An earlier import of the very same bytes. */
    sameFileAs: z.object({ id, createdAt: z.iso.datetime(), status: importStatus }).nullable(),
    createdBy: z.string().nullable(),
    createdAt: z.iso.datetime(),
    startedAt: z.iso.datetime().nullable(),
    finishedAt: z.iso.datetime().nullable(),
    undoneAt: z.iso.datetime().nullable(),
    fileErasedAt: z.iso.datetime().nullable().describe('Since when the file itself is not kept any more.'),
  })
  .meta({ id: 'Import' });
export type ImportView = z.infer<typeof importSchema>;

export const previewSchema = z
  .object({
    /** The first rows as they would be taken in, field by field. */
    rows: z.array(z.object({ row: z.number().int(), values: z.record(z.string(), z.string()), extra: z.record(z.string(), z.string()), problems: z.array(z.string()) })),
    columns: z.array(z.object({ index: z.number().int(), header: z.string(), field: z.string().nullable(), readAs: z.string(), sentence: z.string().nullable() })),
    rowsRead: count,
    complete: z.boolean(),
    problems: z.array(z.object({ kind: z.string(), severity: z.enum(['row', 'cell']), count, example: z.string() })),
    /** What the first rows would become, tried and taken back. */
    outcomes: importCountsSchema.nullable(),
    /** Rows tried out for that, of about how many. */
    triedRows: count,
    rowsEstimate: count,
    /** What the rows tried would bring about, with a few of each by name. */
    consequences: z.array(z.object({ what: z.string(), count, samples: z.array(z.string()) })),
    sentences: z.array(z.string()),
  })
  .meta({ id: 'ImportPreview' });
export type ImportPreview = z.infer<typeof previewSchema>;

export const valuesSchema = z
  .object({
    rowsRead: count,
    items: z.array(
      z.object({
        index: z.number().int(),
        header: z.string(),
        field: z.string(),
        label: z.string(),
        /** Whether a value that is none of the choices is taken over as it stands. */
        open: z.boolean(),
        choices: z.array(z.object({ value: z.string(), label: z.string() })),
        /** How many different values stand in the column, and how many of them nobody understands. */
        different: count,
        unknown: count,
        /** The unknown first, then the frequent. `ours` is what it will be taken as; `said` when somebody said so. */
        values: z.array(z.object({ text: z.string(), count, ours: z.string().nullable(), said: z.boolean() })),
      }),
    ),
  })
  .meta({ id: 'ImportValues' });
export type ImportValues = z.infer<typeof valuesSchema>;

export const uploadSchema = z.object({ id, offset: count, fileBytes: count, partBytesMax: count }).meta({ id: 'ImportUpload' });

const params = z.object({ id });
export const importsApi = {
  'GET /v1/import-kinds': { summary: 'What can be imported, and the fields of each.', response: z.object({ items: z.array(importKindSchema) }) },
  'GET /v1/imports': {
    summary: 'Imports, newest first.',
    query: z.object({ cursor: z.string().max(1000).optional(), limit: z.coerce.number().int().min(1).max(200).default(50) }),
    response: z.object({ items: z.array(importSchema), nextCursor: z.string().nullable() }),
  },
  'POST /v1/imports': { summary: 'Upload a file (multipart field "file", optional fields "kind" and "mends": the import whose problem rows these are, mended; it is read like that one); answers with what it found in it.', response: importSchema },
  'POST /v1/imports/uploads': {
    summary: 'Begin an upload that can be resumed: then PUT its parts in order, ask where it stands after a break, and complete it.',
    body: z.object({ fileName: z.string().min(1).max(500), fileBytes: z.number().int().min(1).max(4_294_967_296), kind: z.string().max(40).optional() }),
    response: uploadSchema,
  },
  'GET /v1/imports/uploads/:id': { summary: 'Where an upload stands: go on from this offset.', params, response: uploadSchema },
  'PUT /v1/imports/uploads/:id': {
    summary: 'One part of an upload (the bytes themselves, application/octet-stream, at most 8 MiB), at the offset where it stands; 409 says the right one.',
    params,
    query: z.object({ offset: z.coerce.number().int().min(0).max(4_294_967_296) }),
    response: uploadSchema,
  },
  'POST /v1/imports/uploads/:id/complete': { summary: 'All parts are sent: the file is looked at; answers with what was found in it.', params, response: importSchema },
  'GET /v1/imports/:id': { summary: 'One import.', params, response: importSchema },
  'PUT /v1/imports/:id': { summary: 'Set kind, mapping and options before it starts.', params, body: z.object({ kind: z.string().max(40).optional(), settings: settingsChange }), response: importSchema },
  'PUT /v1/imports/:id/list': {
    summary: 'Say whose list it is and what it cost, at any time; null takes it back.',
    params,
    body: z.object({ owner: z.string().trim().max(200).nullable(), costMinor: z.number().int().min(0).max(1e14).nullable() }),
    response: importSchema,
  },
  'GET /v1/imports/:id/values': { summary: 'The different values of columns that stand for something of ours (countries, sources, owners, stages), and what each is taken as.', params, response: valuesSchema },
  'POST /v1/imports/:id/preview': { summary: 'What would happen: reads the file, changes nothing.', params, response: previewSchema },
  'POST /v1/imports/:id/start': { summary: 'Start it in the background.', params, response: importSchema },
  'POST /v1/imports/:id/cancel': { summary: 'Stop after the rows at hand; what was taken in stays until it is undone.', params, response: importSchema },
  'POST /v1/imports/:id/pause': { summary: 'Stop before the next rows; starting it again goes on exactly there.', params, response: importSchema },
  'GET /v1/imports/:id/changed-since': {
    summary: 'What somebody changed after the import had: asked before it is taken back.',
    params,
    response: z.object({
      count,
      items: z.array(z.object({ id, label: z.string(), fields: z.array(z.object({ field: z.string(), before: z.string().nullable(), imported: z.string().nullable(), since: z.string().nullable() })) })),
    }),
  },
  'POST /v1/imports/:id/undo': {
    summary: 'Take the whole import back, updates included. Where somebody changed rows since, it asks (409) until it is told whether to keep or to overwrite that.',
    params,
    body: z.object({ changedSince: z.enum(['keep', 'overwrite']).optional() }).nullish(),
    response: importSchema,
  },
  'GET /v1/imports/:id/problems': {
    summary: 'Rows that were not taken in, and cells that were not understood.',
    params,
    query: z.object({ limit: z.coerce.number().int().min(1).max(200).default(50), cursor: z.string().max(1000).optional() }),
    response: z.object({
      items: z.array(z.object({ row: z.number().int(), severity: z.enum(['row', 'cell']), kind: z.string(), field: z.string().nullable(), sentence: z.string() })),
      nextCursor: z.string().nullable(),
    }),
  },
  'GET /v1/imports/:id/problems.csv': { summary: 'The rows that were not taken in, with the reason, to correct and import again.', params },
} satisfies Contract;
