import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import { ownOf, personShape, regroup, survivorsOf, type Edge, type Row } from './merge.rules.ts';

const person = (id: string, given: Partial<Row> = {}): Row => ({
  external_id: null,
  given_name: null,
  family_name: null,
  full_name: null,
  name_is_junk: false,
  email: null,
  email_key: null,
  phone: null,
  phone_e164: null,
  city: null,
  country: null,
  do_not_contact: false,
  do_not_mail: false,
  do_not_call: false,
  sightings: 1,
  first_seen_at: `2026-01-0${id}T00:00:00+00:00`,
  last_seen_at: `2026-02-0${id}T00:00:00+00:00`,
  unsubscribed_at: null,
  custom: null,
  own: null,
  survivor_id: null,
  ...given,
  id,
});
const rules = { name: 'first', email: 'first', phone: 'first', address: 'first' } as const;
/** the rows as they stand after the regrouping was saved */
const saved = (rows: readonly Row[], edges: readonly Edge[]): Row[] => {
  const after = new Map(regroup(rows, edges, personShape, rules).map((one) => [one.id, one]));
  return rows.map((row) => {
    const { values, own, survivorId } = after.get(row.id)!;
    return { ...row, ...values, own, survivor_id: survivorId };
  });
};

test('the survivor’s word counts; what it lacks comes from the others; wishes and counts add up', () => {
  const rows = [
    person('1', { full_name: 'Ann Lee', family_name: 'Lee', email: null, do_not_call: true }),
    person('2', { full_name: 'A. Lee', email: 'a@b.co', email_key: 'a@b.co', city: 'Bern', country: 'CH', do_not_mail: true }),
    person('3', { phone: '1', city: 'Basel' }),
  ];
  const [ann] = saved(rows, [
    { survivorId: '1', mergedId: '2' },
    { survivorId: '1', mergedId: '3' },
  ]);
  expect(ann).toMatchObject({
    full_name: 'Ann Lee',
    email: 'a@b.co',
    phone: '1',
    city: 'Bern',
    country: 'CH',
    do_not_call: true,
    do_not_mail: true,
    sightings: 3,
    first_seen_at: '2026-01-01T00:00:00+00:00',
    last_seen_at: '2026-02-03T00:00:00+00:00',
  });
});

test('an old id leads to the last survivor, and a ring cannot hang the house', () => {
  const edges = [
    { survivorId: 'b', mergedId: 'a' },
    { survivorId: 'c', mergedId: 'b' },
  ];
  expect([...survivorsOf(['a', 'b', 'c', 'd'], edges)]).toEqual(
    expect.arrayContaining([
      ['a', 'c'],
      ['b', 'c'],
      ['d', 'd'],
    ]),
  );
  expect(() => survivorsOf(['a', 'b'], [...edges, { survivorId: 'a', mergedId: 'c' }])).not.toThrow();
});

const maybe = (values: string[]): fc.Arbitrary<string | null> => fc.option(fc.constantFrom(...values), { nil: null });
const people = fc.tuple(
  ...Array.from({ length: 6 }, (_, at) =>
    fc
      .record({
        full_name: maybe(['Ann', 'Bo']),
        email: maybe(['x@y.co', 'z@y.co']),
        phone: maybe(['1', '2']),
        city: maybe(['Bern', 'Basel']),
        do_not_contact: fc.boolean(),
        unsubscribed_at: maybe(['2026-01-05T00:00:00+00:00', '2026-01-04T00:00:00+00:00']),
        sightings: fc.integer({ min: 1, max: 9 }),
      })
      .map((given) => person(String(at + 1), given)),
  ),
);
/** merge two people (their survivors), or undo one of the standing merges */
const commands = fc.array(fc.tuple(fc.boolean(), fc.nat(5), fc.nat(5)), { maxLength: 25 });

it('any sequence of merges and undos equals an independent union of the edges that stand, and alone means untouched', () =>
  fc.assert(
    fc.property(people, commands, (original, steps) => {
      let rows: Row[] = original;
      let edges: Edge[] = [];
      for (const [join, a, b] of steps) {
        if (join) {
          const survivors = survivorsOf(
            rows.map((row) => row.id),
            edges,
          );
          const survivorId = survivors.get(String(a + 1))!;
          const mergedId = survivors.get(String(b + 1))!;
          if (survivorId === mergedId) continue;
          edges = [...edges, { survivorId, mergedId }];
        } else if (edges.length > 0) edges = edges.filter((_, at) => at !== a % edges.length);
        rows = saved(rows, edges);
      }
      // the oracle: plain union-find over the edges, components as sets
      const parent = new Map(rows.map((row) => [row.id, row.id]));
      const find = (id: string): string => (parent.get(id) === id ? id : find(parent.get(id)!));
      for (const edge of edges) parent.set(find(edge.mergedId), find(edge.survivorId));
      for (const row of rows) {
        const together = rows.filter((one) => find(one.id) === find(row.id));
        const survivors = together.filter((one) => one.survivor_id === null);
        expect(survivors).toHaveLength(1);
        expect(row.survivor_id ?? row.id).toBe(survivors[0]!.id);
        const before = original.find((one) => one.id === row.id)!;
        expect(ownOf(row, personShape)).toEqual(ownOf(before, personShape));
        if (together.length === 1) expect({ ...row, ...ownOf(row, personShape) }).toEqual({ ...before, ...ownOf(before, personShape) });
        else
          expect(survivors[0]!['sightings']).toBe(
            together.reduce((sum, one) => sum + Number(original.find((o) => o.id === one.id)!['sightings']), 0),
          );
      }
    }),
  ));
