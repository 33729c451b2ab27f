import { describe, expect, test } from 'vitest';
import { beginsAt, heldVersions, inForceAt, problemsWith, reasonNotToSign, type Content, type Signer } from './agreement.rules.ts';
import { changesBetween, wordsOf } from './words.rules.ts';

const at = (text: string): Date => new Date(text);
const owed = { acceptMinutes: 60, contactMinutes: 240, verdictMinutes: 2400, attempts: 4, attemptsMinutes: 4800 };
const content: Content = {
  definitionVersion: 3,
  kinds: [{ id: 'hot', name: 'Ready to buy', grade: 'hot', where: null, leadsMin: 20, leadsMax: 40, sharePercent: 25 }],
  marketing: { leadsMin: 100, leadsMax: null, rightPercent: 85, wrongReasons: ['Wrong contact data', 'Outside our range'], completePercent: 90, complete: ['email', 'phone', 'organization'] },
  sales: { hot: owed, warm: { ...owed, acceptMinutes: 480 }, cold: { ...owed, acceptMinutes: 1440, attempts: null, attemptsMinutes: null, verdictMinutes: null }, keptPercent: 90 },
  breach: { remindAtPercent: 70, redirectsMax: 3 },
};
const around = { definition: 'mail is known', conditions: new Map<string, string>() };

describe('which version holds', () => {
  const signed = [
    { version: 2, fromAt: at('2026-04-16T00:00:00Z') },
    { version: 1, fromAt: at('2026-03-01T00:00:00Z') },
  ];
  test('from its first instant until that of the next; before the first, none', () => {
    expect(heldVersions(signed)).toEqual([
      { version: 1, fromAt: at('2026-03-01T00:00:00Z'), untilAt: at('2026-04-16T00:00:00Z') },
      { version: 2, fromAt: at('2026-04-16T00:00:00Z'), untilAt: null },
    ]);
    expect([at('2026-02-28T23:59:59.999Z'), at('2026-03-01T00:00:00Z'), at('2026-04-15T23:59:59.999Z'), at('2026-04-16T00:00:00Z')].map((then) => inForceAt(signed, then)?.version)).toEqual([
      undefined,
      1,
      1,
      2,
    ]);
  });
  test('a later version changes nothing about who was judged by an earlier one', () => {
    const then = at('2026-04-10T09:00:00Z');
    const more = [...signed, { version: 3, fromAt: at('2026-05-01T00:00:00Z') }, { version: 4, fromAt: at('2026-05-01T00:00:00Z') }];
    expect(inForceAt(more, then)?.version).toBe(inForceAt(signed, then)?.version);
    // Of two that begin at once the later holds, and the other never did.
    expect(heldVersions(more).map(({ version }) => version)).toEqual([1, 2, 4]);
  });
  test('it begins on its day, and never before the second signature', () => {
    expect(beginsAt(null, at('2026-03-02T10:00:00Z'))).toEqual(at('2026-03-02T10:00:00Z'));
    expect(beginsAt(at('2026-03-01T00:00:00Z'), at('2026-03-02T10:00:00Z'))).toEqual(at('2026-03-02T10:00:00Z'));
    expect(beginsAt(at('2026-04-01T00:00:00Z'), at('2026-03-02T10:00:00Z'))).toEqual(at('2026-04-01T00:00:00Z'));
  });
});

describe('who may sign', () => {
  const mara: Signer = { id: 'mara', roles: ['marketing'] };
  const stefan: Signer = { id: 'stefan', roles: ['sales_manager'] };
  const olga: Signer = { id: 'olga', roles: ['administrator'] };
  const lena: Signer = { id: 'lena', roles: ['rep'] };
  const everybody = [mara, stefan, olga, lena];
  test.each([
    ['marketing for marketing', 'marketing', mara, [], everybody, null],
    ['marketing not for sales', 'sales', mara, [], everybody, /sales manager/],
    ['a rep for nobody', 'sales', lena, [], everybody, /sales manager/],
    ['the administrator for either', 'sales', olga, [], everybody, null],
    ['a token for nobody', 'sales', undefined, [], everybody, /a person/],
    ['nobody twice', 'marketing', mara, [{ side: 'marketing', userId: 'olga' }], everybody, /already/],
    ['nobody for both', 'sales', olga, [{ side: 'marketing', userId: 'olga' }], everybody, /somebody else/],
    ['somebody alone for both', 'sales', olga, [{ side: 'marketing', userId: 'olga' }], [olga, lena], null],
  ] as const)('%s', (_, side, who, signed, signers, why) => {
    const said = reasonNotToSign(side, who, signed, signers);
    if (why === null) expect(said).toBeNull();
    else expect(said).toMatch(why);
  });
});

