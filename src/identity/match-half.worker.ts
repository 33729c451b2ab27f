/** The other half of a large match (match-in-threads.ts). */
import { parentPort } from 'node:worker_threads';
import type { Blocks } from './match/block.rules.ts';
import { codeField, type CodedField, type CodedTable } from './match/coded.rules.ts';
import type { Field } from './match/columns.rules.ts';
import type { Model } from './match/model.rules.ts';
import { scoreBlocks, type Scored } from './match/score.rules.ts';

export type Asked =
  | { ask: 'code'; fields: readonly Field[] }
  | {
      ask: 'score';
      /** `known`: the texts are those of a field coded here */
      table: Omit<CodedTable, 'fields'> & { fields: (CodedField & { known?: number })[] };
      model: Model;
      rarity: Float32Array[];
      blocks: Blocks;
    };
export type Answered = { answer: 'code'; coded: CodedField[] } | { answer: 'score'; scored: Scored };

let texts: (readonly string[])[] = [];

function answerTo(asked: Asked): Answered {
  if (asked.ask === 'code') {
    texts = asked.fields.map((field) => field.cells.texts);
    return { answer: 'code', coded: asked.fields.map((field) => ({ ...codeField(field), texts: [] })) };
  }
  const { table, model, rarity, blocks } = asked;
  const fields = table.fields.map((field) => (field.known === undefined ? field : { ...field, texts: texts[field.known]! }));
  return { answer: 'score', scored: scoreBlocks(blocks, { ...table, fields }, model, rarity, { part: 1, parts: 2 }) };
}

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
parentPort?.on('message', (asked: Asked) => parentPort?.postMessage(answerTo(asked)));
