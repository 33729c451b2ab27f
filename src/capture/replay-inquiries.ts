import type { Scope } from '../platform/access/scope.ts';
import type { Context } from '../platform/context.ts';
import { append } from '../journal/index.ts';
import type { NewFact } from '../journal/index.ts';
import { arrivalFrom } from './arrive.rules.ts';
import type { Arrival } from './accept-inquiries.ts';
import { lockQuarantined, saveReplayed } from './inquiry.store.ts';
import { resolvePrograms } from './resolve-programs.ts';
import { resolveSources } from './resolve-sources.ts';
import { replayMails } from './mail/read-lead-mails.ts';
import { HELD_BACK } from './held-back.rules.ts';
import { noUuid } from '../platform/values/uuid.rules.ts';

const batchMax = 500;

/**
 * Reads quarantined inquiries again from their kept bodies. What can be read now goes on its way exactly as if it had just arrived; the rest
 * stays. `release` lets also those through that were held back as suspicious. An inquiry already replayed is not quarantined any more, so
 * doing it twice changes nothing.
 */
export async function replayQuarantine(cx: Context, scope: Scope, ids: readonly string[] | null, release: boolean): Promise<{ replayed: number; released: number; still: number }> {
  const sum = { replayed: 0, released: 0, still: 0 };
  for (let after = noUuid; ; ) {
    const step = await cx.db.write(scope, async (tx) => {
      const rows = await lockQuarantined(tx, ids, after, batchMax);
      const readable: { row: (typeof rows)[number]; read: Arrival; held: boolean }[] = [];
      let still = 0;
      for (const row of rows) {
        const held = HELD_BACK.has(row.problem ?? '');
        const read = row.raw && (!held || release) ? arrivalFrom(row.raw, row.rawType ?? undefined, { channel: row.channel, programId: row.programId, sourceId: row.sourceId, isPublic: row.channel === 'form' }).arrival : undefined;
        if (read && !read.problem) readable.push({ row, read, held });
        else still++;
      }
      if (readable.length > 0) {
        const sources = await resolveSources(tx, cx, readable.flatMap(({ row, read }) => (read.source && !row.sourceId ? [read.source.slice(0, 200)] : [])));
        const programs = await resolvePrograms(tx, new Set(readable.flatMap(({ row, read }) => (read.program && !row.programId ? [read.program] : []))));
        await saveReplayed(
          tx,
          readable.map(({ row, read }) => ({
            id: row.id,
            sourceId: row.sourceId ?? (read.source ? (sources.get(read.source.slice(0, 200).toLowerCase()) ?? null) : null),
            programId: row.programId ?? (read.program ? (programs.get(read.program) ?? null) : null),
            externalId: read.externalId ?? null,
            occurredAt: read.occurredAt ?? null,
            fields: read.fields,
            firstTouch: read.firstTouch ?? null,
            lastTouch: read.lastTouch ?? null,
          })),
          cx.clock.now(),
        );
        await append(tx, cx, readable.map(({ row }): NewFact => ({ type: 'inquiry.replayed', chainId: row.id, subjectId: row.id, data: { inquiryId: row.id } })));
      }
      return { last: rows.at(-1)?.id, full: rows.length === batchMax, replayed: readable.length, released: readable.filter(({ held }) => held).length, still };
    });
    sum.replayed += step.replayed;
    sum.released += step.released;
    sum.still += step.still;
    if (!step.full || !step.last) break;
    after = step.last;
  }
  const mails = await replayMails(cx, scope, ids, release);
  return { replayed: sum.replayed + mails.replayed, released: sum.released + mails.released, still: sum.still + mails.still };
}
