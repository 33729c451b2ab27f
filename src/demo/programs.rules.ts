/**
 * Eighteen months of marketing of the demo company, told in days before today, so that the company is always run *today*.
 */
export type Channel =
  | 'web'
  | 'search'
  | 'social'
  | 'mail'
  | 'email'
  | 'trade_show'
  | 'advertisement'
  | 'telemarketing'
  | 'list'
  | 'partner'
  | 'phone'
  | 'webinar'
  | 'referral';

/** As marketing people say it. */
export const channelNames: Readonly<Record<Channel, string>> = {
  web: 'Website',
  search: 'Paid search',
  social: 'Social',
  mail: 'Direct mail',
  email: 'Email',
  trade_show: 'Trade show',
  advertisement: 'Advertisement',
  telemarketing: 'Telemarketing',
  list: 'Purchased list',
  partner: 'Partners',
  phone: 'Phone',
  webinar: 'Webinar',
  referral: 'Referral',
};

export interface DemoSource {
  key: string;
  name: string;
  channel: Channel;
}

export interface DemoCost {
  daysAgo: number;
  amount: number;
  note: string;
}

export interface DemoProgram {
  key: string;
  externalId: string;
  name: string;
  channel: Channel;
  source: string;
  /** Day of the first inquiry and of the last one, before today. A negative end lies in the future: the program is running; a negative beginning: it is planned. */
  from: number;
  to: number;
  /** Share of all inquiries, before seasons. */
  weight: number;
  /** How the inquiries fall over the days: steadily, in a burst that fades, or all at once. */
  shape: 'steady' | 'burst' | 'show' | 'once';
  costs: readonly DemoCost[];
  budget: number;
  goalInquiries: number;
  goalLeads: number;
  goalSales: number;
  /** True odds that an inquiry of this program buys, as a shift of the log odds. */
  quality: number;
  country?: 'US' | 'DE' | 'ES';
  vertical?: string;
  utm?: { source: string; medium: string; campaign: string; terms?: readonly string[] };
}

export const sources: readonly DemoSource[] = [
  { key: 'organic', name: 'Organic search', channel: 'web' },
  { key: 'direct', name: 'Website, direct', channel: 'web' },
  { key: 'paid', name: 'Paid search', channel: 'search' },
  { key: 'social', name: 'Sponsored posts', channel: 'social' },
  { key: 'newsletter', name: 'Newsletter', channel: 'email' },
  { key: 'reply-card', name: 'Reply card', channel: 'mail' },
  { key: 'show', name: 'Trade show booth', channel: 'trade_show' },
  { key: 'journal', name: 'Trade journal', channel: 'advertisement' },
  { key: 'calling', name: 'Calling team', channel: 'telemarketing' },
  { key: 'list', name: 'Purchased list', channel: 'list' },
  { key: 'partner', name: 'Distributor referral', channel: 'partner' },
  { key: 'phone', name: 'Switchboard', channel: 'phone' },
  { key: 'webinar', name: 'Webinar', channel: 'webinar' },
];

const monthly = (from: number, to: number, amount: number, note: string): DemoCost[] => {
  const costs: DemoCost[] = [];
  for (let daysAgo = from; daysAgo >= Math.max(to, 0); daysAgo -= 30)
    costs.push({ daysAgo, amount: Math.round(amount * (0.9 + ((daysAgo * 37) % 21) / 100)), note });
  return costs;
};

interface Draft extends Omit<DemoProgram, 'externalId' | 'goalInquiries' | 'goalLeads' | 'goalSales' | 'budget'> {
  budget?: number;
}

