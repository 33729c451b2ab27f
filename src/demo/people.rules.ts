import { names, type Language } from './names.rules.ts';
import { asciiOf, organizationOf, type TrueOrganization, type Vertical } from './organizations.rules.ts';
import { randomOf, type Random } from './random.rules.ts';

/** What the generator knows of one invented person. */
export interface TruePerson {
  key: string;
  number: number;
  female: boolean;
  givenName: string;
  familyName: string;
  title: string;
  /** 0 a student or clerk … 1 the one who signs. */
  authority: number;
  email: string;
  /** A private address, which says nothing about the employer. */
  privateEmail: string;
  phone: Telephone;
  mobile: Telephone;
  language: Language;
  organization: TrueOrganization;
}

/** A number in pieces, so that dirt can format it in many ways. */
export interface Telephone {
  countryCode: string;
  area: string;
  line: string;
  trunk: string;
}

type Title = readonly [title: string, authority: number, weight: number];

const titles: Record<'en' | 'de' | 'es', readonly Title[]> = {
  en: [
    ['Maintenance Manager', 0.6, 9],
    ['Plant Manager', 0.8, 7],
    ['Process Engineer', 0.5, 9],
    ['Purchasing Manager', 0.8, 7],
    ['Buyer', 0.6, 6],
    ['Project Engineer', 0.5, 8],
    ['Operations Manager', 0.75, 6],
    ['Chief Engineer', 0.8, 4],
    ['Reliability Engineer', 0.5, 4],
    ['Owner', 1, 4],
    ['President', 1, 2],
    ['VP Operations', 0.95, 3],
    ['Facilities Manager', 0.65, 5],
    ['Mechanical Contractor', 0.6, 3],
    ['Utilities Superintendent', 0.75, 3],
    ['Technician', 0.25, 5],
    ['Consultant', 0.35, 3],
    ['Student', 0.02, 2],
    ['Sales Engineer', 0.1, 2],
    ['Environmental Manager', 0.55, 2],
    ['Engineering Intern', 0.05, 1],
  ],
  de: [
    ['Instandhaltungsleiter', 0.6, 8],
    ['Betriebsleiter', 0.8, 7],
    ['Verfahrensingenieurin', 0.5, 3],
    ['Verfahrensingenieur', 0.5, 5],
    ['Leiter Einkauf', 0.8, 6],
    ['Einkäufer', 0.6, 4],
    ['Einkäuferin', 0.6, 4],
    ['Projektingenieur', 0.5, 7],
    ['Technischer Leiter', 0.8, 6],
    ['Geschäftsführer', 1, 5],
    ['Geschäftsführerin', 1, 2],
    ['Werkleiter', 0.85, 3],
    ['Meister Betriebstechnik', 0.45, 4],
    ['Klärmeister', 0.6, 4],
    ['Anlagenplaner', 0.45, 4],
    ['Techniker', 0.25, 5],
    ['Werkstudent', 0.03, 2],
    ['Leiter Haustechnik', 0.65, 3],
  ],
  es: [
    ['Jefe de Mantenimiento', 0.6, 9],
    ['Jefa de Mantenimiento', 0.6, 2],
    ['Director de Planta', 0.85, 6],
    ['Directora de Operaciones', 0.85, 3],
    ['Ingeniero de Procesos', 0.5, 6],
    ['Ingeniera de Proyectos', 0.5, 5],
    ['Responsable de Compras', 0.8, 8],
    ['Gerente', 1, 6],
    ['Técnico', 0.25, 5],
    ['Encargado de Riego', 0.5, 3],
    ['Director Técnico', 0.85, 4],
    ['Estudiante', 0.02, 2],
    ['Comprador', 0.6, 3],
  ],
};

const weighted = (rows: readonly Title[]): (readonly [Title, number])[] => rows.map((row) => [row, row[2]] as const);
const weightedTitles = { en: weighted(titles.en), de: weighted(titles.de), es: weighted(titles.es) };

const fitOfVertical: Readonly<Record<Vertical, number>> = {
  water: 0.8,
  chemical: 0.9,
  food: 0.4,
  mining: 0.3,
  pharma: 0.7,
  buildings: -0.1,
  energy: 0.2,
  agriculture: -0.5,
  marine: -0.3,
};

/** How well this person and organization fit what the company sells, about −2 … +2. */
export function fitOf(person: TruePerson): number {
  const size = Math.log10(person.organization.employees) - 1.8;
  return fitOfVertical[person.organization.vertical] + 0.6 * Math.max(-1, Math.min(1, size)) + 1.4 * (person.authority - 0.5);
}

/**
 * The person with this number. Two in five share an organization with others of the world: `sharedOrganizations` says over
 * how many organizations those spread.
 */
