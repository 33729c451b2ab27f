import type { Context } from '../platform/context.ts';
import { systemScope } from '../platform/access/scope.ts';
import { empty, sql } from '../platform/db/index.ts';
import type { Tx } from '../platform/db/index.ts';
import { Refusal } from '../platform/refusal.ts';
import { carry, makeCursors, promptSubscribers, sinceRush } from './carry.ts';
import { topicOf } from './catalogue.ts';
import type { Fact, FactType } from './catalogue.ts';
import { noUuid } from '../platform/values/uuid.rules.ts';

/**
 * Hears facts in the order of their writing transactions. The cursor moves in the same transaction as what `handle` does, so each
 * fact takes effect exactly once; a fact that commits late is waited for, never skipped.
 */
export interface Subscriber {
  name: string;
  types: readonly FactType[];
  batch?: number;
  /** Hears facts inside the transaction that wrote them, where the writer carries them on (carry.ts). */
  prompt?: boolean;
  /** Lets an import pass first: what it keeps may be some seconds old while thousands of rows come in. */
  patient?: boolean;
  handle(tx: Tx, cx: Context, facts: Fact[]): Promise<void>;
}

const lastId = 'ffffffff-ffff-ffff-ffff-ffffffffffff';
const triesMax = 5;
const troubles = new Map<string, number>();
const troubled = (cx: Context, workspaceId: string): boolean => promptSubscribers(cx).some(({ name }) => troubles.has(`${workspaceId} ${name}`));

/**
 * How far this process has looked for a subscriber without finding anything to hear. The cursor in the database follows when there is
 * something, so that a subscriber nobody speaks to costs no writing; without this every look would begin where the last fact was.
 */
const lookedUpTo = new WeakMap<object, Map<string, string>>();

interface Heard {
  facts: (Fact & { xact: string })[];
  /** Nothing below this transaction id can still appear. */
  horizon: string;
}

async function hear(tx: Tx, subscriber: Subscriber, xact: string, factId: string, limit: number): Promise<Heard> {
  // The horizon is that of the very snapshot the facts are read by. xid8 travels as text; ordered by the column itself, since as a text 999 comes after 1000.
  const rows = await tx.rows<Fact & { xact: string | null; horizon: string }>(sql`
    select f.id, f.type, f.chain_id, f.seq, f.subject_id, f.at, f.actor, f.data, f.xact::text as xact, h.horizon::text as horizon
    from (select pg_snapshot_xmin(pg_current_snapshot()) as horizon, set_config('plan_cache_mode', 'auto', true) offset 0) h left join lateral (
      select * from journal.fact f where f.workspace_id = ${tx.scope.workspaceId} and (f.xact, f.id) > (${xact}::xid8, ${factId}::uuid) and f.xact < h.horizon
        and f.type = any(${subscriber.types}) ${subscriber.prompt ? sql`and not f.carried` : empty}
      order by f.xact, f.id limit ${limit}) f on true order by f.xact, f.id`);
  const { horizon } = rows[0]!;
  return { facts: rows.filter((row): row is Fact & { xact: string; horizon: string } => row.xact !== null), horizon };
}

/**
 * Gives a subscriber its next batch in one workspace.
 * @returns how many facts it heard; undefined where another process is at it just now.
 */
export async function deliver(cx: Context, workspaceId: string, subscriber: Subscriber): Promise<number | undefined> {
  const scope = systemScope(workspaceId);
  const key = `${workspaceId} ${subscriber.name}`;
  const limit = troubles.has(key) ? 1 : (subscriber.batch ?? 2000); // after trouble one by one, to find the fact that cannot be digested
  let at: Fact | undefined;
  try {
    return await cx.db.write(scope, async (tx) => {
      const lock = (): Promise<object | undefined> =>
        // Planned once for good, until `hear` says otherwise: a plan over all years of the journal costs more than most answers.
        tx.maybe(sql`select set_config('plan_cache_mode', 'force_generic_plan', true) from journal.cursor
          where workspace_id = ${workspaceId} and subscriber = ${subscriber.name} for update skip locked`);
      if (!(await lock())) {
        // Locked by another process, or not there yet: the first of two that make it wins.
        await makeCursors(tx, cx, [subscriber.name]);
        if (!(await lock())) return undefined;
      }
      // Read only now that it is ours: a statement that waits for nobody sees what the one before us left.
      const cursor = await tx.one<{ xact: string; factId: string; paused: boolean }>(sql`
        select c.xact::text as xact, c.fact_id, w.paused from journal.cursor c join platform.workspace w on w.id = c.workspace_id
        where c.workspace_id = ${workspaceId} and c.subscriber = ${subscriber.name}`);
      if (cursor.paused && !cx.replay) return 0;
      const looked = lookedUpTo.get(cx.db)?.get(key);
      const from = looked !== undefined && BigInt(looked) > BigInt(cursor.xact) ? { xact: looked, factId: lastId } : cursor;
      const { facts, horizon } = await hear(tx, subscriber, from.xact, from.factId, limit);
      at = facts[0];
      const handle = (): Promise<void> => subscriber.handle(tx, cx, facts);
      // In trouble each subscriber is on its own, so that the fact it cannot digest is found with it.
      if (facts.length > 0) await (subscriber.prompt && !troubled(cx, workspaceId) ? carry(tx, cx, handle, subscriber) : handle());
      const last = facts.at(-1);
      // With room left in the batch, everything below the horizon was seen, of whatever type: skip over it.
      const seenAll = facts.length < limit;
      const next = seenAll
        ? { xact: (BigInt(horizon) - 1n).toString(), factId: lastId }
        : { xact: last!.xact, factId: last!.id };
      if (facts.length > 0 || BigInt(next.xact) > BigInt(cursor.xact) + 1000n) {
        await tx.run(sql`update journal.cursor set xact = ${next.xact}::xid8, fact_id = ${next.factId}, moved_at = ${cx.clock.now()}
          where workspace_id = ${workspaceId} and subscriber = ${subscriber.name}`);
      }
      tx.afterCommit(() => {
        if (!seenAll) return;
        troubles.delete(key); // the one that could not be digested is behind us
        const looks = lookedUpTo.get(cx.db) ?? new Map<string, string>();
        lookedUpTo.set(cx.db, looks.set(key, next.xact));
      });
      return facts.length;
    });
  } catch (error) {
    const tries = (troubles.get(key) ?? 0) + 1;
    troubles.set(key, tries);
    cx.log.error({ subscriber: subscriber.name, workspaceId, tries, factId: at?.id, err: error }, 'a subscriber failed');
    if (limit === 1 && at && tries > triesMax) await park(cx, workspaceId, subscriber, at, error);
    throw error;
  }
}

