/** How the company's sales are run: holidays, who gets what by rule, what is done with which lead. */
import type { Criteria } from '../platform/values/criteria.rules.ts';

/** The n-th (from 1; −1: the last) such weekday (0 Sunday) of a month (1 to 12). */
function weekdayOf(year: number, month: number, weekday: number, nth: number): string {
  const edge = new Date(Date.UTC(year, nth < 0 ? month : month - 1, nth < 0 ? 0 : 1));
  const away = nth < 0 ? -((edge.getUTCDay() - weekday + 7) % 7) : ((weekday - edge.getUTCDay() + 7) % 7) + 7 * (nth - 1);
  return new Date(edge.getTime() + away * 86_400_000).toISOString().slice(0, 10);
}

export interface HolidayPlan {
  name: string;
  country: string;
  days: { on: string; name: string }[];
}

/** Public holidays of the three countries for these years, those that fall on known days. */
export function holidaysOf(years: readonly number[]): HolidayPlan[] {
  const fixed = (days: readonly (readonly [string, string])[]) => (year: number) => days.map(([on, name]) => ({ on: `${year}-${on}`, name }));
  const american = (year: number) => [
    { on: weekdayOf(year, 5, 1, -1), name: 'Memorial Day' },
    { on: weekdayOf(year, 9, 1, 1), name: 'Labor Day' },
    { on: weekdayOf(year, 11, 4, 4), name: 'Thanksgiving Day' },
    ...fixed([['01-01', 'New Year’s Day'], ['07-04', 'Independence Day'], ['12-25', 'Christmas Day']])(year),
  ];
  const german = fixed([['01-01', 'Neujahr'], ['05-01', 'Tag der Arbeit'], ['10-03', 'Tag der Deutschen Einheit'], ['12-25', 'Weihnachten'], ['12-26', 'Zweiter Weihnachtstag']]);
  const spanish = fixed([['01-01', 'Año Nuevo'], ['01-06', 'Epifanía'], ['05-01', 'Día del Trabajo'], ['08-15', 'Asunción'], ['10-12', 'Fiesta Nacional'], ['12-08', 'Inmaculada'], ['12-25', 'Navidad']]);
  const list = (name: string, country: string, ofYear: (year: number) => { on: string; name: string }[]): HolidayPlan => ({ name, country, days: years.flatMap(ofYear) });
  return [list('United States, federal', 'US', american), list('Deutschland, bundesweit', 'DE', german), list('España, nacional', 'ES', spanish)];
}

const all = (...conditions: Criteria[]): Criteria => ({ all: conditions });

/** Leads for one's own reps wherever they come from, and who these are. */
export const keyTeam = { name: 'Key projects', holders: ['dana.whitfield', 'katrin.vollmer', 'javier.montalban'] } as const;

const largeProjects = {
  name: 'Projects of large companies: our own reps',
  when: all({ field: 'grade', op: 'in', value: ['hot'] }, { field: 'employees', op: 'atLeast', value: 500 }),
  pool: 'key',
  method: 'bestMatch',
  promise: { hot: 240, warm: 960, cold: 1440 },
  otherwise: 'next',
} as const;
const byTerritory = { name: 'Everything else: by territory, in turns', when: all(), pool: 'territory', method: 'turns', promise: null, otherwise: 'wait' } as const;
/** Pumps that touch food are installed by who is certified for it, and of them by who answers and sells best. */
const foodContact = {
  name: 'Pumps that touch food: certified partners who carry them',
  when: all({ field: 'country', op: 'in', value: ['US', 'DE'] }, { field: 'vertical', op: 'in', value: ['Food & beverage', 'Pharma'] }),
  pool: 'certified',
  method: 'bestMatch',
  promise: null,
  otherwise: 'next',
} as const;

/** Versions of the routing rules, each in their order. `key`: to the team of one's own reps; `certified`: to partners. */
export const routingVersions = [
  { daysAgo: 200, note: 'Large projects go to our own people.', rules: [largeProjects, byTerritory] },
  { daysAgo: 75, note: 'Food and pharma only with the certificate.', rules: [largeProjects, foodContact, byTerritory] },
] as const;
export const certifiedFor = 'Food contact';

