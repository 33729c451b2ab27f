import { rm } from 'node:fs/promises';
import { systemScope } from '../platform/access/index.ts';
import { othersMin } from '../platform/personal-data.ts';
import type { PersonalData } from '../platform/personal-data.ts';
import { extractFolder } from './extract/folders.ts';
import { eraseRows, findCommonActions, findFilesGone, removeExtracts } from './kept-of-people.store.ts';

/** Rows that screens read, and the files of extracts made before: a warehouse hears by the next extract that they are gone. */
export const reportKeeps: PersonalData = {
  holds: {
    'report.lead_row': {
      erased: ['person_name', 'title', 'email', 'phone', 'city', 'postal_code', 'next_action', 'last_next_action', 'verdict_reason'],
      kept: {
        'the number given out': ['receipt'],
        'what is counted, of many at once': ['organization_name', 'country', 'region', 'product', 'vertical', 'channel', 'grade', 'verdict', 'state', 'status', 'fate', 'holder_kind', 'first_activity'],
      },
    },
    'report.lead_search': { erased: ['words'] },
  },
  spared: {
    'sums of many': ['report.arrival_cell', 'report.assigned_cell', 'report.cohort_cell', 'report.wait_cell', 'report.works_cell', 'report.dirty_day', 'report.inquiry_row', 'report.list_count', 'report.list_counting'],
    'what files were made; the files themselves go': ['report.extract'],
    'of which months letters were sent': ['report.kept_letter'],
    'what somebody likes to look at': ['report.saved_view'],
  },
  gather: async (tx, { leadIds }) => ({ ours: await findCommonActions(tx, leadIds, othersMin) }),
  tell: () => Promise.resolve([]),
  async erase(tx, _cx, { leadIds, ours }) {
    await eraseRows(tx, leadIds, ours);
    await removeExtracts(tx);
  },
  async sweep(cx, workspaceId) {
    const numbers = await cx.db.read(systemScope(workspaceId), findFilesGone);
    for (const number of numbers) await rm(extractFolder(cx.config, workspaceId, number), { recursive: true, force: true });
  },
};
