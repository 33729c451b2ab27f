// npm run bench [-- name …] [--small]: measures ratios to a yardstick in the same run and records them in RESULTS.md.
import { balancing } from './balance.ts';
import { capture } from './capture.ts';
import { chaos } from './chaos.ts';
import { clocks } from './clocks.ts';
import { demo } from './demo.ts';
import { extracting } from './extract.ts';
import { importing } from './import.ts';
import { latency } from './latency.ts';
import { listsAtScale } from './lists-at-scale.ts';
import { matching } from './match.ts';
import { pages } from './pages.ts';
import { paint } from './paint.ts';
import { queueing } from './queue.ts';
import { proposal } from './proposal.ts';
import { recognising } from './recognise.ts';
import { reports } from './reports.ts';
import { routing } from './routing.ts';
import { rules } from './rules.ts';
import { segments } from './segments.ts';
import { simulator } from './simulator.ts';
import { record } from './support/results.ts';
import type { Row } from './support/results.ts';

const benches: Record<string, (small: boolean) => Promise<Row[]>> = {
  balance: balancing,
  capture,
  chaos,
  clocks,
  latency,
  import: importing,
  demo,
  extract: extracting,
  'lists-at-scale': listsAtScale,
  match: matching,
  queue: queueing,
  proposal,
  recognise: recognising,
  routing,
  rules,
  pages,
  paint,
  reports,
  segments,
  simulator,
};

const small = process.argv.includes('--small');
const named = process.argv.slice(2).filter((word) => !word.startsWith('--'));
let failed = false;
for (const [name, run] of Object.entries(benches)) {
  if (named.length > 0 && !named.includes(name)) continue;
  try {
    const rows = await run(small);
    if (rows.length === 0) throw new Error('The bench measured nothing.');
    for (const row of rows)
      console.log(`${name}: ${row.what} — ${row.measured}; ${row.yardstick}; ratio ${row.ratio} (target ${row.target})`);
    if (!small) record(name, rows);
  } catch (error) {
    failed = true;
    console.error(`${name} failed: ${(error as Error).stack}`);
  }
}
process.exit(failed ? 1 : 0);
