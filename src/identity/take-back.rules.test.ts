import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { takeBack } from './take-back.rules.ts';
import type { Write } from './take-back.rules.ts';

const write = (id: string, was: unknown, now: unknown, subjectId = 'p'): Write => ({ subjectId, id, cells: { title: { was, now } } });
const row = (title: unknown) => new Map([['p', { title }]]);

describe('taking a writer out of the pile', () => {
  it('shows what lay below its top', () => {
    expect(takeBack([write('1', null, 'a')], row('a'), [])).toEqual({ set: [{ id: 'p', values: { title: null } }], moved: [], kept: [] });
  });
  it('lets the one above remember what lay below', () => {
    const { set, moved } = takeBack([write('1', null, 'a')], row('b'), [write('2', 'a', 'b')]);
    expect(set).toEqual([]);
    expect(moved).toEqual([write('2', null, 'b')]);
  });
  it('leaves and tells what somebody wrote on top, unless it is to go too', () => {
    const kept = [{ subjectId: 'p', column: 'title', was: null, now: 'a', current: 'c' }];
    expect(takeBack([write('1', null, 'a')], row('c'), [])).toEqual({ set: [], moved: [], kept });
    expect(takeBack([write('1', null, 'a')], row('c'), [], true).set).toEqual([{ id: 'p', values: { title: null } }]);
    // By hand between two imports: the second one remembers the hand.
    expect(takeBack([write('1', null, 'a')], row('a'), [write('2', 'c', 'a')])).toEqual({ set: [], moved: [], kept: [] });
  });
  it('counts what was said by who only fills the empty, once nothing stands below', () => {
    const say = (id: string, was: unknown, now: unknown, said: unknown): Write => ({ subjectId: 'p', id, cells: { title: { was, now, said } } });
    expect(takeBack([write('1', null, 'a')], row('a'), [say('2', 'a', 'a', 'a')])).toEqual({ set: [], moved: [say('2', null, 'a', 'a')], kept: [] });
    expect(takeBack([write('1', null, 'a')], row('a'), [say('2', 'a', 'a', 'b'), say('3', 'a', 'a', 'a')])).toEqual({
      set: [{ id: 'p', values: { title: 'b' } }],
      moved: [say('2', null, 'b', 'b'), say('3', 'b', 'b', 'a')],
      kept: [],
    });
    expect(takeBack([say('2', 'a', 'a', 'b')], row('c'), [write('1', null, 'a')])).toEqual({ set: [], moved: [], kept: [] });
  });
  it('leaves, in whatever order writers go, what the others wrote', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', 'b', 'c', null), { minLength: 1, maxLength: 7 }), fc.array(fc.nat(), { minLength: 7, maxLength: 7 }), (values, picks) => {
        let shown: unknown = 'base';
        let pile = values.map((now, at) => {
          const made = write(String(at), shown, now);
          shown = now;
          return made;
        });
        for (const pick of picks.slice(0, values.length)) {
          const gone = pile[pick % pile.length]!;
          const others = pile.filter((one) => one !== gone);
          const { set, moved, kept } = takeBack([gone], row(shown), others);
          expect(kept).toEqual([]);
          if (set[0]) shown = set[0].values['title'];
          pile = others.map((one) => moved.find(({ id }) => id === one.id) ?? one);
          expect(shown).toBe(pile.at(-1)?.cells['title']!.now ?? (pile.length ? null : 'base'));
        }
        expect(shown).toBe('base');
      }),
    );
  });
  it('leaves, in whatever order writers and those who fill the empty go, what there would be without them', () => {
    const spoken = fc.record({ value: fc.constantFrom('a', 'b', 'c'), isFill: fc.boolean() });
    const live = (said: readonly { id: string; value: string; isFill: boolean }[]): { shown: unknown; pile: Write[] } => {
      let shown: unknown = null;
      const pile = said.map(({ id, value, isFill }): Write => {
        const cell = isFill ? { was: shown, now: shown ?? value, said: value } : { was: shown, now: value };
        shown = cell.now;
        return { subjectId: 'p', id, cells: { title: cell } };
      });
      return { shown, pile };
    };
    fc.assert(
      fc.property(fc.array(spoken, { minLength: 1, maxLength: 7 }), fc.array(fc.nat(), { minLength: 7, maxLength: 7 }), (drawn, picks) => {
        let left = drawn.map((one, at) => ({ ...one, id: String(at) }));
        let { shown, pile } = live(left);
        for (const pick of picks.slice(0, drawn.length)) {
          const gone = pile[pick % pile.length]!;
          const others = pile.filter((one) => one !== gone);
          const { set, moved } = takeBack([gone], row(shown), others);
          if (set[0]) shown = set[0].values['title'];
          pile = others.map((one) => moved.find(({ id }) => id === one.id) ?? one);
          left = left.filter(({ id }) => id !== gone.id);
          expect({ shown, pile }).toEqual(live(left));
        }
      }),
    );
  });
});
