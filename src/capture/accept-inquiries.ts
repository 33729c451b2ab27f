import { append } from '../journal/index.ts';
import type { NewFact } from '../journal/index.ts';
import type { Context } from '../platform/context.ts';
import { perTx } from '../platform/db/index.ts';
import type { Tx } from '../platform/db/index.ts';
import type { InquiryFields, Touch } from './inquiry.contract.ts';
import { insertInquiries, takeKeys } from './inquiry.store.ts';
import { findByKeys } from './inquiry.queries.ts';
import type { InquiryRow } from './inquiry.queries.ts';
import { resolvePrograms } from './resolve-programs.ts';
import { resolveSources } from './resolve-sources.ts';
import { receiptOf } from './receipt.rules.ts';

/** One inquiry at the door. What it says is already read; what cannot be read says why, and comes in all the same. */
export interface Arrival {
  channel: 'api' | 'form' | 'import' | 'mail' | 'demo' | (string & {});
  fields: InquiryFields;
  /** Why it could not be read: then it waits in quarantine. */
  problem?: string | null;
  raw?: Buffer | null;
  rawType?: string | null;
  externalId?: string | null;
  /** Name of the source; unknown ones are made. Blank stays blank. */
  source?: string | null;
  sourceId?: string | null;
  /** Id, external id or name of a program; an unknown one is left out (it stays readable in `fields.custom`). */
  program?: string | null;
  programId?: string | null;
  occurredAt?: Date | null;
  firstTouch?: Touch | null;
  lastTouch?: Touch | null;
  importId?: string | null;
  importRow?: number | null;
  /** A second arrival under the same key is answered with the first one's receipt. */
  key?: string | null;
  /** When Baton received it, for a past that is told afterwards; otherwise now. */
  receivedAt?: Date;
}
export interface Accepted {
  id: string;
  receipt: string;
  status: InquiryRow['status'];
  /** It had been delivered before: nothing new was recorded. */
  again: boolean;
}

/** Inquiries that came in within this transaction, by id: whoever hears of them here need not read them again. */
export const inquiriesInHand = perTx(() => new Map<string, InquiryRow>());

/** Takes arrivals in: rows and facts in the caller's transaction, a handful of statements however many they are. */
export async function acceptInquiries(tx: Tx, cx: Context, arrivals: readonly Arrival[]): Promise<Accepted[]> {
  if (arrivals.length === 0) return [];
  const now = cx.clock.now();
  const out: Accepted[] = arrivals.map((arrival) => {
    const id = arrival.receivedAt ? cx.ids.at(arrival.receivedAt) : cx.ids.next();
    return { id, receipt: receiptOf(id), status: arrival.problem ? 'quarantined' : 'parsed', again: false };
  });
  await settleKeys(tx, arrivals, out);

  const fresh = arrivals.map((_, index) => index).filter((index) => !out[index]!.again);
  const importId = arrivals[0]!.importId ?? null;
  const names = new Set<string>();
  const references = new Set<string>();
  for (const index of fresh) {
    const { source, sourceId, program, programId } = arrivals[index]!;
    if (source && !sourceId) names.add(clipName(source));
    if (program && !programId) references.add(program);
  }
  const sources = await resolveSources(tx, cx, names, importId);
  const programs = await resolvePrograms(tx, references);

  const rows: InquiryRow[] = [];
  const facts: NewFact[] = [];
  for (const index of fresh) {
    const arrival = arrivals[index]!;
    const { id, receipt, status } = out[index]!;
    const receivedAt = arrival.receivedAt ?? now;
    const sourceId = arrival.sourceId ?? (arrival.source ? (sources.get(clipName(arrival.source).toLowerCase()) ?? null) : null);
    const programId = arrival.programId ?? (arrival.program ? (programs.get(arrival.program) ?? null) : null);
    let { fields } = arrival;
    if (arrival.program && !programId) fields = { ...fields, custom: { ...fields.custom, program: arrival.program } };
    rows.push({
      id, receipt, sourceId, programId, status, fields, receivedAt,
      importId: arrival.importId ?? null,
      importRow: arrival.importRow ?? null,
      externalId: arrival.externalId ?? null,
      idempotencyKey: arrival.channel === 'import' ? null : (arrival.key ?? null),
      channel: arrival.channel,
      occurredAt: arrival.occurredAt ?? receivedAt,
      raw: arrival.raw ?? null,
      rawType: arrival.rawType ?? null,
      firstTouch: arrival.firstTouch ?? null,
      lastTouch: arrival.lastTouch ?? null,
      problem: arrival.problem ?? null,
    });
    facts.push({ type: 'inquiry.received', chainId: id, subjectId: id, at: receivedAt, data: { inquiryId: id, sourceId, programId, importId: arrival.importId ?? null, status: status as 'parsed' | 'quarantined' } });
    if (arrival.problem) facts.push({ type: 'inquiry.quarantined', chainId: id, subjectId: id, at: receivedAt, data: { inquiryId: id, reason: arrival.problem } });
  }
  if (rows.length > 0) {
    const inHand = inquiriesInHand(tx);
    for (const row of rows) inHand.set(row.id, row);
    tx.later(insertInquiries(tx, rows));
    await append(tx, cx, facts, { begins: true });
  }
  return out;
}

const clipName = (name: string): string => name.trim().slice(0, 200);

/** Marks as `again` whatever came under a key that was used before, here or by anybody. */
async function settleKeys(tx: Tx, arrivals: readonly Arrival[], out: Accepted[]): Promise<void> {
  const first = new Map<string, number>();
  const later: [number, number][] = [];
  arrivals.forEach(({ key }, index) => {
    if (!key) return;
    const earlier = first.get(key);
    if (earlier === undefined) first.set(key, index);
    else later.push([index, earlier]);
  });
  if (first.size === 0) return;
  const wanted = [...first].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const taken = await takeKeys(tx, wanted.map(([key, index]) => ({ key, inquiryId: out[index]!.id, importId: arrivals[index]!.importId ?? null })));
  const known = wanted.filter(([key]) => !taken.has(key));
  if (known.length > 0) {
    const found = await findByKeys(tx, known.map(([key]) => key));
    for (const [key, index] of known) {
      const earlier = found.get(key);
      if (earlier) out[index] = { id: earlier.id, receipt: earlier.receipt, status: earlier.status, again: true };
    }
  }
  for (const [index, earlier] of later) out[index] = { ...out[earlier]!, again: true };
}
