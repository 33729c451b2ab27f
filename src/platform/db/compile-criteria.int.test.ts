import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestHouse, type TestHouse } from '../../../tests/support/house.ts';
import { operatorsOf, type FieldType } from '../values/criteria-fields.rules.ts';
import { evaluate, type Condition, type Criteria, type CriteriaValue } from '../values/criteria.rules.ts';
import { compileCriteria, sql, valuesOf, type Catalogue, type Column } from './index.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());

const now = new Date('2026-03-02T09:00:00.250Z');

interface Row {
  id: number;
  word: string | null;
  country: string | null;
  grade: string | null;
  link: string | null;
  size: number | null;
  money: number | null;
  yes: boolean | null;
  at: string | null;
  on: string | null;
  custom: Record<string, unknown> | null;
  counted: number | null;
  things: { label: string | null; n: number | null; since: string | null }[];
}

/** what makes text hard: case beyond ASCII, accents composed or not, odd spaces, patterns, signs */
const scraps = ['', ' ', '\t', '\u00a0', 'Zürich', 'ZÜRICH', 'zurich', 'Zu\u0308rich', 'Straße', 'STRASSE', 'İzmir', 'izmir', 'ΟΔΟΣ', 'οδος', '100%', 'a_b', 'AB', 'New York', '\u3000東京 ', 'x²y', "O'Brien", '12', '-5', '1e3', '2026-02-28', '\ufeffab', '🙂', 'DE'];
const text = fc.oneof(fc.constantFrom(...scraps), fc.tuple(fc.constantFrom(...scraps), fc.constantFrom(...scraps)).map(([a, b]) => `${a} ${b}`));
const size = fc.constantFrom(-5, 0, 1, 2, 12, 1000, 2.5, 1e15);
const instants = ['2026-03-02T09:00:00.250Z', '2026-03-02T09:00:00.250900Z', '2026-03-02T09:00:00.249999Z', '2026-02-23T09:00:00.250Z', '2020-02-29T23:59:59.999Z', '2030-01-01T00:00:00Z'];
const daysOf = ['2026-03-02', '2026-03-03', '2026-02-23', '2020-02-29', '0001-01-01', '9999-12-31', '2030-01-01'];
const links = ['018cc251-f400-7000-8000-000000000001', '018cc251-f400-7000-8000-00000000000a'];
const maybe = <T>(of: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(of, { freq: 5 });

const row: fc.Arbitrary<Row> = fc.record({
  id: fc.constant(0),
  word: maybe(text),
  country: maybe(fc.constantFrom('DE', 'AT', 'CH')),
  grade: maybe(fc.constantFrom('hot', 'warm', 'cold')),
  link: maybe(fc.constantFrom(...links)),
  size: maybe(fc.constantFrom(-5, 0, 1, 2, 12, 1000)),
  money: maybe(fc.constantFrom(-5, 0, 12, 9_007_199_254_740_991)),
  yes: maybe(fc.boolean()),
  at: maybe(fc.constantFrom(...instants)),
  on: maybe(fc.constantFrom(...daysOf)),
  custom: maybe(
    fc.record(
      { note: fc.oneof(text, size, fc.boolean()), amount: fc.oneof(size, text), member: fc.oneof(fc.boolean(), text), since: fc.oneof(fc.constantFrom(...daysOf), text) },
      { requiredKeys: [] },
    ),
  ),
  counted: maybe(fc.constantFrom(0, 1, 2, 12)),
  things: fc.array(fc.record({ label: maybe(text), n: maybe(size), since: maybe(fc.constantFrom(...instants)) }), { maxLength: 3 }),
});

/** A custom value of another kind than was declared is not known. */
const custom = (key: string, type: 'string' | 'number' | 'boolean', cast = ''): Column['sql'] => {
  const value = sql`p.custom->>${key}`;
  const is = sql`jsonb_typeof(p.custom->${key}) = ${type}`;
  if (cast === 'float8') return sql`case when ${is} then (${value})::float8 end`;
  if (cast === 'boolean') return sql`case when ${is} then (${value})::boolean end`;
  return cast === 'day' ? sql`case when ${value} ~ '^\\d{4}-\\d{2}-\\d{2}$' then ${value} end` : sql`case when ${is} then ${value} end`;
};

const columns = new Map<string, Column>([
  ['word', { type: 'text', sql: sql`p.word` }],
  ['country', { type: 'country', sql: sql`p.country`, kept: 'upper' }],
  ['grade', { type: 'choice', sql: sql`p.grade`, kept: 'lower' }],
  ['link', { type: 'id', sql: sql`p.link` }],
  ['size', { type: 'number', sql: sql`p.size` }],
  ['money', { type: 'money', sql: sql`p.money` }],
  ['yes', { type: 'boolean', sql: sql`p.yes` }],
  ['at', { type: 'instant', sql: sql`p.at` }],
  ['on', { type: 'day', sql: sql`p.on_day` }],
  ['custom.note', { type: 'text', sql: custom('note', 'string') }],
  ['custom.amount', { type: 'number', sql: custom('amount', 'number', 'float8') }],
  ['custom.member', { type: 'boolean', sql: custom('member', 'boolean', 'boolean') }],
  ['custom.since', { type: 'day', sql: custom('since', 'string', 'day'), asText: true }],
  ['counted', { type: 'number', sql: sql`n.counted`, join: 'counts', zero: true }],
  ['thing.label', { type: 'text', sql: sql`t.label`, rows: 'things' }],
  ['thing.n', { type: 'number', sql: sql`t.n`, rows: 'things' }],
  ['thing.since', { type: 'instant', sql: sql`t.since`, rows: 'things' }],
]);

function catalogueOf(rows: readonly Row[]): { from: ReturnType<typeof sql>; catalogue: Catalogue } {
  const subjects = rows.map((one) => ({ ...one, on_day: one.on }));
  const things = rows.flatMap((one) => one.things.map((thing) => ({ subject: one.id, ...thing })));
  const counts = rows.flatMap((one) => (one.counted === null ? [] : [{ id: one.id, counted: one.counted }]));
  return {
    from: sql`jsonb_to_recordset(${JSON.stringify(subjects)}::jsonb) as p (id int, word text, country char(2), grade text, link uuid, size int, money bigint, yes boolean,
      at timestamptz, on_day date, custom jsonb)`,
    catalogue: {
      id: sql`p.id`,
      columns,
      joins: new Map([['counts', { sql: sql`left join jsonb_to_recordset(${JSON.stringify(counts)}::jsonb) as n (id int, counted int) on n.id = p.id` }]]),
      rows: new Map([
        ['things', { from: sql`from jsonb_to_recordset(${JSON.stringify(things)}::jsonb) as t (subject int, label text, n float8, since timestamptz) where true`, id: sql`t.subject` }],
      ]),
    },
  };
}

const wanted: Record<FieldType, fc.Arbitrary<CriteriaValue>> = {
  text: fc.oneof(text, text, size, fc.constant(null)),
  choice: fc.constantFrom('hot', ' HOT ', 'warm', '', 'ho\0t', null, 3),
  country: fc.constantFrom('DE', 'de', ' at', 'ß', '', null),
  id: fc.constantFrom(links[0]!, links[1]!.toUpperCase(), 'no id', '', null),
  number: fc.oneof(size, fc.constantFrom('12', ' 2 ', '', 'x', null, true, Number.MAX_VALUE, '1e400')),
  money: fc.oneof(size, fc.constantFrom('12', '', null)),
  boolean: fc.constant(true),
  instant: fc.oneof(fc.constantFrom(...instants, 'x', '', null), fc.constantFrom(0, 7, 7.0000001, 2.5, -1, 1e300)),
  day: fc.oneof(fc.constantFrom(...daysOf, '2026-02-31', '2026', 'x', '', null), fc.constantFrom(0, 7, 7.4, -1, 1e9, -1e9)),
};

const leaf: fc.Arbitrary<Criteria> = fc.constantFrom(...columns.keys()).chain((field) => {
  const { type } = columns.get(field)!;
  return fc.constantFrom(...operatorsOf[type]).chain((op) =>
    fc.oneof(wanted[type], fc.array(wanted[type], { maxLength: 3 })).map((value): Condition => ({ field, op, value })),
  );
});
const criteria: fc.Arbitrary<Criteria> = fc.letrec<{ any: Criteria }>((tie) => ({
  any: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.record({ all: fc.array(tie('any'), { maxLength: 3 }) }),
    fc.record({ any: fc.array(tie('any'), { maxLength: 3 }) }),
    fc.record({ not: tie('any') }),
  ),
})).any;

