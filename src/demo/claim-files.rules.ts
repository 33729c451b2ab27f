import { cellOf } from './lists.rules.ts';
import { organizationOf } from './organizations.rules.ts';
import { randomOf } from './random.rules.ts';

/** A lead a distributor had and never sold, as far as anybody here knows. */
export interface UnsoldLead {
  distributor: string;
  handedAt: Date;
  product: string | null;
  givenName: string | null;
  familyName: string | null;
  email: string | null;
  organization: string | null;
  street: string | null;
  postalCode: string | null;
  city: string | null;
  country: string | null;
}

const day = 86_400_000;
const article = ['HP-114-220', 'HP-118-310', 'HP-120-400', 'HP-131-550'] as const;

/**
 * What distributors and buyers tell after all. Of the sell-through file every third buyer was nobody's lead, and every fourth row of the others names a company and an article number
 * alone, so that a person has to decide; warranty cards come from a few of the same buyers, some for a unit the distributor told of too.
 */
export function claimFiles(seed: number, leads: readonly UnsoldLead[], now: Date): { kind: string; name: string; text: string }[] {
  const through = ['Ship date,Distributor,Document no,Item,Qty,Net amount,End customer,Contact,Ship to city,Ship to country'];
  const cards = ['Registration date,Registration number,Serial number,Model,Purchase date,Price paid,Dealer,First name,Last name,Email,Company,Street,ZIP,City,Country'];
  const write = (lines: string[], cells: (string | number | null)[]): void => void lines.push(cells.map((cell) => cellOf(String(cell ?? ''))).join(','));
  const dayOf = (at: number): string => new Date(Math.min(at, now.getTime() - 2 * day)).toISOString().slice(0, 10);
  leads.forEach((lead, n) => {
    const random = randomOf(seed, 'claim', n);
    const soldAt = lead.handedAt.getTime() + (12 + 70 * random.next()) * day;
    if (soldAt > now.getTime() - 2 * day) return;
    const value = (Math.round(random.logNormal(8200, 0.7) / 10) * 10).toFixed(2);
    const document = `D-${20_000 + n * 7}`;
    const serial = `HPX${(410_000 + n * 37).toString()}`;
    const byCard = n % 3 === 1 && lead.familyName !== null;
    const doubtful = n % 4 === 2;
    if (!byCard || n % 6 === 1)
      write(through, [dayOf(soldAt), lead.distributor, document, doubtful ? article[n % article.length]! : lead.product, 1, value, lead.organization ?? lead.familyName, doubtful ? '' : [lead.givenName, lead.familyName].filter(Boolean).join(' '), lead.city, lead.country]);
    if (byCard)
      write(cards, [dayOf(soldAt + 6 * day), `W-${7000 + n}`, serial, lead.product, dayOf(soldAt), value, lead.distributor, lead.givenName, lead.familyName, random.chance(0.5) ? lead.email : '', lead.organization, lead.street, lead.postalCode, lead.city, lead.country]);
    if (n % 3 === 0) {
      const { name, place } = organizationOf(seed, 6_000_000 + n);
      write(through, [dayOf(soldAt + 4 * day), lead.distributor, `${document}-2`, article[n % article.length]!, 1 + (n % 2), value, name, '', place.city, place.country]);
    }
  });
  return [
    { kind: 'sell-through', name: 'Sell-through of distributors.csv', text: `${through.join('\r\n')}\r\n` },
    { kind: 'warranties', name: 'Warranty registrations.csv', text: `${cards.join('\r\n')}\r\n` },
  ];
}
