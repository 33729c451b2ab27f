// npm start: install what is missing, build the web app if stale, hand over to Baton. Begins on any Node >= 20.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { install, memoryFlags, node24, root } from './node24.mjs';

install();
const node = node24();
if (node !== process.execPath) {
  const child = spawn(node, [...memoryFlags, join(root, 'scripts/start.mjs'), ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
} else {
  const { buildWeb } = await import('./build-web.mjs');
  buildWeb();
  if (process.argv.includes('--build-only')) process.exit(0);
  process.argv.splice(1, 1, join(root, 'src/main.ts'));
  await import(pathToFileURL(join(root, 'src/main.ts')).href);
}
