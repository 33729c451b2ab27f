// Runs on any Node >= 20: makes sure the packages are there, then finds the Node 24 that came with them.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
/** How Baton's Node is started, here as in package.json and ./baton: half of what a young heap may take otherwise, for the same speed. */
export const memoryFlags = ['--max-semi-space-size=32'];
const stamp = join(root, 'node_modules', '.baton-lock');

const lockHash = () =>
  createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');

/** Installs what the lock file names, where that has not been done. A linked node_modules is its owner's business. */
export function install() {
  const there = existsSync(join(root, 'node_modules', '.package-lock.json'));
  if (there && (!existsSync(stamp) || readFileSync(stamp, 'utf8') === lockHash())) return;
  process.stderr.write('Installing packages (once, about a minute) ...\n');
  const done = spawnSync(process.platform === 'win32' ? 'npm.cmd' : 'npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (done.status !== 0) {
    process.stderr.write('npm ci did not succeed: see above. Check the connection to the npm registry and try again.\n');
    process.exit(1);
  }
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, lockHash());
}

/** The path of a Node >= 24: this one, or the one from the packages. */
export function node24() {
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const bin = join(root, 'node_modules', `node-${platform}-${process.arch}`, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (existsSync(bin)) return bin;
  process.stderr.write(
    `Baton needs Node 24 and found none for ${platform}-${process.arch} among its packages. Install Node 24 and try again.\n`,
  );
  process.exit(1);
}
