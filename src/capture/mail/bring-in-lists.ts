import { Readable } from 'node:stream';
import { baseUrl, listUsers } from '../../platform/access/index.ts';
import type { Scope } from '../../platform/access/index.ts';
import type { Context } from '../../platform/context.ts';
import type { Tx } from '../../platform/db/index.ts';
import { enqueueMails } from '../../platform/mail/index.ts';
import { Refusal } from '../../platform/refusal.ts';
import { analyseImport } from '../analyse-import.ts';
import { configureImport } from '../configure-import.ts';
import { findImport } from '../import.queries.ts';
import { deleteImport } from '../import.store.ts';
import { receiveFile, Utf8Check } from '../receive-file.ts';
import { startImport } from '../run-import.ts';
import type { StoredMail } from './lead-mail.queries.ts';
import { addImportOf } from './lead-mail.store.ts';
import { judgeList } from './list-of-people.rules.ts';
import type { MailAddress, MailFile } from './mail-message.rules.ts';

/** What became of the lists attached to a mail. */
export interface BroughtIn {
  /** Lists that are imports now, started or waiting for somebody. */
  imports: { id: string; name: string; why: string | null }[];
  /** What could not be read as a list, and why. */
  broken: string[];
  sentences: string[];
}
const listsMax = 5;

/**
 * Makes imports of the lists of a mail, in their order. Each is noted with the mail before it is looked at, so that after a crash the next
 * reading goes on with the imports that are there instead of making others.
 */
export async function bringInLists(cx: Context, scope: Scope, mail: StoredMail, files: readonly MailFile[]): Promise<BroughtIn> {
  const out: BroughtIn = { imports: [], broken: [], sentences: [] };
  if (files.length > listsMax) out.sentences.push(`Of its ${files.length} lists the first ${listsMax} were brought in; send the others in a mail of their own.`);
  for (const [at, file] of files.slice(0, listsMax).entries()) {
    let id = mail.importIds[at];
    if (id === null) {
      out.sentences.push(`“${file.name}” is no list of people; it stays with the mail.`);
      continue;
    }
    try {
      const before = id && (await cx.db.read(scope, (tx) => findImport(tx, id!)));
      if (!before) {
        id = (await receiveFile(cx, scope, file.name || 'list', Readable.from([Buffer.from(file.bytes)]))).id;
        await cx.db.write(scope, (tx) => addImportOf(tx, mail.id, at, id!));
      }
      if (!before || before.status === 'uploading') {
        const utf8 = new Utf8Check();
        utf8.take(Buffer.from(file.bytes));
        await analyseImport(cx, scope, id!, utf8.valid(), 'inquiries');
      }
      const record = (await cx.db.read(scope, (tx) => findImport(tx, id!)))!;
      const judged = judgeList(record.analysis!, record.settings.mapping ?? {});
      if (!judged.people) {
        await cx.db.write(scope, async (tx) => {
          await addImportOf(tx, mail.id, at, null);
          await deleteImport(tx, id!);
        });
        out.sentences.push(`“${file.name}” is no list of people; it stays with the mail.`);
        continue;
      }
      if (record.status === 'analysed') {
        await configureImport(cx, scope, id!, 'inquiries', { mapping: judged.mapping, ...(mail.programId ? { programId: mail.programId } : {}), ...(mail.sourceName ? { source: mail.sourceName } : {}) });
        if (judged.why === null) await startImport(cx, scope, id!);
      }
      out.imports.push({ id: id!, name: file.name, why: record.status === 'analysed' ? judged.why : null });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      out.broken.push(`“${file.name}”: ${error.message}`);
    }
  }
  return out;
}

/** Tells marketing that a list waits for somebody to say what its columns are. */
export async function tellOfWaiting(tx: Tx, cx: Context, from: MailAddress | null, waiting: BroughtIn['imports']): Promise<void> {
  const lists = waiting.filter(({ why }) => why !== null);
  if (lists.length === 0) return;
  const readers = (await listUsers(tx)).filter(({ status, email, roles }) => status === 'active' && email && roles.includes('marketing'));
  const text = [
    `${from ? from.name || from.address : 'Somebody'} sent a list by mail that was not brought in by itself.`,
    '',
    ...lists.map(({ id, name, why }) => `${name}: ${why}.\n${baseUrl(cx)}/imports/${id}`),
    '',
    'Look at its columns there and start it, or leave it.',
  ].join('\n');
  await enqueueMails(tx, cx, readers.slice(0, 20).map(({ email }) => ({ kind: 'import', to: email!, subject: `A list waits: ${lists[0]!.name}`, text })));
}
