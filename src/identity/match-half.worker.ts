/** The other half of a large match (match-in-threads.ts). */
import { parentPort } from 'node:worker_threads';
import type { Blocks } from './match/block.rules.ts';
import { codeField, withMemory, withoutMemory, type CodedField, type CodedTable } from './match/coded.rules.ts';
import type { Field } from './match/columns.rules.ts';
import type { Model } from './match/model.rules.ts';
import { scoreBlocks, type Scored } from './match/score.rules.ts';

export type Asked =
  | { ask: 'code'; fields: readonly Field[] }
  | { ask: 'score'; table: CodedTable; model: Model; rarity: Float32Array[]; blocks: Blocks };
export type Answered = { answer: 'code'; coded: CodedField[] } | { answer: 'score'; scored: Scored };

function answerTo(asked: Asked): Answered {
  if (asked.ask === 'code') return { answer: 'code', coded: asked.fields.map((field) => withoutMemory(codeField(field))) };
  const { table, model, rarity, blocks } = asked;
  return { answer: 'score', scored: scoreBlocks(blocks, { ...table, fields: table.fields.map(withMemory) }, model, rarity, { part: 1, parts: 2 }) };
}

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
parentPort?.on('message', (asked: Asked) => parentPort?.postMessage(answerTo(asked)));
