import type { Job } from '../platform/jobs/index.ts';
import { importJob, runImport } from './run-import.ts';
import { undoImport, undoJob } from './undo-import.ts';

export const importJobs: Record<string, Job> = { [importJob]: runImport, [undoJob]: undoImport };
