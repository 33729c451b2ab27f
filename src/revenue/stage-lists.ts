import type { ValueList } from '../capture/index.ts';
import { outcomeOfStage } from './stage.rules.ts';
import { readStages } from './stages.ts';

/** The company's stages, and what ends one, as a column of a stranger's file may mean them. */
export const stagesList: ValueList = {
  open: true,
  async all(tx) {
    const stages = (await readStages(tx)).map(({ name }) => ({ value: name, label: name }));
    return [...stages, { value: 'Won', label: 'Won' }, { value: 'Lost', label: 'Lost' }];
  },
  read(text) {
    const outcome = outcomeOfStage(text);
    return outcome === 'open' ? undefined : outcome === 'won' ? 'Won' : 'Lost';
  },
};

export const outcomesList: ValueList = {
  open: false,
  async all() {
    return ['open', 'won', 'lost'].map((value) => ({ value, label: value }));
  },
  read: outcomeOfStage,
};
