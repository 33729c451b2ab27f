/**
 * Which column of a stranger's table is what: by what is said, else by what its cells have to do with the other table's, else by its name.
 * Units and borders are known by each other: the column of the units is the one whose values the borders name.
 */
import { cellAt } from '../../platform/values/cells.rules.ts';
import type { Cells } from '../../platform/values/cells.rules.ts';
import { fold } from '../../platform/values/fold.rules.ts';

export interface Table {
  readonly name: string;
  readonly headers: readonly string[];
  readonly columns: readonly Cells[];
  readonly rows: number;
}

const idNames = /^(id|unit|unit id|code|name|key|county|district|area|zone|zip|zip ?code|zcta|post ?code|postal ?code|plz|outcode|geo ?id ?\d*|fips)$/;
const lonNames = /^(lon|lng|long|longitude|x|cx|centroid x|center x|intptlon ?\d*|laenge|langengrad|longitud)$/;
const latNames = /^(lat|latitude|y|cy|centroid y|center y|intptlat ?\d*|breite|breitengrad|latitud)$/;

const words = (header: string): string => fold(header.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2').replace(/[_\-.]+/g, ' '));

/** A column by the name somebody typed, letter case aside; -1 where there is none. */
export function columnNamed({ headers }: Table, name: string): number {
  const exact = headers.indexOf(name);
  return exact >= 0 ? exact : headers.findIndex((header) => header.trim().toLowerCase() === name.trim().toLowerCase());
}

export function cellsInOrder(table: Table, column: number): string[] {
  return Array.from({ length: table.rows }, (_, row) => cellAt(table.columns[column]!, row).trim());
}

/** The column in which every row says something else, and whose values the borders name most; -1 where no column is like that. */
export function idColumn(units: Table, borders: Table | null): number {
  const named = new Set(borders?.columns.flatMap(({ texts }) => texts.map((text) => text.trim())));
  let best = { column: -1, fit: -1 };
  for (const [column, header] of units.headers.entries()) {
    const cells = cellsInOrder(units, column);
    if (cells.includes('') || new Set(cells).size < cells.length) continue;
    const met = borders ? cells.filter((cell) => named.has(cell)).length / cells.length : 0;
    const fit = met * 10 + (idNames.test(words(header)) ? 2 : 0) - column / units.headers.length;
    if (fit > best.fit) best = { column, fit };
  }
  return best.column;
}

/** The two columns that name units most often, in the order of the table; undefined where there are not two. */
export function borderColumns(borders: Table, ids: ReadonlySet<string>): [number, number] | undefined {
  const ranked = [...borders.headers.keys()]
    .map((column) => ({ column, met: cellsInOrder(borders, column).filter((cell) => ids.has(cell)).length }))
    .filter(({ met }) => met > 0)
    .toSorted((a, b) => b.met - a.met || a.column - b.column)
    .slice(0, 2)
    .map(({ column }) => column)
    .toSorted((a, b) => a - b);
  return ranked.length === 2 ? [ranked[0]!, ranked[1]!] : undefined;
}

/** Columns called longitude and latitude in one of the usual ways; undefined unless there is one of each. */
export function positionColumns(units: Table): { lon: number; lat: number } | undefined {
  const lon = units.headers.findIndex((header) => lonNames.test(words(header)));
  const lat = units.headers.findIndex((header) => latNames.test(words(header)));
  return lon >= 0 && lat >= 0 ? { lon, lat } : undefined;
}

/** Columns in which there are only numbers, to be offered as measures. */
export function numberColumns(units: Table, but: readonly number[]): string[] {
  return units.headers.filter(
    (_, column) => !but.includes(column) && units.columns[column]!.texts.length > 0 && units.columns[column]!.texts.every((text) => /^\s*\d[\d.,']*\s*$/.test(text)),
  );
}
