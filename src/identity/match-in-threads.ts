import { Worker } from 'node:worker_threads';
import type { Asked, Answered, LevelsAsked } from './match-half.worker.ts';
import { blocksOf, layKeys } from './match/block.rules.ts';
import { codeField, levelPairs, sharedInts, tableOf, withMemory, withoutMemory, type Levelling } from './match/coded.rules.ts';
import type { Field } from './match/columns.rules.ts';
import { conclude, isBlocks, isWhole, matchUnderstood, teach, type Matched, type MatchOptions, type Understood } from './match/match-tables.rules.ts';
import { joinScored, scoreBlocks } from './match/score.rules.ts';

/** below so many rows a thread costs more than it saves */
const threadedFrom = 20_000;

/**
 * The same as `matchUnderstood`, large tables in two threads: half of the fields are normalised and half of the pairs weighed beside this
 * one, which is held meanwhile.
 */
export async function matchInThreads(understood: Understood, options: MatchOptions = {}, rowsLeast = threadedFrom): Promise<Matched> {
  if (understood.rows < rowsLeast || isWhole(understood, options)) return matchUnderstood(understood, options);
  const worker = new Worker(new URL('./match-half.worker.ts', import.meta.url));
  const ask = <A extends Asked['ask']>(asked: Extract<Asked, { ask: A }>): Promise<Extract<Answered, { answer: A }>> =>
    new Promise((done, fail) => {
      worker.once('message', done);
      worker.once('error', fail);
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
      worker.postMessage(asked);
    });
  try {
    const { fields } = understood.recognised;
    const theirs = halfOf(fields);
    const coding = ask({ ask: 'code', fields: theirs });
    const mine = new Map(fields.filter((field) => !theirs.includes(field)).map((field) => [field, codeField(field)]));
    const { coded } = await coding;
    const table = tableOf(fields.map((field) => mine.get(field) ?? withMemory(coded[theirs.indexOf(field)]!)), understood.rows);
    const laying = ask({ ask: 'lay', table: { ...table, fields: table.fields.map(withoutMemory) } });
    const even = layKeys(table, { part: 0, parts: 2 });
    const { members: odd } = await laying;
    const members = even.flatMap((one, at) => (odd[at] ? [one, odd[at]] : [one]));
    const taught = teach(table, understood, options, blocksOf(table, understood.split, members), levelInTwo(worker));
    const { model, rarity, pairs } = taught;
    if (!isBlocks(pairs)) throw new Error('A table of so many rows is compared by blocks.');
    const scoring = ask({ ask: 'score', model, rarity, blocks: pairs });
    const half = scoreBlocks(pairs, table, model, rarity, { part: 0, parts: 2 });
    const { scored } = await scoring;
    return conclude(understood, taught, joinScored(half, scored), options);
  } finally {
    await worker.terminate();
  }
}

/** about half of the work: fields by how many texts they hold, each to whom has less so far */
function halfOf(fields: readonly Field[]): Field[] {
  const theirs: Field[] = [];
  let [mine, other] = [0, 0];
  for (const field of fields.toSorted((x, y) => y.cells.texts.length - x.cells.texts.length)) {
    if (other < mine) {
      theirs.push(field);
      other += field.cells.texts.length;
    } else mine += field.cells.texts.length;
  }
  return theirs;
}

/** so long may half of the learning pairs take */
const levelsMostMs = 600_000;

/** The later half of the pairs is compared by the other thread meanwhile, straight into memory that both see. */
function levelInTwo(worker: Worker): Levelling {
  return (table, pairs, from, to) => {
    const half = (from + to) >> 1;
    const done = sharedInts(1);
    const asked: LevelsAsked = { ask: 'level', pairs, from: half, done };
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
    worker.postMessage(asked);
    levelPairs(table, pairs, from, half);
    Atomics.wait(done, 0, 0, levelsMostMs);
    if (Atomics.load(done, 0) !== 1) throw new Error('The other thread did not compare its half of the pairs.');
  };
}
