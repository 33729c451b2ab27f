import type { Context } from '../context.ts';
import { sql } from '../db/index.ts';
import { refuse } from '../refusal.ts';
import { hashToken, newToken } from '../secrets.ts';
import { passwordFits, spendTheSameTime } from './passwords.ts';
import { systemScope } from './scope.ts';
import { addSession } from './sessions.store.ts';
import { noUuid } from '../values/uuid.rules.ts';

export interface SignedIn {
  workspaceId: string;
  userId: string;
  /** The cookie's value; the database keeps only a hash of its secret half. */
  cookie: string;
  expiresAt: Date;
}

interface Account {
  workspaceId: string;
  userId: string;
  passwordHash: string;
}

/** Checks mail and password; where several workspaces fit, the caller has to choose one. */
export async function signIn(
  cx: Context,
  given: { email: string; password: string; workspaceId?: string | undefined; device?: string | undefined },
): Promise<SignedIn | { choose: { workspaceId: string; name: string }[] }> {
  // The one look-up that is not inside a workspace, by a function that answers nothing else.
  const nowhere = systemScope(noUuid);
  const accounts = await cx.db.read(nowhere, (tx) => tx.rows<Account>(sql`select * from platform.workspaces_of(${given.email.trim()})`));
  const fitting: Account[] = [];
  for (const account of accounts.slice(0, 20)) {
    if ((!given.workspaceId || account.workspaceId === given.workspaceId) && (await passwordFits(account.passwordHash, given.password)))
      fitting.push(account);
  }
  if (accounts.length === 0) await spendTheSameTime(given.password);
  const [account, ...more] = fitting;
  if (!account)
    refuse(
      'unauthenticated',
      'platform/wrong-password',
      'Mail address and password do not fit. Check both, or ask an administrator for a new invitation.',
    );
  if (more.length > 0) {
    const choose = await Promise.all(
      fitting.map(({ workspaceId }) =>
        cx.db.read(systemScope(workspaceId), (tx) =>
          tx.one<{ workspaceId: string; name: string }>(
            sql`select id as workspace_id, name from platform.workspace where id = ${workspaceId}`,
          ),
        ),
      ),
    );
    return { choose };
  }
  return openSession(cx, account.workspaceId, account.userId, given.device);
}

export async function openSession(cx: Context, workspaceId: string, userId: string, device: string | undefined): Promise<SignedIn> {
  const secret = newToken();
  const expiresAt = await addSession(cx, workspaceId, userId, hashToken(secret), device);
  return { workspaceId, userId, cookie: `${workspaceId}.${secret}`, expiresAt };
}
