// npm start: install what is missing, build the web app if stale, hand over to Baton.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { install, node24, root } from './node24.mjs';

install();
const node = node24();
if (node !== process.execPath) {
  // fs.globSync needs Node 22: the rest of this script runs on the Node that Baton runs on.
  const child = spawn(node, [join(root, 'scripts/start.mjs'), ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
} else {
  buildWeb();
  if (process.argv.includes('--build-only')) process.exit(0);
  process.argv.splice(1, 1, join(root, 'src/main.ts'));
  await import(pathToFileURL(join(root, 'src/main.ts')).href);
}

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
