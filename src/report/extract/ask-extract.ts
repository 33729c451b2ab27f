import { audit } from '../../platform/access/index.ts';
import type { Scope } from '../../platform/access/index.ts';
import type { Context } from '../../platform/context.ts';
import type { Tx } from '../../platform/db/index.ts';
import { cancelJob, enqueueJob } from '../../platform/jobs/index.ts';
import { refuse } from '../../platform/refusal.ts';
import { datasets } from './datasets.rules.ts';
import type { AskedExtract, ExtractDataset } from './extract.contract.ts';
import { findExtract, findExtractNumbered, findLatest, listColumns, type ExtractRow } from './extract.queries.ts';
import { addExtract, endExtract } from './extract.store.ts';
import { bookFolder, findBook } from './folders.ts';

export const extractJob = 'report.extract';

/** Which datasets there are, with their columns as the database has them. */
export async function describeDatasets(tx: Tx): Promise<ExtractDataset[]> {
  const columns = await listColumns(tx);
  return datasets.map(({ name, what }) => ({
    name,
    what,
    columns: columns.filter(({ dataset }) => dataset === name).map((column) => ({ name: column.name, type: column.type })),
  }));
}

/** Puts an extract on the list of jobs. Refused where a dataset is unknown, where another extract is being made, or where what changed cannot be told. */
export async function askExtract(cx: Context, scope: Scope, asked: AskedExtract): Promise<ExtractRow> {
  return cx.db.write(scope, async (tx) => {
    const from = asked.since === undefined ? undefined : asked.since === 'last' ? await findLatest(tx) : await findExtractNumbered(tx, asked.since);
    if (asked.since !== undefined && (!from || !['finished', 'removed'].includes(from.state)))
      refuse(
        'invalid',
        'report/extract-since',
        asked.since === 'last' ? 'There is no finished extract yet: make a whole one first.' : `There is no finished extract number ${asked.since}: ask since one that is finished, or make a whole one.`,
      );
    const wanted = asked.datasets ?? from?.datasets ?? datasets.map(({ name }) => name);
    const unknown = wanted.filter((one) => !datasets.some(({ name }) => name === one));
    if (wanted.length === 0 || unknown.length > 0)
      refuse('invalid', 'report/extract-dataset', `${unknown.length === 0 ? 'No dataset was named' : `There is no dataset “${unknown[0]}”`}. There are: ${datasets.map(({ name }) => name).join(', ')}.`);
    // In the house's order, each once.
    const chosen = datasets.filter(({ name }) => wanted.includes(name));
    if (from) {
      for (const { name, grows } of chosen) {
        if (!from.datasets.includes(name))
          refuse('invalid', 'report/extract-since', `Extract ${from.number} did not hold ${name}, so what changed since then cannot be told: make a whole extract of it.`);
        const book = grows === undefined ? findBook(bookFolder(cx.config, scope.workspaceId), name) : undefined;
        if (grows === undefined && (!book || book.from > from.number))
          refuse('conflict', 'report/extract-book', `What extract ${from.number} told of ${name} is not known here any more (the data folder was replaced): make a whole extract.`);
      }
    }
    const id = cx.ids.next();
    const jobId = await enqueueJob(tx, cx, extractJob, { id });
    const number = await addExtract(tx, { id, datasets: chosen.map(({ name }) => name), format: asked.format, since: from?.number ?? null, jobId, at: cx.clock.now() });
    if (number === undefined) refuse('conflict', 'report/extract-running', 'Another extract is still being made: wait for it, or stop it.');
    await audit(tx, cx, { what: 'extract.asked', subjectId: id });
    return (await findExtract(tx, id))!;
  });
}

export async function getExtract(tx: Tx, id: string): Promise<ExtractRow> {
  return (await findExtract(tx, id)) ?? refuse('not-found', 'report/no-such-extract', 'There is no such extract here.');
}

/** One that waits is cancelled at once, one that runs after the dataset in hand. */
export async function cancelExtract(cx: Context, scope: Scope, id: string): Promise<ExtractRow> {
  return cx.db.write(scope, async (tx) => {
    const one = await getExtract(tx, id);
    if (one.state !== 'waiting' && one.state !== 'running') refuse('conflict', 'report/extract-ended', 'This extract is not being made any more.');
    await cancelJob(tx, cx, one.jobId!);
    if (one.state === 'waiting') await endExtract(tx, id, 'cancelled', null, cx.clock.now());
    return getExtract(tx, id);
  });
}
