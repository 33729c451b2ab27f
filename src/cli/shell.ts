import { readConfig } from '../platform/config.ts';
import { runNextJob } from '../platform/jobs/index.ts';
import { exitCodeOf, Refusal, refuse } from '../platform/refusal.ts';
import type { CommandHouse, OpenHouse } from '../platform/room.ts';
import { systemScope } from '../platform/access/scope.ts';
import { sql } from '../platform/db/index.ts';
import { findJob } from '../platform/jobs/index.ts';
import { drainHouse, jobs, openContext, openStorage } from '../house.ts';

export interface ShellOptions {
  json: boolean;
  workspace?: string;
}

/** Opens the house for one command: starts the database where none runs, adopts it where one does, leaves things as they were. */
export function commandShell(options: () => ShellOptions): OpenHouse {
  return async (run) => {
    const config = readConfig(process.env);
    const storage = await openStorage(config);
    const cx = await openContext({ ...config, logLevel: config.logLevel === 'info' ? 'warn' : config.logLevel }, storage.connection);
    const { json, workspace } = options();
    const house: CommandHouse = {
      cx,
      json,
      async scope() {
        const ids = await cx.db.workspaceIds();
        const all = await Promise.all(
          ids.map((id) =>
            cx.db.read(systemScope(id), (tx) =>
              tx.one<{ id: string; name: string }>(sql`select id, name from platform.workspace where id = ${id}`),
            ),
          ),
        );
        const found = workspace ? all.filter((w) => w.id === workspace || w.name.toLowerCase() === workspace.toLowerCase()) : all;
        if (found.length === 1) return { ...systemScope(found[0]!.id), roles: ['administrator'] };
        if (all.length === 0)
          refuse('not-found', 'cli/no-workspace', 'There is no workspace yet. Run "npm start" and set Baton up, or "./baton demo".');
        return refuse(
          'invalid',
          'cli/which-workspace',
          `Say which workspace with --workspace: ${all.map((w) => `"${w.name}"`).join(', ')}.`,
        );
      },
      async drain() {
        await drainHouse(cx, (await house.scope()).workspaceId);
      },
      async work(jobId, progress) {
        const { workspaceId } = await house.scope();
        const scope = systemScope(workspaceId);
        let busy = true;
        const report = async (): Promise<void> => {
          const row = await cx.db.read(scope, (tx) => findJob(tx, jobId));
          if (row) progress?.(row.done, row.total, row.note);
        };
        const running = (async () => {
          // A server on the same database may take the job first: then wait for it there.
          for (;;) {
            await runNextJob(cx, workspaceId, jobs, jobId);
            const row = await cx.db.read(scope, (tx) => findJob(tx, jobId));
            if (!row || row.state === 'done') return;
            if (row.state === 'failed') refuse('invalid', 'cli/job-failed', row.problem ?? 'The work failed.');
            if (row.state === 'cancelled') refuse('conflict', 'cli/job-cancelled', 'The work was cancelled.');
            await new Promise((go) => setTimeout(go, 200));
          }
        })().finally(() => (busy = false));
        while (busy) {
          await Promise.race([running.catch(() => {}), new Promise((go) => setTimeout(go, 500))]);
          await report();
        }
        await running;
      },
      print(value, human) {
        process.stdout.write(json ? `${JSON.stringify(value, null, 2)}\n` : `${human()}\n`);
      },
      progress(line) {
        if (process.stderr.isTTY) process.stderr.write(`\r\u001B[2K${line}`);
        else if (!json) process.stderr.write(`${line}\n`);
      },
    };
    try {
      return await run(house);
    } finally {
      if (process.stderr.isTTY) process.stderr.write('\r\u001B[2K');
      await cx.close();
      if (!storage.adopted) await storage.close();
    }
  };
}

/** Ends the process with the exit code of the error's kind and one clear sentence. */
export function failCommand(error: unknown, json: boolean): void {
  if (error instanceof Refusal) {
    process.stderr.write(
      json ? `${JSON.stringify({ code: error.code, detail: error.message, details: error.details })}\n` : `${error.message}\n`,
    );
    process.exitCode = exitCodeOf[error.kind];
  } else {
    process.stderr.write(`Something went wrong inside Baton:\n${(error as Error).stack ?? String(error)}\n`);
    process.exitCode = 1;
  }
}