export function personOf(seed: number, n: number, sharedOrganizations: number): TruePerson {
  const random = randomOf(seed, 'person', n);
  const organization = organizationOf(seed, random.chance(0.42) ? random.int(sharedOrganizations) : sharedOrganizations + n);
  const place = organization.place;
  // Names cross borders; addresses do not.
  const language: Language = random.chance(0.05) ? random.pick(['tr', 'pl', 'it', 'en', 'es', 'hi', 'fr'] as const) : place.language;
  const pool = names[language];
  const female = random.chance(0.33);
  const familyName = random.pick(pool.family);
  const second = pool.twoFamilies && random.chance(pool.twoFamilies) ? ` ${random.pick(pool.family)}` : '';
  let givenName = random.pick(female ? pool.female : pool.male);
  if (random.chance(language === 'es' ? 0.12 : 0.03)) givenName += ` ${random.pick(female ? pool.female : pool.male)}`;
  const tongue = place.language === 'de' || place.language === 'es' ? place.language : 'en';
  const [title, authority] = random.weighted(weightedTitles[tongue]);
  const given = asciiOf(givenName.split(' ')[0]!);
  const family = asciiOf(familyName.split(' ').at(-1)!);
  const local = random.weighted([
    [`${given}.${family}`, 10],
    [`${given[0]}.${family}`, 4],
    [`${given[0]}${family}`, 4],
    [family, 2],
    [`${given}${family[0]}`, 1],
  ] as const);
  return {
    key: `p${n}`,
    number: n,
    female,
    givenName,
    familyName: familyName + second,
    title,
    authority,
    email: `${local}@${organization.domain}`,
    // An underscore cannot occur in a mailbox of this provider, so nobody real ever owns one of these.
    privateEmail: `${given}_${family}${(n * 37) % 9973}@gmail.com`,
    phone: phoneOf(place.country, place.dial, n),
    mobile: mobileOf(place.country, place.dial, n),
    language: place.language,
    organization,
  };
}

/** The house number of an organization's switchboard, which several colleagues give as theirs. */
export const switchboardOf = (organization: TrueOrganization): Telephone =>
  phoneOf(organization.place.country, organization.place.dial, 5_000_000 + organization.number);

const codes: Record<string, string> = {
  US: '1',
  CA: '1',
  DE: '49',
  ES: '34',
  AT: '43',
  CH: '41',
  GB: '44',
  FR: '33',
  IT: '39',
  PT: '351',
  NL: '31',
  PL: '48',
  TR: '90',
  IN: '91',
  MX: '52',
  AU: '61',
};

/** Numbers of a permutation, so that two people never share one by chance; exchanges that are not given out where there are such. */
function phoneOf(country: string, dial: string, n: number): Telephone {
  const countryCode = codes[country] ?? '1';
  if (country === 'US' || country === 'CA') {
    const exchange = n < 10_000 ? 555 : 200 + ((556 + Math.floor(n / 10_000)) % 790);
    return { countryCode, area: dial, line: `${exchange}${digits((n * 7919) % 10_000, 4)}`, trunk: '1' };
  }
  const scattered = (n * 48_271 + 11) % 1_000_000;
  if (country === 'DE' || country === 'AT')
    return { countryCode, area: dial, line: `${2 + (Math.floor(n / 1_000_000) % 7)}${digits(scattered, 6)}`, trunk: '0' };
  const length = { ES: 9, CH: 9, GB: 10, FR: 9, IT: 10, PT: 9, NL: 9, PL: 9, TR: 10, IN: 10, MX: 10, AU: 9 }[country] ?? 9;
  const rest = length - dial.length;
  return {
    countryCode,
    area: dial,
    line: `${'23456789'[n % 8]}${digits(scattered, 6)}00000`.slice(0, rest),
    trunk: ['ES', 'IT', 'PT', 'PL', 'MX'].includes(country) ? '' : '0',
  };
}

function mobileOf(country: string, dial: string, n: number): Telephone {
  const scattered = digits((n * 69_621 + 7) % 10_000_000, 7);
  if (country === 'DE') return { countryCode: '49', area: ['151', '160', '170', '171', '175', '176'][n % 6]!, line: scattered, trunk: '0' };
  if (country === 'ES') return { countryCode: '34', area: `6${n % 8}`, line: scattered, trunk: '' };
  return phoneOf(country, dial, n + 2_000_000);
}

const digits = (value: number, length: number): string => String(Math.floor(value)).padStart(length, '0').slice(-length);

export const honorificOf = (person: TruePerson): string => names[person.language].honorifics[person.female ? 'female' : 'male'];

/** Writes a number the way people do. */
export function writePhone(phone: Telephone, random: Random): string {
  const { countryCode, area, line, trunk } = phone;
  const plus = `+${countryCode}`;
  if (countryCode === '1') {
    const [a, b] = [line.slice(0, 3), line.slice(3)];
    return random.weighted([
      [`(${area}) ${a}-${b}`, 8],
      [`${area}-${a}-${b}`, 7],
      [`${area}.${a}.${b}`, 3],
      [`+1 ${area} ${a} ${b}`, 3],
      [`1-${area}-${a}-${b}`, 1],
      [`${area}${line}`, 4],
      [`${area} ${a} ${b}`, 2],
      [`(${area}) ${a}-${b} ext. ${random.between(10, 499)}`, 1],
    ] as const);
  }
  const pairs = line.replace(/(..)(?=.)/g, '$1 ');
  return random.weighted([
    [`${plus} ${area} ${line}`, 6],
    [`${plus} ${trunk ? `(${trunk})` : ''}${area} ${pairs}`, 2],
    [`${trunk}${area}/${line}`, countryCode === '49' ? 6 : 0],
    [`${trunk}${area} ${pairs}`, 5],
    [`00${countryCode} ${area} ${line}`, 2],
    [`${trunk}${area}-${line}`, 2],
    [`${plus}${area}${line}`, 2],
    [`${trunk}${area}${line}`, 2],
  ] as const);
}
