import type { Tx } from '../platform/db/index.ts';
import { listCustomFields } from '../platform/fields/index.ts';
import { refuse } from '../platform/refusal.ts';
import { fieldOf, lackingOf, requiredAt } from '../platform/values/custom-field.rules.ts';
import { loadKnownOf } from './required-fields.store.ts';

const namedMost = 20;

/** Refuses to close leads as sales that lack an own field a sale requires: says which, of whom. */
export async function refuseLacking(tx: Tx, leadIds: readonly string[]): Promise<void> {
  if (leadIds.length === 0) return;
  const required = requiredAt(await listCustomFields(tx), 'sale');
  if (required.length === 0) return;
  const lacking = (await loadKnownOf(tx, leadIds)).flatMap(({ leadId, name, hasOrganization, person, organization, inquiry }) => {
    const fields = lackingOf(required, { person, inquiry, ...(hasOrganization ? { organization } : {}) });
    return fields.length > 0 ? [{ leadId, name, said: fields.map(fieldOf).join(', ') }] : [];
  });
  const [first] = lacking;
  if (!first) return;
  refuse(
    'conflict',
    'followup/field-required',
    lacking.length === 1
      ? `${first.name} cannot be closed as a sale yet: ${first.said} is not known. Fill it in on their page, then close it.`
      : `${lacking.length} leads cannot be closed as sales yet: fields that a sale requires are not known.`,
    lacking.slice(0, namedMost).map(({ name, said }) => ({ sentence: `${name}: ${said}` })),
  );
}
