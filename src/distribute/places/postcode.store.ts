import { sql } from '../../platform/db/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { Where } from '../territory.rules.ts';

export interface PostcodeRow {
  country: string;
  code: string;
  name: string | null;
  state: string | null;
  county: string | null;
  lat: number;
  lon: number;
}

/** Which of these the import brought already. */
export async function findPostcodesOfImport(tx: Tx, importId: string, rows: readonly Pick<PostcodeRow, 'country' | 'code'>[]): Promise<Set<string>> {
  const found = await tx.rows<{ country: string; code: string }>(sql`select p.country, p.code from unnest(${rows.map(({ country }) => country)}::text[], ${rows.map(({ code }) => code)}::text[]) q (country, code)
    join distribute.postcode p on p.workspace_id = ${tx.scope.workspaceId} and p.country = q.country and p.code = q.code and p.import_id = ${importId}`);
  return new Set(found.map(({ country, code }) => `${country} ${code}`));
}

export async function addPostcodes(tx: Tx, importId: string, rows: readonly PostcodeRow[]): Promise<void> {
  await tx.copy(
    'distribute.postcode',
    ['workspace_id', 'country', 'code', 'import_id', 'name', 'state', 'county', 'lat', 'lon'],
    rows.map((row) => [tx.scope.workspaceId, row.country, row.code, importId, row.name, row.state, row.county, row.lat, row.lon]),
  );
}

export const removePostcodes = (tx: Tx, importId: string): Promise<number> =>
  tx.run(sql`delete from distribute.postcode where workspace_id = ${tx.scope.workspaceId} and import_id = ${importId}`);

/** Of each question (its number, a country, codes it may be known under with the surest first) where it lies; what is not known is left out. */
export async function findWhere(tx: Tx, asked: readonly { country: string; codes: readonly string[] }[]): Promise<Map<number, Where & { name: string | null; state: string | null }>> {
  const flat = asked.flatMap(({ country, codes }, n) => codes.map((code, rank) => ({ n, rank, country, code })));
  if (flat.length === 0) return new Map();
  const rows = await tx.rows<Where & { n: number; name: string | null; state: string | null }>(sql`select distinct on (q.n) q.n, p.name, p.state, p.county, p.lat, p.lon
    from unnest(${flat.map(({ n }) => n)}::int[], ${flat.map(({ rank }) => rank)}::int[], ${flat.map(({ country }) => country)}::text[], ${flat.map(({ code }) => code)}::text[]) q (n, rank, country, code)
    join distribute.postcode p on p.workspace_id = ${tx.scope.workspaceId} and p.country = q.country and p.code = q.code
    order by q.n, q.rank, p.import_id desc`);
  return new Map(rows.map(({ n, ...where }) => [n, where]));
}
