import { existsSync, globSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../../platform/config.ts';

const home = (config: Config, workspaceId: string): string => join(config.dataDir, 'extracts', workspaceId);

/** Where the files of one extract lie. */
export const extractFolder = (config: Config, workspaceId: string, number: number): string => join(home(config, workspaceId), String(number));

export const bookFolder = (config: Config, workspaceId: string): string => join(home(config, workspaceId), 'told');

/** The book of what was told of a dataset: its file, and the number of the extract it begins with. A book that was lost begins anew. */
export function findBook(folder: string, dataset: string): { file: string; from: number } | undefined {
  if (!existsSync(folder)) return undefined;
  const [name] = globSync(`${dataset}.from-*.parquet`, { cwd: folder });
  return name === undefined ? undefined : { file: join(folder, name), from: Number(/from-(\d+)/.exec(name)![1]) };
}
