/**
 * Are these two the same organization? The same method and levels as for people (match/levels.rules.ts): every field adds the
 * logarithm of how much likelier its agreement is between two words about one organization than between two organizations; before
 * looking, the odds are one against as many as there are.
 */
import { addParent, startField, stateOf, weigh, type FieldModel, type Model } from '../match/model.rules.ts';
import { levelOf } from '../match/levels.rules.ts';
import { readValue } from '../match/value.rules.ts';

const kinds = ['organization', 'website', 'phone', 'street', 'postcode', 'city', 'country'] as const;
const labels = ['name', 'domain', 'phone', 'street', 'postcode', 'city', 'country'] as const;

export interface OrganizationWords {
  name: string | null;
  domain: string | null;
  phone: string | null;
  street: string | null;
  postalCode: string | null;
  city: string | null;
  country: string | null;
}
export interface OrganizationEvidence {
  field: (typeof labels)[number] | 'before looking';
  outcome: string;
  weight: number;
}

/** In a base of companies names are many more than in the lists that the levels' own beliefs are for. */
function usualModel(): FieldModel[] {
  const fields = kinds.map((kind, at) => startField(labels[at]!, kind));
  fields[0]!.u[0]![1] = 0.0005;
  fields[2]!.u[0]![1] = 0.00001;
  const model: Model = { fields, priorBits: 0, matches: 0, rounds: 0 };
  const usual: readonly (readonly [child: (typeof kinds)[number], parent: (typeof kinds)[number], equal: number])[] = [
    ['postcode', 'street', 0.9],
    ['city', 'postcode', 0.95],
    ['city', 'street', 0.9],
    ['country', 'city', 0.98],
    ['country', 'postcode', 0.98],
  ];
  for (const [child, parent, equal] of usual) {
    const field = fields[kinds.indexOf(child)]!;
    addParent(model, kinds.indexOf(child), kinds.indexOf(parent));
    const u = field.u[field.parents.at(-1)!.states]!;
    const rest = 1 - u[1]!;
    for (let level = 2; level < u.length; level++) u[level] = (u[level]! * (1 - equal)) / rest;
    u[1] = equal;
  }
  weigh(model);
  return fields;
}
const fields = usualModel();

/** `among`: how many organizations are known. The evidence adds up to the weight. */
export function compareOrganizations(a: OrganizationWords, b: OrganizationWords, among: number): { weight: number; evidence: OrganizationEvidence[] } {
  const wordsOf = ({ name, domain, phone, street, postalCode, city, country }: OrganizationWords) => [name, domain, phone, street, postalCode, city, country];
  const [one, other] = [wordsOf(a), wordsOf(b)];
  const levels = new Uint8Array(kinds.length);
  kinds.forEach((kind, at) => {
    const [x, y] = [readValue(kind, one[at] ?? ''), readValue(kind, other[at] ?? '')];
    levels[at] = x === undefined || y === undefined ? 0 : levelOf(kind, x, y);
  });
  const evidence: OrganizationEvidence[] = [{ field: 'before looking', outcome: `one of ${Math.max(20, among).toLocaleString('en')} organizations`, weight: tenth(-Math.log2(Math.max(20, among))) }];
  for (const [at, field] of fields.entries()) {
    const level = levels[at]!;
    if (level > 0) evidence.push({ field: labels[at]!, outcome: field.labels[level]!, weight: tenth(field.bits[stateOf(levels, 0, field, fields)]![level]!) });
  }
  return { weight: tenth(evidence.reduce((sum, { weight }) => sum + weight, 0)), evidence };
}
const tenth = (bits: number): number => Math.round(bits * 10) / 10;

/** Whether two names have anything in common; where one is not known, nothing speaks against it. */
export function mayBeNamedAlike(a: string | null, b: string | null): boolean {
  const [x, y] = [readValue('organization', a ?? ''), readValue('organization', b ?? '')];
  return x === undefined || y === undefined || levelOf('organization', x, y) < fields[0]!.unlike;
}
