import type { Tx } from '../platform/db/index.ts';
import { listCustomFields } from '../platform/fields/index.ts';
import { lackingOf, requiredAt, type CustomField } from '../platform/values/custom-field.rules.ts';
import { loadCustom } from './required-fields.store.ts';
import type { SubjectRow } from './subject.rules.ts';

/** The own fields a lead requires that nobody knows, by inquiry. Costs one look at the fields where none is required. */
export async function loadLacking(tx: Tx, inquiries: readonly SubjectRow[]): Promise<Map<string, CustomField[]>> {
  const required = requiredAt(await listCustomFields(tx), 'lead');
  if (required.length === 0) return new Map();
  const custom = await loadCustom(tx, { people: inquiries.map((one) => one.personId), organizations: inquiries.flatMap((one) => one.organizationId ?? []) });
  return new Map(
    inquiries.flatMap((one): [string, CustomField[]][] => {
      const lacking = lackingOf(required, {
        person: custom.get(one.personId) ?? null,
        inquiry: one.fields.custom ?? null,
        ...(one.organizationId === null ? {} : { organization: custom.get(one.organizationId) ?? null }),
      });
      return lacking.length > 0 ? [[one.inquiryId, lacking]] : [];
    }),
  );
}
