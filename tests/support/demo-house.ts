import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const email = 'robin.hale@hartwellpumps.example';
const password = 'a long password for pictures';

export interface DemoHouse {
  url: string;
  email: string;
  password: string;
  close(): Promise<void>;
}

/** A real house in a process and a folder of its own, with the demo company told into it by the command line. */
export async function openDemoHouse({
  say = () => {},
  beforeSetUp = () => Promise.resolve(),
  inquiries = 3000,
}: {
  say?: (line: string) => void;
  /** Called with the one-time link, before the house is set up by it. */
  beforeSetUp?: (link: string) => Promise<void>;
  inquiries?: number;
} = {}): Promise<DemoHouse> {
  const dataDir = mkdtempSync(join(tmpdir(), 'baton-demo-'));
  chmodSync(dataDir, 0o755);
  const child = spawn(process.execPath, [join(root, 'src/main.ts'), 'start'], {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production', BATON_DATA_DIR: dataDir, BATON_PORT: '0', BATON_LOG_LEVEL: 'error' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const close = (): Promise<void> =>
    new Promise((done) => {
      const gone = (): void => {
        rmSync(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
        done();
      };
      if (child.exitCode !== null) return gone();
      child.once('exit', gone);
      child.kill('SIGTERM');
    });
  try {
    let said = '';
    const link = await new Promise<string>((ready, failed) => {
      child.stdout.on('data', (data) => {
        said += String(data);
        const found = /http:\/\/\S+token=\S+/.exec(said);
        if (found) ready(found[0]);
      });
      child.once('exit', (code) => failed(new Error(`Baton ended with ${code} while starting:\n${said}`)));
    });
    await beforeSetUp(link);
    const url = new URL(link).origin;
    const { people } = await tellDemo(dataDir, url, inquiries, say);
    const token = new URL(people.find(({ role }) => role === 'administrator')!.link).searchParams.get('token');
    const made = await fetch(`${url}/v1/invitations/accept`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token, password }),
    });
    if (!made.ok) throw new Error(`The invitation was refused: ${await made.text()}`);
    return { url, email, password, close };
  } catch (error) {
    await close();
    throw error;
  }
}

interface Told {
  people: { role: string; link: string }[];
}

function tellDemo(dataDir: string, url: string, inquiries: number, say: (line: string) => void): Promise<Told> {
  return new Promise((told, failed) => {
    const child = spawn(process.execPath, [join(root, 'src/main.ts'), 'demo', '--inquiries', String(inquiries), '--json'], {
      cwd: root,
      env: { ...process.env, NODE_ENV: 'production', BATON_DATA_DIR: dataDir, BATON_PORT: new URL(url).port, BATON_LOG_LEVEL: 'error' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let printed = '';
    child.stdout.on('data', (data) => (printed += String(data)));
    child.stderr.on('data', (data) => say(String(data).trim()));
    child.once('exit', (code) => (code === 0 ? told(JSON.parse(printed) as Told) : failed(new Error(`baton demo ended with ${code}`))));
  });
}
