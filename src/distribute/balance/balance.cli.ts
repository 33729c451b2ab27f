import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Command } from 'commander';
import { readTableFile } from '../../capture/index.ts';
import { refuse } from '../../platform/refusal.ts';
import { cellAt } from '../../platform/values/cells.rules.ts';
import { writeTableRow } from '../../platform/values/table-text.rules.ts';
import { understandAsk } from './ask.rules.ts';
import type { AskFlags, Understood } from './ask.rules.ts';
import { balance } from './balance.rules.ts';
import type { Balanced } from './balance.rules.ts';
import type { Table } from './columns.rules.ts';

const several = (value: string, before: string[] = []): string[] => [...before, value];

/** `baton balance`: for analysts; opens no house and needs no workspace. */
export function balanceCommand(program: Command): void {
  program
    .command('balance <units> [adjacency]')
    .description('divide units into even territories, each in one piece; needs no workspace')
    .option('--territories <n>', 'how many territories')
    .option('--weight <column>', 'a column of the units to balance by; may be given several times', several)
    .option('--tolerance <share>', 'how far a territory may be from even, such as 1%; once for all weights, or once for each in their order', several)
    .option('--keep <column>', 'the territory a unit is in today; moves as little as possible')
    .option('--fix <column>', 'the territory a unit must be in, or yes where it must stay in today’s; blank where it may go anywhere')
    .option('--seed <n>', 'another seed, another division', '1')
    .option('--id <column>', 'the column that names the units, where it is not found')
    .option('--from <column>', 'the columns of the adjacency that name two neighbours,')
    .option('--to <column>', 'where they are not found')
    .option('--lon <column>', 'the columns of the units’ centres in degrees,')
    .option('--lat <column>', 'where they are not found')
    .option('--out <file>', 'write the units with a column “territory”')
    .action(async (units: string, adjacency: string | undefined, flags: AskFlags & { out?: string }, command: Command) => {
      const tables = await Promise.all([readNamed(units), adjacency === undefined ? null : readNamed(adjacency)]);
      const { json } = command.optsWithGlobals<{ json: boolean }>();
      const understood = understandAsk(tables[0], tables[1], flags);
      if (typeof understood === 'string') return refuse('invalid', 'distribute/balance', understood);
      const began = performance.now();
      const balanced = balance(understood.ask);
      const seconds = Math.round(performance.now() - began) / 1000;
      if (flags.out !== undefined) writeFileSync(flags.out, unitRows(tables[0], understood, balanced));
      const summary = summarise(understood, balanced, seconds);
      process.stdout.write(json ? `${JSON.stringify(summary, null, 2)}\n` : `${told(summary)}\n`);
    });
}

async function readNamed(path: string): Promise<Table> {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch {
    return refuse('not-found', 'distribute/no-file', `There is no file “${path}” to read.`);
  }
  const table = await readTableFile(bytes);
  return { ...table, name: basename(path) };
}

function unitRows(table: Table, { ask }: Understood, { of }: Balanced): string {
  const taken = new Set(table.headers.map((header) => header.toLowerCase()));
  const header = ['territory', 'new_territory', 'balanced_territory'].find((name) => !taken.has(name)) ?? 'baton_territory';
  const lines = [writeTableRow([...table.headers, header])];
  for (const row of ask.units.keys()) lines.push(writeTableRow([...table.columns.map((cells) => cellAt(cells, row)), of[row]!]));
  return lines.join('');
}

function summarise({ ask, columns, sentences }: Understood, balanced: Balanced, seconds: number) {
  const { measures, units } = ask;
  return {
    columns,
    units: units.length,
    seed: ask.seed,
    seconds,
    deviation: measures.map(({ name, tolerance }, m) => ({
      weight: name,
      max: balanced.deviations[m]!,
      tolerance,
      within: balanced.deviations[m]! <= tolerance + 1e-9,
    })),
    contiguous: balanced.contiguous,
    compactness: {
      bordersCut: balanced.cut,
      borders: balanced.borders,
      shareCut: balanced.borders === 0 ? null : balanced.cut / balanced.borders,
      radiusKm: balanced.radiusKm,
    },
    moves: balanced.moved && {
      units: balanced.moved.units,
      byWeight: measures.map(({ name }, m) => ({ weight: name, value: balanced.moved!.values[m]!, share: balanced.moved!.shares[m]! })),
    },
    territories: balanced.territories.map(({ name, units, sums, pieces, radiusKm }) => ({
      territory: name,
      units,
      pieces,
      radiusKm,
      byWeight: measures.map((measure, m) => ({ weight: measure.name, ...sums[m]! })),
    })),
    sentences: [...sentences, ...balanced.sentences],
    assignment: Object.fromEntries(units.map(({ id }, u) => [id, balanced.of[u]!])),
  };
}

function told(summary: ReturnType<typeof summarise>): string {
  const count = (n: number): string => n.toLocaleString('en', { maximumFractionDigits: 1 });
  const percent = (share: number): string => `${(share * 100).toFixed(2)}%`;
  const signed = (share: number): string => `${share < 0 ? '−' : '+'}${percent(Math.abs(share))}`;
  const { compactness, moves } = summary;
  return [
    `${count(summary.units)} units into ${count(summary.territories.length)} territories in ${summary.seconds.toFixed(1)} s, seed ${summary.seed}`,
    `Columns: ${summary.columns.map(({ header, meaning }) => `${header} = ${meaning}`).join(', ')}`,
    ...summary.territories.map(
      ({ territory, units, pieces, byWeight }) =>
        `  ${territory}: ${count(units)} units${pieces !== null && pieces > 1 ? ` in ${pieces} pieces` : ''}, ${byWeight.map(({ weight, value, deviation }) => `${weight} ${count(value)} (${signed(deviation)})`).join(', ')}`,
    ),
    ...summary.deviation.map(({ weight, max, within, tolerance }) => `Largest deviation of ${weight}: ${(max * 100).toFixed(3)}% (${within ? 'within' : 'not within'} ${percent(tolerance)})`),
    summary.contiguous === null ? 'Contiguity: not known' : summary.contiguous ? 'Every territory is in one piece.' : 'Not every territory is in one piece.',
    ...(compactness.shareCut === null ? [] : [`Borders between territories: ${count(compactness.bordersCut)} of ${count(compactness.borders)} (${percent(compactness.shareCut)})`]),
    ...(compactness.radiusKm === null ? [] : [`Root mean square distance of a unit from the middle of its territory: ${count(compactness.radiusKm)} km`]),
    ...(moves ? [`Moved from today: ${count(moves.units)} units, ${moves.byWeight.map(({ weight, share }) => `${percent(share)} of ${weight}`).join(', ')}`] : []),
    ...summary.sentences,
    'Ask with --json or --out for the territory of every unit.',
  ].join('\n');
}
