import type { Language } from './names.rules.ts';
import { countryShares, places, streets, type Place } from './places.rules.ts';
import { randomOf, type Random } from './random.rules.ts';

export type Vertical = 'water' | 'chemical' | 'food' | 'mining' | 'pharma' | 'buildings' | 'energy' | 'agriculture' | 'marine';

/** What the generator knows of one invented organization. Its key never reaches the application. */
export interface TrueOrganization {
  key: string;
  name: string;
  domain: string;
  vertical: Vertical;
  employees: number;
  annualRevenue: number;
  street: string;
  postalCode: string;
  place: Place;
  /** Two digits that make its telephone numbers its own. */
  number: number;
}

const verticalShares: readonly (readonly [Vertical, number])[] = [
  ['water', 22],
  ['chemical', 18],
  ['food', 14],
  ['buildings', 13],
  ['mining', 8],
  ['energy', 8],
  ['pharma', 7],
  ['agriculture', 6],
  ['marine', 4],
];

/** The plain word for an industry as forms offer it. */
export const verticalNames: Readonly<Record<Vertical, string>> = {
  water: 'Water & wastewater',
  chemical: 'Chemicals',
  food: 'Food & beverage',
  mining: 'Mining',
  pharma: 'Pharma',
  buildings: 'Building services',
  energy: 'Oil & gas',
  agriculture: 'Agriculture',
  marine: 'Marine',
};

const trades: Record<'en' | 'de' | 'es', Record<Vertical, readonly string[]>> = {
  en: {
    water: ['Water Works', 'Wastewater Services', 'Utilities', 'Water District', 'Environmental', 'Water Treatment'],
    chemical: ['Chemicals', 'Resins', 'Coatings', 'Specialty Chemicals', 'Polymers', 'Process Systems'],
    food: ['Foods', 'Dairy', 'Brewing', 'Beverages', 'Packing', 'Sugar'],
    mining: ['Mining', 'Aggregates', 'Minerals', 'Quarries', 'Copper', 'Sand & Gravel'],
    pharma: ['Pharma', 'Biologics', 'Labs', 'Life Sciences', 'Therapeutics', 'Sterile Products'],
    buildings: ['Mechanical', 'Plumbing & Heating', 'HVAC', 'Facility Services', 'Contractors', 'Building Systems'],
    energy: ['Energy', 'Petroleum', 'Midstream', 'Refining', 'Power', 'Pipeline'],
    agriculture: ['Farms', 'Irrigation', 'Growers', 'Orchards', 'Ag Supply', 'Nurseries'],
    marine: ['Marine', 'Shipyard', 'Offshore', 'Port Services', 'Dredging', 'Boatworks'],
  },
  de: {
    water: ['Wasserwerke', 'Abwasserverband', 'Wassertechnik', 'Umwelttechnik', 'Klärtechnik', 'Stadtentwässerung'],
    chemical: ['Chemie', 'Lacke', 'Kunststoffe', 'Verfahrenstechnik', 'Harze', 'Spezialchemie'],
    food: ['Molkerei', 'Brauerei', 'Lebensmittel', 'Getränke', 'Feinkost', 'Zucker'],
    mining: ['Bergbau', 'Kieswerke', 'Steinbruch', 'Baustoffe', 'Mineralien', 'Tagebau'],
    pharma: ['Pharma', 'Arzneimittel', 'Labortechnik', 'Biotech', 'Wirkstoffe', 'Medizintechnik'],
    buildings: ['Haustechnik', 'Gebäudetechnik', 'Heizungsbau', 'Sanitär', 'Klimatechnik', 'Anlagenbau'],
    energy: ['Energie', 'Kraftwerke', 'Mineralöl', 'Fernwärme', 'Biogas', 'Rohrleitungsbau'],
    agriculture: ['Agrar', 'Landtechnik', 'Gartenbau', 'Bewässerung', 'Saatgut', 'Hofgut'],
    marine: ['Werft', 'Schiffstechnik', 'Hafenbetriebe', 'Nassbagger', 'Offshore', 'Reederei'],
  },
  es: {
    water: ['Aguas', 'Depuración', 'Tratamiento de Aguas', 'Hidráulica', 'Saneamiento', 'Ingeniería Ambiental'],
    chemical: ['Química', 'Pinturas', 'Resinas', 'Plásticos', 'Procesos', 'Productos Químicos'],
    food: ['Alimentación', 'Lácteos', 'Bodegas', 'Conservas', 'Aceites', 'Bebidas'],
    mining: ['Minera', 'Áridos', 'Canteras', 'Mármoles', 'Minerales', 'Cementos'],
    pharma: ['Farma', 'Laboratorios', 'Biotecnología', 'Cosmética', 'Sanitarios', 'Análisis'],
    buildings: ['Instalaciones', 'Climatización', 'Fontanería', 'Mantenimientos', 'Construcciones', 'Servicios'],
    energy: ['Energía', 'Petroquímica', 'Renovables', 'Gas', 'Termosolar', 'Combustibles'],
    agriculture: ['Agrícola', 'Riegos', 'Invernaderos', 'Viveros', 'Cítricos', 'Hortofrutícola'],
    marine: ['Astilleros', 'Naval', 'Puertos', 'Dragados', 'Pesquera', 'Acuicultura'],
  },
};

const heads =
  'Nor Vel Kar Bel Tor Hal Mar Fen Dra Ost Wex Lin Gar Sol Bri Cal Dor Eld Fal Gren Hox Ister Jan Kel Lor Mon Nev Orm Pel Quel Ros Sten Tal Ulm Ver Wal Xan Yar Zel Ark Bas Cor Den Erl Fol Gil Hend Iva Jor Kran Lud Mol Nau Olm Pra Rav Sund Tri Urb Vos Wen Yst Zorn Ald Bram Crei Dun Esk Fjor Gam Hil Kro Lau Mit Nid Ot Plo Rhe Sax Tur'.split(
    ' ',
  );
