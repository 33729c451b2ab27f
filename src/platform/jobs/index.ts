import type { Scope } from '../access/scope.ts';
import { systemScope } from '../access/scope.ts';
import type { Context } from '../context.ts';
import { sql } from '../db/index.ts';
import type { Tx } from '../db/index.ts';
import { Refusal } from '../refusal.ts';

export interface RunningJob<P = unknown> {
  id: string;
  payload: P;
  /** How far the work is. */
  progress(done: number, total: number | null, note?: string): Promise<void>;
  /** True once somebody asked to stop: end at the next safe point. */
  cancelled(): Promise<boolean>;
}
// eslint-disable-next-line typescript/no-explicit-any
export type Job = (cx: Context, scope: Scope, job: RunningJob<any>) => Promise<void>;

export interface JobRow {
  id: string;
  name: string;
  state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';
  done: number;
  total: number | null;
  note: string | null;
  problem: string | null;
  createdAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
}

/** Renewed every few seconds while the worker lives, so a killed worker's job is taken up soon. */
const leaseSeconds = 20;
const attemptsMax = 4;

/** Puts a job on the list in the caller's transaction; a worker takes it after the commit. */
export async function enqueueJob(tx: Tx, cx: Context, name: string, payload: object, dueAt: Date = cx.clock.now()): Promise<string> {
  const id = cx.ids.next();
  await tx.run(sql`insert into platform.job (workspace_id, id, name, payload, due_at, created_at, created_by)
    values (${tx.scope.workspaceId}, ${id}, ${name}, ${JSON.stringify(payload)}, ${dueAt}, ${cx.clock.now()}, ${tx.scope.userId ?? null})`);
  cx.live.publish(tx, 'job');
  return id;
}

export async function findJob(tx: Tx, id: string): Promise<JobRow | undefined> {
  return tx.maybe<JobRow>(
    sql`select id, name, state, done, total, note, problem, created_at, started_at, finished_at from platform.job where id = ${id}`,
  );
}

/** The job of that name that waits or runs, the latest if there are several. */
export async function findOpenJob(tx: Tx, name: string): Promise<JobRow | undefined> {
  return tx.maybe<JobRow>(sql`select id, name, state, done, total, note, problem, created_at, started_at, finished_at from platform.job
    where workspace_id = ${tx.scope.workspaceId} and name = ${name} and state in ('waiting', 'running') order by created_at desc limit 1`);
}

/** Asks a job to stop. One that waits is cancelled at once; one that runs ends at its next safe point. */
export async function cancelJob(tx: Tx, cx: Context, id: string): Promise<void> {
  await tx.run(sql`update platform.job set cancel_requested = true, state = case when state = 'waiting' then 'cancelled' else state end,
    finished_at = case when state = 'waiting' then ${cx.clock.now()} else finished_at end where id = ${id}`);
  cx.live.publish(tx, 'job');
}

const inHand = new Map<string, string>();

/** Gives the jobs of this process back at its end, so that the next worker need not wait for their leases. */
export async function handBackJobs(cx: Context): Promise<void> {
  for (const [id, workspaceId] of inHand) {
    await cx.db.write(systemScope(workspaceId), (tx) =>
      tx.run(
        sql`update platform.job set state = 'waiting', leased_until = null, attempts = attempts - 1 where id = ${id} and state = 'running'`,
      ),
    );
  }
}

/**
 * Takes one due job (or the one named) under a lease and runs it to its end. The lease uses the database's own clock: a fake
 * clock in a test must not make two workers take one job.
 * @returns whether there was one.
 */
export async function runNextJob(cx: Context, workspaceId: string, jobs: Record<string, Job>, only?: string): Promise<boolean> {
  const scope = systemScope(workspaceId);
  const names = Object.keys(jobs);
  const taken = await cx.db.write(scope, async (tx) => {
    const row = await tx.maybe<{ id: string; name: string; payload: unknown; attempts: number }>(sql`
      select id, name, payload, attempts from platform.job
      where (${only ?? null}::uuid is null or id = ${only ?? null}) and name = any(${names}) and due_at <= ${cx.clock.now()}
        and (state = 'waiting' or (state = 'running' and leased_until < now()))
      order by due_at, id limit 1 for update skip locked`);
    if (!row) return undefined;
    await tx.run(sql`update platform.job set state = 'running', attempts = attempts + 1, started_at = coalesce(started_at, ${cx.clock.now()}),
      leased_until = now() + make_interval(secs => ${leaseSeconds}) where id = ${row.id}`);
    return row;
  });
  if (!taken) return false;

  const finish = (state: string, problem: string | null): Promise<void> =>
    cx.db.write(scope, async (tx) => {
      const dueAt = new Date(cx.clock.now().getTime() + 5000 * 2 ** taken.attempts);
      await tx.run(sql`update platform.job set state = ${state}, problem = ${problem}, leased_until = null,
        due_at = case when ${state} = 'waiting' then ${dueAt} else due_at end,
        finished_at = case when ${state} = 'waiting' then null else ${cx.clock.now()}::timestamptz end where id = ${taken.id}`);
      cx.live.publish(tx, 'job');
    });
  let stopped = false;
  const running: RunningJob = {
    id: taken.id,
    payload: taken.payload,
    progress: (done, total, note) =>
      cx.db.write(scope, async (tx) => {
        await tx.run(
          sql`update platform.job set done = ${done}, total = ${total}, note = coalesce(${note ?? null}, note) where id = ${taken.id}`,
        );
        cx.live.publish(tx, 'job');
      }),
    cancelled: async () => {
      stopped ||= await cx.db.read(
        scope,
        async (tx) =>
          (await tx.maybe<{ c: boolean }>(sql`select cancel_requested as c from platform.job where id = ${taken.id}`))?.c ?? true,
      );
      return stopped;
    },
  };
  inHand.set(taken.id, workspaceId);
  const heart = setInterval(
    () => {
      cx.db
        .write(scope, (tx) =>
          tx.run(
            sql`update platform.job set leased_until = now() + make_interval(secs => ${leaseSeconds}) where id = ${taken.id} and state = 'running'`,
          ),
        )
        .catch(() => {});
    },
    (leaseSeconds * 1000) / 4,
  );
  try {
    await jobs[taken.name]!(cx, scope, running);
    await finish(stopped ? 'cancelled' : 'done', null);
  } catch (error) {
    // A refusal will not get better by itself; anything else may (a lost connection), so try again with growing pauses.
    const final = error instanceof Refusal || taken.attempts + 1 >= attemptsMax;
    cx.log[final ? 'error' : 'warn']({ job: taken.name, jobId: taken.id, err: error }, 'job failed');
    await finish(
      final ? 'failed' : 'waiting',
      error instanceof Refusal ? error.message : 'Something went wrong inside Baton; the log has the details.',
    );
  }
  clearInterval(heart);
  inHand.delete(taken.id);
  return true;
}
