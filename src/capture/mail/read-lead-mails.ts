import { append } from '../../journal/index.ts';
import type { Scope } from '../../platform/access/index.ts';
import type { Context } from '../../platform/context.ts';
import type { Tx } from '../../platform/db/index.ts';
import { markReturned } from '../../platform/mail/index.ts';
import { acceptInquiries } from '../accept-inquiries.ts';
import type { Arrival } from '../accept-inquiries.ts';
import { findByKeys } from '../inquiry.queries.ts';
import { saveReplayed } from '../inquiry.store.ts';
import { resolveSources } from '../resolve-sources.ts';
import { bringInLists, tellOfWaiting } from './bring-in-lists.ts';
import type { BroughtIn } from './bring-in-lists.ts';
import { findHeld, findStored, findWaiting } from './lead-mail.queries.ts';
import type { StoredMail } from './lead-mail.queries.ts';
import { lockLeadMail, renewProblem, settleLeadMail, tryLater, withdrawInquiry } from './lead-mail.store.ts';
import { takeMailAnswer } from './mail-answer.ts';
import type { AnswerTaken } from './mail-answer.ts';
import { headerOf } from './mail-message.rules.ts';
import type { MailMessage } from './mail-message.rules.ts';
import { BOUNCE, MAIL_HELD, ownMailIds } from './mail-nature.rules.ts';
import { readApart } from './read-apart.ts';
import type { ReadMail } from './read-apart.ts';
import type { MailReading } from './read-mail.rules.ts';

const batch = 20;
const attemptsMax = 5;
const nothing: BroughtIn = { imports: [], broken: [], sentences: [] };

/** Reads the mails that were kept and not read yet; one that fails is tried again, at last it waits in quarantine. */
export async function readWaitingMails(cx: Context, scope: Scope): Promise<number> {
  const ids = await cx.db.read(scope, (tx) => findWaiting(tx, cx.clock.now(), batch));
  for (const id of ids) await readLeadMail(cx, scope, id, { states: ['waiting'] });
  return ids.length;
}

/** Reads held mails again: those whose inquiries are named, or all. */
export async function replayMails(cx: Context, scope: Scope, inquiryIds: readonly string[] | null, release: boolean): Promise<{ replayed: number; released: number; still: number }> {
  const held = await cx.db.read(scope, (tx) => findHeld(tx, inquiryIds));
  const sum = { replayed: 0, released: 0, still: 0 };
  for (const { id, problem } of held) {
    if ((await readLeadMail(cx, scope, id, { states: ['held'], release })) !== 'read') sum.still++;
    else {
      sum.replayed++;
      if (MAIL_HELD.includes(problem ?? '')) sum.released++;
    }
  }
  return sum;
}

/**
 * Reads one mail in one of these states into inquiries and imports, in one transaction with its own state; whatever happens in between, the
 * next reading finds it as it was. Returns what it is now.
 */
export async function readLeadMail(cx: Context, scope: Scope, id: string, { states, release = false }: { states: readonly ('waiting' | 'held')[]; release?: boolean }): Promise<'read' | 'held' | 'waiting' | undefined> {
  const stored = await cx.db.read(scope, (tx) => findStored(tx, id));
  if (!stored || !(states as readonly string[]).includes(stored.state)) return stored?.state;
  try {
    const read = await readApart(stored.raw, release).catch((error: Error) => error);
    if (read instanceof Error) return await settle(cx, scope, stored, undefined, unreadable(`It is no mail that can be taken apart: ${read.message.slice(0, 150)}.`), nothing);
    let { reading } = read;
    // What a partner attaches to an answer is no list of people.
    const lists = stored.replyTo ? nothing : await bringInLists(cx, scope, stored, read.lists);
    const [broken] = lists.broken;
    if (broken && lists.imports.length === 0) reading = unreadable(`A list attached could not be read. ${broken}`, reading);
    return await settle(cx, scope, stored, { ...read, release }, reading, lists);
  } catch (error) {
    cx.log.error({ leadMail: id, err: error }, 'a mail could not be read');
    if (stored.attempts + 1 >= attemptsMax) return settle(cx, scope, stored, undefined, unreadable('Reading it failed several times; the log says why.'), nothing);
    await cx.db.write(scope, (tx) => tryLater(tx, id, new Date(cx.clock.now().getTime() + 30_000 * 2 ** stored.attempts)));
    return 'waiting';
  }
}

/** One place in quarantine; what was understood of it otherwise stays readable there. */
const unreadable = (problem: string, reading?: MailReading): MailReading => ({
  nature: 'unread',
  arrivals: [{ fields: reading?.arrivals[0]?.fields ?? {}, problem: problem.slice(0, 500) }],
  sentences: reading?.sentences ?? [],
});

