import { describe, expect, it } from 'vitest';
import { matchInvoice, referenceTokens, type Candidate, type LeadOf } from './match.rules.ts';

const lead = (leadId: string, personId: string, organizationId: string | null, day: number, sold = false): LeadOf => ({
  leadId,
  personId,
  organizationId,
  programId: `of-${leadId}`,
  sourceId: null,
  qualifiedAt: new Date(Date.UTC(2026, 0, day)),
  sold,
});
const candidate = (
  by: Candidate['by'],
  personId: string | null,
  organizationId: string | null,
  leadId: string | null = null,
): Candidate => ({ by, said: by, personId, organizationId, leadId });
const issued = new Date(Date.UTC(2026, 0, 20));

describe('matchInvoice', () => {
  it('follows the receipt before anything else', () => {
    const match = matchInvoice(
      [candidate('mail', 'q', null), candidate('receipt', 'p', 'o', 'l1')],
      [lead('l1', 'p', 'o', 5), lead('l2', 'q', null, 6)],
      issued,
    );
    expect(match).toMatchObject({ matchedBy: 'receipt', personId: 'p', leadId: 'l1', programId: 'of-l1' });
    expect(match.reasons.map((reason) => reason.detail).join(' ')).toContain('passed over');
  });
  it('completes a person with the organization of the account', () => {
    expect(matchInvoice([candidate('external-id', null, 'o'), candidate('mail', 'p', null)], [], issued)).toMatchObject({
      matchedBy: 'external-id',
      personId: 'p',
      organizationId: 'o',
      leadId: null,
    });
  });
  it('prefers the sold lead, then the latest before the invoice', () => {
    const leads = [lead('l1', 'p', 'o', 1, true), lead('l2', 'p', 'o', 10), lead('l3', 'p', 'o', 25)];
    expect(matchInvoice([candidate('mail', 'p', null)], leads, issued).leadId).toBe('l1');
    expect(matchInvoice([candidate('mail', 'p', null)], leads.slice(1), issued).leadId).toBe('l2');
    expect(matchInvoice([candidate('organization', null, 'o')], leads.slice(1), issued)).toMatchObject({ leadId: 'l2', personId: 'p' });
  });
  it('says when nothing points anywhere', () => {
    expect(matchInvoice([], [], issued)).toMatchObject({ matchedBy: 'none', personId: null });
  });
});

describe('referenceTokens', () => {
  it('finds what may be a receipt number', () => {
    expect(referenceTokens(['Your order B-26-000123, thank you', null, 'PO 12'])).toEqual(['B-26-000123']);
    expect(referenceTokens(['Receipt SHYB-CFXG-PV, well-known customer-service'])).toEqual(['SHYB-CFXG-PV']);
  });
});
