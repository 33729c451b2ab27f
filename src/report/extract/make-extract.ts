import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Scope } from '../../platform/access/index.ts';
import type { Context } from '../../platform/context.ts';
import type { Snapshot } from '../../platform/db/index.ts';
import type { Job } from '../../platform/jobs/index.ts';
import { getExtract } from './ask-extract.ts';
import { openConverter, type Converter } from './converter.ts';
import { datasets, type Dataset, type ExtractColumn } from './datasets.rules.ts';
import type { ExtractFile } from './extract.contract.ts';
import { findExtractNumbered, listColumns, type ExtractRow } from './extract.queries.ts';
import { beginExtract, endExtract, finishExtract, removeOld } from './extract.store.ts';
import { bookFolder, extractFolder, findBook } from './folders.ts';

/** Files of so many extracts are kept; what changed since an older one can still be asked. */
const kept = 5;

/**
 * Makes the files of one extract, all as of one instant. Killed on the way it begins anew: what the books then say more than was told is
 * numbered by this extract, and whoever asks for what changed since an earlier one gets it.
 */
export const makeExtract: Job = async (cx, scope, job) => {
  const { id } = job.payload as { id: string };
  const extract = await cx.db.write(scope, async (tx) => {
    await beginExtract(tx, id);
    return getExtract(tx, id);
  });
  const folder = extractFolder(cx.config, scope.workspaceId, extract.number);
  const converter = openConverter();
  try {
    const { columns, from } = await cx.db.read(scope, async (tx) => ({
      columns: await listColumns(tx),
      from: extract.since === null ? undefined : await findExtractNumbered(tx, extract.since),
    }));
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    await mkdir(bookFolder(cx.config, scope.workspaceId), { recursive: true });
    const made = await cx.db.snapshot(scope, async (snapshot) => {
      const [now] = await snapshot.rows<{ at: Date; horizon: string }>('select now() as at, pg_snapshot_xmin(pg_current_snapshot())::text as horizon');
      const files: ExtractFile[] = [];
      for (const dataset of datasets.filter(({ name }) => extract.datasets.includes(name))) {
        if (await job.cancelled()) return undefined;
        await job.progress(files.length, extract.datasets.length, dataset.name);
        const own = columns.filter((column) => column.dataset === dataset.name);
        files.push(await makeFile(cx, scope, snapshot, { extract, from, dataset, columns: own, horizon: now!.horizon, folder, converter }));
      }
      return { files, seenAt: now!.at, horizon: now!.horizon };
    });
    if (!made) {
      await rm(folder, { recursive: true, force: true });
      await cx.db.write(scope, (tx) => endExtract(tx, id, 'cancelled', null, cx.clock.now()));
      return;
    }
    const { number, format, since } = extract;
    await writeFile(join(folder, 'manifest.json'), `${JSON.stringify({ number, since, format, seenAt: made.seenAt, files: made.files }, null, 2)}\n`);
    const old = await cx.db.write(scope, async (tx) => {
      await finishExtract(tx, id, { ...made, at: cx.clock.now() });
      return removeOld(tx, kept);
    });
    await job.progress(made.files.length, made.files.length);
    for (const one of old) await rm(extractFolder(cx.config, scope.workspaceId, one.number), { recursive: true, force: true });
  } catch (error) {
    cx.log.error({ extract: extract.number, err: error }, 'an extract failed');
    await rm(folder, { recursive: true, force: true });
    const problem = error instanceof Error ? error.message : String(error);
    await cx.db.write(scope, (tx) => endExtract(tx, id, 'failed', problem.slice(0, 500), cx.clock.now()));
  } finally {
    converter.close();
  }
};

interface Making {
  extract: ExtractRow;
  /** the extract since which what changed is wanted */
  from: ExtractRow | undefined;
  dataset: Dataset;
  columns: readonly ExtractColumn[];
  horizon: string;
  folder: string;
  converter: Converter;
}

async function makeFile(cx: Context, scope: Scope, snapshot: Snapshot, making: Making): Promise<ExtractFile> {
  const { extract, from, dataset, columns, horizon, folder, converter } = making;
  // What grows is taken as far as no transaction is open that could still add to it.
  const part = dataset.grows === undefined ? '' : ` and ${dataset.grows} < ${horizon}${from?.horizon === null || !from ? '' : ` and ${dataset.grows} >= ${from.horizon}`}`;
  // Two halves side by side: what takes long is writing the rows as text. Named, the workspace is compared with who asks once and not row by
  // row; halves said as a truth value are guessed at a good part of the rows and not at a few, for which the joins would be loops.
  const halves = ['', 'not '].map((not, half) => ({
    file: join(folder, `${dataset.name}.rows-${half}`),
    select: `select ${columns.map(({ name }) => name).join(', ')} from extract.${dataset.name}
      where workspace_id = '${scope.workspaceId}' and ${not}(uuid_hash(id) & 1)::boolean${part}`,
  }));
  await snapshot.copyOut(halves);
  const csv = halves.map(({ file }) => file);
  const name = `${dataset.name}.${extract.format}`;
  const out = join(folder, name);
  const books = bookFolder(cx.config, scope.workspaceId);
  const told = dataset.grows === undefined ? findBook(books, dataset.name) : undefined;
  const telling = join(folder, `${dataset.name}.told`);
  const book = dataset.grows === undefined ? { told: told?.file ?? null, telling, number: extract.number } : null;
  const { rows, deleted } = await converter.convert({ csv, columns, book, since: extract.since, out, format: extract.format, spill: join(folder, 'spill') });
  for (const file of csv) await rm(file);
  await rm(join(folder, 'spill'), { recursive: true, force: true });
  if (book) await rename(telling, told?.file ?? join(books, `${dataset.name}.from-${extract.number}.parquet`));
  const hash = createHash('sha256');
  await pipeline(createReadStream(out), hash);
  return { dataset: dataset.name, name, rows, deleted, bytes: (await stat(out)).size, sha256: hash.digest('hex') };
}
