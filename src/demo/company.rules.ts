import type { Vertical } from './organizations.rules.ts';
import { verticalNames } from './organizations.rules.ts';

/** The demo company and everybody who works its leads. All invented; every address ends in `.example`. */

export const company = {
  name: 'Hartwell Pumps',
  currency: 'USD',
  locale: 'en',
  timeZone: 'America/New_York',
  country: 'US',
  domain: 'hartwellpumps.example',
} as const;

/** How a holder treats leads. The generator knows it; the reports have to find it out. */
export interface Diligence {
  /** Share of offered leads accepted in time; the rest stay unanswered. */
  accepts: number;
  /** Share of offers answered by a call within minutes, while the office is open. */
  atOnce: number;
  acceptHours: number;
  declines: number;
  /** Share of accepted leads that are really contacted. */
  follows: number;
  contactHours: number;
  contactsMean: number;
  /** Share of contacted leads that get a verdict. */
  verdicts: number;
  verdictDays: number;
  /** −1 poor … +1 excellent at selling. */
  skill: number;
}

const diligent: Diligence = {
  accepts: 0.99,
  atOnce: 0.5,
  acceptHours: 0.5,
  declines: 0.02,
  follows: 0.99,
  contactHours: 0.7,
  contactsMean: 2.3,
  verdicts: 0.99,
  verdictDays: 4,
  skill: 0.8,
};
const sound: Diligence = {
  accepts: 0.97,
  atOnce: 0.25,
  acceptHours: 1.5,
  declines: 0.03,
  follows: 0.96,
  contactHours: 3,
  contactsMean: 2,
  verdicts: 0.97,
  verdictDays: 6,
  skill: 0.3,
};
const average: Diligence = {
  accepts: 0.92,
  atOnce: 0.1,
  acceptHours: 4,
  declines: 0.05,
  follows: 0.88,
  contactHours: 13,
  contactsMean: 2.1,
  verdicts: 0.88,
  verdictDays: 12,
  skill: 0,
};
const slack: Diligence = {
  accepts: 0.8,
  atOnce: 0.03,
  acceptHours: 9,
  declines: 0.09,
  follows: 0.72,
  contactHours: 36,
  contactsMean: 1.5,
  verdicts: 0.66,
  verdictDays: 20,
  skill: -0.3,
};
const silent: Diligence = {
  accepts: 0.16,
  atOnce: 0,
  acceptHours: 20,
  declines: 0.05,
  follows: 0.4,
  contactHours: 150,
  contactsMean: 1.1,
  verdicts: 0.15,
  verdictDays: 40,
  skill: -0.6,
};

export interface DemoHolder {
  key: string;
  kind: 'rep' | 'partner';
  name: string;
  contact: string;
  email: string;
  phone: string;
  country: string;
  timeZone: string;
  /** Hours that local office time lies behind UTC, roughly; enough for when people pick up the telephone. */
  utcOffset: number;
  languages: readonly string[];
  capacityPerWeek: number;
  weight: number;
  diligence: Diligence;
  /** 1 = at leisure; who has three times the leads gives each less time, and comes to a verdict sooner. */
  ease: number;
  /** Whether they work in the application, or only answer the mails. */
  works: 'app' | 'link';
}

const rep = (
  key: string,
  name: string,
  country: string,
  timeZone: string,
  utcOffset: number,
  languages: readonly string[],
  phone: string,
  capacityPerWeek: number,
  diligence: Diligence,
): DemoHolder => ({
  key,
  kind: 'rep',
  name,
  contact: name,
  email: `${key}@${company.domain}`,
  phone,
  country,
  timeZone,
  utcOffset,
  languages,
  capacityPerWeek,
  weight: 1,
  diligence,
  ease: 1,
  works: 'app',
});
const partner = (
  key: string,
  name: string,
  contact: string,
  mail: string,
  country: string,
  timeZone: string,
  utcOffset: number,
  languages: readonly string[],
  phone: string,
  capacityPerWeek: number,
  diligence: Diligence,
  works: 'app' | 'link' = 'link',
): DemoHolder => ({
  key,
  kind: 'partner',
  name,
  contact,
  email: mail,
  phone,
  country,
  timeZone,
  utcOffset,
  languages,
  capacityPerWeek,
  weight: 1,
  diligence,
  ease: 1,
  works,
});

