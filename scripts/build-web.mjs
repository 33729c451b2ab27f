// The web app, built where it is stale. Needs Node 24 (fs.globSync), so that scripts which any Node begins import it late.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './node24.mjs';

/** Builds the web app where its sources changed since the last build; looks at names, sizes and times only, so it costs nothing. */
export function buildWeb() {
  const files = ['web/**/*.{ts,tsx,css,html,json}', 'src/**/*.contract.ts', 'package-lock.json']
    .flatMap((pattern) => globSync(pattern, { cwd: root, exclude: (f) => f.endsWith('dist') }))
    .sort();
  if (files.length < 5) return;
  const hash = createHash('sha256');
  for (const file of files) {
    const { size, mtimeMs } = statSync(join(root, file));
    hash.update(`${file} ${size} ${mtimeMs}\n`);
  }
  const state = hash.digest('hex');
  const stamp = join(root, 'web/dist/.stamp');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === state) return;
  process.stderr.write('Building the web app ...\n');
  const built = spawnSync(process.execPath, [join(root, 'node_modules/vite/bin/vite.js'), 'build', 'web', '--logLevel', 'warn'], {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production' }, // also when the tests build it: what is tested is what is served
    stdio: ['ignore', 2, 2],
  });
  if (built.status !== 0) process.exit(1);
  mkdirSync(join(root, 'web/dist'), { recursive: true });
  writeFileSync(stamp, state);
}
