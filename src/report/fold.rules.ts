// What became of every inquiry, told by the journal alone. Verification folds the facts and compares the answer with the rooms' tables:
// two ways of knowing the same thing that share no code.

export interface FoldFact {
  type: string;
  chainId: string;
  subjectId: string;
  data: Record<string, unknown>;
}

export interface FoldedInquiry {
  status: 'parsed' | 'quarantined' | 'withdrawn';
  leadId: string | null;
  dismissed: boolean;
}

/** Nobody fits: the fact names no holder, because the house's own desk holds it. */
export const theDesk = 'desk';

export interface FoldedLead {
  inquiryId: string;
  /** open, or the fate it was closed with */
  fate: string;
  holderId: string | null;
}

export interface Folded {
  inquiries: Map<string, FoldedInquiry>;
  leads: Map<string, FoldedLead>;
}

export function emptyFold(): Folded {
  return { inquiries: new Map(), leads: new Map() };
}

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** Takes one fact into the fold; facts of one chain must come in their order. */
export function foldFact(into: Folded, fact: FoldFact): void {
  const { data } = fact;
  const leadId = text(data['leadId']) ?? fact.subjectId;
  const lead = into.leads.get(leadId);
  switch (fact.type) {
    case 'inquiry.received': {
      const status = data['status'] === 'quarantined' ? 'quarantined' : 'parsed';
      into.inquiries.set(text(data['inquiryId']) ?? fact.subjectId, { status, leadId: null, dismissed: false });
      return;
    }
    case 'inquiry.quarantined':
    case 'inquiry.replayed':
    case 'inquiry.withdrawn': {
      const inquiry = into.inquiries.get(text(data['inquiryId']) ?? fact.subjectId);
      if (inquiry)
        inquiry.status = fact.type === 'inquiry.quarantined' ? 'quarantined' : fact.type === 'inquiry.replayed' ? 'parsed' : 'withdrawn';
      return;
    }
    case 'inquiry.dismissed': {
      const inquiry = into.inquiries.get(text(data['inquiryId']) ?? fact.subjectId);
      if (inquiry) {
        inquiry.dismissed = true;
        inquiry.leadId = null;
      }
      return;
    }
    case 'lead.qualified':
    case 'lead.joined': {
      const inquiryId = text(data['inquiryId']) ?? fact.chainId;
      const inquiry = into.inquiries.get(inquiryId);
      if (inquiry) {
        inquiry.leadId = leadId;
        inquiry.dismissed = false;
      }
      if (fact.type === 'lead.qualified') into.leads.set(leadId, { inquiryId, fate: 'open', holderId: lead?.holderId ?? null });
      return;
    }
    case 'lead.closed':
      if (lead) {
        lead.fate = text(data['fate']) ?? 'bad';
        lead.holderId = null;
      }
      return;
    case 'lead.withdrawn':
      if (lead) {
        lead.fate = 'withdrawn';
        lead.holderId = null;
      }
      return;
    case 'lead.reopened':
      if (lead) lead.fate = 'open';
      return;
    case 'lead.assigned':
      if (lead) lead.holderId = text(data['holderId']);
      return;
    case 'lead.unplaced':
      if (lead) lead.holderId = theDesk;
      return;
    default:
  }
}

/** The one word for an inquiry's fate. */
export function fateOf(folded: Folded, inquiryId: string): string {
  const inquiry = folded.inquiries.get(inquiryId);
  if (!inquiry) return 'unknown';
  if (inquiry.status !== 'parsed') return inquiry.status;
  if (inquiry.leadId) return folded.leads.get(inquiry.leadId)?.fate ?? 'unknown';
  return inquiry.dismissed ? 'not_yet' : 'received';
}

/** The same word from the rooms' tables. */
export function fateInTables(row: {
  status: string;
  leadId: string | null;
  leadFate: string | null;
  leadClosed: boolean;
  dismissed: boolean;
}): string {
  if (row.status !== 'parsed') return row.status;
  if (row.leadId) return row.leadFate ?? (row.leadClosed ? 'bad' : 'open');
  return row.dismissed ? 'not_yet' : 'received';
}
