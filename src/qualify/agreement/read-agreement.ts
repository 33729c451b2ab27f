import type { Context } from '../../platform/context.ts';
import type { Tx } from '../../platform/db/index.ts';
import { refuse } from '../../platform/refusal.ts';
import { explainCriteria } from '../../platform/values/criteria.rules.ts';
import { loadRulesets } from '../ruleset.store.ts';
import { labels } from '../subject.rules.ts';
import { heldVersions, inForceAt, reasonNotToSign, sides, type Content } from './agreement.rules.ts';
import { listAgreements, type AgreementRow } from './agreement.store.ts';
import { hashOf, loadSigners, sayDraft, type Draft } from './change-agreement.ts';
import { changesBetween, type Section } from './words.rules.ts';

type SignedRow = AgreementRow & { fromAt: Date };
const isSigned = (row: AgreementRow): row is SignedRow => row.fromAt !== null;

/** The agreement as both sides see it now. */
export async function readAgreement(tx: Tx, cx: Context) {
  const now = cx.clock.now();
  const all = await listAgreements(tx);
  const signed = all.filter(isSigned);
  const held = new Map(heldVersions(signed).map((one) => [one.version, one.untilAt]));
  const draft = all.find((row) => row.fromAt === null);
  const inForce = inForceAt(signed, now);
  const coming = heldVersions(signed).find(({ fromAt }) => fromAt > now);
  const { signers, who } = await loadSigners(tx, tx.scope.userId);
  const { definition } = await loadRulesets(tx);
  return {
    inForce: inForce ? seen(inForce, inForce.untilAt) : null,
    coming: coming ? seen(coming, coming.untilAt) : null,
    draft: draft ? { ...seen(draft, null), changes: changesBetween(signed[0]?.words ?? [], draft.words) } : null,
    versions: signed.map((row) => ({ version: row.version, fromAt: row.fromAt, untilAt: held.get(row.version) ?? null, note: row.note, signedBy: row.signatures.map(({ name }) => name) })),
    definition: { version: definition.version, sentence: explainCriteria(definition.body, labels) },
    sign: sides.map((side) => ({ side, why: draft ? reasonNotToSign(side, who, draft.signatures, signers) : 'There is nothing to sign.' })),
  };
}

/** One version, and what it said otherwise than the one before it. */
export async function readVersion(tx: Tx, version: number) {
  const all = await listAgreements(tx);
  const row = all.find((one) => one.version === version) ?? refuse('not-found', 'qualify/no-agreement', 'There is no such version of the agreement.');
  const before = all.find((one) => one.version < version && one.fromAt !== null);
  const untilAt = heldVersions(all.filter(isSigned)).find((one) => one.version === version)?.untilAt ?? null;
  return { ...seen(row, untilAt), changes: changesBetween(before?.words ?? [], row.words) };
}

export async function previewWords(tx: Tx, cx: Context, given: Draft['content']): Promise<{ sections: Section[]; changes: ReturnType<typeof changesBetween> }> {
  const { words } = await sayDraft(tx, cx, given);
  const latest = (await listAgreements(tx)).find(isSigned);
  return { sections: words, changes: changesBetween(latest?.words ?? [], words) };
}

/** Every version both signed, in time, each with its end: by what hand-offs are judged. */
export async function listHeld(tx: Tx): Promise<{ version: number; fromAt: Date; untilAt: Date | null; content: Content }[]> {
  return heldVersions((await listAgreements(tx)).filter(isSigned));
}

function seen(row: AgreementRow, untilAt: Date | null) {
  const { version, content, words, hash, startsOn, note, draftedAt, draftedBy, fromAt, signatures } = row;
  const said = hashOf(version, startsOn, words);
  return {
    version,
    content,
    sections: words,
    hash,
    startsOn,
    note,
    draftedAt,
    draftedBy,
    fromAt,
    untilAt,
    signatures: signatures.map((one) => ({ ...one, intact: one.hash === said })),
  };
}
