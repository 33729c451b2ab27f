import { append } from '../journal/index.ts';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/db/index.ts';
import { refuse } from '../platform/refusal.ts';
import { lockIdentity } from './candidates.store.ts';
import { merge, undoMerge } from './merge-people.ts';
import { findMergeOfDuplicate, findSurvivors } from './merge.store.ts';
import { findDuplicate, loadPeopleRows, setDuplicateStatus } from './people.queries.ts';

type Status = 'open' | 'joined' | 'different';

/** Somebody says whether two possible duplicates are one person, or takes their word back. */
export async function decideDuplicate(
  tx: Tx,
  cx: Context,
  id: string,
  { decision, survivorId }: { decision: 'join' | 'different' | 'undo'; survivorId?: string | undefined },
): Promise<{ id: string; status: Status; mergeId: string | null }> {
  await lockIdentity(tx);
  const pair = await findDuplicate(tx, id);
  if (!pair) refuse('not-found', 'identity/no-such-duplicate', 'There is no such pair.');
  let status: Status = decision === 'join' ? 'joined' : decision === 'different' ? 'different' : 'open';
  let mergeId: string | null = null;
  if (decision !== 'undo' && pair.status !== 'open')
    refuse('conflict', 'identity/decided-already', 'This pair was decided already. Undo the decision first.');
  const survivors = await findSurvivors(tx, 'person', [pair.personId, pair.otherId]);
  // Other joins may have made them one meanwhile: then there is nothing left to do but to say so.
  const areOne = survivors.get(pair.personId) !== undefined && survivors.get(pair.personId) === survivors.get(pair.otherId);
  if (decision === 'join' && !areOne) {
    const survivor = survivorId ?? (await longerKnown(tx, [pair.personId, pair.otherId]));
    if (survivor !== pair.personId && survivor !== pair.otherId)
      refuse('invalid', 'identity/not-of-the-pair', 'The survivor must be one of the two.');
    const merged = survivor === pair.personId ? pair.otherId : pair.personId;
    mergeId = (await merge(tx, cx, 'person', { survivorId: survivor, mergedId: merged, reason: { duplicateId: id } })).mergeId;
  } else if (decision === 'undo') {
    if (pair.status === 'open') refuse('conflict', 'identity/not-decided', 'This pair is open: there is nothing to undo.');
    const merged = pair.status === 'joined' ? await findMergeOfDuplicate(tx, id) : undefined;
    if (merged) await undoMerge(tx, cx, merged.id);
    status = 'open';
  }
  await setDuplicateStatus(tx, id, status, status === 'open' ? null : cx.clock.now());
  await append(tx, cx, [{ type: 'duplicate.decided', chainId: pair.personId, subjectId: id, data: { duplicateId: id, decision } }]);
  return { id, status, mergeId };
}

async function longerKnown(tx: Tx, ids: string[]): Promise<string> {
  const rows = await loadPeopleRows(tx, ids);
  const [first] = rows.toSorted((a, b) => a.firstSeenAt.getTime() - b.firstSeenAt.getTime() || a.id.localeCompare(b.id));
  return first?.id ?? (ids[0] as string);
}
