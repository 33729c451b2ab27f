// The house law: dependency-cruiser over every source file, and a planted violation that must be caught, so that a checker
// that silently reads nothing cannot pass.
import { spawnSync } from 'node:child_process';
import { globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

interface Result {
  summary: { totalCruised: number; violations: { from: string; to: string; rule: { name: string; severity: string } }[] };
}

function cruise(): Result['summary'] {
  const run = spawnSync(
    process.execPath,
    [
      join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs'),
      'src',
      'web/src',
      'tests',
      'bench',
      '--config',
      '.dependency-cruiser.cjs',
      '--output-type',
      'json',
    ],
    {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 512 * 1024 * 1024,
    },
  );
  if (!run.stdout) throw new Error(`dependency-cruiser said nothing:\n${run.stderr}`);
  return (JSON.parse(run.stdout) as Result).summary;
}

const problems: string[] = [];

const real = cruise();
if (real.totalCruised < 200) problems.push(`The law checker read only ${real.totalCruised} modules: it is not reading the sources.`);
for (const { from, to, rule } of real.violations) if (rule.severity === 'error') problems.push(`${rule.name}: ${from} -> ${to}`);

// Planted: an upstream room that looks downstream past the door, in a rule that does IO. Three laws must bite.
const planted = join(root, 'src/capture/planted-violation.rules.ts');
writeFileSync(
  planted,
  `import { append } from '../report/lead-row.store.ts';\nimport { readFileSync } from 'node:fs';\nimport { reportRoom } from '../report/index.ts';\nexport const broken = [append, readFileSync, reportRoom];\n`,
);
try {
  const bitten = new Set(
    cruise()
      .violations.filter((v) => v.from.endsWith('planted-violation.rules.ts'))
      .map((v) => v.rule.name),
  );
  for (const law of ['upstream-only-capture', 'rules-are-pure', 'rules-touch-no-machine']) {
    if (!bitten.has(law)) problems.push(`A planted violation of ${law} was not caught.`);
  }
} finally {
  rmSync(planted);
}

// What imports do not show.
const sources = globSync(['src/**/*.ts', 'web/src/**/*.{ts,tsx}'], { cwd: root });
for (const file of sources) {
  const text = readFileSync(join(root, file), 'utf8');
  const name = file.split('/').at(-1)!;
  if (/\.(routes|jobs|cli)\.ts$/.test(name) && /\bsql`/.test(text))
    problems.push(`routes-write-no-sql: ${file} holds SQL; move it into a query or an action.`);
  if (
    name.endsWith('.rules.ts') &&
    /\b(await\b|async\b|Date\.now|Math\.random|process\.env|new Date\(\))/.test(text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, ''))
  ) {
    problems.push(`rules-are-pure: ${file} awaits, or reads a clock, chance or the environment.`);
  }
  // Under row-level security PostgreSQL lets no COALESCE reach an index (it may leak): such a join reads the whole table for every row. CASE may.
  if (/\bid = coalesce\([a-z0-9_]+\.[a-z0-9_]+,/.test(text)) problems.push(`joins-by-index: ${file} joins an id on coalesce(…); write "case when a is null then b else a end".`);
  if (/^(utils?|helpers?|common|types?|service|manager)\.tsx?$/.test(name)) problems.push(`house smell: ${file} is named after nothing.`);
}
// Every table stands under guard: a new one that forgets row-level security is caught by the schema check (scripts/schema.ts).

if (problems.length > 0) {
  process.stderr.write(`${problems.join('\n')}\n${problems.length} breaches of the house law.\n`);
  process.exit(1);
}
process.stdout.write(`The house law holds over ${real.totalCruised} modules.\n`);
