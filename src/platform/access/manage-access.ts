import type { Context } from '../context.ts';
import { sql } from '../db/index.ts';
import type { Tx } from '../db/index.ts';
import { forgetCallers } from '../http/caller.ts';
import { refuse } from '../refusal.ts';
import { hashToken, newToken } from '../secrets.ts';
import { findUser, listUsers } from './access.queries.ts';
import type { UserRow, WorkspaceRow } from './access.queries.ts';
import { checkPlace } from './set-up.ts';
import { addApiToken, countTokensOf, revokeApiToken, revokeTokensOf } from './api-tokens.store.ts';
import { audit } from './audit.ts';
import type { Role } from './scope.ts';
import { dropSession } from './sessions.store.ts';
import { changeUser, endSessionsOf } from './users.store.ts';

export interface UserChange {
  name?: string | undefined;
  roles?: Role[] | undefined;
  holderId?: string | null | undefined;
  status?: 'active' | 'disabled' | undefined;
}

/** Changes a user; disabling ends their sessions. The last administrator stays one. */
export async function changeUserAccess(tx: Tx, cx: Context, id: string, change: UserChange): Promise<UserRow> {
  const before = (await findUser(tx, id)) ?? refuse('not-found', 'platform/no-such-user', 'There is no such user in this workspace.');
  const losesAdmin =
    before.roles.includes('administrator') && (change.status === 'disabled' || (change.roles && !change.roles.includes('administrator')));
  if (losesAdmin && (await listUsers(tx)).filter((u) => u.status === 'active' && u.roles.includes('administrator')).length < 2) {
    refuse('conflict', 'platform/last-administrator', 'This is the last administrator. Make somebody else one first.');
  }
  const { name, roles, holderId, status } = change;
  await changeUser(tx, id, {
    ...(name ? { name } : {}),
    ...(roles ? { roles } : {}),
    ...(holderId !== undefined ? { holderId } : {}),
    ...(status ? { status } : {}),
  });
  if (status === 'disabled') await endSessionsOf(tx, id);
  // What they made for their company's system ends with their being of that company.
  if (status === 'disabled' || (holderId !== undefined && holderId !== before.holderId) || (roles && !roles.includes('partner'))) await revokeTokensOf(tx, id, cx.clock.now());
  await audit(tx, cx, { what: 'user.changed', subjectId: id, detail: { fields: Object.keys(change) } });
  tx.afterCommit(forgetCallers);
  return (await findUser(tx, id))!;
}

const partnerTokensMax = 10;

/** The holder a token is bound to: a partner's own, or the one an administrator names; null for everything else. */
function holderOfToken(tx: Tx, given: { roles: Role[]; holderId?: string | null | undefined }): string | null {
  const own = tx.scope.holderId;
  if (own !== undefined) {
    if (given.roles.some((role) => role !== 'partner') || (given.holderId && given.holderId !== own))
      refuse('forbidden', 'platform/token-role', 'You can make tokens that act as your own company, and no others.');
    return own;
  }
  if (!given.roles.includes('partner')) {
    if (given.holderId) refuse('invalid', 'platform/token-role', 'Only a token with the role partner acts as somebody: leave the partner out, or choose that role.');
    return null;
  }
  if (given.roles.length > 1) refuse('invalid', 'platform/token-role', 'A token that acts as a partner can have no other role beside it.');
  return given.holderId ?? refuse('invalid', 'platform/token-role', 'Say as which partner the token acts.');
}

/** Makes an API token; its text exists only in the answer. */
export async function makeApiToken(
  tx: Tx,
  cx: Context,
  given: { name: string; roles: Role[]; holderId?: string | null | undefined },
): Promise<{ id: string; token: string }> {
  const holderId = holderOfToken(tx, given);
  if (holderId && (await countTokensOf(tx, holderId)) >= partnerTokensMax)
    refuse('conflict', 'platform/tokens-enough', `There are ${partnerTokensMax} tokens already. Revoke one that is not used any more.`);
  const secret = newToken();
  const id = cx.ids.next();
  await addApiToken(tx, { id, tokenHash: hashToken(secret), name: given.name, roles: given.roles, holderId, createdAt: cx.clock.now() });
  await audit(tx, cx, { what: 'token.created', subjectId: id, detail: { roles: given.roles, ...(holderId ? { holderId } : {}) } });
  return { id, token: `baton_${tx.scope.workspaceId}.${secret}` };
}

export async function endApiToken(tx: Tx, cx: Context, id: string): Promise<void> {
  if ((await revokeApiToken(tx, id, cx.clock.now())) === 0)
    refuse('not-found', 'platform/no-such-token', 'There is no such token, or it was revoked before.');
  await audit(tx, cx, { what: 'token.revoked', subjectId: id });
  tx.afterCommit(forgetCallers);
}

export async function signOut(cx: Context, workspaceId: string, tokenHash: Buffer): Promise<void> {
  await dropSession(cx, workspaceId, tokenHash);
  forgetCallers();
}

export async function endOtherSessions(tx: Tx, userId: string, mine: Buffer): Promise<void> {
  await endSessionsOf(tx, userId, mine);
  tx.afterCommit(forgetCallers);
}

export interface WorkspaceChange {
  name?: string | undefined;
  currency?: string | undefined;
  timeZone?: string | undefined;
  locale?: string | undefined;
  country?: string | undefined;
}

export async function changeWorkspace(tx: Tx, cx: Context, change: WorkspaceChange): Promise<WorkspaceRow> {
  checkPlace(change);
  await audit(tx, cx, { what: 'workspace.changed', detail: change });
  return tx.one(sql`update platform.workspace set name = coalesce(${change.name ?? null}, name), currency = coalesce(${change.currency ?? null}, currency),
    time_zone = coalesce(${change.timeZone ?? null}, time_zone), locale = coalesce(${change.locale ?? null}, locale), country = coalesce(${change.country ?? null}, country)
    where id = ${tx.scope.workspaceId} returning id, name, currency, locale, time_zone, country, is_demo`);
}
