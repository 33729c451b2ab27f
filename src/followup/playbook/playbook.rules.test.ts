import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { begin, compilePlaybooks, hear, nextStep, reached } from './playbook.rules.ts';
import type { Playbook, Step, StepState } from './playbook.rules.ts';

const day = 86_400_000;
const at = new Date('2026-03-02T09:00:00Z');
/** Every day is a working day here. */
const workday = (from: Date, days: number): Date => new Date(from.getTime() + days * day);
const step = (id: string, given: Partial<Step> = {}): Step => ({ id, what: `Do ${id}`, channel: 'call', afterDays: 0, attempts: 1, everyDays: 1, text: null, ...given });
const playbook = (...steps: Step[]): Playbook => ({ id: 'p', name: 'Quotes', when: { all: [] }, steps });
const with_ = (states: readonly StepState[], changed: StepState | undefined): StepState[] => states.map((one) => (one.stepId === changed?.stepId ? changed : one));

describe('a playbook', () => {
  const book = playbook(step('call', { attempts: 3 }), step('mail', { channel: 'mail', afterDays: 2 }), step('again', { afterDays: 5 }));

  test('is the first whose conditions hold', () => {
    const { find, fields } = compilePlaybooks([
      { ...book, id: 'hot', when: { field: 'grade', op: 'equals', value: 'hot' } },
      { ...book, id: 'swiss', when: { field: 'country', op: 'equals', value: 'CH' } },
    ]);
    expect(fields.toSorted()).toEqual(['country', 'grade']);
    expect(find({ grade: 'hot', country: 'CH' }, at)?.id).toBe('hot');
    expect(find({ grade: 'cold', country: 'CH' }, at)?.id).toBe('swiss');
    expect(find({ grade: 'cold', country: 'DE' }, at)).toBeUndefined();
  });

  test('goes on when somebody was reached, tries again when not, and gives a step up after its attempts', () => {
    let states = begin(book, at, workday);
    expect(nextStep(book, states)).toMatchObject({ step: { id: 'call' }, dueAt: at });
    const call = (outcome: string | null, days: number) => (states = with_(states, hear(book, states, { channel: 'call', outcome, at: workday(at, days) }, workday)));
    call('No answer', 0);
    expect(states[0]).toMatchObject({ attempts: 1, doneAt: null, dueAt: workday(at, 1) });
    call(null, 1);
    call('Left a message', 2);
    expect(states[0]).toMatchObject({ attempts: 3, reachedAt: null, doneAt: workday(at, 2) });
    expect(nextStep(book, states)).toMatchObject({ step: { id: 'mail' } });
    // the next call counts for the next call of the playbook, though it was not due yet
    call('Reached', 2);
    expect(states[2]).toMatchObject({ reachedAt: workday(at, 2), doneAt: workday(at, 2) });
    expect(hear(book, states, { channel: 'call', outcome: 'Reached', at }, workday)).toBeUndefined();
    expect(hear(book, states, { channel: 'visit', outcome: null, at }, workday)).toBeUndefined();
  });

  test('knows who was reached: of a call only if it was said', () => {
    expect(['Reached', 'No answer', 'Wrong number', null].map((outcome) => reached({ channel: 'call', outcome }))).toEqual([true, false, false, false]);
    expect([null, 'Sent'].map((outcome) => reached({ channel: 'mail', outcome }))).toEqual([true, true]);
  });

  test('always comes to an end: every followup or skip of the next step uses something up', () => {
    const channels = ['call', 'mail', 'visit'] as const;
    const steps = fc.array(fc.record({ channel: fc.constantFrom(...channels), afterDays: fc.nat({ max: 20 }), attempts: fc.integer({ min: 1, max: 5 }), everyDays: fc.integer({ min: 1, max: 5 }) }), { maxLength: 8 });
    fc.assert(
      fc.property(steps, fc.array(fc.boolean(), { minLength: 1, maxLength: 5 }), (given, answers) => {
        const any = playbook(...given.map((one, i) => step(`s${i}`, one)));
        let states = begin(any, at, workday);
        const most = given.reduce((sum, one) => sum + one.attempts, 0);
        let tries = 0;
        for (let next = nextStep(any, states); next; next = nextStep(any, states)) {
          const outcome = answers[tries % answers.length] ? 'Reached' : 'No answer';
          const changed = hear(any, states, { channel: next.step.channel, outcome, at: next.dueAt }, workday);
          states = with_(states, changed);
          expect(changed).toBeDefined();
          expect(++tries).toBeLessThanOrEqual(most);
        }
        expect(states.every((one) => one.doneAt !== null)).toBe(true);
      }),
    );
  });
});
