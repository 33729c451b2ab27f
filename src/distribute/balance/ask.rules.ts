/** Two tables and what was typed beside them, understood as a balancing to ask for; or the sentence that says what is wrong with them. */
import { moneyConvention, readNumber } from '../../platform/values/money-text.rules.ts';
import { readYesNo } from '../../platform/values/yes-no.rules.ts';
import type { BalanceAsk, BalanceUnit, Measure } from './balance.rules.ts';
import { whyNot } from './check.rules.ts';
import { borderColumns, cellsInOrder, columnNamed, idColumn, numberColumns, positionColumns } from './columns.rules.ts';
import type { Table } from './columns.rules.ts';
import { neighboursFromCentres } from './map.rules.ts';
import type { Pair, Position } from './map.rules.ts';

export interface AskFlags {
  territories?: string;
  weight?: string[];
  tolerance?: string[];
  keep?: string;
  fix?: string;
  seed?: string;
  id?: string;
  from?: string;
  to?: string;
  lon?: string;
  lat?: string;
}
export interface Understood {
  ask: BalanceAsk;
  /** how the columns were understood, for people to check */
  columns: { header: string; meaning: string }[];
  /** what was left out or guessed */
  sentences: string[];
}
/** Carries the sentence out of wherever it was found. */
class Wrong extends Error {}
const wrong = (sentence: string): never => {
  throw new Wrong(sentence);
};

export function understandAsk(units: Table, adjacency: Table | null, flags: AskFlags): Understood | string {
  try {
    return understand(units, adjacency, flags);
  } catch (error) {
    if (error instanceof Wrong) return error.message;
    throw error;
  }
}

function understand(table: Table, adjacency: Table | null, flags: AskFlags): Understood {
  const territories = flags.territories === undefined ? wrong('Say how many territories there are to be: --territories 3.') : Number(flags.territories);
  if (!Number.isInteger(territories) || territories < 1) wrong(`--territories takes a whole number from 1 on, not “${flags.territories}”.`);
  const seed = Number(flags.seed ?? 1);
  if (!Number.isSafeInteger(seed)) wrong(`--seed takes a whole number, not “${flags.seed}”.`);
  if (table.rows === 0) wrong(`“${table.name}” has no rows under its headers.`);
  const own = (name: string | undefined, of = table): number | undefined => {
    if (name === undefined) return undefined;
    const at = columnNamed(of, name);
    return at >= 0 ? at : wrong(`“${of.name}” has no column “${name}”. There are: ${of.headers.join(', ')}.`);
  };
  const idAt = own(flags.id) ?? idColumn(table, adjacency);
  if (idAt < 0) wrong(`No column of “${table.name}” names every unit differently. Say which names them: --id COLUMN.`);
  const places = placesOf(table, flags, own);
  const measures = measuresOf(table, flags, own, [idAt, ...(places ? [places.lon, places.lat] : [])]);
  const [keepAt, fixAt] = [own(flags.keep), own(flags.fix)];
  const ids = cellsInOrder(table, idAt);
  const columns = [
    { header: table.headers[idAt]!, meaning: 'unit' },
    ...(places ? [{ header: table.headers[places.lon]!, meaning: 'longitude' }, { header: table.headers[places.lat]!, meaning: 'latitude' }] : []),
    ...measures.map(({ header }) => ({ header, meaning: 'weight' })),
    ...(keepAt === undefined ? [] : [{ header: table.headers[keepAt]!, meaning: 'today' }]),
    ...(fixAt === undefined ? [] : [{ header: table.headers[fixAt]!, meaning: 'fixed' }]),
  ];
  const sentences: string[] = [];
  const positions = positionsOf(table, places, sentences);
  const borders = bordersOf(table, adjacency, ids, flags, own, columns, sentences) ?? guessed(positions, sentences);
  const today = keepAt === undefined ? ids.map(() => null) : cellsInOrder(table, keepAt).map((cell) => (cell === '' ? null : cell));
  const units: BalanceUnit[] = ids.map((id, row) => ({ id, position: positions[row]!, values: measures.map(({ values }) => values[row]!), today: today[row]!, fixed: null }));
  const ask: BalanceAsk = {
    units: fixAt === undefined ? units : fix(units, cellsInOrder(table, fixAt), table, fixAt),
    borders,
    territories,
    measures: measures.map(({ name, tolerance }) => ({ name, tolerance })),
    keep: keepAt !== undefined,
    seed,
  };
  const not = whyNot(ask);
  if (not !== null) wrong(not);
  return { ask, columns, sentences };
}

type Own = (name: string | undefined, of?: Table) => number | undefined;

function placesOf(table: Table, flags: AskFlags, own: Own): { lon: number; lat: number } | undefined {
  const [lon, lat] = [own(flags.lon), own(flags.lat)];
  if ((lon === undefined) !== (lat === undefined)) wrong('Centres need both: --lon COLUMN and --lat COLUMN.');
  return lon === undefined || lat === undefined ? positionColumns(table) : { lon, lat };
}