/** What distributors are, carry and are certified for; `until`: in so many days from today, negative where it has ended. */
export const partnerProfiles: readonly { holder: string; tier: string; productLines: readonly string[]; certificates: readonly { name: string; until: number | null }[] }[] = [
  { holder: 'gulf', tier: 'Gold', productLines: ['centrifugal', 'metering', 'slurry', 'seal kit'], certificates: [{ name: 'Explosion protection', until: null }] },
  { holder: 'lakeland', tier: 'Gold', productLines: ['rotary lobe', 'centrifugal', 'metering', 'booster'], certificates: [{ name: 'Food contact', until: 140 }] },
  { holder: 'keystone', tier: 'Silver', productLines: ['rotary lobe', 'centrifugal', 'submersible'], certificates: [{ name: 'Food contact', until: 12 }] },
  { holder: 'southeast', tier: 'Silver', productLines: ['centrifugal', 'submersible', 'booster'], certificates: [] },
  { holder: 'pacific', tier: 'Silver', productLines: ['centrifugal', 'metering'], certificates: [{ name: 'Food contact', until: -30 }] },
  { holder: 'nord', tier: 'Gold', productLines: ['rotary lobe', 'centrifugal', 'metering'], certificates: [{ name: 'Food contact', until: null }] },
  { holder: 'sued', tier: 'Gold', productLines: ['rotary lobe', 'metering', 'booster'], certificates: [{ name: 'Food contact', until: 320 }, { name: 'Explosion protection', until: 320 }] },
  { holder: 'rhein', tier: 'Silver', productLines: ['centrifugal', 'slurry'], certificates: [] },
  { holder: 'ost', tier: 'Bronze', productLines: ['centrifugal'], certificates: [] },
  { holder: 'levante', tier: 'Gold', productLines: ['centrifugal', 'metering', 'submersible'], certificates: [] },
];

/** Since when the silent lose a part of their share, and what the one with the least of it says against that. */
export const shareCuts = { daysAgo: 150, note: 'Our office moved in the autumn and the mail went nowhere for three weeks.' } as const;

/** Since when partners are asked every week what became of their leads, and what they answer. */
export const verdictRounds = {
  daysAgo: 110,
  settings: { on: true, afterDays: 10, reps: false, silentAfter: 3 },
  /** of what those who always judge are asked */
  answered: 0.7,
  answers: [
    ['hot', 0.2],
    ['dont_know', 0.35],
    ['bad: No need', 0.25],
    ['bad: Cannot be reached', 0.2],
  ],
} as const;

/** What is done with which lead; in working days after it was given. */
export const playbooks = [
  {
    name: 'Wants a quote or a pump soon',
    when: all({ field: 'grade', op: 'in', value: ['hot'] }),
    steps: [
      { what: 'Call and ask for the duty point', channel: 'call', afterDays: 0, attempts: 3, everyDays: 1, text: 'What flow and head? Which medium, at what temperature? Who decides, and by when?' },
      { what: 'Send the quote', channel: 'quote', afterDays: 2, attempts: 1, everyDays: 1, text: null },
      { what: 'Ask what they think of it', channel: 'call', afterDays: 6, attempts: 3, everyDays: 2, text: 'Is anything missing? Whom do they compare us with?' },
    ],
  },
  {
    name: 'Met at a trade show',
    when: all({ field: 'channel', op: 'in', value: ['Trade show'] }),
    steps: [
      { what: 'Thank them and send what they asked for', channel: 'literature', afterDays: 0, attempts: 1, everyDays: 1, text: 'Thank you for your visit to our booth …' },
      { what: 'Call while they remember us', channel: 'call', afterDays: 3, attempts: 3, everyDays: 2, text: null },
    ],
  },
] as const;

/** Whose week holds how many of each grade, of its capacity; with fractions, as is agreed with somebody who works part of it. */
export const gradedCapacity = { holder: 'ost', shares: { hot: 0.25, warm: 0.5 } } as const;

