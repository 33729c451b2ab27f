import { baseUrl } from '../platform/access/index.ts';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/db/index.ts';
import { enqueueMails } from '../platform/mail/index.ts';
import type { ImportRecord } from './import.queries.ts';

/** Tells whoever brought the file what became of it: they need not have waited for it. */
export async function mailSummary(tx: Tx, cx: Context, { id, fileName, status, sentences, counts, createdByEmail, createdByPartner }: ImportRecord): Promise<void> {
  if (!createdByEmail) return;
  const problems = counts.problem ?? 0;
  const text = [
    `${fileName} ${status === 'cancelled' ? 'was stopped' : 'is in'}.`,
    ...sentences,
    '',
    `Look at it: ${baseUrl(cx)}${createdByPartner ? '/your-system' : `/imports/${id}`}`,
    ...(problems > 0 && !createdByPartner ? [`There, the ${problems.toLocaleString('en-US')} rows that were not taken in can be downloaded with their reasons, mended and brought in again.`] : []),
    'The whole import can be undone there.',
  ].join('\n');
  await enqueueMails(tx, cx, [{ kind: 'import', to: createdByEmail, subject: `Import ${status === 'cancelled' ? 'stopped' : 'done'}: ${fileName}`, text }]);
}