async function settle(cx: Context, scope: Scope, stored: StoredMail, read: (Pick<ReadMail, 'mail' | 'own'> & { release: boolean }) | undefined, reading: MailReading, lists: BroughtIn): Promise<'read' | 'held' | undefined> {
  return cx.db.write(scope, async (tx) => {
    const { id } = stored;
    const mail = read?.mail;
    if (!(await lockLeadMail(tx, id, ['waiting', 'held']))) return undefined;
    const returned = reading.nature === 'held' && reading.arrivals[0]?.problem === BOUNCE && mail ? await markReturned(tx, cx, ownMailIds(stored.raw.toString('latin1')), reasonOf(mail)) : [];
    const answer = read && returned.length === 0 && lists.imports.length === 0 ? await takeAnswer(tx, cx, stored, read, reading) : undefined;
    // What came as lists, told of one of our own mails or answered one, is no inquiry besides.
    const arrivals = returned.length > 0 || lists.imports.length > 0 || (answer && 'leadId' in answer) ? [] : answer ? unreadable(answer.problem, reading).arrivals : reading.arrivals;
    const waited = (await findByKeys(tx, [`mail:${id}:0`])).get(`mail:${id}:0`);
    const state = arrivals.some(({ problem }) => problem) ? 'held' : 'read';
    if (waited?.status === 'quarantined') await settleWaited(tx, cx, waited.id, stored, arrivals[0], lists, answer ? 'It was filed with the lead it answers.' : 'It came in as the rows of a list.');
    const fresh = arrivals.map((one, n): Arrival => ({
      channel: 'mail', fields: one.fields, problem: one.problem ?? null, rawType: 'message/rfc822', key: `mail:${id}:${n}`,
      programId: stored.programId, sourceId: stored.sourceId, source: one.source ?? null, occurredAt: stored.sentAt, firstTouch: one.firstTouch ?? null, lastTouch: one.lastTouch ?? null,
    }));
    await acceptInquiries(tx, cx, waited ? fresh.slice(1) : fresh);
    await tellOfWaiting(tx, cx, mail?.from ?? null, lists.imports);
    const problem = arrivals.find((one) => one.problem)?.problem;
    const sentences = [
      ...(problem ? [problem] : []),
      ...(answer && 'leadId' in answer ? [answer.sentence] : []),
      ...(returned.length > 0 ? [`It told that our mail to ${returned.join(', ')} did not arrive; that is noted in the outbox.`] : []),
      ...lists.imports.map(({ name, why }) => (why === null ? `“${name}” was brought in as a list.` : `“${name}” waits for somebody: ${why}.`)),
      ...(lists.imports.length > 0 ? lists.broken : []),
      ...lists.sentences,
      ...reading.sentences,
    ];
    await settleLeadMail(tx, id, {
      state,
      leadId: answer && 'leadId' in answer ? answer.leadId : null,
      nature: returned.length > 0 ? 'bounce' : answer ? 'reply' : lists.imports.length > 0 ? 'list' : reading.nature,
      sentence: sentences.join(' ').slice(0, 2000) || null,
      inquiries: arrivals.length,
      fromName: mail?.from?.name.slice(0, 200).replaceAll('\0', '') || null,
      fromAddress: mail?.from?.address.slice(0, 320).replaceAll('\0', '') ?? null,
      subject: mail?.subject.slice(0, 500).replaceAll('\0', '').toWellFormed() ?? null,
      at: cx.clock.now(),
    });
    cx.live.publish(tx, 'inquiry');
    return state;
  });
}

/** Gives a mail that answers one of ours to the room that sent it; undefined where it answers nothing we know, and is read as any other. */
async function takeAnswer(tx: Tx, cx: Context, stored: StoredMail, { mail, own, release }: Pick<ReadMail, 'mail' | 'own'> & { release: boolean }, reading: MailReading): Promise<AnswerTaken | undefined> {
  const mailIds = ownMailIds(`${mail.inReplyTo ?? ''} ${headerOf(mail, 'references')}`);
  if (!stored.replyTo && mailIds.length === 0) return undefined;
  return takeMailAnswer(tx, cx, {
    mailId: stored.id,
    answers: stored.replyTo,
    mailIds,
    from: mail.from?.address ?? null,
    messageId: mail.messageId,
    subject: mail.subject,
    text: own,
    files: mail.files.map(({ name }) => name.slice(0, 200)).filter(Boolean).slice(0, 20),
    isAutomatic: reading.nature === 'held',
    isReleased: release,
  });
}

/** The inquiry that waited in quarantine goes on its way with what is read now, says why it still waits, or makes room for its list. */
async function settleWaited(tx: Tx, cx: Context, inquiryId: string, stored: StoredMail, now: MailReading['arrivals'][number] | undefined, lists: BroughtIn, why: string): Promise<void> {
  if (!now) {
    if (await withdrawInquiry(tx, inquiryId, why)) await append(tx, cx, [{ type: 'inquiry.withdrawn', chainId: inquiryId, subjectId: inquiryId, data: { inquiryId, importId: lists.imports[0]?.id ?? null } }]);
    return;
  }
  if (now.problem) return renewProblem(tx, inquiryId, now.problem);
  const sources = await resolveSources(tx, cx, now.source && !stored.sourceId ? [now.source.slice(0, 200)] : []);
  await saveReplayed(
    tx,
    [{ id: inquiryId, sourceId: stored.sourceId ?? (now.source ? (sources.get(now.source.slice(0, 200).toLowerCase()) ?? null) : null), programId: stored.programId, externalId: null, occurredAt: stored.sentAt, fields: now.fields, firstTouch: now.firstTouch ?? null, lastTouch: now.lastTouch ?? null }],
    cx.clock.now(),
  );
  await append(tx, cx, [{ type: 'inquiry.replayed', chainId: inquiryId, subjectId: inquiryId, data: { inquiryId } }]);
}

const reasonOf = (mail: MailMessage): string => /^diagnostic-code:\s*(?:smtp;\s*)?(.+(?:\r?\n[ \t].+)*)/im.exec(mail.deliveryStatus)?.[1]?.replaceAll(/\s+/g, ' ').slice(0, 300) ?? 'A mail server returned it.';
