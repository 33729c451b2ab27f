import type { Job } from '../platform/jobs/index.ts';
import { loadDemo } from './load-demo.ts';

/** "Explore the demo company" on the set-up page. */
export const loadDemoJob: Job = async (cx, scope, job) => {
  const { inquiries, seed } = job.payload as { inquiries?: number; seed?: number };
  await loadDemo(cx, scope.workspaceId, {
    ...(inquiries ? { inquiries } : {}),
    ...(seed ? { seed } : {}),
    onProgress: (done, total, note) => job.progress(done, total, note),
    cancelled: () => job.cancelled(),
  });
};