describe('the words', () => {
  const said = (given: Content): string[] => wordsOf(given, around).flatMap(({ sentences }) => sentences.map(({ text }) => text));
  test('say what is promised, in business time', () => {
    expect(said(content)).toEqual([
      'An inquiry is a lead when mail is known. That is version 3 of the definition.',
      'Ready to buy (hot leads): 20 to 40 a month, and at least 25% of all leads.',
      'Marketing brings at least 100 leads a month.',
      'Of the leads that sales judges, at least 85% are right: not given back as “Wrong contact data” or “Outside our range”.',
      'Of at least 90% of the leads, mail address, phone and company are known.',
      'A hot lead is accepted or declined within 1 business hour, and contacted within 4 business hours of that; it has its verdict within 40 business hours of accepting. It is tried at least 4 times within 80 business hours of accepting before it is given up.',
      'A warm lead is accepted or declined within 8 business hours, and contacted within 4 business hours of that; it has its verdict within 40 business hours of accepting. It is tried at least 4 times within 80 business hours of accepting before it is given up.',
      'A cold lead is accepted or declined within 24 business hours, and contacted within 4 business hours of that.',
      'Each of these is kept for at least 90% of the leads given in a month.',
      'Time is business time of whoever holds the lead: nights, weekends and holidays do not count.',
      'When 70% of the time is gone, the holder is reminded.',
      'A lead nobody answers in time goes to the next best, up to 3 times, then to the desk, where the sales manager decides.',
      'What is kept and what is not is counted, month by month, on a page that both sides see; when a month is over, both are told by mail.',
    ]);
  });
  test('tell what one version says otherwise than another', () => {
    const later: Content = { ...content, kinds: [], marketing: { ...content.marketing, leadsMin: 120 }, sales: { ...content.sales, keptPercent: 90 } };
    expect(changesBetween(wordsOf(content, around), wordsOf(later, around))).toEqual([
      { title: 'What marketing owes', was: 'Marketing brings at least 100 leads a month.', now: 'Marketing brings at least 120 leads a month.' },
      { title: 'Which leads sales wants', was: 'Ready to buy (hot leads): 20 to 40 a month, and at least 25% of all leads.', now: null },
    ]);
    expect(changesBetween([], wordsOf(later, around)).every(({ was }) => was === null)).toBe(true);
    expect(changesBetween(wordsOf(content, around), wordsOf(content, around))).toEqual([]);
  });
});

test('what contradicts itself cannot be signed', () => {
  expect(problemsWith(content)).toEqual([]);
  const kind = content.kinds[0]!;
  expect(
    problemsWith({
      ...content,
      kinds: [
        { ...kind, leadsMin: 50, sharePercent: 60 },
        { ...kind, id: 'warm', name: 'Later', grade: 'warm', leadsMin: null, leadsMax: null, sharePercent: 50 },
        { ...kind, id: 'none', name: 'Nobody', grade: null, leadsMin: null, leadsMax: null, sharePercent: null },
      ],
      marketing: { ...content.marketing, complete: [], wrongReasons: [] },
      sales: { ...content.sales, hot: { ...owed, attemptsMinutes: null } },
    }),
  ).toEqual([
    'Ready to buy: at least 50 and at most 40 cannot both hold.',
    'Nobody: say how many, or which share.',
    'Nobody: say of which grade, or of whom.',
    'The shares of the grades are more than all leads.',
    'What has to be known of a lead, and of how many, belong together.',
    'Say for which reasons a lead counts as wrong.',
    'hot: attempts, and within how long, belong together.',
  ]);
});
