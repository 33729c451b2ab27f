/** Tables of centres and borders that somebody uploaded, found to units: by the names units have here, or without the country where there is but one. */
import { borderColumns, cellsInOrder, positionColumns } from './columns.rules.ts';
import type { Table } from './columns.rules.ts';
import { neighboursFromCentres } from './map.rules.ts';
import type { Pair, Position } from './map.rules.ts';
import type { ProposalUnit } from './units.rules.ts';

export interface UnitPlaces {
  positions: (Position | null)[];
  borders: Pair[] | null;
  notes: string[];
}

/** The places of units and who borders on whom; or the sentence that says what is wrong with a table. */
export function placeUnits(units: readonly ProposalUnit[], centres: Table | null, borders: Table | null): UnitPlaces | string {
  const names = namesOf(units);
  const notes: string[] = [];
  let positions: (Position | null)[] = units.map(() => null);
  if (centres) {
    const found = centresOf(centres, names, units);
    if (typeof found === 'string') return found;
    positions = found;
    const missing = positions.filter((position) => position === null).length;
    if (missing > 0) notes.push(`${missing} of ${units.length} units have no centre in “${centres.name}”: ${sample(units.filter((_, u) => positions[u] === null))}. They are not on the map.`);
  }
  if (borders) {
    const found = bordersOf(borders, names, units);
    if (typeof found === 'string') return found;
    if (found.strange > 0) notes.push(`In “${borders.name}” ${found.strange === 1 ? 'one border names' : `${found.strange.toLocaleString('en')} borders name`} a unit that is none of these: left out.`);
    return { positions, borders: found.pairs, notes };
  }
  const guessed = centres ? neighboursFromCentres(positions) : [];
  if (guessed.length > 0) notes.push('No borders were given: units are taken as neighbours whose centres have no other between them.');
  return { positions, borders: guessed.length > 0 ? guessed : null, notes };
}

const sample = (units: readonly ProposalUnit[]): string => `${units.slice(0, 5).map(({ id }) => id).join(', ')}${units.length > 5 ? ' …' : ''}`;
const plain = (name: string): string => name.trim().toUpperCase().replaceAll(/[\s\-_]+/g, ' ');

/** By every name a unit goes by. A part that is a number goes by itself without its zeros too, as a spreadsheet leaves it, unless that is another's. */
function namesOf(units: readonly ProposalUnit[]): Map<string, number> {
  const names = new Map<string, number>();
  const isOne = new Set(units.map(({ country }) => country)).size === 1;
  for (const [u, { id }] of units.entries()) names.set(plain(id), u);
  if (isOne) for (const [u, { part }] of units.entries()) names.set(plain(part), u);
  if (isOne)
    for (const [u, { part }] of units.entries()) {
      const bare = plain(part).replace(/^0+(?=\d)/, '');
      if (!names.has(bare)) names.set(bare, u);
    }
  return names;
}

function centresOf(table: Table, names: ReadonlyMap<string, number>, units: readonly ProposalUnit[]): (Position | null)[] | string {
  const places = positionColumns(table);
  if (!places) return `“${table.name}” has no columns of longitude and latitude. Call them “lon” and “lat”, in degrees. There are: ${table.headers.join(', ')}.`;
  const columns = [...table.headers.keys()]
    .filter((column) => column !== places.lon && column !== places.lat)
    .map((column) => ({ cells: cellsInOrder(table, column).map((cell) => names.get(plain(cell))), column }))
    .map(({ cells }) => ({ cells, met: cells.filter((u) => u !== undefined).length }))
    .toSorted((a, b) => b.met - a.met);
  const named = columns[0];
  if (!named || named.met === 0) return `No column of “${table.name}” names units such as ${sample(units)}. Give each unit a row with its name, longitude and latitude.`;
  const [lons, lats] = [cellsInOrder(table, places.lon), cellsInOrder(table, places.lat)];
  const positions: (Position | null)[] = units.map(() => null);
  for (const [row, u] of named.cells.entries()) {
    const [lon, lat] = [Number(lons[row]), Number(lats[row])];
    if (u !== undefined && lons[row] !== '' && lats[row] !== '' && Math.abs(lon) <= 180 && Math.abs(lat) <= 90) positions[u] = { lon, lat };
  }
  return positions.every((position) => position === null) ? `No unit of “${table.name}” has a longitude and a latitude in degrees.` : positions;
}

function bordersOf(table: Table, names: ReadonlyMap<string, number>, units: readonly ProposalUnit[]): { pairs: Pair[]; strange: number } | string {
  const ids = new Set(table.headers.keys().flatMap((column) => cellsInOrder(table, column)).filter((cell) => names.has(plain(cell))));
  const columns = borderColumns(table, ids);
  if (!columns) return `“${table.name}” has no two columns that name units such as ${sample(units)}. Give each border a row with the names of the two units.`;
  const [one, other] = columns.map((column) => cellsInOrder(table, column).map((cell) => names.get(plain(cell)))) as [(number | undefined)[], (number | undefined)[]];
  const pairs = one.flatMap((a, row): Pair[] => {
    const b = other[row];
    return a === undefined || b === undefined || a === b ? [] : [[a, b]];
  });
  return pairs.length === 0 ? `No row of “${table.name}” names two units that border on each other.` : { pairs, strange: one.filter((a, row) => a === undefined || other[row] === undefined).length };
}
