import type { ImportBatch, ImportKind, RowOutcome } from '../../capture/index.ts';
import type { Context } from '../../platform/context.ts';
import type { Tx } from '../../platform/db/index.ts';
import { wakeDesk } from '../custody.store.ts';
import { postal } from '../territory.rules.ts';
import { addPostcodes, findPostcodesOfImport, removePostcodes } from './postcode.store.ts';
import type { PostcodeRow } from './postcode.store.ts';

/** A list of postcodes with where they lie: a table with a header, or a country's file of GeoNames as it is. */
export const placesImport: ImportKind = {
  kind: 'places',
  label: 'Postcodes and where they lie',
  matchedBy: { fields: ['code'], sentence: 'A code that was brought before is known by its country; where it lies is taken from the newest list.' },
  updates: false,
  whole: true,
  knownBy: [['code'], ['lat'], ['lon']],
  // https://download.geonames.org/export/zip/readme.txt
  headerless: ['country', 'code', 'place', 'state', null, 'county', null, null, null, 'lat', 'lon', null],
  fields: [
    { name: 'country', label: 'Country', type: 'country', asked: true, synonyms: ['country', 'country code', 'land', 'pays', 'pais', 'iso', 'iso2'] },
    { name: 'code', label: 'Postcode', type: 'text', required: true, synonyms: ['postcode', 'postal code', 'zip', 'zip code', 'zipcode', 'zcta', 'plz', 'postleitzahl', 'code postal', 'código postal', 'cap', 'outcode'] },
    { name: 'place', label: 'Place', type: 'text', synonyms: ['place', 'place name', 'city', 'town', 'ort', 'ville', 'ciudad', 'primary city'] },
    { name: 'state', label: 'State or region', type: 'text', synonyms: ['state', 'region', 'admin name 1', 'state name', 'state id', 'bundesland', 'province'] },
    { name: 'county', label: 'County', type: 'text', synonyms: ['county', 'county name', 'admin name 2', 'district', 'kreis', 'landkreis', 'département', 'provincia'] },
    { name: 'lat', label: 'Latitude', type: 'number', required: true, synonyms: ['latitude', 'lat', 'y', 'breite', 'breitengrad'] },
    { name: 'lon', label: 'Longitude', type: 'number', required: true, synonyms: ['longitude', 'lon', 'lng', 'long', 'x', 'länge', 'längengrad'] },
  ],
  apply,
  undo,
};

async function apply(tx: Tx, cx: Context, batch: ImportBatch): Promise<RowOutcome[]> {
  const text = (value: unknown): string | null => (typeof value === 'string' ? value.trim().slice(0, 200) || null : null);
  const outcomes: RowOutcome[] = [];
  const read: (PostcodeRow & { row: number })[] = [];
  for (const { row, values } of batch.rows) {
    const country = text(values['country'])?.toUpperCase() ?? batch.options.countrySaid ?? '';
    const [lat, lon] = [Number(values['lat']), Number(values['lon'])];
    const code = postal(text(values['code']) ?? '', country || null).slice(0, 12);
    const problem = (field: string, sentence: string): unknown => outcomes.push({ row, outcome: 'problem', field, sentence });
    if (!country) problem('country', 'It is not said in which country this code is. Add a column with the country, or say for the import which it is.');
    else if (code === '') problem('code', 'This row has no postcode.');
    else if (!(Math.abs(lat) <= 90 && Math.abs(lon) <= 180)) problem('lat', 'A latitude lies between −90 and 90, a longitude between −180 and 180. Are the two in the right columns?');
    else read.push({ row, country, code, name: text(values['place']), state: text(values['state']), county: text(values['county']), lat, lon });
  }
  // Of a code that stands there several times, for each of its villages, the first is taken.
  const known = await findPostcodesOfImport(tx, batch.importId, read);
  const added = read.filter(({ row, country, code }) => {
    const key = `${country} ${code}`;
    outcomes.push({ row, outcome: known.has(key) ? 'matched' : 'new' });
    return !known.has(key) && known.add(key);
  });
  await addPostcodes(tx, batch.importId, added);
  await wakeDesk(tx, cx.clock.now());
  return outcomes;
}

async function undo(tx: Tx, cx: Context, importId: string): Promise<void> {
  await removePostcodes(tx, importId);
  await wakeDesk(tx, cx.clock.now());
}
