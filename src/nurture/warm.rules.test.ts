import { describe, expect, test } from 'vitest';
import { whatFollows } from './warm.rules.ts';
import type { Warm } from './warm.rules.ts';

const free: Warm = { closedAt: null, verdict: 'warm', enrolmentId: null, holderKind: 'rep' };
const waiting: Warm = { ...free, enrolmentId: 'e' };
const judged = (verdict: string) => ({ type: 'lead.judged', data: { verdict } });

describe('keeping warm', () => {
  test.each<[string, { type: string; data: object }, Warm, object]>([
    ['judged warm', judged('warm'), free, { step: 'enrol', again: false }],
    ['judged warm, and otherwise since', judged('warm'), { ...free, verdict: 'hot' }, { step: 'nothing' }],
    ['judged warm again', judged('warm'), waiting, { step: 'extend' }],
    ['judged hot while waiting', judged('hot'), { ...waiting, verdict: 'hot' }, { step: 'end', reason: 'judged hot' }],
    ['sold while waiting', judged('sale'), { ...waiting, verdict: 'sale', closedAt: new Date(0) }, { step: 'end', reason: 'closed' }],
    [
      'warm taken back',
      { type: 'lead.judgementUndone', data: { verdict: 'warm', was: null } },
      { ...waiting, verdict: null },
      { step: 'end', reason: 'verdict taken back' },
    ],
    [
      'a sale taken back: it waits again',
      { type: 'lead.judgementUndone', data: { verdict: 'sale', was: 'warm' } },
      free,
      { step: 'enrol', again: true },
    ],
    ['asks again', { type: 'lead.joined', data: {} }, waiting, { step: 'return' }],
    ['asks again while with a rep', { type: 'lead.joined', data: {} }, free, { step: 'nothing' }],
    ['set aside and at the desk: kept', { type: 'lead.setAside', data: {} }, { ...free, verdict: null, holderKind: 'desk' }, { step: 'enrol', again: false }],
    ['set aside, but somebody has it by now', { type: 'lead.setAside', data: {} }, { ...free, verdict: null }, { step: 'nothing' }],
    ['set aside twice', { type: 'lead.setAside', data: {} }, { ...waiting, holderKind: 'nurture' }, { step: 'nothing' }],
  ])('%s', (_, fact, lead, expected) => expect(whatFollows(fact, lead)).toEqual(expected));
});
