import { describe, expect, it } from 'vitest';
import { timelineEntry, type Names } from './timeline.rules.ts';

const names: Names = {
  holders: new Map([
    ['h1', 'Anna Berg'],
    ['h2', 'Nord GmbH'],
  ]),
  users: new Map([['u1', 'Mira']]),
  programs: new Map([['p1', 'Spring fair']]),
  sources: new Map([['s1', 'Web form']]),
  territories: new Map([['t1', 'North']]),
  money: (minor, currency) => `${currency} ${minor / 100}`,
  time: (iso) => iso.slice(0, 10),
};
const say = (type: string, data: Record<string, unknown>, actor = 'baton'): string | undefined =>
  timelineEntry({ id: 'f', type, chainId: 'r', at: new Date(0), actor, data }, names)?.sentence;

describe('timelineEntry', () => {
  it('says what happened', () => {
    expect(say('inquiry.received', { sourceId: 's1', programId: 'p1', importId: null })).toBe(
      'Inquiry received from Web form, program Spring fair.',
    );
    expect(say('lead.assigned', { holderId: 'h1', territoryId: 't1', why: 'redirect', respondBy: '2026-05-01T10:00:00Z' })).toBe(
      'Assigned to Anna Berg (North), passed on because nobody answered in time; an answer is promised by 2026-05-01.',
    );
    expect(say('lead.redirected', { fromHolderId: 'h1', toHolderId: 'h2' })).toBe('Redirected from Anna Berg to Nord GmbH.');
    expect(say('lead.judged', { verdict: 'sale', valueMinor: 120000, currency: 'EUR' })).toBe('Verdict: a sale of EUR 1200.');
    expect(say('lead.judged', { verdict: 'bad', reason: 'No budget' })).toBe('Verdict: bad: No budget.');
    expect(say('inquiry.dismissed', { reasons: ['no mail', 'no phone'] })).toBe('Not yet a lead: no mail; no phone.');
  });
  it('keeps quiet about nothing', () => {
    expect(say('lead.rescored', { score: 5, wasScore: 5, grade: 'hot', wasGrade: 'hot' })).toBeUndefined();
    expect(say('setting.changed', {})).toBeUndefined();
  });
  it('names who did it', () => {
    const by = (actor: string): string | null =>
      timelineEntry({ id: 'f', type: 'lead.reopened', chainId: 'r', at: new Date(0), actor, data: {} }, names)!.by;
    expect([by('baton'), by('u1'), by('holder:h2'), by('gone')]).toEqual([null, 'Mira', 'Nord GmbH', 'a user']);
  });
});