const fields = [...columns.keys()];

describe('conditions as SQL', () => {
  it('finds exactly the rows of which the evaluator says so', async () => {
    let held = 0;
    let not = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(criteria, { minLength: 4, maxLength: 4 }), fc.array(row, { minLength: 1, maxLength: 25 }), async (asked, made) => {
        const rows = made.map((one, id) => ({ ...one, id }));
        const { from, catalogue } = catalogueOf(rows);
        await house.read(async (tx) => {
          const values = valuesOf(fields, catalogue);
          const read = await tx.rows<Record<string, unknown>>(sql`select p.id, ${values.columns} from ${from}${values.joins}`);
          const facts = new Map(read.map((one) => [one['id'] as number, Object.fromEntries(fields.map((field, n) => [field, one[`f${n}`]]))]));
          for (const one of asked) {
            const { joins, where } = compileCriteria(one, catalogue, now);
            const found = await tx.rows<{ id: number }>(sql`select p.id from ${from}${joins} where ${where}`);
            const expected = rows.filter(({ id }) => evaluate(one, facts.get(id)!, now)).map(({ id }) => id);
            held += expected.length;
            not += rows.length - expected.length;
            expect(found.map(({ id }) => id).toSorted((a, b) => a - b), JSON.stringify(one)).toEqual(expected);
          }
        });
      }),
      { numRuns: 250 },
    );
    // A property that never holds, or always, would prove nothing.
    expect(Math.min(held, not)).toBeGreaterThan(1000);
  });

  it('reaches an index by a bare comparison, also under row-level security', async () => {
    const catalogue: Catalogue = {
      id: sql`p.id`,
      columns: new Map<string, Column>([
        ['country', { type: 'country', sql: sql`p.country`, kept: 'upper' }],
        ['seen', { type: 'instant', sql: sql`p.last_seen_at` }],
      ]),
      joins: new Map(),
      rows: new Map(),
    };
    const { where } = compileCriteria(
      { all: [{ field: 'country', op: 'equals', value: 'ch' }, { field: 'seen', op: 'withinDays', value: 30 }] },
      catalogue,
      now,
    );
    const plan = await house.read(async (tx) => {
      await tx.run(sql`select set_config('enable_seqscan', 'off', true), set_config('enable_bitmapscan', 'off', true)`);
      return tx.rows<{ queryPlan: string }>(
        sql`explain select p.id from identity.person p where p.workspace_id = ${house.workspaceId} and p.survivor_id is null and p.retired_at is null and ${where}`,
      );
    });
    expect(Object.values(plan).flatMap((line) => Object.values(line)).join('\n')).toMatch(/Index Cond: .*country = .*last_seen_at >=/);
  });
});
