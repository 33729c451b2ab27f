import { describe, expect, test } from 'vitest';
import { cellsOf } from '../../platform/values/cells.rules.ts';
import type { Table } from './columns.rules.ts';
import { askOf, compare, settle } from './proposal.rules.ts';
import type { Asked, Proposed } from './proposal.rules.ts';
import { placeUnits } from './unit-map.rules.ts';
import { noFigures } from './units.rules.ts';
import type { ProposalUnit } from './units.rules.ts';

const unit = (part: string, today: string, customers: number, more: Partial<ProposalUnit> = {}): ProposalUnit => ({
  id: `DE ${part}`,
  country: 'DE',
  part,
  today,
  hasBest: false,
  worked: 0,
  position: null,
  figures: { ...noFigures(), customers, worthMinor: customers * 100 },
  ...more,
});
const asked: Asked = {
  territories: [
    { id: 'n', name: 'North', rules: {}, position: 1 },
    { id: 's', name: 'South', rules: {}, position: 2 },
  ],
  kind: 'postcode',
  digits: 2,
  measures: [{ figure: 'customers', tolerance: 0.1 }],
  keep: true,
  stayBest: false,
  stayWorked: false,
  stay: [],
  seed: 1,
  effectiveOn: '2026-01-01',
  days: 365,
  potential: null,
};
const proposed: Proposed = { asked, units: [unit('20', 'n', 2), unit('70', 's', 8), unit('80', 's', 6, { hasBest: true })], borders: [[0, 2], [1, 2]] };

test('what the engine is asked: today by name, nothing below zero, and who stays', () => {
  const ask = askOf({ ...proposed, asked: { ...asked, territories: [asked.territories[0]!, { ...asked.territories[1]!, name: 'North' }], stayBest: true, stay: ['DE 20'] }, units: [...proposed.units, unit('90', 's', -3)] });
  expect(ask.units.map(({ today, fixed, values }) => [today, fixed, values[0]])).toEqual([
    ['North', 'North', 2],
    ['North (2)', null, 8],
    ['North (2)', 'North (2)', 6],
    ['North (2)', null, 0],
  ]);
  expect(ask).toMatchObject({ territories: 2, measures: [{ name: 'Customers', tolerance: 0.1 }] });
});

describe('the territories of a division', () => {
  const sentences = ['South, North are not in one piece: islands belong to them.', 'Customers: the closest found is 20% from even, not 10%.'];
  test('are as the engine named them where something was kept', () => {
    expect(settle(proposed, askOf(proposed), { of: ['South', 'North', 'North'], sentences })).toEqual({ of: [1, 0, 0], sentences });
  });
  test('are named so that most stays where nothing was, in sentences too', () => {
    const free = { ...proposed, asked: { ...asked, keep: false } };
    expect(settle(free, askOf(free), { of: ['South', 'North', 'North'], sentences })).toEqual({ of: [0, 1, 1], sentences: ['North, South are not in one piece: islands belong to them.', sentences[1]] });
  });
  test('take a name that is left where the engine had but a number', () => {
    const units = proposed.units.map((one) => ({ ...one, today: 'n' }));
    expect(settle(proposed, askOf({ ...proposed, units }), { of: ['North', '2', '2'], sentences: [] }).of).toEqual([0, 1, 1]);
  });
});

test('today beside what is proposed', () => {
  const told = compare(proposed, { of: [0, 1, 0] });
  expect(told.territories).toMatchObject([
    { territoryId: 'n', today: { units: 1, figures: { customers: 2 }, deviations: { customers: -0.75 }, pieces: 1 }, proposed: { units: 2, figures: { customers: 8, worthMinor: 800 }, deviations: { customers: 0 } } },
    { territoryId: 's', today: { units: 2, figures: { customers: 14 } }, proposed: { units: 1, figures: { customers: 8 } } },
  ]);
  expect(told).toMatchObject({ today: { deviations: { customers: 0.75 }, contiguous: true }, proposed: { deviations: { customers: 0 }, contiguous: true, radiusKm: null }, moves: { units: 1, customers: 6, worthMinor: 600, openLeads: 0 } });
  expect(compare(proposed, null)).toMatchObject({ proposed: null, moves: null });
});

const table = (name: string, headers: string[], ...rows: string[][]): Table => ({ name, headers, columns: headers.map((_, at) => cellsOf(rows.map((row) => row[at]!))), rows: rows.length });

describe('uploaded tables', () => {
  const units = [unit('01', 'n', 1), unit('10', 'n', 1), unit('20', 's', 1)];
  test('name units as they are called here, or without the country, or as a spreadsheet leaves them', () => {
    const placed = placeUnits(units, table('c', ['what', 'plz', 'lon', 'lat'], ['x', '1', '13.7', '51'], ['y', 'de-10', '13.4', '52.5'], ['z', '99', '1', '2']), table('b', ['n', 'a', 'b'], ['1', '01', '10'], ['2', '10', '20'], ['3', '10', '99'], ['4', '20', '20']));
    expect(placed).toMatchObject({ positions: [{ lon: 13.7, lat: 51 }, { lon: 13.4, lat: 52.5 }, null], borders: [[0, 1], [1, 2]] });
    expect(placed).toMatchObject({ notes: [expect.stringContaining('1 of 3 units have no centre in “c”: DE 20'), expect.stringContaining('In “b” one border names')] });
  });
  test('are refused in words', () => {
    expect(placeUnits(units, table('c', ['plz', 'lon', 'lat'], ['01', '200', '51']), null)).toBe('No unit of “c” has a longitude and a latitude in degrees.');
    expect(placeUnits(units, null, table('b', ['a', 'b'], ['01', '01'], ['10', '77']))).toBe('No row of “b” names two units that border on each other.');
  });
  test('none at all: nothing is known', () => {
    expect(placeUnits(units, null, null)).toEqual({ positions: [null, null, null], borders: null, notes: [] });
  });
});
