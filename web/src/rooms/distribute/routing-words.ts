import type { Answer } from '../../api/contract.ts';

export type Routing = Answer<'GET /v1/routing'>;
export type Rule = NonNullable<Routing['inForce']>['rules'][number];
export type Team = Answer<'GET /v1/teams'>['items'][number];

export const methods: { value: Rule['method']; label: string; note: string }[] = [
  { value: 'turns', label: 'In turns', note: 'by share: nobody is ever a whole lead from what is theirs' },
  { value: 'leastLoaded', label: 'Least loaded', note: 'who has the fewest open leads for their share' },
  { value: 'bestMatch', label: 'Best match', note: 'language, product line, what they sell, whether they answer and judge in time' },
  { value: 'nearest', label: 'Nearest', note: 'who works from nearest to it, as the crow flies; within ten kilometres in turns' },
  { value: 'firstToClaim', label: 'First to take it', note: 'open to all of them; if nobody does in time, in turns' },
];

export const pools: { value: Rule['pool']['kind']; label: string }[] = [
  { value: 'territory', label: 'The territory that covers it' },
  { value: 'owner', label: 'The named owner, else who works with them' },
  { value: 'team', label: 'A team' },
  { value: 'partners', label: 'Partners, by tier, product and certificates' },
  { value: 'desk', label: 'The desk: a person decides' },
  { value: 'nurture', label: 'Nurture: kept warm until its date' },
];

/** Whether somebody who works leads gets it. */
export const givesIt = (pool: Rule['pool']): boolean => pool.kind !== 'desk' && pool.kind !== 'nurture';

/** Whether one of several has to be chosen. */
export const chooses = (pool: Rule['pool']): boolean => pool.kind !== 'owner' && givesIt(pool);

export function poolInWords(pool: Rule['pool'], teams: readonly Team[]): string {
  if (pool.kind === 'team') return teams.find((team) => team.id === pool.teamId)?.name ?? 'a team that was taken away';
  if (pool.kind === 'partners')
    return `${pool.tiers.length > 0 ? `partners of tier ${pool.tiers.join(' or ')}` : 'any partner'}${pool.byProduct ? ' who carries the product' : ''}${pool.certificates?.length ? ` with ${pool.certificates.join(' and ')}` : ''}`;
  return { territory: 'the territory that covers it', owner: 'the named owner, else who works with them', desk: 'the desk', nurture: 'nurture, until its date' }[pool.kind];
}

export const hoursInWords = (minutes: number): string => {
  const hours = Math.round((minutes / 60) * 100) / 100;
  return `${hours} business ${hours === 1 ? 'hour' : 'hours'}`;
};

/** What follows where nobody of the pool can. */
export const otherwiseInWords = (rule: Rule): string =>
  rule.otherwise === 'next' ? '; else on' : rule.waitMost ? `; waits for them, ${hoursInWords(rule.waitMost)} at most` : '; waits for them';

export const blankRule = (): Rule => ({
  id: crypto.randomUUID(),
  name: '',
  when: { all: [] },
  first: false,
  pool: { kind: 'territory' },
  method: 'turns',
  promise: null,
  otherwise: 'next',
});
