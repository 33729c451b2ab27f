import { audit } from '../access/audit.ts';
import type { Context } from '../context.ts';
import type { Tx } from '../db/index.ts';
import { refuse } from '../refusal.ts';
import { keyOfLabel, type CustomField, type CustomStage, type CustomSubject, type CustomType } from '../values/custom-field.rules.ts';
import { findCustomField, listCustomFields, saveCustomField } from './field.store.ts';

export interface FieldDeclaration {
  subject: CustomSubject;
  label: string;
  key?: string | undefined;
  type: CustomType;
  choices: string[];
  requiredFrom: CustomStage | null;
}

const fieldsMax = 100;

/** A field under a key that was put away is taken up again, if it is of the same kind. */
export async function declareField(tx: Tx, cx: Context, given: FieldDeclaration): Promise<CustomField> {
  const all = await listCustomFields(tx, { subject: given.subject, retired: true });
  const key = given.key ?? keyOfLabel(given.label);
  if (key === '') refuse('invalid', 'platform/field-key', 'Nothing of this name can be used as a key. Give one of small letters, digits and _.');
  if (all.length >= fieldsMax) refuse('limit', 'platform/fields', `There are ${fieldsMax} fields already, which is the most.`);
  const earlier = all.find((one) => one.key === key);
  if (earlier && earlier.retiredAt === null)
    refuse('conflict', 'platform/field-exists', `“${earlier.label}” is kept under the key ${key} already.`);
  if (earlier && earlier.type !== given.type)
    refuse('conflict', 'platform/field-type', `${key} was a field of another kind (${earlier.type}) and still has values. Choose another key.`);
  const field: CustomField = {
    id: earlier?.id ?? cx.ids.next(),
    subject: given.subject,
    key,
    label: given.label,
    type: given.type,
    choices: checkedChoices(given.type, given.choices),
    requiredFrom: given.requiredFrom,
    position: 1 + Math.max(0, ...all.map((one) => one.position)),
    retiredAt: null,
  };
  await saveCustomField(tx, field, cx.clock.now());
  await audit(tx, cx, { what: 'field.declared', subjectId: field.id, detail: { subject: field.subject, key, type: field.type } });
  return field;
}

/** What a field is of and how its values are kept never changes; a field of another kind is another field. */
export async function changeField(
  tx: Tx,
  cx: Context,
  id: string,
  change: {
    label?: string | undefined;
    choices?: string[] | undefined;
    requiredFrom?: CustomStage | null | undefined;
    position?: number | undefined;
    retired?: boolean | undefined;
  },
): Promise<CustomField> {
  const was = await findCustomField(tx, id);
  if (!was) refuse('not-found', 'platform/no-such-field', 'There is no such field here.');
  const field: CustomField = {
    ...was,
    label: change.label ?? was.label,
    choices: change.choices === undefined ? was.choices : checkedChoices(was.type, change.choices),
    requiredFrom: change.requiredFrom === undefined ? was.requiredFrom : change.requiredFrom,
    position: change.position ?? was.position,
    retiredAt: change.retired === undefined ? was.retiredAt : change.retired ? (was.retiredAt ?? cx.clock.now()) : null,
  };
  await saveCustomField(tx, field, cx.clock.now());
  await audit(tx, cx, { what: 'field.changed', subjectId: id, detail: change });
  return field;
}

function checkedChoices(type: CustomType, choices: readonly string[]): string[] {
  if (type !== 'choice') return [];
  const seen = new Map<string, string>();
  for (const one of choices.map((choice) => choice.trim())) if (one !== '' && !seen.has(one.toLowerCase())) seen.set(one.toLowerCase(), one);
  if (seen.size < 2) refuse('invalid', 'platform/field-choices', 'A choice needs at least two different values.');
  return [...seen.values()];
}
