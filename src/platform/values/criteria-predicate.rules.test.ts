import fc from 'fast-check';
import { expect, test } from 'vitest';
import { finderOf, predicateOf } from './criteria-predicate.rules.ts';
import { evaluate, type Criteria, type Facts, type Operator } from './criteria.rules.ts';

const now = new Date('2026-11-20T09:00:00Z');
const word = fc.constantFrom('DE', 'de ', 'FR', '', ' ', '5', '5.0', 'pump');
const scalar = fc.oneof(word, fc.integer({ min: 0, max: 6 }), fc.boolean(), fc.constant(null));
const field = fc.constantFrom('country', 'product', 'size', 'own.colour', 'missing');
const ops = 'equals notEquals in notIn contains atLeast isSet isEmpty isTrue isFalse matchesAny'.split(' ') as Operator[];
const condition = fc.record({ field, op: fc.constantFrom(...ops), value: fc.oneof(scalar, fc.array(scalar, { maxLength: 3 })) });
const { criteria } = fc.letrec<{ criteria: Criteria }>((tie) => ({
  criteria: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    condition as fc.Arbitrary<Criteria>,
    fc.record({ all: fc.array(tie('criteria'), { maxLength: 3 }) }),
    fc.record({ any: fc.array(tie('criteria'), { maxLength: 3 }) }),
    fc.record({ not: tie('criteria') }),
  ),
}));
const facts: fc.Arbitrary<Facts> = fc.record(
  { country: scalar, product: fc.oneof(scalar, fc.array(word, { maxLength: 2 })), size: scalar, own: fc.record({ colour: scalar }) },
  { requiredKeys: [] },
);

test('made ready, conditions say the same', () => {
  fc.assert(
    fc.property(criteria, facts, (asked, of) => void expect(predicateOf(asked)(of, now)).toBe(evaluate(asked, of, now))),
    { numRuns: 2000 },
  );
});

test('of many in order, exactly those that hold are found, in their order', () => {
  fc.assert(
    fc.property(fc.array(criteria, { maxLength: 12 }), fc.array(facts, { minLength: 1, maxLength: 6 }), (asked, subjects) => {
      const find = finderOf(asked);
      for (const of of subjects) expect([...find(of, now)]).toEqual(asked.flatMap((one, place) => (evaluate(one, of, now) ? [place] : [])));
    }),
    { numRuns: 500 },
  );
});
