import { z } from 'zod';
import type { Criteria, Operator } from './criteria.rules.ts';

const scalar = z.union([z.string().max(500), z.number(), z.boolean(), z.null()]);
const operators =
  'equals notEquals in notIn contains notContains startsWith endsWith matchesAny atLeast atMost between isSet isEmpty isTrue isFalse withinDays olderThanDays';
const operator = z.enum(operators.split(' ') as Operator[]);
const condition = z.object({
  field: z.string().min(1).max(100),
  op: operator,
  value: z.union([scalar, z.array(scalar).max(2000)]).optional(),
});

/** Conditions in the address of a list or report, as JSON; `on` says of what. */
export const whereText = (on: string) =>
  z.string().max(8000).optional().describe(`Conditions as JSON (Criteria) on ${on}: {"field":"position.level","op":"equals","value":"director"}. GET /v1/segments/fields says which there are.`);

/** The shared condition language as it travels; platform/values/criteria.rules.ts says what it means. */
export const criteria: z.ZodType<Criteria> = z
  .lazy(() =>
    z.union([
      z.object({ all: z.array(criteria).max(100) }),
      z.object({ any: z.array(criteria).max(100) }),
      z.object({ not: criteria }),
      condition,
    ]),
  )
  .meta({ id: 'Criteria', description: '{all|any: [...]}, {not: ...} or {field, op, value}' });
