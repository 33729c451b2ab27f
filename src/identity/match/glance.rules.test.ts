import { expect, it } from 'vitest';
import { cellsOf } from '../../platform/values/cells.rules.ts';
import { dirtyColumns, dirtyRows } from '../../demo/index.ts';
import { matchInThreads } from '../match-in-threads.ts';
import { codeField, levelAt } from './coded.rules.ts';
import { glances } from './glance.rules.ts';
import { levelOf, levelSets } from './levels.rules.ts';
import { matchTables, understand } from './match-tables.rules.ts';
import { readValue, type Kind } from './value.rules.ts';

const rows: string[][] = [];
for (const { row } of dirtyRows({ seed: 41, count: 900, from: new Date('2026-01-01'), to: new Date('2026-03-30') })) rows.push(row);
const columns = dirtyColumns.slice(0, 11).map((header, at) => ({ header, cells: cellsOf(rows.map((row) => row[at]!)) }));

// every column read as every kind: what is settled at a glance must be what looking closely says
it.each(Object.keys(glances) as Kind[])('%s: a glance says what the letters say', (kind) => {
  let [settled, different] = [0, 0];
  for (const { cells } of columns) {
    const field = codeField({ label: kind, kind, cells: { ids: cells.ids, texts: cells.texts.slice(0, 250) } });
    const values = Array.from(field.written, (at) => readValue(kind, field.texts[at]!)!);
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

it('two threads find what one finds', async () => {
  const options = { allPairsMost: 0 };
  const [alone, together] = [matchTables(columns, options), await matchInThreads(understand(columns, options), options, 1)];
  expect(alone.pairs.length).toBeGreaterThan(50);
  expect(together.pairs).toEqual(alone.pairs);
  expect(together.clusters).toEqual(alone.clusters);
  expect(together.compared).toBe(alone.compared);
});