const drafts: readonly Draft[] = [
  {
    key: 'site',
    name: 'Website and catalogue',
    channel: 'web',
    source: 'organic',
    from: 547,
    to: -30,
    weight: 24,
    shape: 'steady',
    costs: monthly(545, 0, 2_900, 'Hosting, content and translations'),
    quality: 0.35,
  },
  {
    key: 'quote-form',
    name: 'Quote request form',
    channel: 'web',
    source: 'direct',
    from: 500,
    to: -30,
    weight: 9,
    shape: 'steady',
    costs: [{ daysAgo: 505, amount: 11_800, note: 'Form and pump selector' }, ...monthly(470, 0, 350, 'Upkeep')],
    quality: 1.05,
  },
  {
    key: 'search-us',
    name: 'Paid search, North America',
    channel: 'search',
    source: 'paid',
    from: 540,
    to: -30,
    weight: 11,
    shape: 'steady',
    costs: monthly(538, 0, 6_400, 'Clicks'),
    quality: 0.1,
    country: 'US',
    utm: {
      source: 'search',
      medium: 'cpc',
      campaign: 'pumps-us',
      terms: ['centrifugal pump', 'sewage pump quote', 'metering pump', 'pump seal kit', 'slurry pump'],
    },
  },
  {
    key: 'search-eu',
    name: 'Paid search, Germany and Spain',
    channel: 'search',
    source: 'paid',
    from: 420,
    to: -30,
    weight: 7,
    shape: 'steady',
    costs: monthly(418, 0, 3_900, 'Clicks'),
    quality: 0,
    utm: {
      source: 'search',
      medium: 'cpc',
      campaign: 'pumpen-bombas',
      terms: ['kreiselpumpe', 'dosierpumpe', 'bomba centrífuga', 'tauchpumpe', 'bomba dosificadora'],
    },
  },
  {
    key: 'social-engineers',
    name: 'Sponsored posts for plant engineers',
    channel: 'social',
    source: 'social',
    from: 300,
    to: -14,
    weight: 8,
    shape: 'steady',
    costs: monthly(298, 0, 4_700, 'Impressions'),
    quality: -0.7,
    utm: { source: 'network', medium: 'paid-social', campaign: 'plant-engineers' },
  },
  {
    key: 'newsletter',
    name: 'Newsletter “The Impeller”',
    channel: 'email',
    source: 'newsletter',
    from: 540,
    to: -30,
    weight: 6,
    shape: 'steady',
    costs: monthly(535, 0, 850, 'Writing and sending'),
    quality: 0.2,
    utm: { source: 'newsletter', medium: 'email', campaign: 'the-impeller' },
  },
  {
    key: 'expo-1',
    name: 'Process Flow Expo, Houston (last year)',
    channel: 'trade_show',
    source: 'show',
    from: 402,
    to: 399,
    weight: 7,
    shape: 'show',
    costs: [
      { daysAgo: 480, amount: 28_500, note: 'Booth space' },
      { daysAgo: 420, amount: 31_200, note: 'Booth building' },
      { daysAgo: 396, amount: 14_750, note: 'Travel and hotel' },
      { daysAgo: 399, amount: 3_300, note: 'Badge scanners' },
    ],
    quality: 1.3,
    country: 'US',
  },
  {
    key: 'expo-2',
    name: 'AquaTechnik Messe, München',
    channel: 'trade_show',
    source: 'show',
    from: 44,
    to: 41,
    weight: 6,
    shape: 'show',
    costs: [
      { daysAgo: 190, amount: 33_000, note: 'Booth space' },
      { daysAgo: 70, amount: 26_400, note: 'Booth building' },
      { daysAgo: 38, amount: 12_100, note: 'Travel and hotel' },
    ],
    quality: 1.4,
    country: 'DE',
  },
  {
    key: 'mailing-catalogue',
    name: 'Catalogue mailing, spring',
    channel: 'mail',
    source: 'reply-card',
    from: 330,
    to: 270,
    weight: 5,
    shape: 'burst',
    costs: [
      { daysAgo: 345, amount: 17_900, note: 'Printing 12,000 catalogues' },
      { daysAgo: 333, amount: 9_400, note: 'Postage' },
    ],
    quality: 0.15,
  },
  {
    key: 'mailing-seals',
    name: 'Seal kit mailing to plants',
    channel: 'mail',
    source: 'reply-card',
    from: 205,
    to: 150,
    weight: 3.5,
    shape: 'burst',
    costs: [
      { daysAgo: 212, amount: 6_700, note: 'Printing' },
      { daysAgo: 206, amount: 5_200, note: 'Postage' },
    ],
    quality: 0.55,
  },
  {
    key: 'mailing-energy',
    name: 'Energy audit letter',
    channel: 'mail',
    source: 'reply-card',
    from: 19,
    to: -20,
    weight: 1.8,
    shape: 'burst',
    costs: [
      { daysAgo: 27, amount: 7_100, note: 'Printing' },
      { daysAgo: 20, amount: 4_800, note: 'Postage' },
    ],
    quality: 0.3,
  },
  {
    key: 'ad-review',
    name: 'Advertisement in Fluid Process Review',
    channel: 'advertisement',
    source: 'journal',
    from: 470,
    to: 330,
    weight: 3,
    shape: 'burst',
    costs: [{ daysAgo: 472, amount: 8_600, note: 'Full page, two issues' }],
    quality: -0.35,
  },
  {
    key: 'ad-wasser',
    name: 'Anzeige in Wasser & Werk',
    channel: 'advertisement',
    source: 'journal',
    from: 130,
    to: 40,
    weight: 2,
    shape: 'burst',
    costs: [{ daysAgo: 134, amount: 6_200, note: 'Half page, three issues' }],
    quality: -0.15,
    country: 'DE',
  },
  {
    key: 'calls-utilities',
    name: 'Calling days, water utilities',
    channel: 'telemarketing',
    source: 'calling',
    from: 255,
    to: 225,
    weight: 2.6,
    shape: 'steady',
    costs: [
      { daysAgo: 256, amount: 4_000, note: 'Set-up and script' },
      { daysAgo: 224, amount: 15_300, note: '612 hours' },
    ],
    quality: 0.45,
    vertical: 'water',
  },
  {
    key: 'calls-chem',
    name: 'Calling days, chemical plants',
    channel: 'telemarketing',
    source: 'calling',
    from: 12,
    to: -10,
    weight: 1,
    shape: 'steady',
    costs: [
      { daysAgo: 13, amount: 3_500, note: 'Set-up and script' },
      { daysAgo: 5, amount: 4_900, note: 'First 196 hours' },
    ],
    quality: 0.4,
    vertical: 'chemical',
  },
  {
    key: 'list-food',
    name: 'Purchased list, food processors',
    channel: 'list',
    source: 'list',
    from: 160,
    to: 160,
    weight: 4,
    shape: 'once',
    costs: [{ daysAgo: 163, amount: 9_750, note: '1,300 addresses' }],
    quality: -1.9,
    vertical: 'food',
  },
  {
    key: 'partners',
    name: 'Distributor referrals',
    channel: 'partner',
    source: 'partner',
    from: 520,
    to: -30,
    weight: 3.5,
    shape: 'steady',
    costs: monthly(500, 0, 600, 'Joint advertising allowance'),
    quality: 0.9,
  },
  {
    key: 'webinar',
    name: 'Webinar: sizing pumps for less energy',
    channel: 'webinar',
    source: 'webinar',
    from: 96,
    to: 88,
    weight: 2.2,
    shape: 'burst',
    costs: [{ daysAgo: 110, amount: 5_400, note: 'Speaker and platform' }],
    quality: -0.2,
    utm: { source: 'newsletter', medium: 'email', campaign: 'webinar-energy' },
  },
  {
    key: 'webinar-next',
    name: 'Webinar: metering without drift',
    channel: 'webinar',
    source: 'webinar',
    from: 9,
    to: -12,
    weight: 0.7,
    shape: 'steady',
    costs: [{ daysAgo: 9, amount: 4_900, note: 'Speaker and platform' }],
    quality: -0.1,
    utm: { source: 'network', medium: 'paid-social', campaign: 'webinar-metering' },
  },
  {
    key: 'switchboard',
    name: 'Calls and letters',
    channel: 'phone',
    source: 'phone',
    from: 547,
    to: -30,
    weight: 6,
    shape: 'steady',
    costs: [],
    quality: 0.75,
  },
  {
    key: 'expo-next',
    name: 'Process technology fair, next month',
    channel: 'trade_show',
    source: 'show',
    from: -31,
    to: -34,
    weight: 5,
    shape: 'show',
    costs: [{ daysAgo: 24, amount: 14_500, note: 'Booth, deposit' }],
    quality: 0.2,
  },
];

