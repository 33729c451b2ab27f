import { describe, expect, test } from 'vitest';
import type { Fact, FactType } from '../../journal/index.ts';
import { events, eventsFor, heard, personOf, toldOf } from './event.rules.ts';
import type { LeadView } from './event.rules.ts';

const fact = (type: FactType, data: object): Fact => ({ id: 'f', type, chainId: 'c', seq: 1, subjectId: 'l', at: new Date(0), actor: 'baton', data: { leadId: 'l', ...data } });
const view: LeadView = {
  closed: false,
  workerId: 'new',
  spells: [
    { id: 'a1', holderId: 'old', kind: 'partner', fromHolderId: null, sequence: 1 },
    { id: 'a2', holderId: 'new', kind: 'partner', fromHolderId: 'old', sequence: 2 },
  ],
};

describe('what a fact is to other systems', () => {
  test('a redirect is told to both: one gets the lead, the other loses it', () => {
    expect(toldOf(fact('lead.assigned', { assignmentId: 'a2', holderId: 'new', holderKind: 'partner' }), view)).toEqual([
      { event: 'lead.passedOn', holderIds: ['old'] },
      { event: 'lead.assigned', holderIds: ['new'] },
    ]);
    expect(toldOf(fact('lead.redirected', { fromHolderId: 'old', toHolderId: 'new' }), view)).toEqual([{ event: 'lead.redirected', holderIds: [] }]);
  });
  test('the first assignment, and coming back from the desk, take it from nobody', () => {
    expect(toldOf(fact('lead.assigned', { assignmentId: 'a1', holderId: 'old', holderKind: 'partner' }), view)).toEqual([{ event: 'lead.assigned', holderIds: ['old'] }]);
  });
  test('at the desk: whoever had it lost it', () => {
    const desk: LeadView = { closed: false, workerId: null, spells: [...view.spells, { id: 'a3', holderId: 'desk', kind: 'desk', fromHolderId: 'new', sequence: 3 }] };
    expect(toldOf(fact('lead.unplaced', { why: 'x' }), desk)).toEqual([{ event: 'lead.passedOn', holderIds: ['new'] }, { event: 'lead.unplaced', holderIds: [] }]);
  });
  test('kept warm it is still theirs', () => {
    expect(toldOf(fact('lead.assigned', { assignmentId: 'a4', holderId: 'nurture', holderKind: 'nurture' }), view)).toEqual([]);
    expect(toldOf(fact('lead.nurtured', {}), view)).toEqual([{ event: 'lead.nurtured', holderIds: ['new'] }]);
  });
  test('what somebody did is told to them, not to who has the lead by now', () => {
    for (const type of ['lead.judged', 'lead.followedUp', 'lead.declined', 'lead.reminded', 'lead.overdue', 'lead.paused', 'lead.resumed'] as const)
      expect(toldOf(fact(type, { holderId: 'old' }), view)).toEqual([{ event: type, holderIds: ['old'] }]);
  });
  test('an erasure reaches everybody who ever had the lead; a change only who works it, while it is open', () => {
    expect(toldOf(fact('person.erased', { personId: 'p' }), { ...view, closed: true })).toEqual([{ event: 'lead.erased', holderIds: ['old', 'new'] }]);
    expect(toldOf(fact('person.changed', { personId: 'p' }), view)).toEqual([{ event: 'lead.changed', holderIds: ['new'] }]);
    expect(toldOf(fact('person.changed', { personId: 'p' }), { ...view, closed: true })).toEqual([]);
  });
  test('every fact that is heard becomes an event that can be chosen', () => {
    const named = new Set(Object.keys(events));
    for (const type of heard) {
      const told = toldOf(fact(type, { assignmentId: 'a1', holderId: 'new', holderKind: 'partner', personId: 'p' }), view);
      expect.soft(told.length, type).toBeGreaterThan(0);
      for (const { event } of told) expect.soft(named.has(event), event).toBe(true);
    }
    expect(personOf(fact('person.merged', { survivorId: 's', mergedId: 'm' }))).toBe('s');
    expect(eventsFor('partner')).not.toContain('lead.unplaced');
    expect(eventsFor('company')).not.toContain('lead.passedOn');
  });
});