export const holders: readonly DemoHolder[] = [
  rep('dana.whitfield', 'Dana Whitfield', 'US', 'America/New_York', -5, ['en'], '+1 610 555 0141', 30, diligent),
  rep('marcus.oyelaran', 'Marcus Oyelaran', 'US', 'America/Chicago', -6, ['en'], '+1 312 555 0178', 30, sound),
  rep('katrin.vollmer', 'Katrin Vollmer', 'DE', 'Europe/Berlin', 1, ['de', 'en'], '+49 69 2550 143', 30, sound),
  rep('javier.montalban', 'Javier Montalbán', 'ES', 'Europe/Madrid', 1, ['es', 'en', 'fr'], '+34 91 255 01 62', 26, sound),
  partner(
    'gulf',
    'Gulf Coast Fluid Systems',
    'Renee Thibodeaux',
    'leads@gulfcoastfluid.example',
    'US',
    'America/Chicago',
    -6,
    ['en', 'es'],
    '+1 713 555 0110',
    30,
    diligent,
    'app',
  ),
  partner(
    'lakeland',
    'Lakeland Pump & Process',
    'Erik Haugen',
    'inside.sales@lakelandpump.example',
    'US',
    'America/Chicago',
    -6,
    ['en'],
    '+1 612 555 0127',
    28,
    sound,
  ),
  partner(
    'keystone',
    'Keystone Flow Supply',
    'Tony Marchetti',
    'tony@keystoneflow.example',
    'US',
    'America/New_York',
    -5,
    ['en'],
    '+1 215 555 0133',
    28,
    average,
  ),
  partner(
    'southeast',
    'Dixie Pump Works',
    'Loretta Hayes',
    'loretta.hayes@dixiepump.example',
    'US',
    'America/New_York',
    -5,
    ['en'],
    '+1 404 555 0119',
    24,
    average,
  ),
  partner(
    'pacific',
    'Pacific Crest Pumping',
    'Gary Lindqvist',
    'gary@pacificcrestpumping.example',
    'US',
    'America/Los_Angeles',
    -8,
    ['en'],
    '+1 213 555 0152',
    24,
    silent,
  ),
  partner(
    'nord',
    'Nordpumpen Claussen GmbH',
    'Wiebke Claussen',
    'w.claussen@nordpumpen.example',
    'DE',
    'Europe/Berlin',
    1,
    ['de', 'en'],
    '+49 40 2550 117',
    18,
    sound,
  ),
  partner(
    'rhein',
    'Rhein-Ruhr Fluidtechnik GmbH',
    'Detlef Krämer',
    'anfragen@rr-fluidtechnik.example',
    'DE',
    'Europe/Berlin',
    1,
    ['de'],
    '+49 211 2550 189',
    24,
    average,
  ),
  partner(
    'sued',
    'Straub Südpumpen GmbH & Co. KG',
    'Lena Straub',
    'lena.straub@suedpumpen.example',
    'DE',
    'Europe/Berlin',
    1,
    ['de', 'en'],
    '+49 711 2550 154',
    24,
    diligent,
  ),
  partner(
    'ost',
    'Seidel Anlagenbau Ost GmbH',
    'Hartmut Seidel',
    'info@seidel-ost.example',
    'DE',
    'Europe/Berlin',
    1,
    ['de'],
    '+49 341 2550 102',
    16,
    silent,
  ),
  partner(
    'levante',
    'Bombas Levante S.L.',
    'Amparo Ferrer',
    'comercial@bombaslevante.example',
    'ES',
    'Europe/Madrid',
    1,
    ['es'],
    '+34 96 255 01 28',
    16,
    sound,
  ),
  partner(
    'sur',
    'Hidrosur Andaluza S.A.',
    'Rocío Carmona',
    'rocio.carmona@hidrosur.example',
    'ES',
    'Europe/Madrid',
    1,
    ['es'],
    '+34 954 25 50 13',
    14,
    slack,
  ),
  partner(
    'norte',
    'Fluidos del Norte S.L.',
    'Iñaki Zabala',
    'izabala@fluidosnorte.example',
    'ES',
    'Europe/Madrid',
    1,
    ['es', 'en'],
    '+34 944 25 50 77',
    14,
    average,
  ),
];

export interface DemoTerritory {
  name: string;
  /** the one it lies under, which stands before it */
  under?: string;
  countries: readonly string[];
  states?: readonly string[];
  postalRanges?: readonly { from: string; to: string }[];
  verticals?: readonly string[];
  holders: readonly (readonly [holder: string, weight: number])[];
}

const named = (...verticals: Vertical[]): string[] => verticals.map((vertical) => verticalNames[vertical]);
const iberia = (from: string, to: string): { from: string; to: string } => ({ from: `${from}000`, to: `${to}999` });

/**
 * In order: key industries go to the company's own reps, the rest to distributors by state or postcode. What names only its country goes
 * round among those who work there, so that no rep holds more than a person can.
 */
