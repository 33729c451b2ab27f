import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { cellsOf } from '../../platform/values/cells.rules.ts';
import { dirtyColumns, dirtyRows } from '../../demo/index.ts';
import { clusterLinks } from './cluster.rules.ts';
import { codeTable, compareRows } from './coded.rules.ts';
import { recogniseColumns, type RawColumn } from './columns.rules.ts';
import { levelOf, levelSets } from './levels.rules.ts';
import { matchTables, sitesApart, type Matched } from './match-tables.rules.ts';
import { startModel } from './model.rules.ts';
import { readValue, type Kind } from './value.rules.ts';

const table = (headers: readonly string[], rows: readonly (readonly string[])[]): RawColumn[] =>
  headers.map((header, at) => ({ header, cells: cellsOf(rows.map((row) => row[at] ?? '')) }));

/** pairs that share a key, counted without the engine */
function pairsOf(keys: readonly (string | number)[]): number {
  const sizes = new Map<string | number, number>();
  for (const key of keys) sizes.set(key, (sizes.get(key) ?? 0) + 1);
  return [...sizes.values()].reduce((n, size) => n + (size * (size - 1)) / 2, 0);
}
function f1(truth: readonly string[], clusters: ArrayLike<number>): number {
  const found = pairsOf(Array.from(clusters));
  const right = pairsOf(truth.map((key, row) => `${key}|${clusters[row]}`));
  return (2 * right) / (found + pairsOf(truth));
}

describe('how far two values agree', () => {
  test.each<[Kind, string, string, string]>([
    ['given name', 'Robert', 'Bob', 'a short form or part'],
    ['given name', 'Hans-Peter', 'Hans', 'a short form or part'],
    ['given name', 'J.', 'John', 'initial agrees'],
    ['given name', 'Martha', 'Marhta', 'one letter off'],
    ['given name', 'Anna', 'Bernd', 'different'],
    ['family name', 'Müller', 'Mueller', 'equal'],
    ['family name', 'Garcia Lopez', 'Garcia', 'a short form or part'],
    ['family name', 'Schmidt', 'Schmitt', 'one letter off'],
    ['date', '1971-06-24', '24.06.1971', 'equal'],
    ['date', '1971-06-24', '1971-05-24', 'one digit off'],
    ['date', '1971-06-04', '1971-04-06', 'one digit off'],
    ['date', '1971-06-24', '1983-06-24', 'two of three parts agree'],
    ['date', '1971-06-24', '1982-01-07', 'different'],
    ['mail', 'Ann.Lee+x@googlemail.com', 'annlee@gmail.com', 'equal'],
    ['mail', 'ann.lee@acme.example', 'ann.lee@hydro.example', 'the same mailbox elsewhere'],
    ['mail', 'info@acme.example', 'INFO@acme.example', 'the same desk'],
    ['mail', 'ann@acme.example', 'zoltan@acme.example', 'the same domain'],
    ['mail', 'ann@acme.example', 'zoltan@gmail.com', 'different'],
    ['mail', 'ann@acme.example', 'zoltan@hydro.example', 'different, at another organization'],
    ['phone', '+41 44 668 18 00', '044 668 18 00', 'equal'],
    ['phone', '555-0336', '(312) 555-0336', 'last seven digits agree'],
    ['phone', '(312) 555-0336', '312.555.0363', 'one digit off'],
    ['organization', 'ACME, S.p.A.', 'Acme SpA', 'equal'],
    ['organization', 'A B Norrvind', 'Norrvind AB', 'equal'],
    ['organization', 'Acme Pumps', 'Acme Pumps Services Europe', 'one within the other'],
    ['organization', 'Bright Site 1', 'Bright Site 2', 'some words agree'],
    ['organization', 'Hydro AG', 'Kiosk GmbH', 'different'],
    ['street', 'Hauptstraße 12 a', 'Hauptstr. 12A', 'equal'],
    ['street', '12 Main Street', '14 Main St', 'alike, another number'],
    ['postcode', '60640', '60604', 'one digit off'],
    ['code', 'AB-1234', 'ab1243', 'one digit off'],
    ['number', '1,000', '1020', 'close'],
  ])('%s: %s – %s: %s', (kind, a, b, outcome) => {
    const [one, other] = [readValue(kind, a)!, readValue(kind, b)!];
    expect(levelSets[kind].labels[levelOf(kind, one, other)]).toBe(outcome);
    expect(levelSets[kind].labels[levelOf(kind, other, one)]).toBe(outcome);
  });
  test.each(['', '  ', 'n/a', '-'])('nothing stands in “%s”', (cell) => expect(readValue('text', cell)).toBeUndefined());
  it('believes shares that add up to one', () => {
    for (const { labels, m, u } of Object.values(levelSets)) {
      expect(m).toHaveLength(labels.length);
      for (const shares of [m, u]) expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 2);
    }
  });
});

