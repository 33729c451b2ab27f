import type { Readable } from 'node:stream';
import { analyseImport, findImports, forgetImport, getImport, listProblems, previewImport, receiveFile, startImport, startUndo } from '../../capture/index.ts';
import type { ImportRecord } from '../../capture/index.ts';
import { asHouse, audit } from '../../platform/access/index.ts';
import type { Scope } from '../../platform/access/index.ts';
import type { Context } from '../../platform/context.ts';
import { refuse } from '../../platform/refusal.ts';
import { writeTableRow } from '../../platform/values/table-text.rules.ts';
import { holderOf } from './take-answers.ts';
import { findFileHolder, listFileIds, listHeldLeads } from './verdict-file.queries.ts';
import { dropFile, keepFile } from './verdict-file.store.ts';

/*
 * Imports are the company's: a partner sees none. Its files of verdicts are imports all the same, with their preview, problems and undo; they
 * are handled in the house's scope, and everything here asks first whose a file is. What a row may do is decided by whose the lead is.
 */
const leadsMax = 20_000;
const filesShown = 50;
const problemsShown = 100;

/** The file of verdicts with this id, if it is this partner's. */
async function ownFile(cx: Context, scope: Scope, id: string): Promise<Scope> {
  const house = asHouse(scope);
  const found = await cx.db.read(house, (tx) => findFileHolder(tx, id));
  if (found?.holderId !== holderOf(scope)) refuse('not-found', 'followup/no-such-file', 'There is no such file of yours.');
  return house;
}

export async function bringVerdicts(cx: Context, scope: Scope, given: { name: string; file: Readable; cutOff: () => boolean }) {
  const holderId = holderOf(scope);
  const house = asHouse(scope);
  const { id, validUtf8 } = await receiveFile(cx, house, given.name, given.file, given.cutOff);
  try {
    await cx.db.write(house, async (tx) => {
      await keepFile(tx, id, holderId);
      await audit(tx, cx, { what: 'import.uploaded', subjectId: id, detail: { holderId } });
    });
    await analyseImport(cx, house, id, validUtf8, 'verdicts');
    const preview = await previewImport(cx, house, id);
    const { new: made = 0, updated = 0, matched = 0, skipped = 0, problem = 0 } = preview.outcomes ?? {};
    return {
      file: shownFile(await getImport(cx, house, id)),
      would: preview.consequences,
      outcomes: { new: made, updated, matched, skipped, problem },
      rows: preview.rowsRead,
      problems: preview.problems.map(({ count, example }) => ({ count, example })),
      columns: preview.columns.map(({ header, readAs }) => ({ header, readAs })),
    };
  } catch (error) {
    // A file that cannot be read as verdicts leaves nothing behind.
    await forgetImport(cx, house, id);
    await cx.db.write(house, (tx) => dropFile(tx, id));
    throw error;
  }
}

export async function listFiles(cx: Context, scope: Scope) {
  const holderId = holderOf(scope);
  const house = asHouse(scope);
  const records = await cx.db.read(house, async (tx) => findImports(tx, await listFileIds(tx, holderId, filesShown)));
  return records.map(shownFile);
}

export async function readFile(cx: Context, scope: Scope, id: string) {
  const house = await ownFile(cx, scope, id);
  const problems = await cx.db.read(house, (tx) => listProblems(tx, id, { row: 0, n: -1 }, problemsShown, 'row'));
  return { file: shownFile(await getImport(cx, house, id)), problems: problems.map(({ row, sentence }) => ({ row, sentence })) };
}

export async function startFile(cx: Context, scope: Scope, id: string) {
  const house = await ownFile(cx, scope, id);
  await startImport(cx, house, id);
  return shownFile(await getImport(cx, house, id));
}

export async function undoFile(cx: Context, scope: Scope, id: string) {
  const house = await ownFile(cx, scope, id);
  await startUndo(cx, house, id, 'keep');
  await cx.db.write(house, (tx) => audit(tx, cx, { what: 'import.undo', subjectId: id, detail: { holderId: scope.holderId } }));
  return shownFile(await getImport(cx, house, id));
}

function shownFile({ id, fileName, status, createdAt, finishedAt, undoneAt, counts, problem }: ImportRecord) {
  const { rows = 0, new: made = 0, updated = 0, matched = 0, skipped = 0, problem: problems = 0 } = counts;
  return {
    id,
    fileName,
    status: status as Exclude<typeof status, 'uploading'>,
    createdAt,
    finishedAt: finishedAt?.toISOString() ?? null,
    undoneAt: undoneAt?.toISOString() ?? null,
    counts: { rows, new: made, updated, matched, skipped, problem: problems },
    problem,
  };
}

const columns = ['Lead id', 'Receipt', 'Given on', 'Person', 'Company', 'Phone', 'Mail', 'City', 'Country', 'Product', 'Message', 'Verdict', 'Sale value', 'Currency', 'On', 'Why, or a note', 'Back on', 'Next step'];

/** A partner's open leads as a table to fill in: what it said already stands in the column of the verdict. */
export async function writeLeads(cx: Context, scope: Scope): Promise<string> {
  const holderId = holderOf(scope);
  const leads = await cx.db.read(scope, (tx) => listHeldLeads(tx, holderId, leadsMax));
  const lines = leads.map((one) =>
    writeTableRow([one.leadId, one.receipt, one.offeredOn, one.person, one.organization, one.phone, one.email, one.city, one.country, one.product, one.message, one.verdict, '', '', '', '', '', '']),
  );
  // The mark tells spreadsheets that it is UTF-8.
  return `\uFEFF${writeTableRow(columns)}${lines.join('')}`;
}
