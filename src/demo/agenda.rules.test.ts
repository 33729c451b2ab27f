import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agendaOf, paces } from './agenda.rules.ts';

describe('an agenda', () => {
  it('gives back everything in order of time, and what was added first at the same time first', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 200 }), fc.integer({ min: 0, max: 50 }), (times, cut) => {
        const agenda = agendaOf<number>();
        times.forEach((time, index) => agenda.add(new Date(time), index));
        const taken = agenda.takeUntil(new Date(cut));
        const expected = times
          .map((time, index) => ({ time, index }))
          .filter(({ time }) => time <= cut)
          .toSorted((a, b) => a.time - b.time || a.index - b.index);
        expect(taken.map(({ what }) => what)).toEqual(expected.map(({ index }) => index));
        expect(agenda.size()).toBe(times.length - expected.length);
      }),
    );
  });
});

describe('the pace of the simulation', () => {
  it('ends exactly today and never takes a step of more than eight days', () => {
    const from = new Date('2024-09-01T00:00:00Z');
    const to = new Date('2026-03-01T13:37:00Z');
    const steps = [...paces(from, to)];
    expect(steps.at(-1)).toEqual(to);
    expect(steps.length).toBeLessThan(250);
    steps.forEach((step, index) => expect(step.getTime() - (steps[index - 1] ?? from).getTime()).toBeLessThanOrEqual(8 * 86_400_000));
  });
});
