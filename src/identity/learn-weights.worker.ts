import { parentPort, workerData } from 'node:worker_threads';
import { learnPersonWeights, type SightedRows } from './learn-person-weights.rules.ts';

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
parentPort?.postMessage(learnPersonWeights(workerData as SightedRows));