/** The programs for a world of this many inquiries: goals are a little above what will come, as goals are. */
export function programsFor(inquiries: number): DemoProgram[] {
  const scale = inquiries / 100;
  return drafts.map((draft, index) => {
    const spent = draft.costs.reduce((sum, cost) => sum + cost.amount, 0);
    const goal = Math.max(5, Math.round((draft.weight * scale * (0.9 + (index % 4) * 0.08)) / 10) * 10);
    return {
      ...draft,
      externalId: `HP-${String(1001 + index * 7)}`,
      budget: draft.budget ?? Math.ceil((spent * (1 + (index % 3) * 0.07)) / 500) * 500,
      goalInquiries: goal,
      goalLeads: Math.round(goal * 0.6),
      goalSales: Math.max(1, Math.round(goal * 0.035)),
    };
  });
}

/** How many inquiries a program draws on a day this many days before the end, relative to others. Weekends are quiet, August and the year's end too. */
export function pullOn(program: DemoProgram, daysAgo: number, date: Date): number {
  if (daysAgo > program.from || daysAgo < program.to) return 0;
  const length = program.from - Math.max(program.to, 0) + 1;
  const age = program.from - daysAgo;
  const perDay = program.weight / length;
  if (program.shape === 'once') return program.weight;
  if (program.shape === 'show') return perDay;
  const weekend = date.getUTCDay() === 0 || date.getUTCDay() === 6;
  const calm =
    (weekend ? 0.22 : 1.2) * (date.getUTCMonth() === 7 ? 0.75 : 1) * (date.getUTCMonth() === 11 && date.getUTCDate() > 20 ? 0.35 : 1);
  if (program.shape === 'burst') return perDay * calm * 3 * Math.exp((-3 * age) / length);
  // A steady program grows a little over the year and a half.
  return perDay * calm * (0.8 + (0.4 * age) / length);
}