/**
 * Sets a fact that cannot be digested aside, visibly, so that one bad fact never stops the house. Between our failure and this another process
 * may have digested it and gone on: then it stands, and above all the cursor is not turned back.
 */
async function park(cx: Context, workspaceId: string, subscriber: Subscriber, fact: Fact, error: unknown): Promise<void> {
  await cx.db.write(systemScope(workspaceId), async (tx) => {
    const problem = error instanceof Refusal ? error.message : ((error as Error).stack ?? String(error)).slice(0, 2000);
    const { xact } = fact as Fact & { xact: string };
    const moved = await tx.run(sql`update journal.cursor set xact = ${xact}::xid8, fact_id = ${fact.id}, moved_at = ${cx.clock.now()}
      where workspace_id = ${workspaceId} and subscriber = ${subscriber.name} and (xact, fact_id) < (${xact}::xid8, ${fact.id}::uuid)`);
    if (moved === 0) return;
    await tx.run(sql`insert into journal.parked (workspace_id, subscriber, fact_id, problem, parked_at)
      values (${workspaceId}, ${subscriber.name}, ${fact.id}, ${problem}, ${cx.clock.now()}) on conflict do nothing`);
  });
  troubles.delete(`${workspaceId} ${subscriber.name}`);
}

/**
 * What a subscriber keeps is made anew from what the rooms hold: nothing recorded until now need be heard by it. What some open
 * transaction still hides will be.
 */
export async function passOver(tx: Tx, cx: Context, subscriber: string): Promise<void> {
  const { workspaceId } = tx.scope;
  await makeCursors(tx, cx, [subscriber]);
  await tx.run(sql`update journal.cursor set xact = pg_snapshot_xmin(pg_current_snapshot()), fact_id = ${noUuid}, moved_at = ${cx.clock.now()}
    where workspace_id = ${workspaceId} and subscriber = ${subscriber} and xact < pg_snapshot_xmin(pg_current_snapshot())`);
}

/** Runs all subscribers in order until none hears anything more, waiting out transactions that are still open. */
export async function drain(cx: Context, workspaceId: string, subscribers: readonly Subscriber[]): Promise<void> {
  for (let quiet = false; !quiet;) {
    // Asked before listening: what is hidden now may be hidden from some subscriber and in the open a moment later.
    const hidden = (await hiddenTypes(cx, workspaceId)).all.size > 0;
    quiet = true;
    for (const subscriber of subscribers) {
      for (;;) {
        const heard = await deliver(cx, workspaceId, subscriber);
        if (heard === undefined) await new Promise((go) => setTimeout(go, 10));
        if (heard !== 0) quiet = false;
        if (heard === 0) break;
      }
    }
    if (quiet && hidden) {
      quiet = false;
      await new Promise((go) => setTimeout(go, 5));
    }
  }
}

/** Types of committed facts that some open transaction still hides; those that were carried hide from prompt subscribers for good. */
async function hiddenTypes(cx: Context, workspaceId: string): Promise<{ all: Set<string>; uncarried: Set<string> }> {
  const rows = await cx.db.read(systemScope(workspaceId), (tx) =>
    tx.rows<{ type: string; carried: boolean }>(sql`select distinct f.type, f.carried from journal.fact f
      where f.workspace_id = ${workspaceId} and f.xact >= pg_snapshot_xmin(pg_current_snapshot())`),
  );
  return { all: new Set(rows.map((row) => row.type)), uncarried: new Set(rows.filter((row) => !row.carried).map((row) => row.type)) };
}

