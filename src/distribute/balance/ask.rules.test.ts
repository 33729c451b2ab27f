import { expect, it, test } from 'vitest';
import { cellsOf } from '../../platform/values/cells.rules.ts';
import { understandAsk } from './ask.rules.ts';
import type { AskFlags, Understood } from './ask.rules.ts';
import type { Table } from './columns.rules.ts';

const table = (name: string, headers: string[], ...rows: string[][]): Table => ({
  name,
  headers,
  rows: rows.length,
  columns: headers.map((_, at) => cellsOf(rows.map((row) => row[at]!))),
});
const areas = table(
  'areas.csv',
  ['code', 'people', 'rep', 'key', 'lat', 'lng'],
  ['AB1', '1,200', 'North', 'yes', '57.1', '-2.1'],
  ['AB2', '800', 'North', '', '57.2', '-2.1'],
  ['AB3', '1,000', 'South', '', '57.3', '-2.2'],
  ['AB4', '950', '', '', '', ''],
);
const borders = table('borders.csv', ['a', 'b'], ['AB1', 'AB2'], ['AB2', 'AB3'], ['AB3', 'AB4'], ['AB3', 'ZZ9']);
const flags: AskFlags = { territories: '2', weight: ['people'] };
const understood = (more: Partial<AskFlags> = {}): Understood => understandAsk(areas, borders, { ...flags, ...more }) as Understood;

it('understands a table as it comes', () => {
  const { ask, columns, sentences } = understood();
  expect(columns.map(({ header, meaning }) => `${header}: ${meaning}`)).toEqual(['code: unit', 'lng: longitude', 'lat: latitude', 'people: weight', 'a: neighbour', 'b: neighbour']);
  expect(ask.units[0]).toEqual({ id: 'AB1', position: { lon: -2.1, lat: 57.1 }, values: [1200], today: null, fixed: null });
  expect(ask.units[3]!.position).toBeNull();
  expect(ask).toMatchObject({ borders: [[0, 1], [1, 2], [2, 3]], measures: [{ name: 'people', tolerance: 0.001 }], keep: false, seed: 1 });
  expect(sentences).toEqual([
    '1 of 4 units have no centre in degrees (“lng”, “lat”): distances leave them out.',
    '1 of 4 borders name a unit that is not in “areas.csv” (first: row 4, “ZZ9”): left out.',
  ]);
});

it('takes a yes as “stays where it is”, and a name as the name of a territory', () => {
  expect(understood({ keep: 'rep', fix: 'key' }).ask.units.map(({ fixed }) => fixed)).toEqual(['North', null, null, null]);
  expect(understood({ fix: 'rep' }).ask.units.map(({ fixed }) => fixed)).toEqual(['North', 'North', 'South', null]);
});

test.each<[string, AskFlags, Table | null, string]>([
  ['no number of territories', { weight: ['people'] }, borders, 'Say how many territories there are to be: --territories 3.'],
  ['a word for a number', { ...flags, territories: 'two' }, borders, '--territories takes a whole number from 1 on, not “two”.'],
  ['no weight', { territories: '2' }, borders, 'Say what to balance by: --weight COLUMN. Columns of numbers in “areas.csv”: people.'],
  ['a weight of words', { ...flags, weight: ['rep'] }, borders, '“rep” of row 1 in “areas.csv” is “North”, which is not a number. Fill it in; 0 is allowed.'],
  ['too much tolerance', { ...flags, tolerance: ['120%'] }, borders, '--tolerance takes a share below 100%, such as 1% or 0.01, not “120%”.'],
  ['too many tolerances', { ...flags, tolerance: ['1%', '2%'] }, borders, 'There is 1 weight and 2 tolerances: give one for all, or one for each.'],
  ['borders of somewhere else', flags, table('b.csv', ['u', 'v'], ['1', '2']), '“b.csv” has no two columns that name units of “areas.csv” (such as “AB1”). Say which with --from and --to, and which names the units with --id.'],
  ['half a position', { ...flags, lon: 'lng' }, borders, 'Centres need both: --lon COLUMN and --lat COLUMN.'],
  ['a yes, and nothing of today', { ...flags, fix: 'key' }, borders, 'Unit “AB1” is to stay where it is (“key”: yes), but nothing says where. Give today’s territories with --keep.'],
  ['more territories than units', { ...flags, territories: '9' }, borders, 'There are 4 units and 9 territories asked for: each needs a unit at least. Ask for 4 or fewer.'],
])('%s', (_, given, adjacency, sentence) => expect(understandAsk(areas, adjacency, given)).toBe(sentence));
