import { createReadStream, readFileSync, statSync } from 'node:fs';
import type { Command } from 'commander';
import type { Scope } from '../platform/access/index.ts';
import type { Context } from '../platform/context.ts';
import { refuse } from '../platform/refusal.ts';
import { readMoney } from '../platform/values/money-text.rules.ts';
import type { CommandHouse, OpenHouse } from '../platform/room.ts';
import { analyseImport } from './analyse-import.ts';
import { configureImport, getImport } from './configure-import.ts';
import { importKinds } from './import-kinds.ts';
import type { ImportSettings, ImportView } from './import.contract.ts';
import { findProgramsBy } from './program.queries.ts';
import { showImport } from './present.rules.ts';
import { previewImport } from './preview-import.ts';
import { mendImport } from './mend-import.ts';
import { forgetImport, receiveFile } from './receive-file.ts';
import { startImport } from './run-import.ts';
import { createProgram } from './save-programs.ts';
import { startUndo } from './undo-import.ts';
import { workspaceHabits } from './workspace.queries.ts';

export interface ImportFlags {
  append?: ImportSettings['append'];
  as?: string;
  program?: string;
  source?: string;
  mapping?: string;
  saveMapping?: string;
  dryRun?: boolean;
  header?: boolean;
  delimiter?: string;
  encoding?: string;
  sheet?: string;
  member?: string;
  format?: string;
  timeZone?: string;
  currency?: string;
  country?: string;
  dates?: string;
  createMissing?: boolean;
  mode?: string;
  consent?: string;
  listOwner?: string;
  listCost?: string;
  mends?: string;
}

export function importCommands(program: Command, open: OpenHouse): void {
  program
    .command('import <file>')
    .description('bring a CSV, TSV, Excel, vCard or JSON-lines file in (packed with gzip or ZIP, too), the same way as the wizard')
    .option('--as <kind>', 'what it holds: inquiries, programs, people, organizations, do-not-contact, users, opportunities, outcomes, invoices')
    .option('--program <program>', 'program of every row: its name, external id or id (made when unknown)')
    .option('--source <name>', 'source of rows that name none')
    .option('--mapping <file>', 'JSON: {"column header or number": "field"}, or a saved settings object')
    .option('--save-mapping <name>', 'remember the mapping for files of this shape')
    .option('--mends <import>', 'corrected problem rows of that import: read as it was, columns found by their names')
    .option('--dry-run', 'read everything, change nothing, tell what would happen')
    .option('--header', 'the first row names the columns')
    .option('--no-header', 'the first row is data')
    .option('--delimiter <sign>', 'what separates columns; \\t for a tab')
    .option('--encoding <name>', 'encoding of the file')
    .option('--sheet <name>', 'sheet of a workbook')
    .option('--member <name>', 'file of an archive')
    .option('--format <form>', 'how text is read: csv, json or vcard')
    .option('--time-zone <zone>', 'zone of times that name none')
    .option('--currency <code>', 'currency of amounts that name none, or only say $ or kr')
    .option('--country <code>', 'country of rows that name none, such as DE; unsaid: the company’s')
    .option('--dates <order>', 'dmy or mdy, where the file leaves it open')
    .option('--mode <mode>', 'create: only make new ones; update: only update known ones; both')
    .option('--consent <ground>', 'on what ground people of this file may be written to, where a row says nothing')
    .option('--list-owner <name>', 'whose list it is')
    .option('--list-cost <amount>', 'what the list cost, in the currency of the workspace')
    .option('--no-create-missing', 'do not make programs, reps and the like that rows name and Baton does not know')
    .action((file: string, flags: ImportFlags, command: Command) =>
      // Commander sets --header's default from --no-header: only what was typed counts.
      open((house) => importFromCommand(house, file, { ...flags, ...(command.getOptionValueSource('header') === 'cli' ? {} : { header: undefined }) })),
    );
  program
    .command('import-undo <id>')
    .description('take a whole import back, updates included')
    .option('--changed-since <what>', 'what becomes of rows somebody changed after the import: keep or overwrite')
    .action((id: string, flags: { changedSince?: string }) =>
      open(async (house) => {
        const scope = await house.scope();
        await house.work(await startUndo(house.cx, scope, id, flags.changedSince === 'keep' || flags.changedSince === 'overwrite' ? flags.changedSince : undefined));
        await house.drain();
        const view = showImport(await getImport(house.cx, scope, id));
        house.print(view, () => `${view.fileName} was undone.`);
      }),
    );
}

