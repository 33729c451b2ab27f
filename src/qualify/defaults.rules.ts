/** What holds until marketing writes its own: the definition of a lead, the scoring rules, the qualifying questions. */
import type { Criteria } from '../platform/values/criteria.rules.ts';
import type { ScoringScheme } from './score.rules.ts';

/** Can be told apart, and is neither junk nor to be left alone. */
export const defaultDefinition: Criteria = {
  all: [
    {
      any: [
        { field: 'email', op: 'isSet' },
        { field: 'phone', op: 'isSet' },
        { field: 'externalId', op: 'isSet' },
        {
          all: [
            { field: 'name', op: 'isSet' },
            { field: 'organization', op: 'isSet' },
          ],
        },
      ],
    },
    { not: { field: 'junkName', op: 'isTrue' } },
    { not: { field: 'doNotContact', op: 'isTrue' } },
    { not: { field: 'status', op: 'contains', value: ['junk', 'spam', 'not qualified', 'unqualified', 'disqualified'] } },
    {
      not: {
        field: 'message',
        op: 'contains',
        value: ['backlink', 'guest post', 'rank on google', 'first page of google', 'contacts for sale'],
      },
    },
  ],
};

const soon = [
  'now',
  'immediate',
  'asap',
  'urgent',
  'this month',
  'within a month',
  'within 1 month',
  '1 month',
  '0-3',
  '1-3',
  '0–3',
  '1–3',
  'within 3',
  '3 months',
  'sofort',
  'dringend',
  '3 monat',
  'immédiat',
  'inmediat',
  'imediat',
  'subito',
];
const deciding = ['decid', 'decision', 'yes', 'owner', 'final', 'entscheid', 'décid', 'decide'];
const leading = [
  'director',
  'head',
  'chief',
  'ceo',
  'coo',
  'cto',
  'cfo',
  'owner',
  'founder',
  'president',
  'vp',
  'partner',
  'leiter',
  'leitung',
  'geschäftsführer',
  'inhaber',
  'einkauf',
  'purchasing',
  'procurement',
  'buyer',
  'directeur',
  'gérant',
  'gerente',
  'titolare',
];
const asking = [
  'quote',
  'quotation',
  'offer',
  'price',
  'pricing',
  'proposal',
  'angebot',
  'preis',
  'devis',
  'offre',
  'prix',
  'oferta',
  'presupuesto',
  'precio',
  'preventivo',
  'prezzo',
  'orçamento',
  'preço',
  'offerte',
  'prijs',
];

export const defaultScoring: ScoringScheme = {
  halfLifeDays: 30,
  hotFrom: 60,
  warmFrom: 30,
  rules: [
    {
      id: 'reach',
      label: 'Can be written to and called',
      kind: 'fit',
      points: 8,
      when: {
        all: [
          { field: 'email', op: 'isSet' },
          { field: 'phone', op: 'isSet' },
        ],
      },
    },
    { id: 'businessMail', label: 'Company mail address', kind: 'fit', points: 8, when: { field: 'businessMail', op: 'isTrue' } },
    { id: 'company', label: 'Company known', kind: 'fit', points: 5, when: { field: 'organization', op: 'isSet' } },
    { id: 'size50', label: 'Fifty employees or more', kind: 'fit', points: 6, when: { field: 'employees', op: 'atLeast', value: 50 } },
    {
      id: 'size500',
      label: 'Five hundred employees or more',
      kind: 'fit',
      points: 4,
      when: { field: 'employees', op: 'atLeast', value: 500 },
    },
    { id: 'customer', label: 'Customer already', kind: 'fit', points: 10, when: { field: 'isCustomer', op: 'isTrue' } },
    {
      id: 'leading',
      label: 'Leading or buying position',
      kind: 'fit',
      points: 8,
      when: { field: 'title', op: 'matchesAny', value: leading },
    },
    {
      id: 'budget',
      label: 'Budget stated',
      kind: 'fit',
      points: 10,
      when: {
        all: [
          { field: 'budget', op: 'isSet' },
          { not: { field: 'budget', op: 'matchesAny', value: ['no', 'none', 'nein', 'kein', 'keines'] } },
        ],
      },
    },
    { id: 'authority', label: 'Decides', kind: 'fit', points: 10, when: { field: 'authority', op: 'contains', value: deciding } },
    { id: 'need', label: 'Need stated', kind: 'fit', points: 6, when: { field: 'need', op: 'isSet' } },
    { id: 'disposable', label: 'Throw-away mail address', kind: 'fit', points: -20, when: { field: 'disposableMail', op: 'isTrue' } },
    { id: 'inquiry', label: 'Inquired', kind: 'interest', points: 8, when: { all: [] } },
    {
      id: 'asking',
      label: 'Asked for a price or an offer',
      kind: 'interest',
      points: 20,
      when: { field: 'message', op: 'contains', value: asking },
    },
    { id: 'product', label: 'Named a product', kind: 'interest', points: 8, when: { field: 'product', op: 'isSet' } },
    { id: 'soon', label: 'Wants it soon', kind: 'interest', points: 15, when: { field: 'timing', op: 'contains', value: soon } },
    {
      id: 'direct',
      label: 'Came by itself or was referred',
      kind: 'interest',
      points: 8,
      when: { field: 'channel', op: 'contains', value: ['referral', 'partner', 'phone', 'search', 'web', 'form'] },
    },
    {
      id: 'met',
      label: 'Met in person',
      kind: 'interest',
      points: 6,
      when: { field: 'channel', op: 'contains', value: ['trade', 'event', 'conference', 'show'] },
    },
    { id: 'list', label: 'From a bought list', kind: 'interest', points: -8, when: { field: 'channel', op: 'equals', value: 'list' } },
  ],
};

export interface Question {
  key: string;
  label: string;
  hint: string;
  choices: string[];
}

export const defaultQuestions: Question[] = [
  { key: 'budget', label: 'Is there a budget?', hint: 'A range is enough.', choices: [] },
  {
    key: 'authority',
    label: 'Who decides?',
    hint: 'Their role in the decision.',
    choices: ['Decides', 'Decides with others', 'Recommends', 'Gathers information'],
  },
  { key: 'need', label: 'What is it for?', hint: 'The problem in their words.', choices: [] },
  {
    key: 'timing',
    label: 'When do they want it?',
    hint: '',
    choices: ['Now', 'Within 3 months', '3 to 6 months', '6 to 12 months', 'Later'],
  },
];
