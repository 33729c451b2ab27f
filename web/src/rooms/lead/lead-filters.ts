import type { Filters } from '../../shell/address.ts';
import { periodDays } from '../../ui/period.ts';
import { verdictLooks } from '../../ui/verdict.ts';

export const stateOptions = (
  ['waiting', 'working', 'nurture', 'hot', 'warm', 'dont_know', 'sale', 'bad', 'lost', 'withdrawn'] as const
).map((value) => ({ value, label: verdictLooks[value].label }));

export const sortOptions = [
  { value: 'oldest', label: 'Oldest first' },
  { value: 'score', label: 'Best score first' },
  { value: 'value', label: 'Greatest value first' },
  { value: 'due', label: 'Soonest due first' },
  { value: 'awaited', label: 'Longest waiting first' },
  { value: 'name', label: 'By name' },
];

/** The address of the list as the API asks: days for a period. */
export function leadQuery({ period, ...rest }: Filters, today: string): Filters {
  return { ...rest, ...(period ? periodDays(period, today) : {}) };
}

interface Names {
  holder: (id: string) => string | undefined;
  program: (id: string) => string | undefined;
  source: (id: string) => string | undefined;
  territory: (id: string) => string | undefined;
  date: (day: string) => string;
  own: (field: string) => string | undefined;
}

const promises: Record<string, string> = {
  accept: 'promised to be answered in time',
  contact: 'promised to be contacted in time',
  attempts: 'promised to be tried often enough',
  verdict: 'promised to be judged in time',
  leads: 'brought under the agreement',
  right: 'judged as right or wrong under the agreement',
  complete: 'promised to be complete',
  kind: 'of a kind sales wants',
  share: 'of all leads, for the share of a kind',
};
const promiseWords = (value: string): string => {
  const [what = '', which] = value.split('.');
  return `${promises[what] ?? value}${which && ['hot', 'warm', 'cold'].includes(which) ? `, ${which} when given` : ''}`;
};
const yesNo = (yes: string, no: string) => (value: string) => (value === 'true' ? yes : no);
const waits: Record<string, string> = {
  '5min': 'within 5 min',
  '30min': 'within 30 min',
  '1h': 'within an hour',
  '4h': 'within 4 hours',
  '1day': 'within a day',
  '3days': 'within 3 days',
  week: 'within a week',
  later: 'later than a week',
  none: 'never',
};

/** Filters that only a figure or a link sets: they have no control of their own, so each is said in words and can be taken away. */
export function foreignFilters(filters: Record<string, string>, names: Names): { name: string; label: string }[] {
  const words: Record<string, (value: string) => string> = {
    verdict: (value) => (value === 'none' ? 'no verdict' : `verdict: ${verdictLooks[value as 'hot']?.label ?? value}`),
    fate: (value) => `ended: ${value}`,
    status: (value) => `status: ${verdictLooks[value as 'hot']?.label ?? value}`,
    open: yesNo('still open', 'closed'),
    overdue: yesNo('past the promise', 'within the promise'),
    offered: yesNo('offered, not yet accepted', 'not waiting to be accepted'),
    late: (value) => ({ accept: 'past the time to accept', contact: 'past the time for the first contact', attempts: 'tried less often than agreed', verdict: 'past the time for a verdict' })[value] ?? 'past one of its clocks',
    unfollowed: yesNo('nobody followed up in time', 'followed up in time'),
    unplaced: yesNo('waiting for a holder', 'has a holder'),
    unplacedLate: yesNo('waiting for a holder longer than agreed', 'not waiting longer than agreed'),
    owes: yesNo('attempts or verdict later than agreed', 'attempts and verdict not later than agreed'),
    followedUp: yesNo('followed up', 'not followed up'),
    silent: yesNo('nothing heard', 'something heard'),
    accepted: yesNo('accepted', 'not accepted'),
    redirected: yesNo('redirected', 'never redirected'),
    declined: yesNo('declined', 'never declined'),
    activity: (value) => (value === 'none' ? 'no activity' : `with a ${value}`),
    nextAction: (value) => `next: ${value}`,
    wait: (value) => `first contact ${waits[value] ?? value}`,
    channel: (value) => `channel: ${value}`,
    holderKind: (value) => `held by: ${{ rep: 'reps', partner: 'partners', desk: 'the desk', nurture: 'nurture' }[value] ?? value}`,
    assignedTo: (value) => `was given to ${names.holder(value) ?? 'one holder'}`,
    assignedIn: (value) => `was given in ${value === 'none' ? 'no territory' : (names.territory(value) ?? 'one territory')}`,
    assignedUnder: (value) => `was given in ${names.territory(value) ?? 'one territory'} or under it`,
    region: (value) => `in ${names.territory(value) ?? 'one territory'} or under it`,
    redirectedFrom: (value) => `taken from ${names.holder(value) ?? 'one holder'}`,
    personId: () => 'one person',
    organizationId: () => 'one company',
    importId: () => 'one import',
    listId: () => 'first came by one list',
    worth: () => 'hot, warm or sold',
    own: (value) => `${names.own(value.slice(0, value.indexOf(':'))) ?? value.slice(0, value.indexOf(':'))}: ${value.slice(value.indexOf(':') + 1) || 'not known'}`,
    promise: (value) => promiseWords(value),
    kept: yesNo('it was kept', 'it was not kept'),
    dateBy: (value) =>
      `by the day it was ${{ occurred: 'received', qualified: 'qualified', assigned: 'assigned', sold: 'sold', redirected: 'redirected' }[value] ?? value}`,
    from: (value) => `from ${names.date(value)}`,
    to: (value) => `until ${names.date(value)}`,
  };
  return Object.entries(filters).flatMap(([name, value]) => {
    const say = words[name];
    return say && value ? [{ name, label: say(value) }] : [];
  });
}
