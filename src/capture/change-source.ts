import { append } from '../journal/index.ts';
import { audit } from '../platform/access/index.ts';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/db/index.ts';
import { refuse } from '../platform/refusal.ts';
import { forgetDoor } from './intake-door.ts';
import { newSourceKey } from './public-keys.ts';
import { forgetSources } from './resolve-sources.ts';
import { setWriteKey, updateSource } from './source.store.ts';
import { findSource, findSources } from './source.queries.ts';
import type { SourceRow } from './source.queries.ts';

const get = async (tx: Tx, id: string): Promise<SourceRow> =>
  (await findSource(tx, id)) ?? refuse('not-found', 'capture/no-source', 'There is no such source.');

const tell = (tx: Tx, cx: Context, id: string, fields: string[]): Promise<void> =>
  append(tx, cx, [{ type: 'source.changed', chainId: id, subjectId: id, data: { sourceId: id, fields } }]);

export async function changeSource(
  tx: Tx,
  cx: Context,
  id: string,
  change: { name?: string | undefined; channel?: string | null | undefined },
): Promise<void> {
  const before = await get(tx, id);
  const name = change.name ?? before.name;
  const channel = change.channel === undefined ? before.channel : change.channel;
  const fields = [...(name === before.name ? [] : ['name']), ...(channel === before.channel ? [] : ['channel'])];
  if (fields.length === 0) return;
  const same = (await findSources(tx, [name])).get(name.toLowerCase());
  if (same && same !== id) refuse('conflict', 'capture/source-name', `There is already a source named “${name}”.`);
  await updateSource(tx, id, name, channel);
  await tell(tx, cx, id, fields);
  tx.afterCommit(() => forgetSources(tx.scope.workspaceId));
}

/** Gives a source a public key to post with; the one it had opens nothing any more. */
export async function makeSourceKey(tx: Tx, cx: Context, id: string): Promise<void> {
  const { writeKey } = await get(tx, id);
  await setWriteKey(tx, id, newSourceKey(tx.scope.workspaceId));
  await noteKey(tx, cx, id, 'source.keyMade', writeKey);
}

export async function endSourceKey(tx: Tx, cx: Context, id: string): Promise<void> {
  const { writeKey } = await get(tx, id);
  if (writeKey === null) refuse('conflict', 'capture/no-key', 'This source has no key to end.');
  await setWriteKey(tx, id, null);
  await noteKey(tx, cx, id, 'source.keyEnded', writeKey);
}

async function noteKey(tx: Tx, cx: Context, id: string, what: string, ended: string | null): Promise<void> {
  await tell(tx, cx, id, ['writeKey']);
  await audit(tx, cx, { what, subjectId: id });
  if (ended) tx.afterCommit(() => forgetDoor(ended));
}