export interface Listening {
  /** Looks again now; cheap when nothing happened. */
  wake(workspaceId: string): void;
  stop(): Promise<void>;
}

const pollMilliseconds = 2000;
const rushMilliseconds = 3000;
const patienceMilliseconds = 120_000;
/** How soon a subscriber looks again for what an open transaction hides: longer each time in vain. */
const hiddenMilliseconds = { least: 15, most: 120 };

/** One question for all who ask at about the same time: who comes while it is being asked waits for it to be asked once more. */
function askedTogether<T>(ask: (workspaceId: string) => Promise<T>): (workspaceId: string) => Promise<T> {
  const running = new Map<string, { now: Promise<T>; next?: Promise<T> }>();
  return (workspaceId) => {
    const one = running.get(workspaceId);
    if (one) return (one.next ??= one.now.then(() => start(workspaceId), () => start(workspaceId)));
    return start(workspaceId);
  };
  function start(workspaceId: string): Promise<T> {
    const now = ask(workspaceId);
    const mine: { now: Promise<T>; next?: Promise<T> } = { now };
    running.set(workspaceId, mine);
    const forget = (): void => {
      if (running.get(workspaceId) === mine && !mine.next) running.delete(workspaceId);
    };
    now.finally(forget).catch(() => {}); // told by whoever asked
    return now;
  }
}

/** Keeps every subscriber listening in this process: one loop per workspace and subscriber, woken by announcements, else by a slow poll. */
export function listen(cx: Context, subscribers: readonly Subscriber[]): Listening {
  const loops = new Map<string, { wake: () => void; done: Promise<void> }>();
  const askHidden = askedTogether((workspaceId) => hiddenTypes(cx, workspaceId));
  let stopping = false;

  /** A patient subscriber waits for a rush to pass, but not for ever. */
  async function passRush(subscriber: Subscriber, lastHeard: number): Promise<void> {
    while (subscriber.patient && !stopping && sinceRush(cx) < rushMilliseconds && performance.now() - lastHeard < patienceMilliseconds)
      await new Promise((go) => setTimeout(go, 200));
  }

  function start(workspaceId: string, subscriber: Subscriber): { wake: () => void; done: Promise<void> } {
    let awake = true;
    let rouse: (() => void) | undefined;
    const run = async (): Promise<void> => {
      let failures = 0;
      let lastHeard = performance.now();
      let inVain = 0;
      while (!stopping) {
        awake = false;
        try {
          await passRush(subscriber, lastHeard);
          const hidden = await askHidden(workspaceId); // before listening, as in drain
          let heard: number | undefined;
          let any = false;
          do {
            heard = await deliver(cx, workspaceId, subscriber);
            lastHeard = performance.now();
            any ||= Boolean(heard);
            if (heard) await passRush(subscriber, lastHeard);
          } while (heard !== 0 && heard !== undefined && !stopping);
          failures = 0;
          inVain = any ? 0 : inVain + 1;
          if (awake || stopping) continue;
          // A transaction still open elsewhere may hide the fact we were woken for, or another process is at it: look again soon, not after the poll.
          const of = subscriber.prompt ? hidden.uncarried : hidden.all;
          const soon = heard === undefined || subscriber.types.some((type) => of.has(type));
          await nap(soon ? Math.min(hiddenMilliseconds.least * 2 ** inVain, hiddenMilliseconds.most) : pollMilliseconds);
        } catch {
          failures++;
          if (!stopping) await nap(Math.min(100 * 2 ** failures, 5000));
        }
      }
    };
    const nap = (milliseconds: number): Promise<void> =>
      new Promise((go) => {
        const timer = setTimeout(go, milliseconds);
        rouse = () => {
          clearTimeout(timer);
          go();
        };
      });
    return {
      wake: () => {
        awake = true;
        rouse?.();
      },
      done: run(),
    };
  }

  function ensure(workspaceId: string): void {
    for (const subscriber of subscribers) {
      const key = `${workspaceId} ${subscriber.name}`;
      if (!loops.has(key) && !stopping) loops.set(key, start(workspaceId, subscriber));
    }
  }
  /** Facts are announced by the first word of their type: only who listens to that word has to look. */
  const words = new Map(subscribers.map((one) => [one, new Set(one.types.map(topicOf))]));
  const wake = (workspaceId: string, topics?: readonly string[]): void => {
    ensure(workspaceId);
    for (const subscriber of subscribers)
      if (!topics || topics.some((topic) => words.get(subscriber)!.has(topic))) loops.get(`${workspaceId} ${subscriber.name}`)?.wake();
  };
  const off = cx.live.listen(({ workspaceId, topics }) => wake(workspaceId, topics));
  const look = async (): Promise<void> => {
    for (const id of await cx.db.workspaceIds()) ensure(id);
  };
  void look().catch(() => {});
  const timer = setInterval(() => void look().catch(() => {}), 5000);

  return {
    wake: (workspaceId) => wake(workspaceId),
    async stop() {
      stopping = true;
      off();
      clearInterval(timer);
      for (const loop of loops.values()) loop.wake();
      await Promise.all([...loops.values()].map((loop) => loop.done));
    },
  };
}
