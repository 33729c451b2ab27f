import type { Answer } from '../../api/contract.ts';

export type Playbooks = Answer<'GET /v1/playbooks'>;
export type Playbook = Playbooks['items'][number];
export type Step = Playbook['steps'][number];

export const channelWords: Record<Step['channel'], string> = {
  call: 'call',
  mail: 'mail',
  visit: 'visit',
  meeting: 'meeting',
  quote: 'quote',
  literature: 'literature',
};

export const blankStep = (after: Step | undefined): Step => ({
  id: crypto.randomUUID(),
  what: '',
  channel: after ? 'mail' : 'call',
  afterDays: after ? after.afterDays + 2 : 0,
  attempts: after ? 1 : 3,
  everyDays: 1,
  text: null,
});

export const blankPlaybook = (): Playbook => ({ id: crypto.randomUUID(), name: '', when: { all: [] }, steps: [blankStep(undefined)] });

/** "call at once, up to 3 times" */
export function stepWords({ channel, afterDays, attempts }: Step): string {
  const when = afterDays === 0 ? 'at once' : `after ${afterDays} working ${afterDays === 1 ? 'day' : 'days'}`;
  return `${channelWords[channel]} ${when}${attempts > 1 ? `, up to ${attempts} times` : ''}`;
}
