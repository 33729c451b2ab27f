/** The other half of a large match (match-in-threads.ts). */
import { parentPort } from 'node:worker_threads';
import { layKeys, type Blocks } from './match/block.rules.ts';
import { codeField, levelPairs, withMemory, withoutMemory, type CodedField, type CodedTable } from './match/coded.rules.ts';
import type { Field } from './match/columns.rules.ts';
import type { Model } from './match/model.rules.ts';
import { scoreBlocks, type Scored } from './match/score.rules.ts';

/** The table comes with `lay`, and is known from then on. */
export type Asked =
  | { ask: 'code'; fields: readonly Field[] }
  | { ask: 'lay'; table: CodedTable }
  | { ask: 'score'; model: Model; rarity: Float32Array[]; blocks: Blocks };
export type Answered = { answer: 'code'; coded: CodedField[] } | { answer: 'lay'; members: Blocks['members'] } | { answer: 'score'; scored: Scored };

/** Asked by a thread that waits for `done` to be 1, or 2 where it failed; nothing else is answered. */
export interface LevelsAsked {
  ask: 'level';
  pairs: { a: Int32Array; b: Int32Array; levels: Uint8Array };
  from: number;
  done: Int32Array;
}

let table: CodedTable;

function answerTo(asked: Asked): Answered {
  switch (asked.ask) {
    case 'code':
      return { answer: 'code', coded: asked.fields.map((field) => withoutMemory(codeField(field))) };
    case 'lay':
      table = { ...asked.table, fields: asked.table.fields.map(withMemory) };
      return { answer: 'lay', members: layKeys(table, { part: 1, parts: 2 }) };
    case 'score':
      return { answer: 'score', scored: scoreBlocks(asked.blocks, table, asked.model, asked.rarity, { part: 1, parts: 2 }) };
  }
}

function level({ pairs, from, done }: LevelsAsked): void {
  let outcome = 2;
  try {
    levelPairs(table, pairs, from, pairs.a.length);
    outcome = 1;
  } finally {
    Atomics.store(done, 0, outcome);
    Atomics.notify(done, 0);
  }
}

parentPort?.on('message', (asked: Asked | LevelsAsked) => {
  if (asked.ask === 'level') level(asked);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
  else parentPort?.postMessage(answerTo(asked));
});
