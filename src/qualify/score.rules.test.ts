import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { evaluate, type Facts } from '../platform/values/criteria.rules.ts';
import { decide, reasonsAgainst } from './decide.rules.ts';
import { defaultDefinition, defaultScoring } from './defaults.rules.ts';
import { score } from './score.rules.ts';
import { subjectOf, type SubjectRow } from './subject.rules.ts';

const now = new Date('2026-03-02T09:00:00Z');
const day = 86_400_000;
const unknown =
  'sourceId sourceName sourceChannel programId programName programChannel externalId fullName title email phone mobileE164 street postalCode city state country language organizationId organizationName organizationCountry organizationState organizationPostalCode industry organizationVertical employees annualRevenueMinor isCustomer';
const nobody = {
  ...Object.fromEntries(unknown.split(' ').map((field) => [field, null])),
  inquiryId: 'i',
  occurredAt: now,
  channel: 'api',
  fields: {},
  personId: 'p',
  nameIsJunk: false,
  doNotContact: false,
  unsubscribed: false,
} as unknown as SubjectRow;
const who = (given: Partial<SubjectRow>): SubjectRow => ({ ...nobody, ...given });

describe('the definition as delivered', () => {
  test.each<[string, Partial<SubjectRow>, boolean]>([
    ['a mail', { email: 'a@b.co' }, true],
    ['a number in the other system alone', { externalId: 'q-1' }, true],
    ['a phone', { phone: '030 901820' }, true],
    ['a name at a company', { fullName: 'Ann Lee', organizationName: 'Acme' }, true],
    ['a name alone', { fullName: 'Ann Lee' }, false],
    ['nothing', {}, false],
    ['a made-up name', { email: 'a@b.co', nameIsJunk: true }, false],
    ['a wish to be left alone', { email: 'a@b.co', doNotContact: true }, false],
    ['thrown out elsewhere', { email: 'a@b.co', fields: { status: 'Junk Lead' } }, false],
    ['advertising', { email: 'a@b.co', fields: { message: 'Buy BACKLINKS now' } }, false],
  ])('%s', (_, given, lead) => expect(evaluate(defaultDefinition, subjectOf(who(given)), now)).toBe(lead));
  it('says why not', () => {
    expect(reasonsAgainst(defaultDefinition, subjectOf(who({ nameIsJunk: true })), now)).toEqual([
      'none of: mail is known; phone is known; number in the other system is known; name is known and company is known',
      'a made-up name',
    ]);
  });
});

describe('deciding on a batch', () => {
  it('makes one open lead per person and joins the rest', () => {
    const inquiries = [
      who({ inquiryId: 'a', personId: 'p', email: 'a@b.co' }),
      who({ inquiryId: 'b', personId: 'p', email: 'a@b.co' }),
      who({ inquiryId: 'c', personId: 'q' }),
      who({ inquiryId: 'd', personId: 'r', doNotContact: true }),
    ];
    const decisions = decide(inquiries, new Map([['r', 'lead-of-r']]), defaultDefinition, now);
    expect(decisions).toMatchObject([
      { kind: 'qualify', place: 0 },
      { kind: 'join', lead: { place: 0 } },
      { kind: 'dismiss' },
      { kind: 'join', lead: { leadId: 'lead-of-r' } },
    ]);
  });
});

describe('the score', () => {
  const asked: Facts = {
    email: 'a@b.co',
    phone: '1',
    businessMail: true,
    organization: 'B',
    employees: 600,
    message: 'Please send a quote',
    product: 'HX',
    timing: 'now',
    channel: 'web',
  };
  it('adds up its reasons and falls with time exactly when it says', () => {
    const at = (days: number) => score(defaultScoring, asked, [{ at: now, facts: asked }], new Date(now.getTime() + days * day));
    const fresh = at(0);
    expect(fresh).toMatchObject({ score: 90, grade: 'hot' });
    const falls = (fresh.gradeFallsAt!.getTime() - now.getTime()) / day;
    expect(at(falls - 0.1).grade).toBe('hot');
    expect(at(falls + 0.01).grade).toBe('warm');
    expect(at(3650)).toMatchObject({ grade: 'warm', gradeFallsAt: null });
  });
  it('adds up for any scheme and moment, and its fall is real', () =>
    fc.assert(
      fc.property(
        fc.array(fc.record({ kind: fc.constantFrom('fit' as const, 'interest' as const), points: fc.integer({ min: -30, max: 40 }) }), {
          maxLength: 8,
        }),
        fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 1, max: 90 }),
        (rules, ages, halfLifeDays) => {
          const scheme = {
            rules: rules.map((rule, n) => ({ id: String(n), label: `rule ${n}`, ...rule, when: { all: [] } })),
            halfLifeDays,
            hotFrom: 60,
            warmFrom: 30,
          };
          const inquiries = ages.map((age) => ({ at: new Date(now.getTime() - age * day), facts: {} }));
          const result = score(scheme, {}, inquiries, now);
          expect(result.score).toBeGreaterThanOrEqual(0);
          expect(result.score).toBeLessThanOrEqual(100);
          expect(Math.abs(result.reasons.reduce((sum, one) => sum + one.points, 0) - result.score)).toBeLessThanOrEqual(1);
          if (result.gradeFallsAt && rules.every((rule) => rule.points > 0)) {
            const later = score(scheme, {}, inquiries, new Date(result.gradeFallsAt.getTime() + day));
            expect(later.grade).not.toBe(result.grade);
          }
        },
      ),
    ));
});
