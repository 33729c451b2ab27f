import { append } from '../../journal/index.ts';
import { audit } from '../../platform/access/index.ts';
import type { Scope } from '../../platform/access/index.ts';
import type { Context } from '../../platform/context.ts';
import type { Tx } from '../../platform/db/index.ts';
import { enqueueJob, type RunningJob } from '../../platform/jobs/index.ts';
import { refuse } from '../../platform/refusal.ts';
import { lockIdentity } from '../candidates.store.ts';
import { findPerson } from '../people.queries.ts';
import { nameOf } from '../read-people.ts';
import { insertErasure, lockErasure, saveAskedAgain, saveDone, saveEmptied, type ErasureRow } from './erasure.store.ts';
import { findExternalIds } from './kept-of-people.store.ts';
import { gatherSubject, personalData, tellSubject } from './personal-data.ts';
import type { WhyErased } from './privacy.contract.ts';
import { findErasureOf } from './privacy.queries.ts';
import { remember } from './remember.ts';
import { writeDown } from './erasure-list.ts';

export const eraseJob = 'identity.erase';

export interface AskedErasure {
  why: WhyErased;
  remembers: boolean;
  requestId?: string | null | undefined;
}

/** Puts the erasure of a person on its way; without a job the caller does it at once. `name` must be what they are called here; undefined where a rule or a list of erasures asks. */
export async function askErasure(tx: Tx, cx: Context, personId: string, asked: AskedErasure & { name?: string }, { job = true } = {}): Promise<void> {
  await lockIdentity(tx);
  const person = await findPerson(tx, personId);
  if (!person) refuse('not-found', 'identity/no-such-person', 'There is no such person here.');
  const subject = (await gatherSubject(tx, personId))!;
  const before = await findErasureOf(tx, subject.personIds);
  if (before && before.state !== 'asked') refuse('conflict', 'identity/erased', 'This person was erased already.');
  if (asked.name !== undefined && fold(asked.name) !== fold(nameOf(person)))
    refuse('invalid', 'identity/other-name', `Write the name as it stands on the page, “${nameOf(person)}”, to say that it is this person you mean.`);
  const id = before?.id ?? cx.ids.next();
  const jobId = job ? await enqueueJob(tx, cx, eraseJob, { erasureId: id }) : null;
  if (before) return saveAskedAgain(tx, id, jobId);
  const { userId } = tx.scope;
  await insertErasure(tx, {
    id,
    personId: person.id,
    personIds: subject.personIds,
    why: asked.why,
    remembers: asked.remembers,
    askedAt: cx.clock.now(),
    askedBy: userId ?? 'baton',
    requestId: asked.requestId ?? null,
    jobId,
  });
  await audit(tx, cx, { what: 'person.eraseAsked', subjectId: person.id, detail: { why: asked.why, remembers: asked.remembers } });
}

const fold = (name: string): string => name.trim().replaceAll(/\s+/g, ' ').toLowerCase();

/** Everything in the database in one transaction, then the files; taken up where it was left when it dies in between. */
export async function erase(cx: Context, scope: Scope, job: Pick<RunningJob<{ erasureId: string }>, 'payload'>): Promise<void> {
  const { erasureId } = job.payload;
  await cx.db.write(scope, (tx) => emptyRows(tx, cx, erasureId));
  for (const { sweep } of personalData()) await sweep?.(cx, scope.workspaceId);
  await cx.db.write(scope, async (tx) => {
    const erasure = await lockErasure(tx, erasureId);
    if (erasure?.state !== 'files') return;
    await writeDown(cx, tx.scope.workspaceId, erasure);
    await saveDone(tx, erasureId, cx.clock.now());
  });
}

/** All rooms empty what is theirs, the last first: each still finds what the rooms before it know. */
async function emptyRows(tx: Tx, cx: Context, erasureId: string): Promise<void> {
  await lockIdentity(tx);
  const erasure = await lockErasure(tx, erasureId);
  if (erasure?.state !== 'asked') return;
  const subject = (await gatherSubject(tx, erasure.personId))!;
  const counts = Object.fromEntries((await tellSubject(tx, subject)).map(({ key, rows }) => [key, rows.length]));
  const externalIds = erasure.remembers ? await findExternalIds(tx, subject.personIds) : [];
  const at = cx.clock.now();
  for (const room of personalData().toReversed()) await room.erase(tx, cx, subject, { id: erasureId, at });
  if (erasure.remembers) await remember(tx, cx, { ...subject, externalIds });
  await saveEmptied(tx, erasureId, counts, subject.personIds);
  await append(tx, cx, [erasedFact(erasure, at)]);
}

const erasedFact = ({ id, personId, why, remembers, askedBy }: ErasureRow, at: Date) => ({
  type: 'person.erased' as const,
  chainId: personId,
  subjectId: personId,
  at,
  actor: askedBy,
  data: { personId, erasureId: id, why, remembers },
});
