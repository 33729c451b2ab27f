import type { Scope } from '../../platform/access/index.ts';
import type { Context } from '../../platform/context.ts';
import { refuse } from '../../platform/refusal.ts';
import { isUuid } from '../../platform/values/uuid.rules.ts';
import { askErasure, erase, type AskedErasure } from './erase-person.ts';
import type { ListedErasure } from './erasure-list.ts';
import type { ErasureRow } from './erasure.store.ts';
import { findErasureOf } from './privacy.queries.ts';
import { findIdsOf } from './kept-of-people.store.ts';

/** Erases a person here and now, without waiting for a worker. */
export async function eraseNow(cx: Context, scope: Scope, personId: string | undefined, asked: AskedErasure): Promise<ErasureRow> {
  if (!isUuid(personId)) refuse('invalid', 'identity/person-id', 'Say whom by their id: it is in the address of their page.');
  const find = () => cx.db.read(scope, async (tx) => findErasureOf(tx, await findIdsOf(tx, personId)));
  await cx.db.write(scope, (tx) => askErasure(tx, cx, personId, asked, { job: false }));
  await erase(cx, scope, { payload: { erasureId: (await find())!.id } });
  return (await find())!;
}

/** After a restore: whoever was erased since the backup is there again, and is erased again. Doing it twice changes nothing. */
export async function eraseAgain(cx: Context, scope: Scope, listed: readonly ListedErasure[]): Promise<{ erased: number; erasedAlready: number; unknown: number }> {
  const sum = { erased: 0, erasedAlready: 0, unknown: 0 };
  for (const { personIds, why, remembers } of listed) {
    // They may have been several people when the backup was made, or one under another id.
    let back = 0;
    let known = 0;
    for (const personId of personIds) {
      const state = await cx.db.read(scope, async (tx) => {
        const ids = await findIdsOf(tx, personId);
        return ids.length === 0 ? 'unknown' : (await findErasureOf(tx, ids))?.state ?? 'there';
      });
      if (state !== 'unknown') known++;
      if (state !== 'there' && state !== 'asked') continue;
      await eraseNow(cx, scope, personId, { why, remembers });
      back++;
    }
    if (back > 0) sum.erased++;
    else if (known > 0) sum.erasedAlready++;
    else sum.unknown++;
  }
  return sum;
}