export const territories: readonly DemoTerritory[] = [
  { name: 'Key industries, North America', countries: ['US'], verticals: named('chemical', 'pharma'), holders: [] },
  {
    name: 'Key industries, North America East',
    under: 'Key industries, North America',
    countries: [],
    states: ['PA', 'NY', 'NJ', 'DE', 'MA', 'CT', 'NC', 'SC', 'GA', 'FL', 'OH', 'WV', 'KY', 'MI'],
    holders: [['dana.whitfield', 1]],
  },
  {
    name: 'Key industries, North America West',
    under: 'Key industries, North America',
    countries: [],
    holders: [['marcus.oyelaran', 1]],
  },
  { name: 'Schlüsselkunden Deutschland', countries: ['DE'], verticals: named('chemical', 'pharma'), holders: [['katrin.vollmer', 1]] },
  { name: 'Gulf Coast', countries: ['US'], states: ['TX', 'LA', 'OK'], holders: [['gulf', 1]] },
  {
    name: 'Great Lakes and Plains',
    countries: ['US'],
    states: ['MN', 'WI', 'IL', 'IN', 'MI', 'IA', 'NE', 'MO', 'OH'],
    holders: [
      ['lakeland', 3],
      ['marcus.oyelaran', 1],
    ],
  },
  {
    name: 'Mid-Atlantic and New England',
    countries: ['US'],
    states: ['PA', 'NY', 'NJ', 'DE', 'MA', 'CT', 'WV'],
    holders: [
      ['keystone', 5],
      ['dana.whitfield', 1],
    ],
  },
  {
    name: 'Southeast',
    countries: ['US'],
    states: ['NC', 'SC', 'GA', 'FL', 'AL', 'TN', 'KY'],
    holders: [
      ['southeast', 5],
      ['dana.whitfield', 1],
    ],
  },
  {
    name: 'West Coast and Mountains',
    countries: ['US'],
    states: ['CA', 'OR', 'WA', 'ID', 'UT', 'CO', 'AZ'],
    holders: [
      ['pacific', 3],
      ['marcus.oyelaran', 1],
    ],
  },
  { name: 'Nord', countries: ['DE'], postalRanges: [{ from: '17000', to: '29999' }], holders: [['nord', 1]] },
  {
    name: 'West',
    countries: ['DE'],
    postalRanges: [
      { from: '32000', to: '33999' },
      { from: '40000', to: '59999' },
    ],
    holders: [['rhein', 1]],
  },
  {
    name: 'Süd',
    countries: ['DE'],
    postalRanges: [
      { from: '60000', to: '97999' },
      { from: '34000', to: '36999' },
    ],
    holders: [['sued', 1]],
  },
  {
    name: 'Ost',
    countries: ['DE'],
    postalRanges: [
      { from: '00000', to: '16999' },
      { from: '30000', to: '31999' },
      { from: '37000', to: '39999' },
      { from: '98000', to: '99999' },
    ],
    holders: [
      ['ost', 2],
      ['nord', 1],
    ],
  },
  {
    name: 'Levante',
    countries: ['ES'],
    postalRanges: [
      iberia('03', '03'),
      iberia('07', '08'),
      iberia('12', '12'),
      iberia('17', '17'),
      iberia('25', '25'),
      iberia('30', '30'),
      iberia('43', '43'),
      iberia('46', '46'),
      iberia('02', '02'),
    ],
    holders: [['levante', 1]],
  },
  {
    name: 'Sur',
    countries: ['ES'],
    postalRanges: [
      iberia('04', '04'),
      iberia('06', '06'),
      iberia('11', '11'),
      iberia('14', '14'),
      iberia('18', '18'),
      iberia('21', '21'),
      iberia('29', '29'),
      iberia('41', '41'),
    ],
    holders: [['sur', 1]],
  },
  {
    name: 'Norte',
    countries: ['ES'],
    postalRanges: [
      iberia('01', '01'),
      iberia('15', '15'),
      iberia('20', '20'),
      iberia('24', '24'),
      iberia('27', '27'),
      iberia('33', '33'),
      iberia('36', '36'),
      iberia('39', '39'),
      iberia('47', '50'),
    ],
    holders: [['norte', 1]],
  },
  {
    name: 'United States, remainder',
    countries: ['US'],
    holders: [
      ['dana.whitfield', 1],
      ['marcus.oyelaran', 1],
      ['gulf', 2],
      ['lakeland', 2],
      ['keystone', 2],
      ['southeast', 2],
    ],
  },
  {
    name: 'Deutschland, remainder',
    countries: ['DE'],
    holders: [
      ['katrin.vollmer', 1],
      ['nord', 1],
      ['rhein', 2],
      ['sued', 2],
    ],
  },
  {
    name: 'Iberia',
    countries: ['ES', 'PT'],
    holders: [
      ['javier.montalban', 1],
      ['levante', 1],
      ['norte', 1],
    ],
  },
  { name: 'German-speaking neighbours', countries: ['AT', 'CH'], holders: [['katrin.vollmer', 1]] },
];

export interface DemoUser {
  name: string;
  email: string;
  role: 'administrator' | 'marketing' | 'sales_manager' | 'management' | 'finance';
}

/** Those who look at leads without holding any. */
export const staff: readonly DemoUser[] = [
  { name: 'Margaret Hartwell', email: `margaret.hartwell@${company.domain}`, role: 'management' },
  { name: 'Priya Raman', email: `priya.raman@${company.domain}`, role: 'marketing' },
  { name: 'Colin Ashby', email: `colin.ashby@${company.domain}`, role: 'marketing' },
  { name: 'Stefan Bergmann', email: `stefan.bergmann@${company.domain}`, role: 'sales_manager' },
  { name: 'Noelle Garnier', email: `noelle.garnier@${company.domain}`, role: 'finance' },
];