test('columns are known by what stands in them, whatever they are called', () => {
  const rows = [...dirtyRows({ seed: 5, count: 400, from: new Date('2026-01-01'), to: new Date('2026-03-01') })].map(({ row }) => row);
  const named = recogniseColumns(table(dirtyColumns, rows));
  const blind = recogniseColumns(table(dirtyColumns.map((_, at) => `field_${at}`), rows)); // prettier-ignore
  const kinds = new Map(named.columns.map(({ header, meaning }) => [header, meaning]));
  expect(kinds.get('First Name')).toBe('given name');
  expect(kinds.get('E-mail')).toBe('mail');
  expect(kinds.get('Date')).toBe('date');
  const seen = blind.columns.map(({ meaning }) => meaning);
  expect(seen.slice(0, 3)).toEqual(['given name', 'family name', 'organization']);
  expect(seen[4]).toBe('mail');
  expect(seen[5]).toBe('phone');
  const split = recogniseColumns(table(['y', 'm', 'd'], Array.from({ length: 200 }, (_, n) => [String(1930 + (n % 70)), String(1 + (n % 12)), String(1 + (n % 31))]))); // prettier-ignore
  expect(split.fields.map(({ kind }) => kind)).toEqual(['date']);
});

describe('a list of people with dirt whose truth is known', () => {
  const rows: string[][] = [];
  const truth: string[] = [];
  for (const { row, truth: real } of dirtyRows({ seed: 31, count: 1600, from: new Date('2026-01-01'), to: new Date('2026-06-30') })) {
    // who hammered on the keys is nobody: no truth to find
    if (real.person === null) continue;
    rows.push(row);
    truth.push(real.person);
  }
  const columns = table(dirtyColumns, rows).filter(({ header }) => header !== 'Comments' && header !== 'Date');
  const matched = matchTables(columns);

  it('finds who is who without labels, comparing all pairs or only those that share a key', () => {
    expect(f1(truth, matched.clusters)).toBeGreaterThan(0.98);
    const blocked = matchTables(columns, { allPairsMost: 0 });
    expect(blocked.compared).toBeLessThan(matched.compared / 10);
    expect(f1(truth, blocked.clusters)).toBeGreaterThan(0.98);
  });

  it('joins surely with a precision of 0.99', () => {
    const sure = matched.pairs.filter(({ zone }) => zone === 'sure');
    expect(sure.length).toBeGreaterThan(300);
    expect(sure.filter(({ a, b }) => truth[a] === truth[b]).length / sure.length).toBeGreaterThanOrEqual(0.99);
  });

  it('recovers how often matches and strangers agree within 0.02', () => {
    const coded = codeTable(matched.recognised.fields, rows.length);
    const levels = new Uint8Array(coded.fields.length);
    const counts = [0, 1].map(() => matched.model.fields.map(({ labels }) => new Float64Array(labels.length)));
    for (let a = 0; a < rows.length; a++)
      for (let b = a + 1; b < rows.length; b++) {
        compareRows(coded, a, b, levels, 0);
        const of = counts[truth[a] === truth[b] ? 0 : 1]!;
        for (let f = 0; f < levels.length; f++) if (levels[f]! > 0) of[f]![levels[f]!]!++;
      }
    for (const [f, field] of matched.model.fields.entries()) {
      for (const [side, learned] of [field.m[0]!, field.u[0]!].entries()) {
        const real = counts[side]![f]!;
        const all = real.reduce((sum, n) => sum + n, 0);
        for (let level = 1; level < real.length; level++)
          expect(
            Math.abs(learned[level]! - real[level]! / all),
            `${field.label}: ${field.labels[level]} of ${side ? 'strangers' : 'matches'}`,
          ).toBeLessThan(0.02);
      }
    }
  });

  it('keeps evidence that adds up, and falls from level to level', () => {
    expect(matched.pairs.length).toBeGreaterThan(100);
    for (const pair of matched.pairs) expect(matched.evidenceOf(pair).reduce((sum, { bits }) => sum + bits, 0)).toBeCloseTo(pair.bits, 6);
    for (const field of matched.model.fields)
      for (const bits of field.bits) expect(bits.slice(1).toSorted((x, y) => y - x)).toEqual(bits.slice(1));
  });
});

it('does not make one person of a hundred who share a common name', () => {
  const rows = Array.from({ length: 100 }, (_, n) => ['Marta', 'Keller', `Pumpen ${n + 1} AG`, `marta.keller@pumpen${n + 1}.example`]);
  const { clusters } = matchTables(table(['first name', 'last name', 'company', 'email'], rows));
  expect(new Set(clusters).size).toBe(100);
});

