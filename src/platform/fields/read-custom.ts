import { getWorkspace } from '../access/access.queries.ts';
import type { Tx } from '../db/index.ts';
import { refuse } from '../refusal.ts';
import { readCustom, type CustomSubject, type CustomValue } from '../values/custom-field.rules.ts';
import { listCustomFields } from './field.store.ts';

/** What somebody gave under keys of declared fields, as it is kept; refused with every problem named. Null clears. */
export async function readCustomPatch(tx: Tx, subject: CustomSubject, given: Record<string, unknown>): Promise<Record<string, CustomValue>> {
  const fields = new Map((await listCustomFields(tx, { subject })).map((one) => [one.key, one]));
  const { currency } = await getWorkspace(tx);
  const read = Object.entries(given).map(([key, value]) => {
    const field = fields.get(key);
    return { key, ...(field ? readCustom(field, value, currency) : { problem: `There is no custom field “${key}” of ${subject}. Declare it first.` }) };
  });
  const problems = read.flatMap((one) => one.problem ?? []);
  if (problems.length > 0) refuse('invalid', 'platform/custom-value', problems.join(' '));
  return Object.fromEntries(read.map((one) => [one.key, one.value ?? null]));
}
