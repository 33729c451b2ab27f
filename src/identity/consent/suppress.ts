import { append } from '../../journal/index.ts';
import { audit } from '../../platform/access/index.ts';
import type { Context } from '../../platform/context.ts';
import type { Tx } from '../../platform/db/index.ts';
import { refuse } from '../../platform/refusal.ts';
import { loadSurroundings } from '../candidates.store.ts';
import { rememberedKeysOf } from '../privacy/remember.rules.ts';
import { findSecret } from '../privacy/remember.store.ts';
import type { SuppressionChannel } from './consent.rules.ts';
import { readSuppression, suppressionKeysOf, type Reachable } from './suppression.rules.ts';
import { findSuppressed, insertSuppressions, removeSuppression } from './suppression.store.ts';

/** Puts lines on a do-not-contact list; lines that are nothing of the channel are handed back with their number. */
export async function suppress(
  tx: Tx,
  cx: Context,
  given: { channel: SuppressionChannel; list: string; lines: readonly string[] },
): Promise<{ added: number; known: number; problems: { line: number; text: string }[] }> {
  const { country } = await loadSurroundings(tx);
  const now = cx.clock.now();
  const problems: { line: number; text: string }[] = [];
  const read = new Map<string, NonNullable<ReturnType<typeof readSuppression>>>();
  given.lines.forEach((text, at) => {
    if (!text.trim()) return;
    const key = readSuppression(given.channel, text, country);
    if (key) read.set(`${key.kind} ${key.key}`, key);
    else problems.push({ line: at + 1, text: text.trim().slice(0, 120) });
  });
  const added =
    read.size === 0
      ? 0
      : await insertSuppressions(
          tx,
          [...read.values()].map((one) => ({ ...one, id: cx.ids.next(), channel: given.channel, list: given.list, addedAt: now, addedBy: tx.scope.userId ?? 'baton' })),
        );
  if (added > 0) {
    await audit(tx, cx, { what: 'suppression.added', detail: { channel: given.channel, list: given.list, added } });
    await tellSuppressed(tx, cx, given.channel, added);
  }
  return { added, known: read.size - added, problems: problems.slice(0, 100) };
}

export async function unsuppress(tx: Tx, cx: Context, id: string): Promise<void> {
  const gone = await removeSuppression(tx, id);
  if (!gone) refuse('not-found', 'identity/no-such-suppression', 'This is on no list, or was put there by an erasure, which cannot be undone.');
  await audit(tx, cx, { what: 'suppression.removed', subjectId: id, detail: { channel: gone.channel, list: gone.list, shown: gone.shown } });
  await tellSuppressed(tx, cx, gone.channel, -1);
}

export const tellSuppressed = (tx: Tx, cx: Context, channel: string, change: number): Promise<void> => {
  const id = cx.ids.next();
  return append(tx, cx, [{ type: 'suppression.changed', chainId: id, subjectId: id, data: { channel, change } }]);
};

/** By which channels these must not be used because a list says so, and which list: one statement for any number. */
export async function findListed(tx: Tx, people: readonly (Reachable & { id: string })[]): Promise<Map<string, Partial<Record<SuppressionChannel, string>>>> {
  const secret = await findSecret(tx);
  const keys = new Map(people.map((one) => [one.id, [...suppressionKeysOf(one), ...(secret ? rememberedKeysOf(secret, one) : [])]]));
  const found = await findSuppressed(tx, [...new Set([...keys.values()].flat())]);
  if (found.size === 0) return new Map();
  return new Map([...keys].map(([id, own]) => [id, Object.fromEntries(own.flatMap((key) => (found.has(key) ? [[key.split(' ', 1)[0]!, found.get(key)!]] : [])))]));
}