/** Who is mailed their plan of the day, and at which hour of theirs. */
export const planned = [
  { user: 'dana.whitfield', hour: 7 },
  { user: 'gulf', hour: 8 },
] as const;

/** Mails that everybody begins with. */
export const mailTemplates = [
  { name: 'First answer', subject: 'Your question about {product}', text: 'Dear {name},\n\nthank you for your question. May I call you tomorrow morning to talk about flow, head and medium?\n\n{me}\n{our company}' },
  { name: 'After the quote', subject: 'Our quote for {company}', text: 'Dear {name},\n\nis anything missing in our quote? I gladly go through it with you.\n\n{me}\n{our company}' },
] as const;

/** Leads that a distributor who works in the application registers as its own; the last cannot be reached and waits to be mended. */
export const registrations = [
  { daysAgo: 46, name: 'Delphine Arceneaux', organization: 'Bayou Rice Mills', email: 'd.arceneaux@bayourice.example', phone: '+1 337 555 0164', city: 'Crowley', wants: 'Two transfer pumps for the parboiling line.', expectedMinor: 4_200_000 },
  { daysAgo: 19, name: 'Hollis Grantham', organization: 'Pelican Shipyard Services', email: 'hgrantham@pelicanshipyard.example', phone: '', city: 'Houma', wants: 'Bilge pumps, six pieces, stainless.', expectedMinor: 2_750_000 },
  { daysAgo: 6, name: 'Yvette Comeaux', organization: 'Atchafalaya Water District', email: '', phone: '+1 985 555 0139', city: 'Morgan City', wants: 'Replacement of the booster station next year.', expectedMinor: 11_000_000 },
  { daysAgo: 1, name: 'Marlon', organization: '', email: 'marlon at the refinery', phone: '', city: 'Lake Charles', wants: 'Asked at the counter for seal kits.', expectedMinor: null },
] as const;
export const registrant = 'gulf';

/** A list that one's own reps call down, and what comes of a call: shares that add up to one. */
export const calling = {
  daysAgo: 21,
  name: 'Once cold, worth a call',
  chosen: { grade: 'cold' },
  terms: { fromHour: 8, untilHour: 20, perDayMost: 1, attemptsMost: 4, dealAnew: false },
  caller: 'marcus.oyelaran',
  callsAtOnce: 6,
  outcomes: [
    ['no_answer', 0.48],
    ['voicemail', 0.14],
    ['busy', 0.06],
    ['wrong_number', 0.04],
    ['not_qualified', 0.14],
    ['refused', 0.05],
    ['qualified', 0.09],
  ],
} as const;

/** What is said on such a call. */
export const callScript = {
  name: 'Is there a project?',
  steps: [
    { id: 'hello', kind: 'say', text: 'Good day, this is Hartwell Pumps. You asked us for information some time ago.', next: 'project' },
    { id: 'project', kind: 'ask', text: 'Is a pump to be replaced or a plant to be built in the next twelve months?', question: 'timing', choices: [{ label: 'This year', next: 'budget' }, { label: 'Next year', next: 'budget' }, { label: 'No', next: 'no' }], free: null },
    { id: 'budget', kind: 'ask', text: 'Is there a budget for it?', question: 'budget', choices: [{ label: 'Yes', next: 'yes' }, { label: 'Not yet', next: 'yes' }], free: { next: 'yes' } },
    { id: 'yes', kind: 'end', text: 'Our engineer for your area will call you within two days.', ending: 'qualified' },
    { id: 'no', kind: 'end', text: 'Thank you; we will not bother you again this year.', ending: 'not_qualified' },
  ],
  ways: {
    qualified: [{ stepId: 'hello' }, { stepId: 'project', answer: 'Next year' }, { stepId: 'budget', answer: 'Not yet' }, { stepId: 'yes' }],
    not_qualified: [{ stepId: 'hello' }, { stepId: 'project', answer: 'No' }, { stepId: 'no' }],
  },
} as const;

/** Leads of these reps that rest: how many days from today, and why. */
export const resting = [
  { holder: 'dana.whitfield', days: 6, reason: 'On holiday until next week' },
  { holder: 'katrin.vollmer', days: 9, reason: 'They asked me to wait' },
] as const;
