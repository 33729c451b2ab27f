import type { Criteria } from '../platform/values/criteria.rules.ts';
import { company } from './company.rules.ts';

/** Days off, in days before today; a negative day lies ahead. */
export const absences: readonly { holder: string; first: number; last: number; note: string; catchUp?: boolean }[] = [
  { holder: 'dana.whitfield', first: 142, last: 131, note: 'Summer holiday' },
  { holder: 'marcus.oyelaran', first: 88, last: 84, note: 'Training in Frankfurt', catchUp: true },
  { holder: 'katrin.vollmer', first: 1, last: -6, note: 'Holiday' },
  { holder: 'javier.montalban', first: -20, last: -31, note: 'Holiday' },
  { holder: 'lakeland', first: -33, last: -40, note: 'Office closed' },
];

/** What arrived and could not be read, byte for byte. Each waits in quarantine for somebody to repair its sender. */
export const unreadable: readonly { daysAgo: number; program?: string; type: string; body: string }[] = [
  {
    daysAgo: 63,
    type: 'application/json',
    body: '{"name":"Ruth Adler","company":"Adler Papier GmbH","email":"r.adler@adlerpapier.example","message":"Bitte ein Angebot',
  },
  {
    daysAgo: 21,
    type: 'application/json; charset=utf-8',
    body: '{"name":"J\xf6rg M\xfcller","company":"M\xfcller W\xe4rmetechnik","phone":"+49 711 2550 166"}',
  },
  {
    daysAgo: 9,
    type: 'application/xml',
    body: '<?xml version="1.0"?><lead><name>Carmen Ibarra</name><company>Lacteos Ibarra S.A.</company><phone>+34 96 255 01 44</phone><interest>RL 65</interest></lead>',
  },
  {
    daysAgo: 4.2,
    program: 'quote-form',
    type: 'application/x-www-form-urlencoded',
    body: 'fullName=&email=&message=',
  },
  {
    daysAgo: 1.3,
    type: 'application/json',
    body: '[{"name":"Noah Pruitt","email":"n.pruitt@pruittfarms.example"},{"name":"Ella Voss","email":"ella.voss@vossbrew.example"}]',
  },
  { daysAgo: 0.4, type: 'application/json', body: '"test from the new shop"' },
];

const mail = (name: string): string => `${name}@${company.domain}`;

/** Views of the list of leads that people saved for themselves or for everybody. */
export const savedViews: readonly { owner: string; name: string; shared: boolean; program?: string; query: Record<string, string> }[] = [
  { owner: mail('priya.raman'), name: 'Hot, still open', shared: true, query: { grade: 'hot', open: 'true', sort: 'due' } },
  { owner: mail('priya.raman'), name: 'Booth in München, being worked', shared: true, program: 'expo-2', query: { state: 'working' } },
  { owner: mail('priya.raman'), name: 'Handed over, nothing heard', shared: true, query: { silent: 'true', open: 'true' } },
  { owner: mail('colin.ashby'), name: 'Purchased list: was it worth it?', shared: true, program: 'list-food', query: {} },
  { owner: mail('stefan.bergmann'), name: 'Declined by somebody', shared: true, query: { declined: 'true', open: 'true' } },
  { owner: mail('stefan.bergmann'), name: 'Partners, newest first', shared: false, query: { holderKind: 'partner' } },
];

/** Numbers and addresses that must not be used, as a trade association and customers handed them in. */
export const suppressions = [
  { channel: 'phone', list: 'Do-not-call register, autumn', lines: ['+1 920 555 0177', '+1 713 555 0142', '+49 30 5550 118', '+34 91 555 01 63', '+1 312 555 0109'] },
  { channel: 'mail', list: 'Asked by letter', lines: ['@quietfoods.example', 'r.pell@pellandsons.example', 'einkauf@stillwasser-ag.example'] },
] as const;

const all = (...conditions: Criteria[]): Criteria => ({ all: conditions });

