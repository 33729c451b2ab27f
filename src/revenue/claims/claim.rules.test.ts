import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alreadyProved, pickLead, reportedAs, weighLead, type CandidateLead, type KnownSale } from './claim.rules.ts';
import { productAgreement } from './product.rules.ts';

const day = (text: string): Date => new Date(`${text}T12:00:00Z`);
const lead = (over: Partial<CandidateLead> = {}): CandidateLead => ({
  leadId: 'a',
  who: 'person',
  product: 'Flow meter FM-200',
  askedAt: day('2026-03-01'),
  handedAt: day('2026-03-02'),
  heldBy: 'this distributor',
  ...over,
});
const claim = { product: 'Flow meter FM 200', soldAt: day('2026-04-20') };

describe('which products are one', () => {
  it.each([
    ['FM-200', 'Flow meter FM 200 DN50', 'same'],
    ['Dosing pumps', 'dosing pump', 'line'],
    ['FM-200', 'FM-300', 'line'],
    ['Dosing pump', 'Ball valve', 'different'],
    ['FM-200', 'KX-10', 'different'],
    ['4711-22', 'Ball valve', 'unknown'],
    ['FM-200', 'Flow meters', 'unknown'],
    [null, 'Ball valve', 'unknown'],
    ['Bomba de dosificación', 'bomba de dosificacion', 'same'],
  ] as const)('%s and %s: %s', (a, b, is) => {
    expect(productAgreement(a, b)).toBe(is);
    expect(productAgreement(b, a)).toBe(is);
  });
});

describe('the lead a sale belongs to', () => {
  it('is the worked example of the documentation', () => {
    const weighed = weighLead(claim, lead());
    expect(weighed.evidence.map(({ label, points }) => [label, points])).toEqual([
      ['Who bought', 50],
      ['Product', 30],
      ['Distributor', 20],
      ['Time', 15],
    ]);
    expect(pickLead(claim, [lead()])).toMatchObject({ zone: 'sure', leadId: 'a' });
  });
  it.each([
    ['a colleague’s lead for the same product', { who: 'organization' as const }, 'sure'],
    ['a colleague’s lead for nothing named', { who: 'organization' as const, product: null }, 'ask'],
    ['a colleague’s lead for something else', { who: 'organization' as const, product: 'Ball valve' }, 'none'],
    ['the buyer’s lead for something else', { product: 'Ball valve' }, 'ask'],
    ['a possible duplicate’s lead', { who: 'possible' as const }, 'ask'],
    ['a lead that came after the sale', { askedAt: day('2026-04-21'), handedAt: null }, 'none'],
    ['a lead from long ago', { askedAt: day('2024-03-01'), handedAt: day('2024-03-02') }, 'none'],
    ['a lead handed to another partner, product unknown', { heldBy: 'another partner' as const, product: null }, 'ask'],
    ['the buyer’s lead, nobody tells who sold', { heldBy: 'not told' as const, product: null }, 'sure'],
  ])('%s', (_, over, zone) => {
    expect(pickLead(claim, [lead(over)]).zone).toBe(zone);
  });
  it('asks where two explain it nearly as well, and takes the clearly better one', () => {
    expect(pickLead(claim, [lead(), lead({ leadId: 'b' })])).toMatchObject({ zone: 'ask', leadId: null });
    expect(pickLead(claim, [lead({ product: 'Ball valve' }), lead({ leadId: 'b' })])).toMatchObject({ zone: 'sure', leadId: 'b' });
  });
  it('adds its points up, and is the same in any order', () => {
    const any = fc.record({
      leadId: fc.uuid(),
      who: fc.constantFrom('person' as const, 'organization' as const, 'possible' as const),
      product: fc.constantFrom(null, 'FM-200', 'FM-300', 'Ball valve'),
      askedAt: fc.date({ min: day('2024-01-01'), max: day('2026-12-31'), noInvalidDate: true }),
      handedAt: fc.option(fc.date({ min: day('2024-01-01'), max: day('2026-12-31'), noInvalidDate: true })),
      heldBy: fc.constantFrom('this distributor' as const, 'another partner' as const, 'no partner' as const, 'not told' as const),
    });
    fc.assert(
      fc.property(fc.uniqueArray(any, { selector: (one) => one.leadId, maxLength: 6 }), (leads) => {
        const picked = pickLead(claim, leads);
        expect(pickLead(claim, leads.toReversed())).toEqual(picked);
        for (const one of picked.weighed) expect(one.evidence.reduce((sum, { points }) => sum + points, 0)).toBe(one.points);
        if (picked.zone === 'sure') expect(leads.find((one) => one.leadId === picked.leadId)!.askedAt <= claim.soldAt).toBe(true);
      }),
    );
  });
});

describe('a sale that is counted already', () => {
  const sold = { proof: 'warranty' as const, product: 'Flow meter FM-200', serialKey: null, soldOn: '2026-04-20' };
  const known = (over: Partial<KnownSale> = {}): KnownSale => ({ kind: 'claim', id: 'x', on: '2026-04-15', proof: 'sell-through', product: 'FM-200', serialKey: null, ...over });
  it.each([
    ['another kind of proof, the same product, the same weeks', sold, known(), true],
    ['two rows of one kind are two sales', { ...sold, proof: 'sell-through' as const }, known(), false],
    ['the same serial number, whatever the kind', { ...sold, proof: 'sell-through' as const, serialKey: 'S1' }, known({ serialKey: 'S1' }), true],
    ['two serial numbers are two sales', { ...sold, serialKey: 'S2' }, known({ serialKey: 'S1' }), false],
    ['one serial number in two lines of products', { ...sold, serialKey: '1001', product: 'Ball valve' }, known({ serialKey: '1001', product: 'Flow meter FM-200' }), false],
    ['a year later it is another purchase', sold, known({ on: '2025-02-01' }), false],
    ['a verdict', sold, known({ kind: 'opportunity' }), true],
    ['an invoice', sold, known({ kind: 'invoice' }), true],
    ['an invoice of other years', sold, known({ kind: 'invoice', on: '2024-01-01' }), false],
  ])('%s', (_, one, sale, is) => {
    expect(alreadyProved(one, [sale]) !== undefined).toBe(is);
  });
});

describe('what was reported of it', () => {
  it.each([
    [{ verdict: 'bad', followups: 3, wasHanded: true }, 'bad'],
    [{ verdict: 'dont_know', followups: 0, wasHanded: true }, 'dont_know'],
    [{ verdict: null, followups: 0, wasHanded: true }, 'silent'],
    [{ verdict: null, followups: 2, wasHanded: true }, null],
    [{ verdict: null, followups: 0, wasHanded: false }, null],
    [{ verdict: 'hot', followups: 0, wasHanded: true }, null],
  ] as const)('%o: %s', (given, is) => expect(reportedAs(given)).toBe(is));
});
