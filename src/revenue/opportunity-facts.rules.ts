import type { NewFact } from '../journal/index.ts';
import type { Outcome } from './stage.rules.ts';

interface Told {
  id: string;
  leadId: string | null;
  stage: string;
  outcome: Outcome;
  amountMinor: number;
  programId: string | null;
  closedAt: Date | null;
  openedAt: Date;
  lostReason: string | null;
}

/** What a change of an opportunity is called in the journal; nothing where nothing worth telling changed. */
export function opportunityFact(before: Told | undefined, after: Told): NewFact[] {
  const base = { chainId: after.id, subjectId: after.id };
  const { leadId, amountMinor } = after;
  const facts: NewFact[] = [];
  if (!before)
    facts.push({ ...base, type: 'opportunity.opened', at: after.openedAt, data: { opportunityId: after.id, leadId, amountMinor } });
  const same =
    before &&
    before.outcome === after.outcome &&
    before.amountMinor === amountMinor &&
    before.programId === after.programId &&
    before.leadId === leadId &&
    before.closedAt?.getTime() === after.closedAt?.getTime();
  const at = after.closedAt ? { at: after.closedAt } : {};
  if (after.outcome === 'won' && !same)
    facts.push({ ...base, ...at, type: 'opportunity.won', data: { opportunityId: after.id, leadId, amountMinor } });
  else if (after.outcome === 'lost' && !same)
    facts.push({ ...base, ...at, type: 'opportunity.lost', data: { opportunityId: after.id, leadId, reason: after.lostReason } });
  else if (before && (!same || before.stage !== after.stage))
    facts.push({ ...base, type: 'opportunity.moved', data: { opportunityId: after.id, leadId, stage: after.stage } });
  return facts;
}
