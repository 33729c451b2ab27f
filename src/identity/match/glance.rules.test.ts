import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cellsOf } from '../../platform/values/cells.rules.ts';
import { dirtyColumns, dirtyRows } from '../../demo/index.ts';
import { matchInThreads } from '../match-in-threads.ts';
import { jaroWinkler, likenessMost, prefixMost, startOf } from '../similarity.rules.ts';
import { blockedPairs } from './block.rules.ts';
import { codeField, codeTable, levelAt, valueAt } from './coded.rules.ts';
import { glances } from './glance.rules.ts';
import { levelOf, levelSets } from './levels.rules.ts';
import { isBlocks, matchTables, teach, understand } from './match-tables.rules.ts';
import { scoreBlocks, scorePairs, type Scored } from './score.rules.ts';
import { letterMask, twiceMask, type Kind } from './value.rules.ts';

const rows: string[][] = [];
for (const { row } of dirtyRows({ seed: 41, count: 900, from: new Date('2026-01-01'), to: new Date('2026-03-30') })) rows.push(row);
const columns = dirtyColumns.slice(0, 11).map((header, at) => ({ header, cells: cellsOf(rows.map((row) => row[at]!)) }));

// every column read as every kind: what is settled at a glance must be what looking closely says
it.each(Object.keys(glances) as Kind[])('%s: a glance says what the letters say', (kind) => {
  let [settled, different] = [0, 0];
  for (const { cells } of columns) {
    const field = codeField({ label: kind, kind, cells: { ids: cells.ids, texts: cells.texts.slice(0, 250) } });
    const values = Array.from(field.counts, (_, id) => valueAt(field, id));
    for (let a = 0; a < values.length; a++)
      for (let b = a + 1; b < values.length; b++) {
        const level = glances[kind]!(field.looks, a * 8, b * 8);
        if (level === 0) continue;
        settled++;
        if (level === levelSets[kind].labels.length - 1) different++;
        if (level !== levelOf(kind, values[a]!, values[b]!)) throw new Error(`${values[a]!.text} – ${values[b]!.text}: ${level} at a glance`);
      }
    for (const id of values.keys()) expect(levelAt(field, id, id)).toBe(levelOf(kind, values[id]!, values[id]!));
  }
  expect(settled).toBeGreaterThan(1000);
  expect(different / settled).toBeGreaterThan(kind === 'mail' ? 0.1 : 0.4);
});

const words = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'd', ' ', 'é', '7'), minLength: 1, maxLength: 12 });
it('no two words are more alike than lengths, letters and beginnings allow', () =>
  fc.assert(
    fc.property(words, words, (a, b) => {
      const prefix = prefixMost(startOf(a), startOf(b));
      const most = likenessMost(a.length, letterMask(a), b.length, letterMask(b), prefix, twiceMask(a), twiceMask(b));
      expect(most + 1e-12).toBeGreaterThanOrEqual(jaroWinkler(a, b));
    }),
    { numRuns: 3000 },
  ));

it('of the pairs that share a key all are kept that come to something, however early the others are given up', () => {
  const { recognised } = understand(columns, {});
  const table = codeTable(recognised.fields, rows.length);
  const { model, rarity, pairs: blocks } = teach(table, { recognised, rows: rows.length, split: undefined }, { allPairsMost: 0 });
  if (!isBlocks(blocks)) throw new Error('not by blocks');
  const all = scorePairs(blockedPairs(table, undefined), table, model, rarity);
  const keyOf = (found: Scored, p: number): string => `${Math.min(found.a[p]!, found.b[p]!)} ${Math.max(found.a[p]!, found.b[p]!)} ${found.bits[p]!.toFixed(6)}`;
  const worth = (found: Scored): string[] => Array.from({ length: found.count }, (_, p) => p).filter((p) => found.bits[p]! >= -7).map((p) => keyOf(found, p)).toSorted();
  const kept = scoreBlocks(blocks, table, model, rarity);
  expect(kept.compared).toBe(all.count);
  expect(kept.count).toBeGreaterThan(100);
  expect(worth(kept)).toEqual(worth(all));
});

it('two threads find what one finds', async () => {
  const options = { allPairsMost: 0 };
  const [alone, together] = [matchTables(columns, options), await matchInThreads(understand(columns, options), options, 1)];
  expect(alone.pairs.length).toBeGreaterThan(50);
  expect(together.pairs).toEqual(alone.pairs);
  expect(together.clusters).toEqual(alone.clusters);
  expect(together.compared).toBe(alone.compared);
});

it('a long table and a very short one have few pairs between them, which one thread compares', async () => {
  const two = columns.map(({ header, cells }) => ({ header, cells: { ids: cells.ids.slice(0, 5), texts: cells.texts } }));
  const options = { other: two };
  const { clusters } = await matchInThreads(understand(columns, options), options, 1);
  expect([0, 1, 2, 3, 4].map((row) => clusters[rows.length + row] === clusters[row])).toEqual([true, true, true, true, true]);
});
