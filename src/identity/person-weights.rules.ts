/**
 * What agreement between an arrival and a known person is worth: the same model as match/model.rules.ts, over the fields every person
 * has. Until a workspace has learned its own (learn-weights.ts) these stand: shares as they are usual in lists of business contacts.
 */
import { isCommonFamily, isCommonGiven } from './common-names.rules.ts';
import { addParent, startField, weigh, type FieldModel, type Model } from './match/model.rules.ts';

/** in the order in which a pair's levels stand */
export const personKinds = ['given name', 'family name', 'mail', 'phone', 'organization', 'street', 'postcode', 'city', 'country', 'title'] as const;
export type PersonKind = (typeof personKinds)[number];

export interface Weights {
  /** 0 where nothing was learned yet; kept with each decision */
  version: number;
  fields: readonly FieldModel[];
  /** share of arrivals whose sender is known already */
  returning: number;
  /** names more frequent or rarer than most: key → share of people who have it */
  given: ReadonlyMap<string, number>;
  family: ReadonlyMap<string, number>;
}

/** What strangers agree on who share the parent: [child, parent, how many agree in full, and on some other levels]. */
const usual: readonly (readonly [PersonKind, PersonKind, Readonly<Record<string, number>>])[] = [
  [
    'mail',
    'organization',
    {
      equal: 0.000001,
      'one letter off': 0.001,
      'the same mailbox elsewhere': 0.0005,
      alike: 0.02,
      'the same desk': 0.03,
      'the same domain': 0.7,
    },
  ],
  ['phone', 'organization', { equal: 0.1, 'one digit off': 0.01 }],
  ['street', 'organization', { equal: 0.6, 'alike, the same number': 0.05, 'alike, another number': 0.01 }],
  ['postcode', 'street', { equal: 0.9, 'one digit off': 0.02 }],
  ['postcode', 'organization', { equal: 0.7, 'one digit off': 0.02, 'the same area': 0.05 }],
  ['city', 'postcode', { equal: 0.95, 'one letter off': 0.01, alike: 0.01 }],
  ['city', 'street', { equal: 0.9, 'one letter off': 0.01, alike: 0.01 }],
  ['city', 'organization', { equal: 0.75, 'one letter off': 0.01, alike: 0.01 }],
  ['country', 'city', { equal: 0.98 }],
  ['country', 'postcode', { equal: 0.98 }],
  ['country', 'organization', { equal: 0.97 }],
];
/** in a base of business contacts firms and mailboxes are many more than in the lists that the levels' own beliefs are for, and people write their own names */
const rarer: Partial<Record<PersonKind, number>> = { organization: 0.0005, mail: 0.000001, phone: 0.00001 };

function defaultModel(): FieldModel[] {
  const fields = personKinds.map((kind): FieldModel => {
    const field = startField(kind, kind);
    const rare = rarer[kind];
    if (rare !== undefined) field.u[0]![1] = rare;
    if (kind === 'given name' || kind === 'family name') field.m[0]![field.unlike] = 0.012;
    return field;
  });
  const model: Model = { fields, priorBits: 0, matches: 0, rounds: 0 };
  for (const [child, parent, agree] of usual) {
    const field = fields[personKinds.indexOf(child)]!;
    addParent(model, personKinds.indexOf(child), personKinds.indexOf(parent));
    const u = field.u[field.parents.at(-1)!.states]!;
    let left = 1;
    for (let level = 1; level < field.unlike; level++) left -= u[level] = agree[field.labels[level]!] ?? u[level]!;
    const unlike = field.u[0]!.subarray(field.unlike).reduce((sum, share) => sum + share, 0);
    for (let level = field.unlike; level < u.length; level++) u[level] = (left * field.u[0]![level]!) / unlike;
  }
  weigh(model);
  return fields;
}

export const defaultWeights: Weights = { version: 0, fields: defaultModel(), returning: 0.35, given: new Map(), family: new Map() };

/** Bits to add where two agree on a name: log2 of how often strangers agree on any, over how often this one is met. */
export function nameRarity(weights: Weights, kind: 'given name' | 'family name', key: string): number {
  const given = kind === 'given name';
  const usually = weights.fields[given ? 0 : 1]!.u[0]![1]!;
  const share =
    (given ? weights.given : weights.family).get(key) ??
    (weights.version > 0 ? usually / 4 : given ? (isCommonGiven(key) ? 0.015 : 0.002) : isCommonFamily(key) ? 0.006 : 0.0006);
  return Math.max(-4, Math.min(4, Math.log2(usually / share)));
}
