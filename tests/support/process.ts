import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** A real Baton in a process of its own, durable, in a folder of its own: what an installation is. */
export interface ServerProcess {
  url: string;
  dataDir: string;
  child: ChildProcess;
  /** Signs the company up and returns an administrator's API token. */
  token: string;
  kill(signal: 'SIGKILL' | 'SIGTERM'): Promise<void>;
  /** Starts again on the same folder. */
  restart(): Promise<ServerProcess>;
  remove(): void;
}

export const newDataDir = (): string => {
  const dir = mkdtempSync(join(tmpdir(), 'baton-proc-'));
  chmodSync(dir, 0o755);
  return dir;
};

export async function startServer(
  dataDir: string,
  options: { args?: string[]; env?: Record<string, string>; token?: string } = {},
): Promise<ServerProcess> {
  // As package.json and ./baton start it.
  const child = spawn(process.execPath, ['--max-semi-space-size=32', join(root, 'src/main.ts'), ...(options.args ?? ['start'])], {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production', BATON_DATA_DIR: dataDir, BATON_PORT: '0', BATON_LOG_LEVEL: 'error', ...options.env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  const url = await new Promise<string>((ready, failed) => {
    child.stdout.on('data', (data) => {
      said += String(data);
      const found = /http:\/\/[^\s]+/.exec(said);
      if (found && said.includes('Ctrl-C')) ready(found[0]);
    });
    child.once('exit', (code) => failed(new Error(`Baton ended with ${code} while starting:\n${said}`)));
  });
  const base = new URL(url).origin;
  let token = options.token ?? '';
  const setUp = new URL(url).searchParams.get('token');
  if (setUp) {
    const made = await fetch(`${base}/v1/setup`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        token: setUp,
        company: 'Bench Pumps',
        currency: 'EUR',
        timeZone: 'UTC',
        country: 'DE',
        name: 'Bench',
        email: 'bench@pumps.example',
        password: 'bench bench bench',
        start: 'empty',
      }),
    });
    const cookie = made.headers.get('set-cookie')!.split(';')[0]!;
    const answer = await fetch(`${base}/v1/tokens`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie, 'x-baton': '1' },
      body: JSON.stringify({ name: 'bench', roles: ['administrator', 'marketing'] }),
    });
    token = ((await answer.json()) as { token: string }).token;
  }
  const kill = (signal: 'SIGKILL' | 'SIGTERM'): Promise<void> =>
    new Promise((done) => {
      if (child.exitCode !== null || child.signalCode !== null) return done();
      child.once('exit', () => done());
      child.kill(signal);
    });
  return {
    url: base,
    dataDir,
    child,
    token,
    kill,
    restart: () => startServer(dataDir, { ...options, token }),
    remove() {
      // After a kill the database may still run: it is ours to stop.
      try {
        process.kill(Number(readFileSync(join(dataDir, 'pg18/postmaster.pid'), 'utf8').split('\n')[0]), 'SIGQUIT');
      } catch {
        // it is down already
      }
      setTimeout(() => rmSync(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }), 500);
    },
  };
}

/** Resident memory in megabytes of a process and all its children, each page counted once for its share (PSS). */
export function memoryMegabytes(pids: number[]): number {
  const all = new Set(pids);
  for (let grew = true; grew;) {
    grew = false;
    for (const pid of all) {
      let children = '';
      try {
        children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
      } catch {
        continue;
      }
      for (const child of children.split(' ').filter(Boolean).map(Number)) {
        if (!all.has(child)) {
          all.add(child);
          grew = true;
        }
      }
    }
  }
  let kilobytes = 0;
  for (const pid of all) {
    try {
      kilobytes += Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0);
    } catch {
      // it ended meanwhile
    }
  }
  return kilobytes / 1024;
}

export const databasePid = (dataDir: string): number => Number(readFileSync(join(dataDir, 'pg18/postmaster.pid'), 'utf8').split('\n')[0]);
