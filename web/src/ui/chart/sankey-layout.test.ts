import { expect, test } from 'vitest';
import { layOut, type FlowLink, type FlowNode } from './sankey-layout.ts';

const nodes: FlowNode[] = [
  { id: 'web', label: 'Web', column: 0, tone: 'cold' },
  { id: 'fair', label: 'Fair', column: 0, tone: 'cold' },
  { id: 'reps', label: 'Reps', column: 1, tone: 'cold' },
  { id: 'empty', label: 'Empty', column: 1, tone: 'cold' },
  { id: 'not', label: 'Not yet', column: 2, tone: 'quiet' },
  { id: 'sale', label: 'Sale', column: 2, tone: 'sale' },
  { id: 'bad', label: 'Bad', column: 2, tone: 'bad' },
];
const links: FlowLink[] = [
  { from: 'web', into: 'not', value: 300 },
  { from: 'web', into: 'reps', value: 500 },
  { from: 'fair', into: 'reps', value: 200 },
  { from: 'reps', into: 'sale', value: 90 },
  { from: 'reps', into: 'bad', value: 610 },
  { from: 'fair', into: 'empty', value: 0 },
];

test('blocks are as tall as what flows through them, stay inside, and never overlap', () => {
  const drawn = layOut(nodes, links, 1000, 360, 12, 100);
  expect(drawn.nodes.map((node) => node.id)).not.toContain('empty');
  expect(drawn.links).toHaveLength(5);
  const height = (id: string) => drawn.nodes.find((node) => node.id === id)!.height;
  expect(height('reps') / height('fair')).toBeCloseTo(700 / 200, 5);
  for (const column of [0, 1, 2]) {
    const stack = drawn.nodes.filter((node) => node.column === column).sort((one, two) => one.y - two.y);
    stack.forEach((node, at) => {
      expect(node.y).toBeGreaterThanOrEqual(-0.01);
      expect(node.y + node.height).toBeLessThanOrEqual(360.01);
      if (at > 0) expect(node.y).toBeGreaterThan(stack[at - 1]!.y + stack[at - 1]!.height);
    });
  }
  const out = drawn.links.filter((link) => link.from === 'reps').reduce((sum, link) => sum + link.width, 0);
  expect(out).toBeCloseTo(height('reps'), 5);
});

test('nothing received draws nothing', () => {
  expect(layOut(nodes, [], 1000, 360, 12, 100)).toEqual({ nodes: [], links: [] });
});
