// Which customer, lead and program an invoice belongs to, and why. The strongest reference wins; every candidate that pointed
// elsewhere stays among the reasons, so that a person can see what was passed over.

export type MatchedBy = 'manual' | 'receipt' | 'opportunity' | 'external-id' | 'mail' | 'organization' | 'none';

export interface Candidate {
  by: Exclude<MatchedBy, 'manual' | 'none'>;
  /** the words of the invoice that pointed here */
  said: string;
  personId: string | null;
  organizationId: string | null;
  leadId: string | null;
}

export interface LeadOf {
  leadId: string;
  personId: string;
  organizationId: string | null;
  programId: string | null;
  sourceId: string | null;
  qualifiedAt: Date;
  sold: boolean;
}

export interface MatchReason {
  label: string;
  detail: string;
}

export interface Match {
  matchedBy: MatchedBy;
  personId: string | null;
  organizationId: string | null;
  leadId: string | null;
  programId: string | null;
  reasons: MatchReason[];
}

const strength: readonly Candidate['by'][] = ['receipt', 'opportunity', 'external-id', 'mail', 'organization'];
const labels: Record<Candidate['by'], string> = {
  receipt: 'Receipt number',
  opportunity: 'Opportunity',
  'external-id': 'Customer number',
  mail: 'Mail address',
  organization: 'Company name',
};

/**
 * Takes the strongest candidate, completes it with what weaker ones agree on (a contact's person, the account's organization), and
 * finds the lead: the one referred to, else the customer's own lead qualified last before the invoice, a sold one preferred.
 */
export function matchInvoice(candidates: readonly Candidate[], leads: readonly LeadOf[], issuedAt: Date | null): Match {
  const ranked = [...candidates].sort((a, b) => strength.indexOf(a.by) - strength.indexOf(b.by));
  const best = ranked[0];
  if (!best)
    return {
      matchedBy: 'none',
      personId: null,
      organizationId: null,
      leadId: null,
      programId: null,
      reasons: [{ label: 'No match', detail: 'Nothing on this invoice points to a known person or organization.' }],
    };
  let { personId, organizationId, leadId } = best;
  const reasons: MatchReason[] = [];
  for (const candidate of ranked) {
    const agrees =
      (candidate.personId === null || personId === null || candidate.personId === personId) &&
      (candidate.organizationId === null || organizationId === null || candidate.organizationId === organizationId);
    if (agrees) {
      personId ??= candidate.personId;
      organizationId ??= candidate.organizationId;
      leadId ??= candidate.leadId;
      reasons.push({ label: labels[candidate.by], detail: `“${candidate.said}” is known.` });
    } else reasons.push({ label: labels[candidate.by], detail: `“${candidate.said}” points to somebody else and was passed over.` });
  }
  const lead = pickLead(leads, { personId, organizationId, leadId }, issuedAt);
  if (lead && !leadId)
    reasons.push({
      label: 'Lead',
      detail:
        lead.personId === personId
          ? 'The last lead of this person before the invoice.'
          : 'The last lead of this organization before the invoice.',
    });
  return {
    matchedBy: best.by,
    personId: personId ?? lead?.personId ?? null,
    organizationId: organizationId ?? lead?.organizationId ?? null,
    leadId: lead?.leadId ?? leadId,
    programId: lead?.programId ?? null,
    reasons,
  };
}

function pickLead(
  leads: readonly LeadOf[],
  of: { personId: string | null; organizationId: string | null; leadId: string | null },
  issuedAt: Date | null,
): LeadOf | undefined {
  if (of.leadId) return leads.find((lead) => lead.leadId === of.leadId);
  const own = leads.filter((lead) => of.personId !== null && lead.personId === of.personId);
  const theirs = own.length > 0 ? own : leads.filter((lead) => of.organizationId !== null && lead.organizationId === of.organizationId);
  const before = theirs.filter((lead) => issuedAt === null || lead.qualifiedAt.getTime() <= issuedAt.getTime());
  return before.sort((a, b) => Number(b.sold) - Number(a.sold) || b.qualifiedAt.getTime() - a.qualifiedAt.getTime())[0];
}

/** One receipt in forty has no digit at all; printed with its hyphens it is told from a word all the same. */
const printedReceipt = /^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{2}$/;

/** Words of a reference that could be a number of ours or of theirs: tokens with a digit or in the form of a receipt, in capitals. */
export function referenceTokens(texts: readonly (string | null | undefined)[]): string[] {
  const tokens = new Set<string>();
  for (const text of texts)
    for (const word of (text ?? '').toUpperCase().split(/[^A-Z0-9-]+/)) {
      const token = word.replace(/^-+|-+$/g, '');
      if ((/\d/.test(token) || printedReceipt.test(token)) && token.length >= 5 && token.length <= 40) tokens.add(token);
    }
  return [...tokens];
}