function measuresOf(table: Table, flags: AskFlags, own: Own, but: readonly number[]): (Measure & { header: string; values: number[] })[] {
  if (!flags.weight?.length) {
    const offered = numberColumns(table, but);
    wrong(`Say what to balance by: --weight COLUMN. ${offered.length > 0 ? `Columns of numbers in “${table.name}”: ${offered.join(', ')}.` : `“${table.name}” has no other column of numbers.`}`);
  }
  const weights = flags.weight!;
  // one measure is brought as close as makes sense; several pull against each other
  const tolerances = (flags.tolerance ?? [weights.length === 1 ? '0.1%' : '5%']).map(readTolerance);
  if (tolerances.length !== 1 && tolerances.length !== weights.length) wrong(`There ${weights.length === 1 ? "is 1 weight" : `are ${weights.length} weights`} and ${tolerances.length} tolerances: give one for all, or one for each.`);
  return weights.map((weight, m) => {
    const at = own(weight)!;
    const cells = cellsInOrder(table, at);
    const decimal = moneyConvention(cells);
    const values = cells.map((cell, row) => {
      const { value } = readNumber(cell, decimal);
      if (value === undefined) return wrong(`“${table.headers[at]}” of row ${row + 1} in “${table.name}” is ${cell === '' ? 'empty' : `“${cell}”, which is not a number`}. Fill it in; 0 is allowed.`);
      return value < 0 ? wrong(`“${table.headers[at]}” of row ${row + 1} in “${table.name}” is ${cell}. A weight must be 0 or more.`) : value;
    });
    return { name: table.headers[at]!, header: table.headers[at]!, tolerance: tolerances[m] ?? tolerances[0]!, values };
  });
}

function readTolerance(text: string): number {
  const found = /^\s*(\d+(?:[.,]\d+)?)\s*(%?)\s*$/.exec(text);
  const value = found ? Number(found[1]!.replace(',', '.')) / (found[2] ? 100 : 1) : Number.NaN;
  return value >= 0 && value < 1 ? value : wrong(`--tolerance takes a share below 100%, such as 1% or 0.01, not “${text}”.`);
}

function positionsOf(table: Table, places: { lon: number; lat: number } | undefined, sentences: string[]): (Position | null)[] {
  if (!places) return Array.from({ length: table.rows }, () => null);
  const [lons, lats] = [cellsInOrder(table, places.lon), cellsInOrder(table, places.lat)];
  const read = lons.map((lon, row): Position | null => {
    const position = { lon: Number(lon), lat: Number(lats[row]!) };
    return lon !== '' && lats[row] !== '' && Math.abs(position.lon) <= 180 && Math.abs(position.lat) <= 90 ? position : null;
  });
  const missing = read.filter((position) => position === null).length;
  if (missing > 0) sentences.push(`${missing} of ${table.rows} units have no centre in degrees (“${table.headers[places.lon]}”, “${table.headers[places.lat]}”): distances leave them out.`);
  return read;
}

function bordersOf(table: Table, adjacency: Table | null, ids: readonly string[], flags: AskFlags, own: Own, columns: Understood['columns'], sentences: string[]): Pair[] | null {
  if (!adjacency) return null;
  const [from, to] = [own(flags.from, adjacency), own(flags.to, adjacency)];
  if ((from === undefined) !== (to === undefined)) wrong('Neighbours need both: --from COLUMN and --to COLUMN.');
  const place = new Map(ids.map((id, at) => [id, at]));
  const at = from === undefined || to === undefined ? borderColumns(adjacency, new Set(ids)) : ([from, to] as const);
  if (!at) return wrong(`“${adjacency.name}” has no two columns that name units of “${table.name}” (such as “${ids[0]}”). Say which with --from and --to, and which names the units with --id.`);
  columns.push({ header: adjacency.headers[at[0]]!, meaning: 'neighbour' }, { header: adjacency.headers[at[1]]!, meaning: 'neighbour' });
  const [one, other] = [cellsInOrder(adjacency, at[0]), cellsInOrder(adjacency, at[1])];
  const strange: string[] = [];
  const pairs = one.flatMap((id, row): Pair[] => {
    const [a, b] = [place.get(id), place.get(other[row]!)];
    if (a !== undefined && b !== undefined) return [[a, b]];
    strange.push(`row ${row + 1}, “${a === undefined ? id : other[row]}”`);
    return [];
  });
  if (pairs.length === 0) wrong(`No row of “${adjacency.name}” names two units of “${table.name}”: ${strange[0] ?? 'it has no rows'}.`);
  if (strange.length > 0) sentences.push(`${strange.length} of ${one.length} borders name a unit that is not in “${table.name}” (first: ${strange[0]}): left out.`);
  return pairs;
}

function guessed(positions: readonly (Position | null)[], sentences: string[]): Pair[] | null {
  const pairs = neighboursFromCentres(positions);
  if (pairs.length === 0) return null;
  sentences.push('No borders were given: units are taken as neighbours whose centres have no other between them.');
  return pairs;
}

function fix(units: readonly BalanceUnit[], cells: readonly string[], table: Table, column: number): BalanceUnit[] {
  const said = cells.filter((cell) => cell !== '');
  const names = new Set(units.map(({ today }) => today));
  // a 1 may tick a box or name a territory: it names one where one is called so, or where nothing is known of today
  const flags = said.length > 0 && said.every((cell) => readYesNo(cell) !== undefined && !(/^\d/.test(cell) && (names.has(cell) || names.size === 1)));
  return units.map((unit, row) => {
    const cell = cells[row]!;
    if (!flags) return { ...unit, fixed: cell === '' ? null : cell };
    if (cell === '' || readYesNo(cell) !== true) return unit;
    return unit.today === null
      ? wrong(`Unit “${unit.id}” is to stay where it is (“${table.headers[column]}”: ${cell}), but nothing says where. Give today’s territories with --keep.`)
      : { ...unit, fixed: unit.today };
  });
}
