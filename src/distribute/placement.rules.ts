/** How a placement is put into words. */
import type { PassedOver, Placement, Reason, RoutableLead, TurnPool } from './route.rules.ts';

export const waiting = (detail: string): Reason[] => [{ label: 'Waiting for a holder', detail }];

export function nobodyIn(name: string, passedOver: Placement['passedOver']): string {
  const counts = new Map<PassedOver, number>();
  for (const { because } of passedOver) counts.set(because, (counts.get(because) ?? 0) + 1);
  const words: Record<PassedOver, string> = {
    inactive: 'inactive',
    away: 'away',
    full: 'full',
    declined: 'declined it',
    silent: 'did not answer',
    vertical: 'in other verticals',
    language: 'without the language',
    product: 'without the product',
    certificate: 'without the certificate',
    turn: 'waiting',
  };
  return `Nobody in ${name} can take it: ${[...counts].map(([because, n]) => `${n} ${words[because]}`).join(', ')}`;
}

export function placed(
  lead: RoutableLead,
  holder: { id: string },
  territoryId: string | null,
  rule: Placement['rule'],
  because: Reason[],
): Placement {
  return {
    leadId: lead.leadId,
    holderId: holder.id,
    territoryId,
    rule,
    because,
    passedOver: [],
    decided: { rule, grade: lead.grade, exact: true },
    retryAtMs: null,
  };
}

/** What a turn was dealt from, and how it was booked. */
export interface BookedTurn {
  account: string;
  pool: TurnPool;
  /** what each of the pool was owed */
  credits: number[];
  marks?: number[];
  /** so many of the pool, the last ones, earn without being able to take it */
  absent: number;
}

/** The placement with all that its turn is made again from, and given back by. */
export function withTurn(placement: Placement, { account, pool, credits, marks, absent }: BookedTurn): Placement {
  Object.assign(placement.decided, { account, ...(marks && { marks }), ...(absent > 0 && { absent }) });
  return Object.assign(placement, { pool, credits });
}
