import { append } from '../journal/index.ts';
import type { Scope } from '../platform/access/index.ts';
import type { Context } from '../platform/context.ts';
import { takeDeck } from './books.store.ts';
import { blankHolder, changeHolder } from './change-holder.ts';
import { addHolders, addToTerritories, findHouseZone, findUsersToFollow, linkUsers } from './holders.store.ts';
import { listTerritories } from './territories.queries.ts';

/**
 * Keeps holders in step with users: a new rep becomes a holder, a disabled one gives up all leads at once. Users belong to the
 * platform, which knows no rooms, so this looks instead of being told; it finds nothing nearly always, and that costs one query.
 */
export async function followUsers(cx: Context, scope: Scope): Promise<number> {
  const differing = await cx.db.read(scope, findUsersToFollow);
  if (differing.length === 0) return 0;
  return cx.db.write(scope, async (tx) => {
    // Of two who look at once, the second finds what the first has done.
    await takeDeck(tx);
    const users = await findUsersToFollow(tx);
    const zone = await findHouseZone(tx);
    const joining = users.filter((user) => user.holderId === null);
    const holders = joining.map((user) => ({
      ...blankHolder(zone),
      id: cx.ids.next(),
      kind: 'rep' as const,
      name: user.name,
      email: user.email,
      userId: user.userId,
      externalId: null,
      createdAt: cx.clock.now(),
    }));
    await addHolders(tx, holders);
    await linkUsers(
      tx,
      holders.map((h) => ({ userId: h.userId, holderId: h.id })),
    );
    await append(
      tx,
      cx,
      holders.map((h) => ({
        type: 'holder.changed' as const,
        chainId: h.id,
        subjectId: h.id,
        data: { holderId: h.id, fields: ['added'] },
      })),
    );
    // A company that has drawn no territories of its own has one for everything: there a new rep begins at once.
    const territories = await listTerritories(tx);
    if (territories.length === 1) for (const holder of holders) await addToTerritories(tx, holder.id, [territories[0]!.id]);
    for (const user of users) if (user.holderId && user.status === 'disabled') await changeHolder(tx, cx, user.holderId, { active: false });
    return users.length;
  });
}
