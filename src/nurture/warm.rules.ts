/** What a fact means for a lead that waits, or might. Verdicts may have moved on since the fact was recorded; what stands now counts. */
export interface Warm {
  closedAt: Date | null;
  verdict: string | null;
  enrolmentId: string | null;
  holderKind: 'rep' | 'partner' | 'desk' | 'nurture' | null;
}
export type Step =
  { step: 'enrol'; again: boolean } | { step: 'extend' } | { step: 'end'; reason: string } | { step: 'return' } | { step: 'nothing' };

export function whatFollows(fact: { type: string; data: object }, lead: Warm): Step {
  const nothing: Step = { step: 'nothing' };
  const waits = lead.enrolmentId !== null;
  if (lead.closedAt !== null) return waits ? { step: 'end', reason: 'closed' } : nothing;
  switch (fact.type) {
    case 'lead.judged': {
      const verdict = 'verdict' in fact.data ? fact.data.verdict : null;
      if (verdict === 'warm' && lead.verdict === 'warm') return waits ? { step: 'extend' } : { step: 'enrol', again: false };
      return waits && lead.verdict !== 'warm' ? { step: 'end', reason: `judged ${String(verdict)}` } : nothing;
    }
    case 'lead.judgementUndone': {
      const was = 'was' in fact.data ? fact.data.was : null;
      if (was === 'warm' && lead.verdict === 'warm') return waits ? nothing : { step: 'enrol', again: true };
      return waits && lead.verdict !== 'warm' ? { step: 'end', reason: 'verdict taken back' } : nothing;
    }
    // Nobody had room: kept warm unless somebody has it by now.
    case 'lead.setAside':
      return !waits && lead.holderKind === 'desk' ? { step: 'enrol', again: false } : nothing;
    case 'lead.joined':
      return waits ? { step: 'return' } : nothing;
    default:
      return nothing;
  }
}
