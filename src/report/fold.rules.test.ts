import { describe, expect, it } from 'vitest';
import { emptyFold, fateInTables, fateOf, foldFact } from './fold.rules.ts';

function fold(...facts: [type: string, chainId: string, data?: Record<string, unknown>][]): ReturnType<typeof emptyFold> {
  const into = emptyFold();
  for (const [type, chainId, data = {}] of facts) foldFact(into, { type, chainId, subjectId: chainId, data });
  return into;
}
const received = (id: string, status = 'parsed'): [string, string, Record<string, unknown>] => [
  'inquiry.received',
  id,
  { inquiryId: id, status },
];

describe('foldFact', () => {
  it('tells every fate', () => {
    expect(fateOf(fold(received('r')), 'r')).toBe('received');
    expect(fateOf(fold(received('r', 'quarantined')), 'r')).toBe('quarantined');
    expect(fateOf(fold(received('r', 'quarantined'), ['inquiry.replayed', 'r']), 'r')).toBe('received');
    expect(fateOf(fold(received('r'), ['inquiry.dismissed', 'r', { inquiryId: 'r' }]), 'r')).toBe('not_yet');
    expect(fateOf(fold(received('r'), ['inquiry.withdrawn', 'r', { inquiryId: 'r' }]), 'r')).toBe('withdrawn');
    const lead: [string, string, Record<string, unknown>] = ['lead.qualified', 'r', { leadId: 'l', inquiryId: 'r' }];
    expect(fateOf(fold(received('r'), lead), 'r')).toBe('open');
    expect(fateOf(fold(received('r'), lead, ['lead.closed', 'r', { leadId: 'l', fate: 'sold' }]), 'r')).toBe('sold');
    expect(
      fateOf(fold(received('r'), lead, ['lead.closed', 'r', { leadId: 'l', fate: 'bad' }], ['lead.reopened', 'r', { leadId: 'l' }]), 'r'),
    ).toBe('open');
    expect(
      fateOf(
        fold(
          received('r'),
          lead,
          received('s'),
          ['lead.joined', 's', { leadId: 'l', inquiryId: 's' }],
          ['lead.closed', 'r', { leadId: 'l', fate: 'lost' }],
        ),
        's',
      ),
    ).toBe('lost');
    expect(fateOf(fold(), 'r')).toBe('unknown');
  });
  it('knows who holds a lead', () => {
    const folded = fold(
      received('r'),
      ['lead.qualified', 'r', { leadId: 'l', inquiryId: 'r' }],
      ['lead.assigned', 'r', { leadId: 'l', holderId: 'h' }],
    );
    expect(folded.leads.get('l')?.holderId).toBe('h');
    foldFact(folded, { type: 'lead.closed', chainId: 'r', subjectId: 'l', data: { leadId: 'l', fate: 'sold' } });
    expect(folded.leads.get('l')?.holderId).toBeNull();
  });
  it('uses the same words as the tables', () => {
    expect(fateInTables({ status: 'parsed', leadId: 'l', leadFate: null, leadClosed: false, dismissed: false })).toBe('open');
    expect(fateInTables({ status: 'parsed', leadId: null, leadFate: null, leadClosed: false, dismissed: true })).toBe('not_yet');
    expect(fateInTables({ status: 'quarantined', leadId: null, leadFate: null, leadClosed: false, dismissed: true })).toBe('quarantined');
  });
});
