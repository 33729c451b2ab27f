import { readSetting } from '../platform/access/index.ts';
import type { Tx } from '../platform/db/index.ts';
import { defaultStages, type Stage } from './stage.rules.ts';

/** The company's own stages in their order. */
export const readStages = (tx: Tx): Promise<readonly Stage[]> => readSetting<readonly Stage[]>(tx, 'revenue/stages', defaultStages);
