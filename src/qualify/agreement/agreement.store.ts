import { sql } from '../../platform/db/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { Content, Side } from './agreement.rules.ts';
import type { Section } from './words.rules.ts';

export interface Signature {
  side: Side;
  userId: string;
  name: string;
  signedAt: string;
  hash: string;
}
export interface AgreementRow {
  version: number;
  content: Content;
  words: Section[];
  hash: string;
  startsOn: string | null;
  note: string | null;
  draftedAt: Date;
  draftedBy: string | null;
  fromAt: Date | null;
  told: boolean;
  signatures: Signature[];
}

const columns = sql`a.version, a.content, a.words, a.hash, a.starts_on, a.note, a.drafted_at, u.name as drafted_by, a.from_at, a.told,
  coalesce((select json_agg(json_build_object('side', s.side, 'userId', s.user_id, 'name', coalesce(su.name, 'Somebody who left'), 'hash', s.hash,
      'signedAt', to_char(s.signed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) order by s.signed_at, s.side)
    from qualify.agreement_signature s left join platform.app_user su on su.workspace_id = s.workspace_id and su.id = s.user_id
    where s.workspace_id = a.workspace_id and s.version = a.version), '[]') as signatures
  from qualify.agreement a left join platform.app_user u on u.workspace_id = a.workspace_id and u.id = a.drafted_by`;

/** Every version, the latest first; the draft, where there is one, is the first. */
export const listAgreements = (tx: Tx): Promise<AgreementRow[]> =>
  tx.rows(sql`select ${columns} where a.workspace_id = ${tx.scope.workspaceId} order by a.version desc limit 200`);

/**
 * The draft, locked until the transaction ends: who changes it and who signs it wait for each other. It is read after it is locked, and not in the
 * same statement: that would see the signatures as they were before the wait.
 */
export async function lockDraft(tx: Tx): Promise<AgreementRow | undefined> {
  const draft = sql`a.workspace_id = ${tx.scope.workspaceId} and a.from_at is null`;
  await tx.rows(sql`select a.version from qualify.agreement a where ${draft} for update`);
  return tx.maybe(sql`select ${columns} where ${draft}`);
}

export interface NewDraft {
  version: number;
  content: Content;
  words: Section[];
  hash: string;
  startsOn: string | null;
  note: string | null;
  by: string | undefined;
  at: Date;
}

/** The one draft is written over; who signed what it said before has signed nothing any more. */
export async function saveDraft(tx: Tx, { version, content, words, hash, startsOn, note, by, at }: NewDraft): Promise<void> {
  const { workspaceId } = tx.scope;
  await tx.run(sql`delete from qualify.agreement_signature where workspace_id = ${workspaceId} and version = ${version}`);
  await tx.run(sql`insert into qualify.agreement (workspace_id, version, content, words, hash, starts_on, note, drafted_at, drafted_by)
    values (${workspaceId}, ${version}, ${JSON.stringify(content)}::jsonb, ${JSON.stringify(words)}::jsonb, ${hash}, ${startsOn}, ${note}, ${at}, ${by ?? null})
    on conflict (workspace_id, version) do update set content = excluded.content, words = excluded.words, hash = excluded.hash, starts_on = excluded.starts_on,
      note = excluded.note, drafted_at = excluded.drafted_at, drafted_by = excluded.drafted_by`);
}

export const dropDraft = (tx: Tx): Promise<number> =>
  tx.run(sql`delete from qualify.agreement where workspace_id = ${tx.scope.workspaceId} and from_at is null`);

export const addSignature = (tx: Tx, given: { version: number; side: Side; userId: string; at: Date; hash: string }): Promise<number> =>
  tx.run(sql`insert into qualify.agreement_signature (workspace_id, version, side, user_id, signed_at, hash)
    values (${tx.scope.workspaceId}, ${given.version}, ${given.side}, ${given.userId}, ${given.at}, ${given.hash})`);

export const beginAgreement = (tx: Tx, version: number, fromAt: Date): Promise<number> =>
  tx.run(sql`update qualify.agreement set from_at = ${fromAt} where workspace_id = ${tx.scope.workspaceId} and version = ${version}`);

/** Versions whose time has come and of which the journal does not know yet, the earliest first; told from here on. */
export const tellBegun = (tx: Tx, now: Date): Promise<{ version: number; fromAt: Date }[]> =>
  tx.rows(sql`update qualify.agreement set told = true where workspace_id = ${tx.scope.workspaceId} and from_at <= ${now} and not told returning version, from_at`);
