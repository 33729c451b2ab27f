/** One change asked for many: kept as a run with what each said before, worked off in the background, stopped, taken back. */
export { bulkRuns } from './bulk-run.store.ts';
export type { BulkRun, BulkState, MadeChange } from './bulk-run.store.ts';
export { bulkWork } from './work-run.ts';
