import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const email = 'anna.rossi@demo.example';
const password = 'a long password for pictures';

export interface DemoHouse {
  url: string;
  email: string;
  password: string;
  close(): Promise<void>;
}

/** A real house in a process and a folder of its own, set up as the set-up page does it, with the demo company told into it. */
export async function openDemoHouse({ say = () => {} }: { say?: (line: string) => void } = {}): Promise<DemoHouse> {
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
    const url = new URL(link).origin;
    const made = await fetch(`${url}/v1/setup`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        token: new URL(link).searchParams.get('token'),
        company: 'Hartwell Pumps',
        currency: 'EUR',
        timeZone: 'Europe/Berlin',
        country: 'DE',
        locale: 'en',
        name: 'Anna Rossi',
        email,
        password,
        start: 'demo',
      }),
    });
    if (!made.ok) throw new Error(`Set-up was refused: ${await made.text()}`);
    const cookie = made.headers.get('set-cookie')?.split(';')[0] ?? '';
    const { jobId } = (await made.json()) as { jobId: string | null };
    for (let last = ''; jobId;) {
      const job = (await (await fetch(`${url}/v1/jobs/${jobId}`, { headers: { cookie } })).json()) as {
        state: string;
        done: number;
        total: number | null;
        note: string | null;
        problem: string | null;
      };
      const line = `${job.note ?? job.state} ${job.done}${job.total ? ` of ${job.total}` : ''}`;
      if (line !== last) say(line);
      last = line;
      if (job.state === 'done') break;
      if (job.state === 'failed' || job.state === 'cancelled')
        throw new Error(`Filling the demo company ${job.state}: ${job.problem ?? ''}`);
      await new Promise((next) => setTimeout(next, 500));
    }
    return { url, email, password, close };
  } catch (error) {
    await close();
    throw error;
  }
}
