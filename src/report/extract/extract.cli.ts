import { copyFile, mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import type { OpenHouse } from '../../platform/room.ts';
import { refuse } from '../../platform/refusal.ts';
import { askExtract, describeDatasets, getExtract } from './ask-extract.ts';
import { askedExtract } from './extract.contract.ts';
import { extractFolder } from './folders.ts';

export function extractCommand(program: Command, open: OpenHouse): void {
  program
    .command('extract [datasets...]')
    .description('Write people, organizations, inquiries, leads, facts … into files for a warehouse, whole or what changed since an earlier extract')
    .option('--to <folder>', 'where the files go (default: ./extract-<number>)')
    .option('--format <form>', 'parquet or csv', 'parquet')
    .option('--since <number>', 'only what changed since the extract of this number, or since the “last”')
    .option('--list', 'tell which datasets there are, with their columns')
    .action((named: string[], options: { to?: string; format: string; since?: string; list?: boolean }) =>
      open(async (house) => {
        const { cx } = house;
        const scope = await house.scope();
        if (options.list) {
          const known = await cx.db.read(scope, describeDatasets);
          return house.print(known, () => known.map((one) => `${one.name}: ${one.what}\n  ${one.columns.map(({ name, type }) => `${name} ${type}`).join(', ')}`).join('\n'));
        }
        const since = options.since === undefined || options.since === 'last' ? options.since : Number(options.since);
        const read = askedExtract.safeParse({ format: options.format, ...(named.length > 0 ? { datasets: named } : {}), ...(since === undefined ? {} : { since }) });
        if (!read.success) refuse('invalid', 'report/extract-options', 'Say --format parquet or csv, and --since with the number of an earlier extract, or “last”.');
        const asked = await askExtract(cx, scope, read.data);
        await house.work(asked.jobId!, (done, total, note) => house.progress(`${done} of ${total ?? '?'}: ${note ?? ''}`));
        const made = await cx.db.read(scope, (tx) => getExtract(tx, asked.id));
        if (made.state !== 'finished') refuse('invalid', 'report/extract-failed', made.problem ?? `The extract ended ${made.state}.`);
        const to = resolve(options.to ?? `extract-${made.number}`);
        await mkdir(to, { recursive: true });
        for (const name of [...made.files.map((file) => file.name), 'manifest.json'])
          await copyFile(join(extractFolder(cx.config, scope.workspaceId, made.number), name), join(to, name));
        return house.print({ ...made, folder: to }, () =>
          [
            ...made.files.map(({ name, rows, deleted }) => `${name}: ${rows} rows${deleted > 0 ? `, ${deleted} gone` : ''}`),
            `Extract ${made.number}, in ${to}. Next time: --since ${made.number}`,
          ].join('\n'),
        );
      }),
    );
}
