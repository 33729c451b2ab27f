import type { PersonalData } from '../platform/personal-data.ts';
import { eraseWords } from './erase-words.ts';

/** Facts name people by id. What somebody typed is taken out of them. */
export const journalKeeps: PersonalData = {
  holds: { 'journal.fact': { erased: ['data'], kept: { 'ids and words of ours': ['type', 'actor'], 'proof of the chain': ['hash'] } } },
  spared: { 'how far subscribers have heard': ['journal.cursor', 'journal.parked'] },
  tell: () => Promise.resolve([]),
  async erase(tx, cx, { inquiryIds, personIds, opportunityIds, ours }, { id }) {
    await eraseWords(tx, cx, { chainIds: [...inquiryIds, ...personIds, ...opportunityIds], kept: ours, erasureId: id });
  },
};
