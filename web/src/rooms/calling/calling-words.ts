import type { Answer, Body } from '../../api/contract.ts';

export type CallList = Answer<'GET /v1/calling/lists'>['items'][number];
export type Script = Answer<'GET /v1/calling/scripts'>['items'][number];
export type Step = Script['steps'][number];
export type Ask = Extract<Step, { kind: 'ask' }>;
export type Turn = Answer<'POST /v1/calling/lists/:id/next'>;
export type Called = NonNullable<Turn['lead']>;
export type Outcome = NonNullable<Body<'POST /v1/calling/lists/:id/calls'>>['outcome'];

/** In the order of the keyboard: nobody reached, then somebody. */
export const outcomes: { value: Outcome; label: string; keyName: string; reached: boolean }[] = [
  { value: 'no_answer', label: 'No answer', keyName: 'a', reached: false },
  { value: 'busy', label: 'Busy', keyName: 'b', reached: false },
  { value: 'voicemail', label: 'Left a message', keyName: 'v', reached: false },
  { value: 'wrong_number', label: 'Wrong number', keyName: 'w', reached: false },
  { value: 'call_back', label: 'Call back', keyName: 'k', reached: true },
  { value: 'refused', label: 'Not interested', keyName: 'r', reached: true },
  { value: 'do_not_call', label: 'Wants no calls', keyName: 'x', reached: true },
  { value: 'not_qualified', label: 'Not qualified', keyName: 'd', reached: true },
  { value: 'qualified', label: 'Qualified', keyName: 'y', reached: true },
];
const more: Record<string, string> = { lead_closed: 'Closed before it was called', may_not_call: 'May not be called any more' };
export const outcomeWord = (outcome: string): string => outcomes.find(({ value }) => value === outcome)?.label ?? more[outcome] ?? outcome;

export const endings: { value: Extract<Step, { kind: 'end' }>['ending']; label: string }[] = [
  { value: 'qualified', label: 'Qualified: goes to sales' },
  { value: 'not_qualified', label: 'Not qualified' },
  { value: 'refused', label: 'Not interested' },
  { value: 'call_back', label: 'Call back' },
];

const newId = (): string => crypto.randomUUID().slice(0, 8);
export const blankStep = (kind: Step['kind']): Step => {
  const id = newId();
  if (kind === 'say') return { id, kind, text: '', next: null };
  if (kind === 'end') return { id, kind, text: '', ending: 'qualified' };
  return {
    id,
    kind,
    text: '',
    question: null,
    choices: [
      { label: 'Yes', next: null },
      { label: 'No', next: null },
    ],
    free: null,
  };
};

/** A small script that holds together, to be changed. */
export function firstScript(): { id: string; name: string; steps: Step[] } {
  const [hello, ask, good, bad] = [blankStep('say'), blankStep('ask'), blankStep('end'), blankStep('end')] as [
    Extract<Step, { kind: 'say' }>,
    Ask,
    Step,
    Step,
  ];
  return {
    id: crypto.randomUUID(),
    name: '',
    steps: [
      { ...hello, text: 'Good morning, this is … You asked us about … Is this a good moment?', next: ask.id },
      {
        ...ask,
        text: 'When do you want to decide?',
        choices: [
          { label: 'This quarter', next: good.id },
          { label: 'Not at all', next: bad.id },
        ],
        free: { next: good.id },
      },
      { ...good, text: 'Thank you. My colleague calls you today.' },
      { ...(bad as Extract<Step, { kind: 'end' }>), ending: 'not_qualified', text: 'Thank you for your time.' },
    ],
  };
}
