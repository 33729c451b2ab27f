import { audit } from '../../platform/access/index.ts';
import type { Context } from '../../platform/context.ts';
import type { Tx } from '../../platform/db/index.ts';
import { refuse } from '../../platform/refusal.ts';
import { findPerson } from '../people.queries.ts';
import { nameOf } from '../read-people.ts';
import { dueAfter } from './requests.rules.ts';
import { endRequest, insertRequest, listRequests, type RequestKind, type RequestOutcome } from './requests.store.ts';

const shownMax = 200;

export async function readRequests(tx: Tx, cx: Context) {
  const today = cx.clock.now().toISOString().slice(0, 10);
  const items = (await listRequests(tx, shownMax)).map((row) => ({ ...row, overdue: row.doneAt === null && row.dueOn < today }));
  const open = items.filter((row) => row.doneAt === null);
  return { items, open: open.length, overdue: open.filter((row) => row.overdue).length };
}

async function readRequest(tx: Tx, cx: Context, id: string) {
  return (await readRequests(tx, cx)).items.find((row) => row.id === id) ?? refuse('not-found', 'identity/no-such-request', 'There is no such request.');
}

/** Somebody asked to see, correct or erase what is kept of them. The clock begins with the day they asked, not with the note. */
export async function noteRequest(
  tx: Tx,
  cx: Context,
  given: { kind: RequestKind; personId?: string | null | undefined; asker: string; askedOn: string; dueOn?: string | undefined; note?: string | null | undefined },
) {
  const now = cx.clock.now();
  if (given.askedOn > now.toISOString().slice(0, 10)) refuse('invalid', 'identity/request-ahead', 'That day is yet to come. Say when they asked.');
  const dueOn = given.dueOn ?? dueAfter(given.askedOn);
  if (dueOn < given.askedOn) refuse('invalid', 'identity/request-due', 'It cannot be due before they asked.');
  const person = given.personId ? await findPerson(tx, given.personId) : undefined;
  if (given.personId && !person) refuse('not-found', 'identity/no-such-person', 'There is no such person here.');
  const id = cx.ids.next();
  await insertRequest(tx, { id, kind: given.kind, personId: person?.id ?? null, asker: given.asker, askedOn: given.askedOn, dueOn, note: given.note ?? null, notedAt: now, notedBy: tx.scope.userId ?? 'baton' });
  await audit(tx, cx, { what: 'privacyRequest.noted', subjectId: id, detail: { kind: given.kind } });
  cx.live.publish(tx, 'person');
  const made = await readRequest(tx, cx, id);
  return { ...made, personName: person ? nameOf(person) : null };
}

export async function closeRequest(tx: Tx, cx: Context, id: string, said: { outcome: RequestOutcome; note?: string | null | undefined }) {
  if ((await endRequest(tx, id, { outcome: said.outcome, note: said.note ?? null, at: cx.clock.now(), by: tx.scope.userId ?? 'baton' })) === 0) {
    await readRequest(tx, cx, id);
    refuse('conflict', 'identity/request-done', 'It was said already what came of this request.');
  }
  await audit(tx, cx, { what: 'privacyRequest.done', subjectId: id, detail: { outcome: said.outcome } });
  cx.live.publish(tx, 'person');
  return readRequest(tx, cx, id);
}
