import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { newDataDir } from '../tests/support/process.ts';
import type { Row } from './support/results.ts';

const main = join(import.meta.dirname, '../src/main.ts');

function baton(dataDir: string, ...args: string[]): unknown {
  const ran = spawnSync(process.execPath, [main, ...args, '--json'], {
    env: { ...process.env, NODE_ENV: 'production', BATON_DATA_DIR: dataDir, BATON_PORT: '0', BATON_LOG_LEVEL: 'error' },
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  if (ran.status !== 0) throw new Error(`baton ${args.join(' ')} ended with ${ran.status}: ${ran.stderr}`);
  return JSON.parse(ran.stdout);
}

/** Eighteen months of the demo company told by its command, then proved: chains, custody, conservation. */
export async function demo(small: boolean): Promise<Row[]> {
  const count = small ? 300 : 20_000;
  const dataDir = newDataDir();
  try {
    const told = baton(dataDir, 'demo', '--inquiries', String(count)) as { inquiries: number; leads: number; assigned: number; seconds: number };
    // Ends with another code than 0 where anything is broken.
    baton(dataDir, 'verify');
    if (told.leads < count / 2) throw new Error(`Of ${told.inquiries} inquiries only ${told.leads} became leads.`);
    const n = (value: number): string => value.toLocaleString('en');
    return [
      {
        what: 'the demo company, eighteen months told and proved',
        n: `${n(told.inquiries)} inquiries → ${n(told.leads)} leads, ${n(told.assigned)} times in somebody’s hands`,
        measured: `${told.seconds.toFixed(0)} s`,
        yardstick: '–',
        ratio: '–',
        target: '< 120 s',
        met: told.seconds < 120,
      },
    ];
  } finally {
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}
