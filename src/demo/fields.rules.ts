import { dirtyCase, dirtyEmail, dirtyFamilyName, dirtyGivenName, dirtyOrganization, mojibake, withTypo } from './dirt.rules.ts';
import { messageOf, type Intent, type Product } from './messages.rules.ts';
import { verticalNames } from './organizations.rules.ts';
import { honorificOf, switchboardOf, writePhone, type TruePerson } from './people.rules.ts';
import { spellingsOfCountry } from './places.rules.ts';
import type { Channel, DemoProgram } from './programs.rules.ts';
import type { Random } from './random.rules.ts';

/** What the inquirer sent, in the words capture uses for its fields. */
export interface GeneratedFields {
  givenName?: string;
  familyName?: string;
  fullName?: string;
  title?: string;
  email?: string;
  phone?: string;
  mobile?: string;
  organization?: string;
  industry?: string;
  employees?: number;
  street?: string;
  postalCode?: string;
  city?: string;
  state?: string;
  country?: string;
  language?: string;
  product?: string;
  vertical?: string;
  message?: string;
  budget?: string;
  authority?: string;
  need?: string;
  timing?: string;
  consent?: boolean;
  doNotContact?: boolean;
  landingPage?: string;
}

export interface GeneratedTouch {
  at: Date;
  source?: string;
  medium?: string;
  campaign?: string;
  term?: string;
  landingPage?: string;
  referrer?: string;
  gclid?: string;
}

/** What somebody wants, and by which address they write. */
export interface Wish {
  intent: Intent;
  product: Product;
  privateMail: boolean;
}

const day = 86_400_000;

/** How carelessly a channel writes things down: reply cards are typed in by hand, calling teams are careful. */
const carelessness: Partial<Record<Channel, number>> = {
  mail: 2.2,
  advertisement: 2,
  trade_show: 1.4,
  phone: 1.7,
  list: 1.2,
  telemarketing: 0.4,
  partner: 0.8,
};

/** What a channel usually brings: probability of each group of fields. */
const brings: Record<Channel, { email: number; phone: number; address: number; message: number; title: number; vertical: number }> = {
  web: { email: 0.985, phone: 0.62, address: 0.35, message: 0.9, title: 0.35, vertical: 0.3 },
  search: { email: 0.985, phone: 0.55, address: 0.2, message: 0.85, title: 0.25, vertical: 0.3 },
  social: { email: 0.99, phone: 0.45, address: 0.05, message: 0.25, title: 0.9, vertical: 0.1 },
  email: { email: 1, phone: 0.3, address: 0.1, message: 0.6, title: 0.3, vertical: 0.1 },
  mail: { email: 0.6, phone: 0.75, address: 0.97, message: 0.5, title: 0.5, vertical: 0.25 },
  advertisement: { email: 0.7, phone: 0.6, address: 0.95, message: 0.35, title: 0.5, vertical: 0.2 },
  trade_show: { email: 0.9, phone: 0.7, address: 0.6, message: 0.45, title: 0.92, vertical: 0.3 },
  telemarketing: { email: 0.85, phone: 1, address: 0.9, message: 0.8, title: 0.97, vertical: 0.9 },
  list: { email: 0.75, phone: 0.9, address: 1, message: 0, title: 0.85, vertical: 0.95 },
  partner: { email: 0.85, phone: 0.9, address: 0.8, message: 0.9, title: 0.6, vertical: 0.6 },
  phone: { email: 0.5, phone: 0.97, address: 0.35, message: 0.95, title: 0.3, vertical: 0.2 },
  webinar: { email: 1, phone: 0.35, address: 0.1, message: 0.2, title: 0.85, vertical: 0.4 },
  referral: { email: 0.9, phone: 0.7, address: 0.3, message: 0.7, title: 0.4, vertical: 0.2 },
};

