import { cellOf } from './lists.rules.ts';
import { organizationOf, type Vertical } from './organizations.rules.ts';
import { randomOf } from './random.rules.ts';

const codes: Record<Vertical, readonly [naics: string, sic: string]> = {
  water: ['221310', '4941'],
  chemical: ['325199', '2869'],
  food: ['311514', '2023'],
  mining: ['212321', '1442'],
  pharma: ['325412', '2834'],
  buildings: ['238220', '1711'],
  energy: ['211120', '1311'],
  agriculture: ['111998', '0191'],
  marine: ['336611', '3731'],
};
const groups = ['Meridian Holdings', 'Rhenus Beteiligungen', 'Grupo Levante', 'Northgate Capital'];
const rows = 260;

/**
 * What a bureau sent about companies of the trade: of half of them nothing is known here, and some go by a name of their own.
 * `sharedOrganizations`: as many are known by several of their people. */
export function registerFile(seed: number, sharedOrganizations: number): { name: string; text: string } {
  const lines = ['Company,Domain,City,Country,Employees,Annual Sales,NAICS,SIC,Parent Company,Confidence,As of'];
  for (let n = 0; n < rows; n++) {
    const { name, domain, vertical, employees, annualRevenue, place } = organizationOf(seed, n % 2 === 0 ? (n * 7) % sharedOrganizations : 5_000_000 + n);
    const random = randomOf(seed, 'register', n);
    const [naics, sic] = codes[vertical];
    const unclear = random.chance(0.12);
    const cells = [
      unclear ? `${name.split(' ').slice(0, 2).join(' ')} Group` : name,
      unclear ? '' : domain,
      place.city,
      place.country,
      Math.max(1, Math.round(employees * (0.85 + random.int(30) / 100))),
      Math.round(annualRevenue / 1000) * 1000,
      random.chance(0.04) ? 'n/k' : naics,
      sic,
      random.chance(0.15) ? groups[random.int(groups.length)]! : '',
      (0.6 + random.int(40) / 100).toFixed(2),
      `${2022 + random.int(4)}-06-30`,
    ];
    lines.push(cells.map((cell) => cellOf(String(cell))).join(','));
  }
  return { name: 'Company facts, Tradeline.csv', text: `${lines.join('\n')}\n` };
}
