import { describe, expect, test } from 'vitest';
import { consequenceOf } from './disposition.rules.ts';
import type { Judged, Verdict } from './disposition.rules.ts';

const at = new Date('2026-11-20T09:00:00Z');
const open: Judged = { fate: null, closed: false, holderKind: 'rep', workedBefore: true };
const sold: Judged = { fate: 'sold', closed: true, holderKind: null, workedBefore: true };
const nurtured: Judged = { ...open, holderKind: 'nurture' };

describe('verdicts', () => {
  test.each<[string, Judged, Verdict, object]>([
    ['hot stays', open, 'hot', { reopen: false, close: null, giveBack: false, expiresAt: null }],
    ['bad closes', open, 'bad', { reopen: false, close: 'bad', giveBack: false, expiresAt: null }],
    ['sale closes', open, 'sale', { reopen: false, close: 'sold', giveBack: false, expiresAt: null }],
    ["don't know expires", open, 'dont_know', { reopen: false, close: null, giveBack: false, expiresAt: new Date('2026-12-04T09:00:00Z') }],
    ['warm is left to nurture', open, 'warm', { reopen: false, close: null, giveBack: false, expiresAt: null }],
    ['a sale can be taken back', sold, 'hot', { reopen: true, close: null, giveBack: true, expiresAt: null }],
    ['a sale can turn out bad', sold, 'bad', { reopen: true, close: 'bad', giveBack: false, expiresAt: null }],
    ['a sale again changes only its value', sold, 'sale', { reopen: false, close: null, giveBack: false, expiresAt: null }],
    ['hot takes it out of nurture', nurtured, 'hot', { reopen: false, close: null, giveBack: true, expiresAt: null }],
    ['a sale out of nurture', nurtured, 'sale', { reopen: false, close: 'sold', giveBack: false, expiresAt: null }],
    ['withdrawn stays withdrawn', { ...sold, fate: 'withdrawn' }, 'hot', { refused: 'withdrawn' }],
  ])('%s', (_, lead, verdict, expected) => expect(consequenceOf(lead, verdict, at, 14)).toEqual(expected));
});