const tails =
  'vex dane lith mark ton burg rick wald mere stad vik ley dorf gate heim shaw ford brook holm by nova tera lux max plan tec dal rud sen berg den mont ria cor sal vane lund wick stein bach mar fell hurst ora ion eda isk ana edo ella oma unt arb ens ilo ast ura ego ink ope'.split(
    ' ',
  );
const forms: Record<string, readonly (readonly [string, number])[]> = {
  US: [
    ['Inc.', 9],
    ['LLC', 9],
    ['Corp.', 5],
    ['Co.', 3],
    ['', 6],
    ['Group', 2],
  ],
  DE: [
    ['GmbH', 14],
    ['GmbH & Co. KG', 6],
    ['AG', 3],
    ['KG', 2],
    ['e.K.', 1],
    ['', 2],
  ],
  ES: [
    ['S.L.', 12],
    ['S.A.', 7],
    ['S.L.U.', 2],
    ['', 3],
  ],
  AT: [['GmbH', 1]],
  CH: [
    ['AG', 3],
    ['GmbH', 1],
  ],
  GB: [
    ['Ltd', 4],
    ['plc', 1],
  ],
  FR: [
    ['SAS', 2],
    ['SARL', 2],
  ],
  IT: [
    ['S.r.l.', 2],
    ['S.p.A.', 1],
  ],
  PT: [['Lda.', 1]],
  NL: [['B.V.', 1]],
  PL: [['Sp. z o.o.', 1]],
  TR: [['A.Ş.', 1]],
  IN: [['Pvt. Ltd.', 1]],
  MX: [['S.A. de C.V.', 1]],
  CA: [
    ['Ltd.', 1],
    ['Inc.', 1],
  ],
  AU: [['Pty Ltd', 1]],
};

const weightedPlaces = Object.fromEntries(
  Object.entries(places).map(([share, rows]) => [share, rows.map((place) => [place, place.weight] as const)]),
);
const names = heads.length * tails.length;

/**
 * The organization with this key. `n` counts organizations; consecutive numbers are spread over all name stems, and a stem is
 * used again only with another trade, so no two organizations of one world share name and domain.
 */
export function organizationOf(seed: number, n: number): TrueOrganization {
  const random = randomOf(seed, 'organization', n);
  const share = random.weighted(countryShares);
  const place = random.weighted(weightedPlaces[share]!);
  const vertical = random.weighted(verticalShares);
  const tongue = place.language === 'de' || place.language === 'es' ? place.language : 'en';
  const stemNumber = (n * 733 + (seed % names)) % names;
  const stem = `${heads[stemNumber % heads.length]}${tails[Math.floor(stemNumber / heads.length) % tails.length]}`;
  const trade = trades[tongue][vertical][Math.floor(n / names) % 6]!;
  const round = Math.floor(n / (names * 6));
  const family = round > 0 ? ` ${place.city}` : '';
  const legal = random.weighted(forms[place.country] ?? [['', 1]]);
  const name =
    tongue === 'es' && random.chance(0.4)
      ? `${trade} ${stem}${family}`
      : `${stem}${random.chance(0.12) && tongue === 'de' ? '-' : ' '}${trade}${family}`;
  const employees = Math.max(2, Math.round(random.logNormal(vertical === 'pharma' || vertical === 'chemical' ? 130 : 55, 1.3)));
  const tld = random.weighted([
    ['.example', 12],
    [`.${place.country.toLowerCase()}.example`, 3],
    ['.com.example', 2],
  ] as const);
  return {
    key: `o${n}`,
    number: n,
    name: legal ? `${name}${place.country === 'US' && random.chance(0.2) ? ',' : ''} ${legal}` : name,
    domain: `${asciiOf(stem)}${random.chance(0.5) ? '-' : ''}${asciiOf(trade).slice(0, 14)}${round > 0 ? round : ''}${tld}`,
    vertical,
    employees,
    annualRevenue: Math.round(employees * random.logNormal(190_000, 0.4)),
    street: streetOf(random, place.language),
    postalCode: postalCodeOf(random, place.postal),
    place,
  };
}

export function streetOf(random: Random, language: Language): string {
  const street = random.pick(streets[language] ?? streets.en!);
  const house = random.between(1, 180);
  if (language === 'en' || language === 'hi') return `${random.between(1, 98) * 100 + house} ${street}`;
  if (language === 'fr') return `${house}, ${street}`;
  if (language === 'es') return `${street}, ${house}`;
  return `${street} ${house}${random.chance(0.08) ? random.pick(['a', 'b', 'c']) : ''}`;
}

export function postalCodeOf(random: Random, pattern: string): string {
  return pattern.replace(/[#@]/g, (sign) => (sign === '#' ? String(random.int(10)) : 'ABCDEFGHJKLMNPRSTUWXY'[random.int(21)]!));
}

/** Letters a mail address can carry: Müller → mueller, Núñez → nunez. */
export function asciiOf(text: string): string {
  if (/^[A-Za-z0-9]+$/.test(text)) return text.toLowerCase();
  return text
    .toLowerCase()
    .replaceAll('ä', 'ae')
    .replaceAll('ö', 'oe')
    .replaceAll('ü', 'ue')
    .replaceAll('ß', 'ss')
    .replaceAll('ł', 'l')
    .replaceAll('ı', 'i')
    .normalize('NFD')
    .replace(/[^a-z0-9]/g, '');
}
