import type { TestProject } from 'vitest/node';
import type { Connection } from '../../src/platform/db/index.ts';
import { openCluster } from './cluster.ts';

declare module 'vitest' {
  interface ProvidedContext {
    cluster: Connection;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const cluster = await openCluster();
  project.provide('cluster', cluster.connection);
  return cluster.close;
}
