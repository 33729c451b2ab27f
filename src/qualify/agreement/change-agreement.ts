import { hash } from 'node:crypto';
import { append, type NewFact } from '../../journal/index.ts';
import { readSentence, readerOfConditions } from '../../identity/index.ts';
import { audit, getWorkspace, listUsers, type Scope } from '../../platform/access/index.ts';
import type { Context } from '../../platform/context.ts';
import type { Tx } from '../../platform/db/index.ts';
import { refuse } from '../../platform/refusal.ts';
import { explainCriteria } from '../../platform/values/criteria.rules.ts';
import { startOfDay } from '../../platform/values/period.rules.ts';
import { loadRulesets } from '../ruleset.store.ts';
import { labels } from '../subject.rules.ts';
import { beginsAt, problemsWith, reasonNotToSign, sides, type Content, type Side, type Signer } from './agreement.rules.ts';
import { addSignature, beginAgreement, dropDraft, listAgreements, lockDraft, saveDraft, tellBegun, type AgreementRow } from './agreement.store.ts';
import { wordsOf, type Section } from './words.rules.ts';

export interface Draft {
  /** the definition it speaks of is the one in force */
  content: Omit<Content, 'definitionVersion'>;
  startsOn: string | null;
  note: string | null;
  /** who writes it */
  by: string | undefined;
}

/** The words of a draft as they would be signed; refused (`invalid`) where they contradict themselves or ask for fields that do not exist. */
export async function sayDraft(tx: Tx, cx: Context, { kinds, ...rest }: Draft['content']): Promise<{ content: Content; words: Section[] }> {
  const { definition } = await loadRulesets(tx);
  const content: Content = { definitionVersion: definition.version, kinds, ...rest };
  const problems = problemsWith(content);
  if (problems.length > 0) refuse('invalid', 'qualify/agreement', problems.join(' '));
  const asked = kinds.flatMap(({ id, where }) => (where ? [{ id, where: JSON.stringify(where) }] : []));
  const conditions = new Map<string, string>();
  if (asked.length > 0) {
    const read = await readerOfConditions(tx, cx);
    for (const { where } of asked) read(where);
    for (const { id, where } of asked) conditions.set(id, await readSentence(tx, 'lead', { where }));
  }
  return { content, words: wordsOf(content, { definition: explainCriteria(definition.body, labels), conditions }) };
}

/** Writes the draft, or begins one after the last version. Signatures on what it said before are void. */
export async function draftAgreement(tx: Tx, cx: Context, given: Draft): Promise<number> {
  const { content, words } = await sayDraft(tx, cx, given.content);
  const now = cx.clock.now();
  const [draft, all] = [await lockDraft(tx), await listAgreements(tx)];
  const latest = all.find(({ fromAt }) => fromAt !== null);
  if (given.startsOn !== null && latest?.fromAt && (await dayBegins(tx, given.startsOn)) < latest.fromAt && latest.fromAt > now)
    refuse('invalid', 'qualify/agreement-begins', `Version ${latest.version} is signed and begins later than that. Begin on the same day or after it.`);
  const version = draft?.version ?? (all[0]?.version ?? 0) + 1;
  await saveDraft(tx, { version, content, words, hash: hashOf(version, given.startsOn, words), startsOn: given.startsOn, note: given.note, by: given.by, at: now });
  const voided = (draft?.signatures ?? []).map(({ side }) => side);
  await record(tx, cx, given.by, [{ type: 'agreement.drafted', data: { version, voided } }]);
  return version;
}

export async function withdrawDraft(tx: Tx, cx: Context, by: string | undefined): Promise<number> {
  const draft = await getDraft(tx);
  await dropDraft(tx);
  await record(tx, cx, by, [{ type: 'agreement.withdrawn', data: { version: draft.version } }]);
  return draft.version;
}

