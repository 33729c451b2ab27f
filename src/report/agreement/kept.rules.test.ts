import { describe, expect, test } from 'vitest';
import type { AgreementContent } from '../../qualify/index.ts';
import { keepingOf, piecesOf, type HandOffCounts, type LeadCounts, type Month, type Version } from './kept.rules.ts';

const owed = { acceptMinutes: 60, contactMinutes: 240, verdictMinutes: null, attempts: null, attemptsMinutes: null };
const content = (leadsMin: number, keptPercent: number): AgreementContent => ({
  definitionVersion: 1,
  kinds: [{ id: 'ready', name: 'Ready', grade: 'hot', where: null, leadsMin: null, leadsMax: 10, sharePercent: 25 }],
  marketing: { leadsMin, leadsMax: null, rightPercent: 85, wrongReasons: ['Wrong contact data'], completePercent: null, complete: [] },
  sales: { hot: owed, warm: owed, cold: owed, keptPercent },
  breach: { remindAtPercent: 70, redirectsMax: 3 },
});
const at = (text: string): Date => new Date(text);
const versions: Version[] = [
  { version: 1, fromAt: at('2026-03-01T00:00:00Z'), untilAt: at('2026-04-16T00:00:00Z'), content: content(40, 90) },
  { version: 2, fromAt: at('2026-04-16T00:00:00Z'), untilAt: null, content: content(60, 80) },
];
const month = (month: string, fromOn: string, toOn: string, until: string): Month => ({ month, fromOn, toOn, fromAt: at(`${fromOn}T00:00:00Z`), untilAt: at(`${until}T00:00:00Z`) });
const march = month('2026-03', '2026-03-01', '2026-03-31', '2026-04-01');
const april = month('2026-04', '2026-04-01', '2026-04-30', '2026-05-01');
const none = { asked: 0, kept: 0 };
const handOffs = (piece: number, asked: number, kept: number): HandOffCounts => ({ piece, grade: 'hot', accept: { asked, kept }, contact: none, attempts: none, verdict: none });
const leads = (piece: number, count: number, ready: number): LeadCounts => ({ piece, leads: count, right: { asked: 20, kept: 18 }, complete: none, kinds: { ready } });

describe('what is kept', () => {
  test('months are cut where a version begins, and end now', () => {
    expect(piecesOf(versions, [march, april], at('2026-04-21T00:00:00Z')).map(({ of, version, fromAt, untilAt, part }) => [of, version.version, fromAt, untilAt, part])).toEqual([
      [0, 1, at('2026-03-01T00:00:00Z'), at('2026-04-01T00:00:00Z'), 1],
      [1, 1, at('2026-04-01T00:00:00Z'), at('2026-04-16T00:00:00Z'), 0.5],
      [1, 2, at('2026-04-16T00:00:00Z'), at('2026-04-21T00:00:00Z'), 5 / 30],
    ]);
    expect(piecesOf(versions, [month('2026-02', '2026-02-01', '2026-02-28', '2026-03-01')], at('2026-04-21T00:00:00Z'))).toEqual([]);
  });

  const now = at('2026-05-01T00:00:00Z');
  const pieces = piecesOf(versions, [march, april], now);
  const kept = keepingOf({ versions, months: [march, april], pieces, now }, [handOffs(1, 20, 18), handOffs(2, 10, 7)], [leads(0, 40, 11), leads(1, 26, 5), leads(2, 23, 4)]);
  const of = (key: string) => kept.find((one) => one.key === key);

  test('the worked example: April owes half of each version, and 26 of 30 in time', () => {
    expect(of('leads')?.months[1]).toMatchObject({ month: '2026-04', isOver: true, kept: 49, owed: 50, holds: false });
    expect(of('accept')?.months[1]).toMatchObject({ asked: 30, kept: 25, owed: 26, holds: false, drill: { from: '2026-04-01', to: '2026-04-30', promise: 'accept' } });
    expect(of('accept')?.total).toMatchObject({ asked: 30, kept: 25, drill: { from: '2026-03-01', to: '2026-04-30', promise: 'accept' } });
  });
  test('kinds are judged by number and by share; too many are not kept either', () => {
    expect(of('kind.ready')?.months.map(({ kept: n, holds }) => [n, holds])).toEqual([
      [11, false],
      [9, true],
    ]);
    expect(of('share.ready')?.months.map(({ asked, kept: n, holds }) => [asked, n, holds])).toEqual([
      [40, 11, true],
      [49, 9, false],
    ]);
  });
  test('what nobody promised is not there; where nothing was asked nothing is said', () => {
    expect(kept.map(({ key }) => key)).toEqual(['leads', 'kind.ready', 'share.ready', 'right', 'accept', 'contact']);
    expect(of('accept')?.months[0]).toMatchObject({ asked: 0, holds: null });
  });
  test('a month that runs is not short yet', () => {
    const running = at('2026-04-21T00:00:00Z');
    const soFar = keepingOf({ versions, months: [march, april], pieces: piecesOf(versions, [march, april], running), now: running }, [], [leads(1, 3, 0)]);
    expect(soFar.find(({ key }) => key === 'leads')?.months[1]).toMatchObject({ isOver: false, kept: 3, owed: 30, holds: null });
  });
});