export function fieldsOf(program: DemoProgram, person: TruePerson, who: Wish, random: Random): GeneratedFields {
  const careless = carelessness[program.channel] ?? 1;
  const has = brings[program.channel];
  const { organization } = person;
  const { place } = organization;
  const fields: GeneratedFields = {};
  const capitals = program.channel === 'trade_show' && random.chance(0.4);
  const cased = (text: string): string => (capitals ? text.toUpperCase() : dirtyCase(text, random, careless));

  // Names
  const given = dirtyGivenName(person.givenName, random, careless);
  const family = dirtyFamilyName(person.familyName, random, careless);
  const form = random.next();
  if (form < 0.015) {
    fields.givenName = cased(family);
    fields.familyName = cased(given);
  } else if (form < 0.075) fields.fullName = cased(random.chance(0.3) ? `${family}, ${given}` : `${given} ${family}`);
  else if (form < 0.1 && has.email > 0.9) fields.familyName = cased(family);
  else {
    fields.givenName = cased(random.chance(0.02) ? `${honorificOf(person)} ${given}` : given);
    fields.familyName = cased(family);
  }

  // Ways to reach them. Whoever leaves no mail address leaves a telephone number, or there would be nothing to answer.
  const mailed = random.chance(has.email);
  if (mailed) {
    const plain = who.privateMail !== random.chance(0.04) ? person.privateEmail : person.email;
    fields.email = random.chance(0.012) ? `info@${organization.domain}` : dirtyEmail(plain, random, careless);
  }
  if (random.chance(has.phone) || (!mailed && random.chance(0.85))) {
    const kind = random.next();
    const number = kind < 0.07 ? switchboardOf(organization) : kind < 0.3 ? person.mobile : person.phone;
    const written = writePhone(number, random);
    if (number === person.mobile && random.chance(0.6)) fields.mobile = written;
    else fields.phone = random.chance(0.012 * careless) ? withTypo(written, random) : written;
    if (number !== person.mobile && random.chance(0.12)) fields.mobile = writePhone(person.mobile, random);
  }

  // Where they work
  if (random.chance(who.intent === 'private' ? 0.2 : 0.93))
    fields.organization = cased(dirtyOrganization(organization.name, random, careless));
  if (random.chance(has.title)) fields.title = cased(person.title);
  if (random.chance(has.vertical)) fields[random.chance(0.7) ? 'vertical' : 'industry'] = verticalNames[organization.vertical];
  if (program.channel === 'list' || random.chance(0.06))
    fields.employees = Math.max(1, Math.round((organization.employees * (0.8 + 0.4 * random.next())) / 5) * 5);
  if (random.chance(has.address)) {
    fields.street = random.chance(0.04 * careless) ? withTypo(organization.street, random) : abbreviated(organization.street, random);
    fields.postalCode = random.chance(0.012 * careless) ? organization.postalCode.slice(0, -1) : organization.postalCode;
    fields.city = cased(place.city);
    if (place.state && place.country === 'US') fields.state = place.state;
  } else if (random.chance(0.5)) {
    if (random.chance(0.7)) fields.postalCode = organization.postalCode;
    fields.city = cased(place.city);
    if (place.state && place.country === 'US' && random.chance(0.8)) fields.state = place.state;
  }
  const spellings = spellingsOfCountry(place.country);
  if (fields.street || random.chance(0.72)) fields.country = random.chance(0.55) ? spellings[0]! : random.pick(spellings);
  if (random.chance(0.3)) fields.language = person.language;

  // What they want
  if (random.chance(has.message)) {
    const text = messageOf(random, person.language, who.intent, who.product, place.city);
    fields.message = random.chance(0.008) ? mojibake(text) : text;
  }
  if (who.intent !== 'private' && random.chance(0.55)) fields.product = who.product;
  if (program.channel === 'telemarketing' || program.key === 'quote-form' || random.chance(0.07))
    questionsInto(fields, person, who.intent, random);
  if (random.chance(0.34)) fields.consent = random.chance(0.8);
  if (random.chance(0.006)) fields.doNotContact = true;
  for (const key of ['givenName', 'familyName', 'organization', 'city'] as const) {
    const value = fields[key];
    if (value && random.chance(0.012 * careless)) fields[key] = random.chance(0.5) ? ` ${value}` : `${value}  `;
  }
  return fields;
}

function abbreviated(street: string, random: Random): string {
  if (!random.chance(0.3)) return street;
  return street
    .replace('straße', random.pick(['str.', 'strasse', 'str']))
    .replace(/\bStreet$/, 'St')
    .replace(/\bAvenue\b/, 'Ave')
    .replace(/\bRoad\b/, 'Rd')
    .replace(/^Calle /, 'C/ ')
    .replace(/^Avenida /, 'Avda. ')
    .replace('Polígono Industrial', 'Pol. Ind.')
    .replace(/\bDrive$/, 'Dr');
}

function questionsInto(fields: GeneratedFields, person: TruePerson, intent: Intent, random: Random): void {
  const serious = intent === 'quote' || intent === 'project' || intent === 'spare';
  if (random.chance(0.7))
    fields.budget = random.weighted([
      ['approved', serious ? 5 : 1],
      ['planned', 4],
      ['none', serious ? 1 : 4],
    ] as const);
  if (random.chance(0.7)) fields.authority = person.authority > 0.75 ? 'decides' : person.authority > 0.45 ? 'recommends' : 'none';
  if (random.chance(0.8))
    fields.need = serious ? random.pick(['replacement', 'new plant', 'spare part']) : random.pick(['information', 'not yet']);
  if (random.chance(0.75))
    fields.timing = random.weighted([
      ['within 3 months', serious ? 6 : 1],
      ['3 to 6 months', 3],
      ['6 to 12 months', 2],
      ['no date', serious ? 1 : 5],
    ] as const);
}

const pages: Record<string, string> = {
  HX: '/pumps/centrifugal/hx',
  DM: '/pumps/metering/dm',
  VS: '/pumps/submersible/vs',
  RL: '/pumps/rotary-lobe',
  BT: '/booster-sets',
  SK: '/spares/seal-kits',
  SL: '/pumps/slurry',
};

export function touchesOf(
  program: DemoProgram,
  at: Date,
  product: Product,
  random: Random,
): { firstTouch: GeneratedTouch | null; lastTouch: GeneratedTouch | null } {
  if (!['web', 'search', 'social', 'email', 'webinar'].includes(program.channel)) return { firstTouch: null, lastTouch: null };
  const page = `https://www.hartwellpumps.example${program.channel === 'webinar' ? '/webinars/register' : (pages[product.slice(0, 2)] ?? '/')}`;
  const last: GeneratedTouch = { at, landingPage: page };
  if (program.utm) {
    last.source = program.utm.source;
    last.medium = program.utm.medium;
    last.campaign = program.utm.campaign;
    if (program.utm.terms) last.term = random.pick(program.utm.terms);
    if (program.utm.medium === 'cpc') last.gclid = `demo-${Math.floor(random.next() * 1e9).toString(36)}`;
  } else if (random.chance(0.6))
    last.referrer = random.pick([
      'https://search.example/',
      'https://pumpdirectory.example/suppliers',
      'https://processforum.example/t/8841',
    ]);
  const earlier = new Date(at.getTime() - random.logNormal(3, 1.1) * day);
  const first: GeneratedTouch = random.chance(0.45)
    ? {
        at: earlier,
        landingPage: 'https://www.hartwellpumps.example/',
        source: random.pick(['search', 'network', 'newsletter', 'pumpdirectory']),
        medium: random.pick(['organic', 'paid-social', 'email', 'referral']),
      }
    : last;
  return { firstTouch: first, lastTouch: last };
}
