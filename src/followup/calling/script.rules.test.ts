import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { notedAnswers, scriptProblems, walk, waysOf } from './script.rules.ts';
import type { Script, ScriptStep } from './script.rules.ts';

const known = new Set(['budget', 'timing']);
const say = (id: string, next: string | null): ScriptStep => ({ id, kind: 'say', text: id, next });
const end = (id: string): ScriptStep => ({ id, kind: 'end', text: '', ending: 'qualified' });
const ask = (id: string, choices: [string, string | null][], more: Partial<Extract<ScriptStep, { kind: 'ask' }>> = {}): ScriptStep => ({
  id,
  kind: 'ask',
  text: id,
  question: null,
  choices: choices.map(([label, next]) => ({ label, next })),
  free: null,
  ...more,
});
const sound: Script = {
  steps: [
    say('hello', 'when'),
    ask(
      'when',
      [
        ['Now', 'yes'],
        ['Later', 'no'],
      ],
      { question: 'timing', free: { next: 'yes' } },
    ),
    end('yes'),
    end('no'),
  ],
};

describe('a script is refused with the place', () => {
  test.each<[string, ScriptStep[], string]>([
    ['nothing in it', [], 'A script needs a step.'],
    ['a dead end', [say('a', null)], 'Step 1 leads nowhere. Say which step comes next, or end the call there.'],
    [
      'an answer that leads nowhere',
      [
        ask('a', [
          ['Yes', 'b'],
          ['No', null],
        ]),
        end('b'),
      ],
      'Step 1, “No”, leads nowhere. Say which step comes next, or end the call there.',
    ],
    ['a step that is not there', [say('a', 'zz')], 'Step 1 leads to a step that is not there.'],
    [
      'a circle',
      [
        say('a', 'b'),
        ask('b', [
          ['Again', 'a'],
          ['Done', 'c'],
        ]),
        end('c'),
      ],
      'Step 2 leads back to step 1: the call would go round in a circle.',
    ],
    ['what nothing leads to', [end('a'), end('b')], 'Nothing leads to step 2.'],
    [
      'a question without an answer',
      [ask('a', [])],
      'Step 1 asks, and offers no answer. Give it a choice, or let it be answered in any words.',
    ],
    [
      'the same answer twice',
      [
        ask('a', [
          ['Yes', 'b'],
          ['yes', 'b'],
        ]),
        end('b'),
      ],
      'Step 1 offers the same answer twice.',
    ],
    [
      'a question we do not ask',
      [ask('a', [['Yes', 'b']], { question: 'shoe size' }), end('b')],
      'Step 1 notes its answer under “shoe size”, which is no qualifying question any more.',
    ],
  ])('%s', (_name, steps, problem) => expect(scriptProblems({ steps }, known)).toContain(problem));
  test('a sound one is not', () => expect(scriptProblems(sound, known)).toEqual([]));
});

test('whatever the script, it is refused exactly when some way through it does not come to an end', () => {
  const step = fc.nat({ max: 6 }).chain((i) =>
    fc.oneof(
      fc.record({
        id: fc.constant(String(i)),
        kind: fc.constant('say' as const),
        text: fc.constant('x'),
        next: fc.nat({ max: 6 }).map(String),
      }),
      fc.record({
        id: fc.constant(String(i)),
        kind: fc.constant('end' as const),
        text: fc.constant(''),
        ending: fc.constant('qualified' as const),
      }),
      fc.record({
        id: fc.constant(String(i)),
        kind: fc.constant('ask' as const),
        text: fc.constant('x'),
        question: fc.constant(null),
        choices: fc.uniqueArray(fc.record({ label: fc.constantFrom('a', 'b', 'c'), next: fc.nat({ max: 6 }).map(String) }), {
          selector: (one) => one.label,
          minLength: 1,
        }),
        free: fc.constant(null),
      }),
    ),
  );
  fc.assert(
    fc.property(fc.uniqueArray(step, { selector: ({ id }) => id, minLength: 1, maxLength: 7 }), (steps) => {
      const script: Script = { steps };
      const isSound = scriptProblems(script, known).length === 0;
      // The oracle: every way is gone, and each must end within as many steps as there are.
      const byId = new Map(script.steps.map((one) => [one.id, one]));
      const seen = new Set<string>();
      const ends = (id: string, left: number): boolean => {
        const at = byId.get(id);
        if (!at || left < 0) return false;
        seen.add(id);
        return at.kind === 'end' || waysOf(at).every(({ next }) => ends(next!, left - 1));
      };
      const whole = ends(script.steps[0]!.id, script.steps.length) && seen.size === script.steps.length;
      expect(isSound).toBe(whole);
    }),
    { numRuns: 2000 },
  );
});

describe('going through a script', () => {
  test('stands where the next answer is missing', () => {
    expect(walk(sound, []).now.id).toBe('hello');
    expect(walk(sound, [{ stepId: 'hello' }]).now.id).toBe('when');
    const done = walk(sound, [{ stepId: 'hello' }, { stepId: 'when', answer: 'Later' }]);
    expect(done.now.id).toBe('no');
    expect(notedAnswers(done.answered)).toEqual({ timing: 'Later' });
    expect(walk(sound, [{ stepId: 'hello' }, { stepId: 'when', answer: 'after the fair' }]).now.id).toBe('yes');
  });
  test('answers of a branch that was left again do not count', () => {
    const two: Script = {
      steps: [
        ask('a', [
          ['X', 'x'],
          ['Y', 'y'],
        ]),
        ask('x', [['1', 'e']], { question: 'budget' }),
        ask('y', [['2', 'e']], { question: 'timing' }),
        end('e'),
      ],
    };
    const { answered } = walk(two, [
      { stepId: 'a', answer: 'Y' },
      { stepId: 'x', answer: '1' },
      { stepId: 'y', answer: '2' },
    ]);
    expect(notedAnswers(answered)).toEqual({ timing: '2' });
  });
  test('an answer that is not offered goes no further', () =>
    expect(walk({ steps: [ask('a', [['X', 'e']]), end('e')] }, [{ stepId: 'a', answer: 'Z' }]).now.id).toBe('a'));
});