/**
 * Signs the draft for a side, as the user `by`. `hash`: of the words they read; refused (`conflict`) where the draft, or the definition it speaks
 * of, is another by now. With the second signature it holds, from its day or from this instant.
 */
export async function signAgreement(tx: Tx, cx: Context, { side, hash: read, by }: { side: Side; hash: string; by: string | undefined }): Promise<number> {
  const draft = await getDraft(tx);
  const { version } = draft;
  if (draft.hash !== read) refuse('conflict', 'qualify/agreement-changed', 'The draft was changed since you read it. Read it again before you sign.');
  const { definition } = await loadRulesets(tx);
  if (definition.version !== draft.content.definitionVersion)
    refuse('conflict', 'qualify/agreement-definition', 'What a lead is was changed since this was drafted. Save the draft again, so that you sign what holds.');
  const { signers, who } = await loadSigners(tx, by);
  const why = reasonNotToSign(side, who, draft.signatures, signers);
  if (why !== null) refuse('forbidden', 'qualify/agreement-signer', why);
  const now = cx.clock.now();
  await addSignature(tx, { version, side, userId: who!.id, at: now, hash: read });
  await record(tx, cx, by, [{ type: 'agreement.signed', data: { version, side, hash: read } }]);
  if (draft.signatures.length + 1 < sides.length) return version;
  const before = (await listAgreements(tx)).find(({ fromAt }) => fromAt !== null)?.fromAt;
  const fromAt = beginsAt(draft.startsOn === null ? null : await dayBegins(tx, draft.startsOn), now);
  // What is signed later holds later, also where the one before has yet to begin.
  await beginAgreement(tx, version, before && before > fromAt ? before : fromAt);
  await tellForce(tx, cx);
  return version;
}

/** By the clock: the journal says when a version took force. That it holds needs nobody: its instant is enough. */
export const takeForce = (cx: Context, scope: Scope): Promise<number> => cx.db.write(scope, (tx) => tellForce(tx, cx));

async function tellForce(tx: Tx, cx: Context): Promise<number> {
  const begun = (await tellBegun(tx, cx.clock.now())).toSorted((a, b) => a.version - b.version);
  for (const { version, fromAt } of begun) await record(tx, cx, 'baton', [{ type: 'agreement.tookForce', data: { version }, at: fromAt }]);
  return begun.length;
}

/** Who might sign at all, and who wants to. */
export async function loadSigners(tx: Tx, by: string | undefined): Promise<{ signers: Signer[]; who: Signer | undefined }> {
  const users = await listUsers(tx);
  return { signers: users.filter(({ status }) => status === 'active'), who: users.find(({ id }) => id === by) };
}

const getDraft = async (tx: Tx): Promise<AgreementRow> =>
  (await lockDraft(tx)) ?? refuse('not-found', 'qualify/no-agreement-draft', 'There is no draft of the agreement. Write one first.');

const dayBegins = async (tx: Tx, on: string): Promise<Date> => startOfDay(on, (await getWorkspace(tx)).timeZone);

/** Of the words, and of what else is signed with them. */
export const hashOf = (version: number, startsOn: string | null, words: readonly Section[]): string =>
  hash('sha256', JSON.stringify([version, startsOn, words.map(({ title, sentences }) => [title, sentences.map(({ text }) => text)])]));

type AgreementFact = 'agreement.drafted' | 'agreement.signed' | 'agreement.tookForce' | 'agreement.withdrawn';
async function record(tx: Tx, cx: Context, by: string | undefined, facts: Pick<NewFact<AgreementFact>, 'type' | 'data' | 'at'>[]): Promise<void> {
  const { workspaceId } = tx.scope;
  for (const { type, data } of facts) await audit(tx, cx, { what: type, detail: data, ...(by && by !== 'baton' ? { userId: by } : {}) });
  await append(tx, cx, facts.map((fact) => ({ ...fact, chainId: workspaceId, subjectId: workspaceId, ...(by ? { actor: by } : {}) })));
}