/** Brings a file in from the command line, or (--dry-run) tells what would happen. */
export async function importFromCommand(house: CommandHouse, file: string, flags: ImportFlags): Promise<void> {
  const { cx } = house;
  const scope = await house.scope();
  if (flags.as && !importKinds().some(({ kind }) => kind === flags.as)) refuse('invalid', 'capture/no-kind', `--as takes one of: ${importKinds().map(({ kind }) => kind).join(', ')}.`);
  let stat: ReturnType<typeof statSync>;
  try {
    stat = statSync(file);
  } catch {
    refuse('not-found', 'capture/no-file', `There is no file at ${file}.`);
  }
  if (!stat.isFile()) refuse('invalid', 'capture/no-file', `${file} is not a file.`);
  const { id, validUtf8 } = await receiveFile(cx, scope, file, createReadStream(file, { highWaterMark: 1_048_576 }));
  await analyseImport(cx, scope, id, validUtf8, flags.as);
  const { members } = (await getImport(cx, scope, id)).analysis!;
  // The wizard shows what was chosen; here nobody would see it.
  if (members && !flags.member) {
    await forgetImport(cx, scope, id);
    refuse('invalid', 'capture/which-member', `The archive holds several files: say which with --member. It has: ${members.map(({ name }) => name).join(', ')}.`);
  }
  await configureImport(cx, scope, id, flags.as, { member: flags.member, format: formOf(flags.format) });
  if (flags.mends) {
    try {
      await mendImport(cx, scope, id, flags.mends);
    } catch (error) {
      await forgetImport(cx, scope, id);
      throw error;
    }
  }
  await configureImport(cx, scope, id, flags.as, await settingsOf(cx, scope, id, flags));
  if (flags.dryRun) {
    const preview = await previewImport(cx, scope, id, { rowsMax: 10_000_000, triedMax: 10_000 });
    const view = showImport(await getImport(cx, scope, id));
    await forgetImport(cx, scope, id);
    house.print({ dryRun: true, id, kind: view.kind, fileName: view.fileName, settings: view.settings, ...preview }, () =>
      [`Nothing was changed. ${view.fileName} as ${view.kind}: ${preview.rowsRead.toLocaleString('en-US')} rows read.`, countsLine(preview.outcomes), ...preview.consequences.map(({ what, count, samples }) => `  ${count.toLocaleString('en-US')} ${what}${samples.length > 0 ? `: ${samples.join('; ')}${count > samples.length ? ' …' : ''}` : ''}`), ...preview.columns.map((column) => `  ${column.header || `Column ${column.index + 1}`} → ${column.readAs}`), ...preview.sentences, ...preview.problems.map((problem) => `${problem.count.toLocaleString('en-US')} × ${problem.example}`)].join('\n'),
    );
    return;
  }
  const jobId = await startImport(cx, scope, id);
  const began = Date.now();
  await house.work(jobId, (done, total) => {
    const seconds = (Date.now() - began) / 1000;
    house.progress(`${done.toLocaleString('en-US')}${total ? ` of about ${total.toLocaleString('en-US')}` : ''} rows, ${Math.round(done / Math.max(seconds, 0.1)).toLocaleString('en-US')} rows/s`);
  });
  house.progress('Following every row to its end …');
  await house.drain();
  const view = showImport(await getImport(cx, scope, id));
  house.print(view, () => [...view.sentences, ...(view.counts.problem > 0 ? [`The rows kept as problems: GET /v1/imports/${view.id}/problems.csv`] : []), `Undo with: ./baton import-undo ${view.id}`].join('\n'));
}

const countsLine = (counts: ImportView['counts'] | null): string =>
  counts ? `Would be ${counts.new.toLocaleString('en-US')} new, ${counts.updated.toLocaleString('en-US')} updated, ${counts.matched.toLocaleString('en-US')} known already, ${counts.problem.toLocaleString('en-US')} kept as problems.` : '';

