import type { Tx } from '../platform/db/index.ts';
import { refuse } from '../platform/refusal.ts';
import { updateSource } from './source.store.ts';
import { findSource, findSources } from './source.queries.ts';

export async function changeSource(tx: Tx, id: string, change: { name?: string | undefined; channel?: string | null | undefined }): Promise<void> {
  const before = await findSource(tx, id);
  if (!before) refuse('not-found', 'capture/no-source', 'There is no such source.');
  const name = change.name ?? before.name;
  const same = (await findSources(tx, [name])).get(name.toLowerCase());
  if (same && same !== id) refuse('conflict', 'capture/source-name', `There is already a source named “${name}”.`);
  await updateSource(tx, id, name, change.channel === undefined ? before.channel : change.channel);
}
