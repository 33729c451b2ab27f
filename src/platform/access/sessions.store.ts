import type { Context } from '../context.ts';
import { sql } from '../db/index.ts';
import type { Tx } from '../db/index.ts';
import type { Role, Scope } from './scope.ts';
import { systemScope } from './scope.ts';

const lifetimeDays = 30;
const day = 86_400_000;
/** On which days somebody was here: a year for the scorecards, and what is left of its last month. */
const daysKept = 400;

export async function addSession(
  cx: Context,
  workspaceId: string,
  userId: string,
  tokenHash: Buffer,
  device: string | undefined,
): Promise<Date> {
  const now = cx.clock.now();
  const expiresAt = new Date(now.getTime() + lifetimeDays * day);
  await cx.db.write(systemScope(workspaceId), async (tx) => {
    await tx.run(sql`delete from platform.session where expires_at < ${now}`);
    await tx.run(sql`insert into platform.session (workspace_id, token_hash, user_id, created_at, last_seen_at, expires_at, device)
      values (${workspaceId}, ${tokenHash}, ${userId}, ${now}, ${now}, ${expiresAt}, ${device?.slice(0, 200) ?? null})`);
    await tx.run(sql`delete from platform.user_day where user_id = ${userId} and on_date < ${new Date(now.getTime() - daysKept * day)}::timestamptz::date`);
    await noteDay(tx, userId, now);
  });
  return expiresAt;
}

/** That somebody was here today, as the company counts days. */
const noteDay = (tx: Tx, userId: string, now: Date): Promise<number> =>
  tx.run(sql`insert into platform.user_day (workspace_id, user_id, on_date)
    select id, ${userId}, (${now}::timestamptz at time zone time_zone)::date from platform.workspace where id = ${tx.scope.workspaceId} on conflict do nothing`);

/** The scope of a live session; also notes, at most every five minutes, that it was used. */
export async function findSession(cx: Context, workspaceId: string, tokenHash: Buffer): Promise<Scope | undefined> {
  const now = cx.clock.now();
  const found = await cx.db.read(systemScope(workspaceId), (tx) =>
    tx.maybe<{ id: string; roles: Role[]; holderId: string | null; lastSeenAt: Date }>(sql`
      select u.id, u.roles, u.holder_id, s.last_seen_at from platform.session s
      join platform.app_user u on u.workspace_id = s.workspace_id and u.id = s.user_id
      where s.workspace_id = ${workspaceId} and s.token_hash = ${tokenHash} and s.expires_at > ${now} and u.status = 'active'`),
  );
  if (!found) return undefined;
  if (now.getTime() - found.lastSeenAt.getTime() > 300_000) {
    await cx.db.write(systemScope(workspaceId), async (tx) => {
      await tx.run(sql`update platform.session set last_seen_at = ${now} where workspace_id = ${workspaceId} and token_hash = ${tokenHash}`);
      await noteDay(tx, found.id, now);
    });
  }
  return scopeOf(workspaceId, found);
}

/** Only a partner's scope carries its holder: that is what narrows the database to its own leads. */
export function scopeOf(workspaceId: string, user: { id: string; roles: Role[]; holderId: string | null }): Scope {
  const partner = user.roles.includes('partner');
  // A partner without a holder must see nothing, not everything: an id that holds no lead stands in.
  return {
    workspaceId,
    userId: user.id,
    roles: partner ? ['partner'] : user.roles,
    ...(partner ? { holderId: user.holderId ?? user.id } : {}),
  };
}

export async function dropSession(cx: Context, workspaceId: string, tokenHash: Buffer): Promise<void> {
  await cx.db.write(systemScope(workspaceId), (tx) =>
    tx.run(sql`delete from platform.session where workspace_id = ${workspaceId} and token_hash = ${tokenHash}`),
  );
}
