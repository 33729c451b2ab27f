import { createHash } from 'node:crypto';
import type { Scope } from '../../platform/access/index.ts';
import type { Context } from '../../platform/context.ts';
import type { Tx } from '../../platform/db/index.ts';
import { refuse } from '../../platform/refusal.ts';
import { dropSentBefore, findSentOnce, keepAnswer, takeKey } from './sent-once.store.ts';

const keptDays = 30;

/** A request that carries `idempotency-key`: sent again it is answered as the first time, and nothing happens twice. */
export interface Once {
  who: string;
  key: string;
  request: Buffer;
}

/** `what` is all that was asked: the same key with something else is refused. Refuses keys nobody would make. */
export function onceFrom(scope: Scope, key: unknown, what: string): Once | undefined {
  if (key === undefined) return undefined;
  if (typeof key !== 'string' || !/^[\w-]{8,100}$/.test(key))
    return refuse('invalid', 'followup/idempotency-key', 'An idempotency key has 8 to 100 letters, digits, hyphens and underscores.');
  return { who: scope.holderId ?? scope.userId ?? 'token', key, request: createHash('sha256').update(what).digest() };
}

/** The answer given the first time, where this came before; asked before anything else, since the work may have changed who may. */
export async function answeredBefore<T>(tx: Tx, once: Once | undefined): Promise<{ answer: T } | undefined> {
  const found = once && (await findSentOnce(tx, once.who, once.key));
  if (!found) return undefined;
  if (!found.request.equals(once.request))
    refuse('conflict', 'followup/key-used', 'This idempotency key was used for something else. Take a new one for every action.');
  return { answer: found.answer as T };
}

/** Does the work and keeps its answer with the key, in one transaction: both or neither. */
export async function doOnce<T>(tx: Tx, cx: Context, once: Once | undefined, leadId: string, work: () => Promise<T>): Promise<T> {
  if (!once) return work();
  if (!(await takeKey(tx, { ...once, leadId, at: cx.clock.now() }))) return (await answeredBefore<T>(tx, once))!.answer;
  const answer = await work();
  await keepAnswer(tx, once.who, once.key, answer);
  return answer;
}

/** Nobody sends again after a month. */
export async function forgetSent(cx: Context, scope: Scope): Promise<number> {
  await cx.db.write(scope, (tx) => dropSentBefore(tx, new Date(cx.clock.now().getTime() - keptDays * 86_400_000)));
  return 0;
}
