import { expect, test } from 'vitest';
import { renderApiPage, sayShape } from './api-page.rules.ts';

test('shapes read like types', () => {
  expect(
    sayShape({
      type: 'object',
      required: ['a'],
      properties: {
        a: { type: 'string', format: 'uuid' },
        b: { anyOf: [{ type: 'number' }, { type: 'null' }] },
        c: { items: { enum: ['x', 'y'] } },
      },
    }),
  ).toBe('{ a: string (uuid); b?: number | null; c?: "x" | "y"[] }');
});

test('the page names every endpoint and escapes what it shows', () => {
  const page = renderApiPage({
    info: { title: 'Baton' },
    paths: { '/v1/leads/{id}': { get: { summary: 'One <lead>', tags: ['leads'] } } },
  });
  expect(page).toContain('/v1/leads/{id}');
  expect(page).toContain('One &lt;lead&gt;');
  expect(page).not.toContain('<script');
});
