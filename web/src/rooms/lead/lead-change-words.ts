import type { Answer } from '../../api/contract.ts';

export type LeadChange = Answer<'GET /v1/lead-changes/:id'>;
const verdicts = { hot: 'hot', warm: 'warm, into nurture', bad: 'bad', dont_know: 'don’t know' } as const;

/** `holders` names those leads are given to. */
export function leadChangeSentence(action: LeadChange['action'], holderName: (id: string) => string | undefined): string {
  switch (action.do) {
    case 'give':
      return action.to === 'desk' ? 'Called back to the desk' : action.to === 'routing' ? 'Dealt again by the routing' : action.to === 'others' ? 'Recalled, and dealt to others' : `Given to ${holderName(action.to.holderId) ?? 'another holder'}`;
    case 'even':
      return `Open leads evened out among ${action.whom.name}`;
    case 'verdict':
      return `Judged ${verdicts[action.verdict]}${action.reason ? `: ${action.reason}` : ''}`;
    case 'answer':
      return action.value === null ? `Answer to “${action.question}” cleared` : `Answered “${action.question}”: ${action.value}`;
  }
}
