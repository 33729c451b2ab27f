import type { NewFact } from '../journal/index.ts';

/** What the journal says of a hand-over; one wording for every way a lead can change hands. */
export function assignedFact(
  inquiryId: string,
  assignment: {
    id: string;
    leadId: string;
    holderId: string;
    territoryId: string | null;
    respondBy: Date | null;
    sequence: number;
    why: string;
    startedAt: Date;
  },
  holderKind: string,
): NewFact<'lead.assigned'> {
  return {
    type: 'lead.assigned',
    chainId: inquiryId,
    subjectId: assignment.leadId,
    at: assignment.startedAt,
    data: {
      leadId: assignment.leadId,
      assignmentId: assignment.id,
      holderId: assignment.holderId,
      holderKind,
      territoryId: assignment.territoryId,
      respondBy: assignment.respondBy?.toISOString() ?? null,
      sequence: assignment.sequence,
      why: assignment.why,
    },
  };
}

/** One moment for all, or, where a past is told in batches, each lead's own. */
export type When = Date | ReadonlyMap<string, Date>;
export function whenOf(when: When, leadId: string): Date {
  if (when instanceof Date) return when;
  const at = when.get(leadId);
  if (!at) throw new Error(`No moment was given for lead ${leadId}.`);
  return at;
}