/** Groups of people and organizations that marketing works with. */
export const segments: readonly { name: string; note: string; subject: 'person' | 'organization'; kind: 'live' | 'static'; criteria: Criteria }[] = [
  {
    name: 'Many pumps, no service contract',
    note: 'Asked for their renewal date by the service team every quarter.',
    subject: 'organization',
    kind: 'live',
    criteria: all({ field: 'isCustomer', op: 'isTrue' }, { field: 'custom.pumps_installed', op: 'atLeast', value: 10 }, { field: 'custom.service_contract', op: 'equals', value: 'no contract' }),
  },
  {
    name: 'Once hot or warm, silent for a quarter',
    note: 'Worth one more letter before the budget year begins.',
    subject: 'person',
    kind: 'live',
    criteria: all(
      { field: 'leads.grade', op: 'in', value: ['hot', 'warm'] },
      { field: 'leads.open', op: 'atMost', value: 0 },
      { field: 'inquiries.lastAt', op: 'olderThanDays', value: 90 },
      { field: 'purchases.count', op: 'atMost', value: 0 },
      { field: 'mayMail', op: 'isTrue' },
    ),
  },
  {
    name: 'Reads German, may be written to',
    note: 'Die Impeller-Ausgabe auf Deutsch.',
    subject: 'person',
    kind: 'live',
    criteria: all(
      { any: [{ field: 'language', op: 'equals', value: 'de' }, { field: 'country', op: 'in', value: ['DE', 'AT', 'CH'] }] },
      { field: 'mayMail', op: 'isTrue' },
      { field: 'lastSeenAt', op: 'withinDays', value: 365 },
    ),
  },
  {
    name: 'Invited to the open day in München',
    note: 'The list as it was when the letters went out.',
    subject: 'person',
    kind: 'static',
    criteria: all({ field: 'country', op: 'equals', value: 'DE' }, { field: 'postalCode', op: 'startsWith', value: ['8'] }),
  },
];

/** What the company keeps of people beyond what is usual, and how many are what. */
export const userGroup = { subject: 'person', label: 'User group', type: 'choice', choices: ['member', 'speaker'], members: 24 } as const;

/** Who asked what is kept of them, and what came of it. */
export const privacyRequests: readonly { daysAgo: number; kind: 'access' | 'erasure' | 'objection'; asker: string; note?: string; doneDaysAgo?: number }[] = [
  { daysAgo: 52, kind: 'access', asker: 'Mrs Ostrander, by letter', note: 'Wants to know where we have her address from.', doneDaysAgo: 41 },
  { daysAgo: 24, kind: 'objection', asker: 'Tilo Brandt, on the telephone', note: 'No more advertising by post.', doneDaysAgo: 24 },
  { daysAgo: 9, kind: 'erasure', asker: 'P. Villanueva, by mail', note: 'Left the company, asks for everything to be erased.' },
];

/** A proposal to balance the distributors of one country by state, with about the middle of each state. */
export const balancing = {
  owner: mail('stefan.bergmann'),
  territories: ['Gulf Coast', 'Great Lakes and Plains', 'Mid-Atlantic and New England', 'Southeast', 'West Coast and Mountains'],
  centres: `state,lat,lon
AL,32.8,-86.8\nAZ,34.3,-111.7\nCA,37.2,-119.3\nCO,39.0,-105.5\nCT,41.6,-72.7\nDE,39.0,-75.5\nFL,28.6,-82.4\nGA,32.6,-83.4\nIA,42.0,-93.5\nID,44.4,-114.6\nIL,40.0,-89.2
IN,39.9,-86.3\nKY,37.5,-85.3\nLA,31.0,-92.0\nMA,42.3,-71.8\nMI,44.3,-85.4\nMN,46.3,-94.3\nMO,38.4,-92.5\nNC,35.5,-79.4\nNE,41.5,-99.8\nNJ,40.2,-74.7\nNY,42.9,-75.5
OH,40.4,-82.8\nOK,35.6,-97.5\nOR,43.9,-120.6\nPA,40.9,-77.8\nSC,33.9,-80.9\nTN,35.9,-86.4\nTX,31.5,-99.3\nUT,39.3,-111.7\nWA,47.4,-120.5\nWI,44.6,-89.9\nWV,38.6,-80.6
`,
} as const;
