import type { Scope } from '../platform/access/index.ts';
import type { Context } from '../platform/context.ts';
import { writeTableRow } from '../platform/values/table-text.rules.ts';
import { listProblems } from './import.queries.ts';
import type { ImportRecord, ProblemRow } from './import.queries.ts';
import { PROBLEM_HEADER } from './read-row.rules.ts';

/** The rows that were not taken in, as they were, with what stands against each: correct them and bring the file in again. */
export async function* problemsFile(cx: Context, scope: Scope, record: ImportRecord): AsyncGenerator<string> {
  const delimiter = record.analysis?.delimiter ?? ',';
  const columns = record.analysis?.columns ?? [];
  // The mark tells spreadsheets that it is UTF-8.
  yield '\uFEFF' + (record.analysis?.hasHeader ? writeTableRow([...columns.map(({ header }) => header), PROBLEM_HEADER], delimiter) : '');
  let after = { row: 0, n: -1 };
  let open: { row: number; cells: string[]; sentences: string[] } | undefined;
  const line = ({ cells, sentences }: { cells: string[]; sentences: string[] }): string =>
    writeTableRow([...Array.from({ length: Math.max(columns.length, cells.length) }, (_, i) => cells[i] ?? ''), sentences.join(' ')], delimiter);
  for (;;) {
    const page: ProblemRow[] = await cx.db.read(scope, (tx) => listProblems(tx, record.id, after, 2000, 'row'));
    let text = '';
    for (const problem of page) {
      if (open && open.row !== problem.row) {
        text += line(open);
        open = undefined;
      }
      open ??= { row: problem.row, cells: problem.cells ?? [], sentences: [] };
      open.sentences.push(problem.sentence);
    }
    if (text) yield text;
    const last = page.at(-1);
    if (!last || page.length < 2000) break;
    after = { row: last.row, n: last.n };
  }
  if (open) yield line(open);
}
