import type { Context } from '../context.ts';
import { sql } from '../db/index.ts';
import type { Tx } from '../db/index.ts';
import { enqueueMail } from '../mail/index.ts';
import { refuse } from '../refusal.ts';
import { hashToken, newToken } from '../secrets.ts';
import { isUuid } from '../values/uuid.rules.ts';
import { audit } from './audit.ts';
import { hashPassword } from './passwords.ts';
import { systemScope } from './scope.ts';
import { findUser, findUserByEmail } from './access.queries.ts';
import type { UserRow } from './access.queries.ts';
import type { Role } from './scope.ts';
import { addUser, changeUser } from './users.store.ts';

const lifetimeDays = 14;

export const baseUrl = (cx: Context): string =>
  cx.config.publicUrl?.replace(/\/$/, '') ?? `http://${cx.config.host === '0.0.0.0' ? 'localhost' : cx.config.host}:${cx.config.port}`;

/** Makes a fresh invitation link for a user (earlier ones die) and mails it where there is an address. */
export async function inviteUser(tx: Tx, cx: Context, userId: string, mailIt = true): Promise<string> {
  const user = (await findUser(tx, userId)) ?? refuse('not-found', 'platform/no-such-user', 'There is no such user in this workspace.');
  const { workspaceId } = tx.scope;
  const secret = newToken();
  const now = cx.clock.now();
  await tx.run(sql`delete from platform.invitation where workspace_id = ${workspaceId} and user_id = ${userId} and used_at is null`);
  await tx.run(sql`insert into platform.invitation (workspace_id, token_hash, user_id, created_at, expires_at)
    values (${workspaceId}, ${hashToken(secret)}, ${userId}, ${now}, ${new Date(now.getTime() + lifetimeDays * 86_400_000)})`);
  const link = `${baseUrl(cx)}/invitation?token=${workspaceId}.${secret}`;
  if (mailIt && user.email) {
    const { name } = await tx.one<{ name: string }>(sql`select name from platform.workspace where id = ${workspaceId}`);
    await enqueueMail(tx, cx, {
      kind: 'invitation',
      to: user.email,
      subject: `You are invited to ${name} on Baton`,
      text: `Hello ${user.name},\n\n${name} works its leads with Baton and gave you a place there.\nChoose your password here (the link works once, for ${lifetimeDays} days):\n\n${link}\n`,
    });
  }
  await audit(tx, cx, { what: 'user.invited', subjectId: userId });
  return link;
}

/** Uses an invitation: sets the password, activates the user. */
export async function acceptInvitation(
  cx: Context,
  given: { token: string; name?: string | undefined; password: string },
): Promise<{ workspaceId: string; userId: string }> {
  const dot = given.token.indexOf('.');
  const workspaceId = given.token.slice(0, dot);
  const dead = (): never =>
    refuse('forbidden', 'platform/invitation-dead', 'This invitation was used already or has run out. Ask for a new one.');
  if (!isUuid(workspaceId)) dead();
  const passwordHash = await hashPassword(given.password);
  return cx.db.write(systemScope(workspaceId), async (tx) => {
    const now = cx.clock.now();
    const row = await tx.maybe<{ userId: string }>(sql`update platform.invitation set used_at = ${now}
      where workspace_id = ${workspaceId} and token_hash = ${hashToken(given.token.slice(dot + 1))} and used_at is null and expires_at > ${now} returning user_id`);
    if (!row) return dead();
    const user = await findUser(tx, row.userId);
    if (!user || user.status === 'disabled') return dead();
    await changeUser(tx, row.userId, { status: 'active', passwordHash, ...(given.name ? { name: given.name } : {}) });
    await audit(tx, cx, { what: 'user.joined', subjectId: row.userId, userId: row.userId });
    return { workspaceId, userId: row.userId };
  });
}

/** Adds a user who has still to choose a password, and invites them. */
export async function addInvitedUser(
  tx: Tx,
  cx: Context,
  given: { email: string; name: string; roles: Role[]; holderId?: string | undefined },
): Promise<{ user: UserRow; link: string }> {
  if (await findUserByEmail(tx, given.email))
    refuse('conflict', 'platform/user-exists', 'Somebody with this mail address is a user already.');
  if (given.roles.includes('partner') && !given.holderId)
    refuse('invalid', 'platform/partner-holder', 'Say which partner this user belongs to.');
  const id = cx.ids.next();
  await addUser(tx, {
    id,
    email: given.email,
    name: given.name,
    roles: given.roles,
    holderId: given.holderId ?? null,
    externalId: null,
    createdAt: cx.clock.now(),
  });
  const link = await inviteUser(tx, cx, id);
  return { user: (await findUser(tx, id))!, link };
}
