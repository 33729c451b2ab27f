import { expect, test } from 'vitest';
import { talkPoints, type Talk } from './talk-points.rules.ts';

const dayOf = (at: Date | string): string => (typeof at === 'string' ? at : at.toISOString()).slice(0, 10);
const nothing: Talk = {
  inquiries: [],
  product: null,
  known: { budget: null, authority: null, need: null, timing: null },
  activities: [],
  opportunities: [],
  bought: null,
  colleagues: [],
};
const on = (day: string): Date => new Date(`${day}T10:00:00Z`);
const say = (talk: Partial<Talk>) => talkPoints({ ...nothing, ...talk }, dayOf).map(({ say: said, from }) => `${said} | ${from}`);

test('nothing known, nothing said', () => expect(say({})).toEqual([]));

test('what they wrote, and about what', () => {
  const inquiry = { at: on('2026-11-03'), message: 'We need three\n pumps.', product: 'RL rotary lobe pump', where: 'Food Expo' };
  expect(say({ inquiries: [inquiry] })).toEqual(['They wrote: “We need three pumps.”, about RL rotary lobe pump | Food Expo, 2026-11-03']);
  expect(say({ inquiries: [{ ...inquiry, message: 'A quote for the RL ROTARY LOBE PUMP please' }] })[0]).not.toContain('about RL');
  expect(say({ inquiries: [{ ...inquiry, message: '  ', where: null }] })).toEqual(['Interested in RL rotary lobe pump | 2026-11-03']);
  expect(say({ product: 'Booster' })).toEqual(['Interested in Booster | the lead']);
  expect(say({ inquiries: [{ ...inquiry, message: 'word '.repeat(100) }] })[0]).toMatch(/word …”, about/);
});

test('whole lives fit in six lines, the nearest first', () => {
  const talk: Partial<Talk> = {
    inquiries: [
      { at: on('2026-03-01'), message: 'Prices?', product: 'Booster', where: 'Price form' },
      { at: on('2026-11-03'), message: null, product: 'Seal kit', where: 'Food Expo' },
    ],
    known: { budget: 'yes', authority: null, need: ' ', timing: 'this quarter' },
    activities: [
      { kind: 'call', at: on('2026-11-05'), outcome: 'Reached', note: null, by: 'Dana' },
      { kind: 'call', at: on('2026-11-04'), outcome: 'Reached', note: 'Wants to see the plant.', by: 'Dana' },
    ],
    opportunities: [
      { name: 'Old line', stage: 'Lost', outcome: 'lost', amount: '$9,000', closedAt: on('2025-05-05') },
      { name: 'New line', stage: 'Quote', outcome: 'open', amount: '$12,000', closedAt: null },
    ],
    bought: { invoices: 2, amount: '$40,000', lastOn: '2025-12-24' },
    colleagues: ['Ines', 'Marc', 'Lea', 'Tom'].map((name, i) => ({ name, product: i === 0 ? 'HX 40' : null, at: on('2026-10-01') })),
  };
  expect(say(talk)).toEqual([
    'They wrote: “Prices?”, about Booster | Price form, 2026-03-01',
    'Last said: “Wants to see the plant.” | call, Dana, 2026-11-04',
    'Asked 2 times since 2026-03-01: Booster and Seal kit | Price form and Food Expo',
    '“New line” is open at Quote: $12,000 | opportunities',
    'The company is a customer: bought for $40,000, last 2025-12-24 | 2 invoices',
    'Ines (HX 40), Marc, Lea and 1 more of the same company asked, too | last 2026-10-01',
  ]);
  expect(say({ ...talk, bought: { invoices: 1, amount: null, lastOn: '2025-12-24' }, opportunities: talk.opportunities!.slice(0, 1), colleagues: [] }).slice(3)).toEqual([
    '“Old line” was lost: $9,000 | opportunities, 2025-05-05',
    'The company is a customer, last 2025-12-24 | 1 invoice',
    'Budget: yes · When: this quarter | questions answered',
  ]);
});