test.each<[string, string[], string[], boolean]>([
  ['another address under another name', ['Elmstead Trust Nursery', '4 Mill Road', ''], ['Elmstead Trust Workshop', '90 Harbour Street', ''], true],
  ['another address under the same name', ['Elmstead Trust', '4 Mill Road', ''], ['ELMSTEAD TRUST', '90 Harbour Street', ''], false],
  ['another name at the same address', ['Elmstead Trust Nursery', '4 Mill Road', ''], ['Elmstead Trust', '4 Mill Rd', ''], false],
  ['no address', ['Elmstead Trust Nursery', '4 Mill Road', ''], ['Elmstead Trust Workshop', '', ''], false],
  ['people, who move', ['Elmstead Trust Nursery', '4 Mill Road', 'Ann'], ['Elmstead Trust Workshop', '90 Harbour Street', 'Ann'], false],
])('a site is where it stands: %s', (_, one, other, apart) => {
  const rows = [one, other, ['Hydro AG', '1 Rue Basse', one[2] === '' ? '' : 'Zoltan'], ['Kiosk Ltd', '7 Quai Haut', one[2] === '' ? '' : 'Bernd']];
  const kinds = ['organization', 'street', 'given name'] as const;
  const coded = codeTable(kinds.map((kind, at) => ({ label: kind, kind, cells: cellsOf(rows.map((row) => row[at]!)) })), rows.length); // prettier-ignore
  const levels = new Uint8Array(coded.fields.length);
  compareRows(coded, 0, 1, levels, 0);
  expect(sitesApart(startModel(coded), coded)(levels, 0)).toBe(apart);
});

it('says nothing of tables that hold nothing to compare', () => {
  const sizes = (matched: Matched): number[] => [matched.pairs.length, new Set(matched.clusters).size];
  expect(sizes(matchTables([]))).toEqual([0, 0]);
  expect(sizes(matchTables(table(['name'], [['Ann']])))).toEqual([0, 1]);
  expect(sizes(matchTables(table(['a', 'b'], [['', ''], ['', ''], ['x', 'x']])))).toEqual([0, 3]); // prettier-ignore
});

describe('two tables', () => {
  const bySight = new Map<string, string[][]>();
  for (const { row, truth } of dirtyRows({ seed: 9, count: 1500, from: new Date('2026-01-01'), to: new Date('2026-06-30') }))
    if (truth.person !== null) bySight.set(truth.person, [...(bySight.get(truth.person) ?? []), row]);
  // each person once a side; about half of the first side's are on the second
  const left = [...bySight].map(([person, [row]]) => ({ person, row: row! }));
  const right = [...bySight].flatMap(([person, [, row]]) => (row ? [{ person, row }] : []));
  it('are matched one to one, also when their columns are called and ordered otherwise', () => {
    const a = table(dirtyColumns.slice(0, 11), left.map(({ row }) => row)); // prettier-ignore
    const b = table(['Nachname', 'Vorname', 'Firma', 'E-Mail', 'Telefon', 'PLZ'], right.map(({ row }) => [row[1]!, row[0]!, row[2]!, row[4]!, row[5]!, row[8]!])); // prettier-ignore
    const words: Record<string, string> = { Nachname: 'familyName', Vorname: 'givenName', Firma: 'organization', Telefon: 'phone' };
    const { clusters } = matchTables(a, { other: b, fieldOf: (header) => words[header] });
    const sides = new Map<number, number[]>();
    for (const [row, cluster] of clusters.entries()) sides.set(cluster, [...(sides.get(cluster) ?? []), row < left.length ? 0 : 1]);
    for (const rows of sides.values()) expect(rows.length === 1 || (rows.length === 2 && rows[0] !== rows[1])).toBe(true);
    const truth = [...left, ...right].map(({ person }) => person);
    expect(pairsOf(truth)).toBeGreaterThan(50);
    expect(f1(truth, clusters)).toBeGreaterThan(0.95);
  });
});

describe('clusters', () => {
  it('do not let one weak bridge join two groups that otherwise disagree', () => {
    const bits = new Map([['0 1', 20], ['1 2', 18], ['0 2', 19], ['3 4', 20], ['4 5', 18], ['3 5', 19], ['2 3', 3]]); // prettier-ignore
    const links = [...bits].map(([key, strength]) => ({ a: Number(key[0]), b: Number(key[2]), bits: strength }));
    const across = (a: number, b: number): number => bits.get(`${Math.min(a, b)} ${Math.max(a, b)}`) ?? -10;
    expect([...clusterLinks(6, links, 0, across)]).toEqual([0, 0, 0, 1, 1, 1]);
    expect([...clusterLinks(6, links, 0, () => 5)]).toEqual([0, 0, 0, 0, 0, 0]);
  });
  it('hold one row a side where rows of one side are known to differ, and do not depend on the order of links', () =>
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(9), fc.nat(9), fc.integer({ min: 1, max: 30 })), { maxLength: 40 }), fc.nat(), (drawn, seed) => {
        const links = drawn
          .filter(([a, b]) => a !== b)
          .map(([a, b, bits], n) => ({ a: Math.min(a, b), b: Math.max(a, b), bits: bits + n / 1000 }));
        const mixed = links.toSorted((x, y) => ((x.bits * (seed + 7)) % 11) - ((y.bits * (seed + 7)) % 11));
        const clusters = clusterLinks(
          10,
          links,
          5,
          () => 1,
          (row) => row % 2,
        );
        expect(
          clusterLinks(
            10,
            mixed,
            5,
            () => 1,
            (row) => row % 2,
          ),
        ).toEqual(clusters);
        for (const cluster of new Set(clusters)) {
          const sides = [...clusters.keys()].filter((row) => clusters[row] === cluster).map((row) => row % 2);
          expect(new Set(sides).size).toBe(sides.length);
        }
      }),
    ));
});