async function settingsOf(cx: Context, scope: Scope, id: string, flags: ImportFlags): Promise<ImportSettings> {
  const settings: ImportSettings = {};
  if (flags.mapping) Object.assign(settings, await readMapping(cx, scope, id, flags.mapping));
  if (flags.program) settings.programId = await programOf(cx, scope, flags.program, flags.dryRun ?? false);
  if (flags.source) settings.source = flags.source;
  if (flags.saveMapping) settings.saveAs = flags.saveMapping;
  if (flags.header !== undefined) settings.hasHeader = flags.header;
  if (flags.delimiter) settings.delimiter = flags.delimiter === '\\t' || flags.delimiter === 'tab' ? '\t' : flags.delimiter.slice(0, 1);
  if (flags.encoding) settings.encoding = flags.encoding;
  if (flags.sheet) settings.sheet = flags.sheet;
  if (flags.timeZone) settings.timeZone = flags.timeZone;
  if (flags.currency) settings.currency = flags.currency.toUpperCase();
  if (flags.country) settings.country = flags.country.toUpperCase();
  if (flags.dates === 'dmy' || flags.dates === 'mdy') settings.dateOrder = flags.dates;
  else if (flags.dates) refuse('invalid', 'capture/dates', '--dates takes dmy or mdy.');
  if (flags.mode === 'create' || flags.mode === 'update' || flags.mode === 'both') settings.mode = flags.mode;
  else if (flags.mode) refuse('invalid', 'capture/mode', '--mode takes create, update or both.');
  if (flags.consent) settings.consentBasis = flags.consent;
  if (flags.listOwner) settings.listOwner = flags.listOwner;
  if (flags.listCost !== undefined) settings.listCostMinor = await costOf(cx, scope, flags.listCost);
  if (flags.append) settings.append = flags.append;
  if (flags.createMissing === false) settings.createMissing = false;
  return settings;
}

async function costOf(cx: Context, scope: Scope, text: string): Promise<number> {
  const { currency } = await cx.db.read(scope, workspaceHabits);
  const { value } = readMoney(text, { currency });
  if (!value || value.minor < 0 || (value.currency !== null && value.currency !== currency)) refuse('invalid', 'capture/list-cost', `--list-cost takes an amount in ${currency}, such as 1200 or 1200.50.`);
  return value.minor;
}

function formOf(text: string | undefined): ImportSettings['format'] {
  if (text === undefined || text === 'csv' || text === 'json' || text === 'vcard') return text;
  return refuse('invalid', 'capture/format', '--format takes csv, json or vcard.');
}

/** A mapping by header words or column numbers; columns it does not name keep nothing of the proposal. */
async function readMapping(cx: Context, scope: Scope, id: string, path: string): Promise<ImportSettings> {
  let given: Record<string, unknown>;
  try {
    given = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
  } catch (error) {
    return refuse('invalid', 'capture/mapping-file', `The mapping ${path} is not readable JSON: ${(error as Error).message}`);
  }
  const nested = typeof given['mapping'] === 'object' && given['mapping'] !== null;
  const { mapping: inner, ...rest } = given;
  const wanted = (nested ? inner : given) as Record<string, unknown>;
  const columns = (await getImport(cx, scope, id)).analysis!.columns;
  const mapping: Record<string, string> = {};
  for (const [name, field] of Object.entries(wanted)) {
    const column = columns.find(({ header }) => header === name) ?? columns.find(({ header }) => header.toLowerCase() === name.trim().toLowerCase()) ?? (/^\d+$/.test(name) ? columns[Number(name)] : undefined);
    if (!column) refuse('invalid', 'capture/mapping-column', `The mapping names a column “${name}” that the file does not have. It has: ${columns.map(({ header, index }) => header || `column ${index}`).join(', ')}.`);
    if (typeof field === 'string' && field !== '') mapping[String(column.index)] = field;
  }
  return { ...(nested ? (rest) : {}), mapping };
}

async function programOf(cx: Context, scope: Scope, text: string, dryRun: boolean): Promise<string> {
  const found = await cx.db.read(scope, (tx) => findProgramsBy(tx, [text]));
  const program = found.find((one) => one.id === text.toLowerCase()) ?? found.find((one) => one.externalId === text) ?? found[0];
  if (program) return program.id;
  if (dryRun) return refuse('not-found', 'capture/no-program', `There is no program “${text}”. Without --dry-run it would be made.`);
  return cx.db.write(scope, (tx) => createProgram(tx, cx, { name: text, status: 'active' }));
}
