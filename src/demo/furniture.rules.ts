import { company } from './company.rules.ts';

/** Days off, in days before today; a negative day lies ahead. */
export const absences: readonly { holder: string; first: number; last: number; note: string }[] = [
  { holder: 'dana.whitfield', first: 142, last: 131, note: 'Summer holiday' },
  { holder: 'marcus.oyelaran', first: 88, last: 84, note: 'Training in Frankfurt' },
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
