import type { Context } from '../platform/context.ts';
import { sql } from '../platform/db/index.ts';
import type { Tx } from '../platform/db/index.ts';
import type { Fact, FactType } from './catalogue.ts';
import type { Subscriber } from './subscribe.ts';
import { noUuid } from '../platform/values/uuid.rules.ts';

/**
 * Prompt subscribers hear a fact inside the transaction that wrote it: an inquiry is recognised, judged to be a lead and given to its
 * holder in one go. What they were told so is marked `carried`, and their cursors pass over it; everybody else hears it as always. If a
 * prompt subscriber fails, so does the transaction: its caller then writes without carrying, and the facts are delivered one by one.
 */
export interface Carrying {
  /** What the prompt subscribers have not been told yet. */
  facts: Fact[];
  /** Facts of these types are left to be delivered: somebody before us in the chain hears them. */
  left: ReadonlySet<FactType>;
}

const promptOf = new WeakMap<object, readonly Subscriber[]>();
const carryings = new WeakMap<Tx, Carrying>();

/** Told once by the house, when the context is opened. */
export function setPrompt(cx: Context, subscribers: readonly Subscriber[]): void {
  promptOf.set(
    cx.db,
    subscribers.filter((one) => one.prompt),
  );
}

export const carryingOf = (tx: Tx): Carrying | undefined => carryings.get(tx);
export const promptSubscribers = (cx: Context): readonly Subscriber[] => promptOf.get(cx.db) ?? [];

/** From so many facts in one transaction on it is a rush, such as an import. */
const rushFrom = 200;
const rushes = new WeakMap<object, number>();
/** Milliseconds since this process last carried a rush of facts; patient subscribers wait for it to pass. */
export const sinceRush = (cx: Context): number => performance.now() - (rushes.get(cx.db) ?? -Infinity);

/** So many facts are told at a time: while one subscriber waits for the database with some, the next works on those before. */
const toldMax = 500;

/**
 * Does `work` and tells the prompt subscribers after `after` (all of them where none is named) what it wrote, and what they wrote in turn,
 * in the same transaction. Each hears in the order of writing, and all work side by side; `tell` lets them begin before `work` is done, and
 * waits where they fall behind. What a fact speaks of was sent to the database before the fact, so it stands for whoever hears it.
 */
export async function carry<T>(tx: Tx, cx: Context, work: (tell: () => Promise<void>) => Promise<T>, after?: Subscriber): Promise<T> {
  const prompt = promptSubscribers(cx);
  const heirs = prompt.slice(after ? prompt.indexOf(after) + 1 : 0);
  if (heirs.length === 0 || carryings.has(tx)) return work(async () => {});
  const before = prompt.slice(0, prompt.length - heirs.length);
  // One teller at a time, always in the order of the chain: two would decide about one person side by side.
  await lockCursors(tx, cx, heirs);
  const carrying: Carrying = { facts: [], left: new Set(before.flatMap((one) => one.types)) };
  carryings.set(tx, carrying);
  const lanes = heirs.map((heir) => ({ heir, waiting: [] as Fact[], running: undefined as Promise<void> | undefined }));
  let failed: { error: unknown } | undefined;
  let step = Promise.withResolvers<void>();
  const run = async (lane: (typeof lanes)[number]): Promise<void> => {
    while (lane.waiting.length > 0 && !failed) {
      try {
        await lane.heir.handle(tx, cx, lane.waiting.splice(0, Math.min(batchOf(lane.heir), toldMax)));
      } catch (error) {
        failed ??= { error };
      }
      tell();
      step.resolve();
      step = Promise.withResolvers<void>();
    }
    lane.running = undefined;
  };
  const tell = (): void => {
    if (failed) return;
    if (carrying.facts.length >= rushFrom) {
      const rush = (): void => void rushes.set(cx.db, performance.now());
      rush();
      tx.afterCommit(rush);
    }
    for (const fact of carrying.facts) for (const { heir, waiting } of lanes) if (heir.types.includes(fact.type)) waiting.push(fact);
    carrying.facts = [];
    for (const lane of lanes) if (lane.waiting.length > 0) lane.running ??= run(lane);
  };
  const tellAndKeepPace = async (): Promise<void> => {
    tell();
    while (!failed && lanes.some((lane) => lane.waiting.length >= toldMax)) await step.promise;
    if (failed) throw failed.error;
  };
  const ended = async (): Promise<void> => {
    while (lanes.some((lane) => lane.running)) await Promise.all(lanes.flatMap((lane) => lane.running ?? []));
  };
  try {
    const result = await work(tellAndKeepPace);
    tell();
    await ended();
    if (failed) throw failed.error;
    return result;
  } catch (error) {
    failed ??= { error };
    await ended();
    throw failed.error;
  } finally {
    carryings.delete(tx);
  }
}

const batchOf = (subscriber: Subscriber): number => subscriber.batch ?? 2000;

async function lockCursors(tx: Tx, cx: Context, subscribers: readonly Subscriber[]): Promise<void> {
  const { workspaceId } = tx.scope;
  const names = subscribers.map((one) => one.name);
  const lock = (): Promise<{ subscriber: string }[]> =>
    tx.rows(sql`select c.subscriber from unnest(${names}::text[]) with ordinality as n (name, place)
      join journal.cursor c on c.workspace_id = ${workspaceId} and c.subscriber = n.name order by n.place for update of c`);
  if ((await lock()).length === names.length) return;
  await makeCursors(tx, cx, names);
  await lock();
}

/** Cursors that are not there yet begin before the first fact; the first of two that make one wins. */
export async function makeCursors(tx: Tx, cx: Context, subscribers: readonly string[]): Promise<void> {
  await tx.run(sql`insert into journal.cursor (workspace_id, subscriber, xact, fact_id, moved_at)
    select ${tx.scope.workspaceId}, name, '0'::xid8, ${noUuid}::uuid, ${cx.clock.now()} from unnest(${subscribers}::text[]) as n (name) on conflict do nothing`);
}
