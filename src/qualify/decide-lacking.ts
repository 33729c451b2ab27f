import type { Scope } from '../platform/access/index.ts';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/db/index.ts';
import { listCustomFields } from '../platform/fields/index.ts';
import { requiredAt } from '../platform/values/custom-field.rules.ts';
import { decideAgain } from './decide-inquiries.ts';
import { findLackingNothing, findLackingOf } from './required-fields.store.ts';

/** Something of these people or organizations is known now: their inquiries that waited for it are decided on again. */
export async function decideLackingOf(tx: Tx, cx: Context, of: { people: ReadonlySet<string>; organizations: ReadonlySet<string> }, at: Date): Promise<void> {
  await decideAgain(tx, cx, await findLackingOf(tx, { people: [...of.people], organizations: [...of.organizations] }), at);
}

const handful = 500;
/** Fields that were put away, or are not required any more: what waited for them is decided on again. */
export async function decideLackingNothing(cx: Context, scope: Scope): Promise<number> {
  return cx.db.write(scope, async (tx) => {
    const required = requiredAt(await listCustomFields(tx), 'lead').map(({ id }) => id);
    const ids = await findLackingNothing(tx, required, handful);
    await decideAgain(tx, cx, ids, cx.clock.now());
    return ids.length;
  });
}
