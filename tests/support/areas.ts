import { sql } from '../../src/platform/db/index.ts';
import type { TestHouse } from './house.ts';

/** German customers by the first two digits of their postcode, so many each; and the middle of each of these areas. */
export const areas = {
  customers: [['20', 2], ['21', 2], ['70', 8], ['71', 3], ['80', 5]] as const,
  /** 80 lies between the north and the south here, so that it can change hands */
  centres: ['area,lat,lon', ...Array.from({ length: 10 }, (_, n) => `2${n},53.${n},9`), '80,51,9', '71,49,9.1', '70,48,9'].join('\n'),
};
export const northRules = { countries: ['DE'], postalRanges: [{ from: '20000', to: '29999' }] };
export const southRules = { countries: ['DE'] };

export const plantCustomers = (house: Pick<TestHouse, 'write' | 'workspaceId' | 'cx'>): Promise<void> =>
  house.write(async (tx) => {
    const rows = areas.customers.flatMap(([area, count]) => Array.from({ length: count }, (_, n) => ({ name: `Firm ${area} ${n}`, postalCode: `${area}10${n}` })));
    await tx.run(sql`insert into identity.organization (workspace_id, id, name, name_key, country, postal_code, is_customer, first_seen_at, last_seen_at)
      select ${house.workspaceId}, x.id, x.name, lower(x.name), 'DE', x.postal_code, true, now(), now()
      from unnest(${rows.map(() => house.cx.ids.next())}::uuid[], ${rows.map(({ name }) => name)}::text[], ${rows.map(({ postalCode }) => postalCode)}::text[]) as x (id, name, postal_code)`);
  });

/** North and south, each with a rep; their ids by name. `position` where other territories stand before. */
export async function addTerritories(house: Pick<TestHouse, 'request'>, position?: number): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for (const [name, rules] of [['North', northRules], ['South', southRules]] as const) {
    const holder = await house.request('administrator', 'POST', '/v1/holders', { kind: 'rep', name: `${name} rep`, email: `${name.toLowerCase()}@pumps.example` });
    const made = await house.request('administrator', 'POST', '/v1/territories', { name, rules, holders: [{ holderId: holder.json.id, weight: 1 }], ...(position === undefined ? {} : { position }) });
    if (made.status !== 200) throw new Error(made.text);
    ids.set(name, made.json.id as string);
  }
  return ids;
}
