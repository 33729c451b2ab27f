// npm test: does all set-up, runs every check, ends with "N passed, N failed". Each check counts as one, each test as one.
//   npm test                 everything
//   npm test -- rules int    only those parts: types lint law unused schema build rules int journeys e2e bench
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { install, node24, root } from './node24.mjs';

install();
const node = node24();
const bin = (path) => join(root, 'node_modules', path);
const scratch = mkdtempSync(join(tmpdir(), 'baton-check-'));

const checks = {
  types: [
    [bin('typescript-7/bin/tsc'), '-p', 'tsconfig.json', '--noEmit'],
    [bin('typescript-7/bin/tsc'), '-p', 'web/tsconfig.json', '--noEmit'],
  ],
  lint: [[bin('oxlint/bin/oxlint'), '--type-aware', '--deny-warnings', 'src', 'web/src', 'tests', 'bench', 'scripts']],
  law: [['scripts/law.ts']],
  unused: [[bin('knip/bin/knip.js'), '--no-progress']],
  schema: [['scripts/schema.ts']],
  build: [['scripts/start.mjs', '--build-only']],
};
const suites = ['rules', 'int', 'journeys', 'e2e'];
const wanted = process.argv.slice(2);
const all = [...Object.keys(checks), ...suites, 'bench'];
for (const name of wanted) {
  if (!all.includes(name)) {
    console.error(`There is no part called ${name}; there are: ${all.join(' ')}.`);
    process.exit(2);
  }
}
const runs = (name) => wanted.length === 0 || wanted.includes(name);

let passed = 0;
let failed = 0;
const failures = [];
const env = { ...process.env, NODE_ENV: 'test', PATH: `${join(node, '..')}:${process.env.PATH}`, NO_COLOR: '1' };

function once(runner, command) {
  return new Promise((done) => {
    const child = spawn(runner, command, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const keep = (data) => (output = (output + data).slice(-20_000));
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('exit', (code) => done({ ok: code === 0, output }));
  });
}

async function check(name) {
  const began = Date.now();
  // `npm start` begins on whatever Node the machine has, as this script did.
  const runner = name === 'build' ? process.execPath : node;
  for (const command of checks[name]) {
    const { ok, output } = await once(runner, command);
    if (!ok) {
      failed++;
      failures.push(name);
      console.log(`✗ ${name}\n${output}`);
      return;
    }
  }
  passed++;
  console.log(`✓ ${name} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
}

// Two cores: the light checks two at a time, the rest alone.
const queue = Object.keys(checks).filter((name) => name !== 'law' && runs(name));
await Promise.all(
  [0, 1].map(async () => {
    for (let name = queue.shift(); name; name = queue.shift()) await check(name);
  }),
);
if (runs('law')) await check('law'); // alone: it plants a violation in the tree for a moment

for (const suite of suites.filter(runs)) {
  const report = join(scratch, `${suite}.json`);
  const run = spawnSync(
    node,
    [bin('vitest/vitest.mjs'), 'run', '--project', suite, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
    { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] },
  );
  let counted = { numPassedTests: 0, numFailedTests: 0, numTotalTests: 0 };
  try {
    counted = JSON.parse(readFileSync(report, 'utf8'));
  } catch {
    // no report: the run itself broke, counted below
  }
  passed += counted.numPassedTests;
  failed += counted.numFailedTests;
  // A suite that ended badly without a failed test (a file that did not load, an unhandled error), or ran nothing, has failed.
  if ((run.status !== 0 && counted.numFailedTests === 0) || counted.numTotalTests === 0) failed++;
  if (run.status !== 0) failures.push(suite);
}

if (runs('bench')) {
  const run = spawnSync(node, ['bench/run.ts', '--small'], { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] });
  if (run.status === 0) passed++;
  else {
    failed++;
    failures.push('bench');
  }
}

rmSync(scratch, { recursive: true, force: true });
if (failures.length > 0) console.log(`\nFailed: ${failures.join(', ')}`);
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed > 0 || passed === 0 ? 1 : 0);
