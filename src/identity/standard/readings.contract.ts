import { z } from 'zod';
import type { Contract } from '../../platform/http/contract.ts';
import { sectors, type Sector } from '../../platform/values/standard/sectors.rules.ts';
import { titleFunctions, titleLevels } from '../../platform/values/standard/title-words.rules.ts';

const level = z.enum(titleLevels);
const does = z.enum(titleFunctions);
const sector = z.enum(Object.keys(sectors) as [Sector, ...Sector[]]);
const kind = z.enum(['title', 'industry']);
const said = z.string().min(1).max(2000);

const saidReading = z.discriminatedUnion('kind', [z.object({ kind: z.literal('title'), said, level, function: does }), z.object({ kind: z.literal('industry'), said, sector })]);
export type SaidReading = z.infer<typeof saidReading>;
const shareUnread = z.object({ of: z.int().min(0), unread: z.int().min(0) });
const done = z.object({ done: z.literal(true) });

const saidBy = z.string().nullable().describe('Who said so; null where rules read it.');

/** What a page shows of how a position was read. */
export const positionRead = z
  .object({
    rank: z.string().nullable().describe('In words; null where it is not understood.'),
    does: z.string().nullable(),
    words: z.array(z.string()).describe('What of the position decided.'),
    isSaid: z.boolean().describe('A person said so.'),
    saidBy,
  })
  .nullable()
  .describe('What the position is read as; null where there is none, or before it is read.');

export const sectorRead = z
  .object({ code: z.string(), label: z.string(), from: z.enum(['naics', 'sic', 'industry']), words: z.array(z.string()), isSaid: z.boolean(), saidBy })
  .nullable()
  .describe('The sector, by its codes before what it calls its business; null where it is not understood.');

export const readingsApi = {
  'GET /v1/readings': {
    summary: 'Positions (title) or businesses (industry) as they are written here, by how many have them, with the level, function or sector they are read as.',
    query: z.object({ kind: kind.default('title'), which: z.enum(['unread', 'said', 'all']).default('unread'), limit: z.coerce.number().int().min(1).max(500).default(100) }),
    response: z.object({
      items: z.array(
        z.object({
          said: z.string(),
          count: z.int().min(0).describe('People or organizations with it now.'),
          level: level.nullable(),
          function: does.nullable(),
          sector: sector.nullable(),
          words: z.object({ level: z.string().optional(), function: z.string().optional(), sector: z.string().optional() }).describe('What of it decided.'),
          saidBy: z.string().nullable().describe('Who said so; null where rules read it.'),
          saidAt: z.iso.datetime().nullable(),
        }),
      ),
      levels: z.array(z.object({ code: level, label: z.string() })),
      functions: z.array(z.object({ code: does, label: z.string() })),
      sectors: z.array(z.object({ code: sector, label: z.string() })),
    }),
  },
  'GET /v1/readings/unread': {
    summary: 'Of how many people the position, and of how many organizations the business, is not understood; of those that have one.',
    response: z.object({ titles: shareUnread, businesses: shareUnread }),
  },
  'POST /v1/readings': { summary: 'Say what a position or a business is: everybody who has it follows.', body: saidReading, response: done },
  'POST /v1/readings/undo': { summary: 'Back to what the rules read.', body: z.object({ kind, said }), response: done },
} satisfies Contract;
