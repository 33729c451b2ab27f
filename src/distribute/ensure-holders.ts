import { append } from '../journal/index.ts';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/db/index.ts';
import { blankHolder } from './change-holder.ts';
import { addHolders, bringBackHolders, findHoldersNamed, findHouseZone } from './holders.store.ts';
import type { HolderRow } from './holders.store.ts';

export interface NamedHolder {
  externalId?: string | null;
  name?: string | null;
  email?: string | null;
}

/**
 * Finds the holder of each of these, by id, address or name, and makes reps of those nobody knows: a file of outcomes names sellers
 * we never met. They join no territory, so they are given nothing but what is theirs. Answers in order; null where nothing was said.
 */
export async function ensureHolders(
  tx: Tx,
  cx: Context,
  wanted: readonly NamedHolder[],
  importId: string | null = null,
): Promise<(string | null)[]> {
  const namesOf = (n: NamedHolder): string[] => [n.externalId, n.email, n.name].map((x) => x?.trim().toLowerCase() ?? '').filter(Boolean);
  const names = [...new Set(wanted.flatMap(namesOf))];
  if (names.length === 0) return wanted.map(() => null);
  const known = new Map<string, string>();
  const learn = (h: Pick<HolderRow, 'id' | 'externalId' | 'email' | 'name'>): void => {
    for (const name of namesOf(h)) if (!known.has(name)) known.set(name, h.id);
  };
  // Who works comes before who does not.
  (await findHoldersNamed(tx, names)).toSorted((a, b) => Number(b.active) - Number(a.active)).forEach(learn);
  const zone = await findHouseZone(tx);
  const made: (HolderRow & { importId: string | null; createdAt: Date })[] = [];
  const found = wanted.map((want) => {
    const keys = namesOf(want);
    if (keys.length === 0) return null;
    const id = keys.map((key) => known.get(key)).find((x) => x !== undefined);
    if (id) return id;
    const holder = {
      ...blankHolder(zone),
      id: cx.ids.next(),
      kind: 'rep' as const,
      name: want.name?.trim() || want.email?.trim() || want.externalId!.trim(),
      email: want.email?.trim() || null,
      externalId: want.externalId?.trim() || null,
      importId,
      createdAt: cx.clock.now(),
    };
    made.push(holder);
    learn(holder);
    return holder.id;
  });
  await addHolders(tx, made);
  const back = importId ? await bringBackHolders(tx, importId, [...new Set(found.filter((id) => id !== null))]) : [];
  await append(
    tx,
    cx,
    [...made.map(({ id }) => id), ...back].map((id) => ({ type: 'holder.changed' as const, chainId: id, subjectId: id, data: { holderId: id, fields: ['added'] } })),
  );
  return found;
}
