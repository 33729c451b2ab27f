import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../context.ts';
import { sql } from '../db/index.ts';
import { forgetCallers, sessionCookie } from '../http/caller.ts';
import { decodeCursor, encodeCursor, serve } from '../http/index.ts';
import type { Api } from '../http/index.ts';
import { cancelJob, findJob } from '../jobs/index.ts';
import { refuse } from '../refusal.ts';
import { hashToken, newToken } from '../secrets.ts';
import { accessApi } from './access.contract.ts';
import { addApiToken, listApiTokens, revokeApiToken } from './api-tokens.store.ts';
import { audit } from './audit.ts';
import { acceptInvitation, inviteUser } from './invite-user.ts';
import type { Role } from './scope.ts';
import { systemScope } from './scope.ts';
import { dropSession } from './sessions.store.ts';
import { openSession, signIn } from './sign-in.ts';
import type { SignedIn } from './sign-in.ts';
import { addUser, changeUser, findUser, findUserByEmail, listUsers } from './users.store.ts';
import type { UserRow } from './users.store.ts';

/** What the set-up page needs from the house: it alone knows how to lay a workspace and fill the demo. */
export interface SetUpDoor {
  needed(): Promise<boolean>;
  token: string;
  run(given: {
    company: string;
    currency: string;
    timeZone: string;
    country?: string | undefined;
    locale: string;
    name: string;
    email: string;
    password: string;
    start: 'demo' | 'empty';
  }): Promise<{
    workspaceId: string;
    userId: string;
    jobId: string | null;
  }>;
}

interface WorkspaceRow {
  id: string;
  name: string;
  currency: string;
  locale: string;
  timeZone: string;
  country: string | null;
  isDemo: boolean;
}
interface MailRow {
  id: string;
  kind: string;
  toAddress: string;
  subject: string;
  textBody: string;
  state: 'queued' | 'sent' | 'captured' | 'failed' | 'blocked';
  problem: string | null;
  createdAt: Date;
  sentAt: Date | null;
  leadId: string | null;
}

async function describeSession(cx: Context, workspaceId: string, userId: string): Promise<{ user: UserRow; workspace: WorkspaceRow }> {
  return cx.db.read(systemScope(workspaceId), async (tx) => ({
    user: (await findUser(tx, userId)) ?? refuse('unauthenticated', 'platform/sign-in', 'Please sign in.'),
    workspace: await tx.one<WorkspaceRow>(
      sql`select id, name, currency, locale, time_zone, country, is_demo from platform.workspace where id = ${workspaceId}`,
    ),
  }));
}

function setCookie(cx: Context, reply: FastifyReply, signedIn: SignedIn): void {
  void reply.setCookie(sessionCookie, signedIn.cookie, {
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure: cx.config.publicUrl?.startsWith('https:') ?? false,
    expires: signedIn.expiresAt,
  });
}

const device = (request: FastifyRequest): string | undefined => request.headers['user-agent'];

export function accessRoutes(api: Api, setUp: SetUpDoor): void {
  const { cx } = api;
  const admin: Role[] = ['administrator'];

  serve(api, accessApi, 'GET /v1/setup', { may: 'public', perMinute: 60 }, async ({ query }) => {
    const needed = await setUp.needed();
    return { needed, ready: needed && query.token === setUp.token };
  });
  serve(api, accessApi, 'POST /v1/setup', { may: 'public', perMinute: 10 }, async ({ body, reply, request }) => {
    if (!(await setUp.needed())) refuse('conflict', 'platform/set-up-done', 'This installation is set up already. Sign in instead.');
    if (body.token !== setUp.token)
      refuse('forbidden', 'platform/set-up-link', 'This is not the one-time link printed in the terminal. Copy it from there again.');
    const made = await setUp.run(body);
    setCookie(cx, reply, await openSession(cx, made.workspaceId, made.userId, device(request)));
    return { session: await describeSession(cx, made.workspaceId, made.userId), jobId: made.jobId };
  });

  serve(api, accessApi, 'POST /v1/session', { may: 'public', perMinute: 10 }, async ({ body, reply, request }) => {
    const result = await signIn(cx, { ...body, device: device(request) });
    if ('choose' in result) return { session: null, choose: result.choose };
    setCookie(cx, reply, result);
    return { session: await describeSession(cx, result.workspaceId, result.userId) };
  });
  serve(api, accessApi, 'GET /v1/session', { may: 'signed-in' }, async ({ scope }) => {
    if (!scope.userId) refuse('forbidden', 'platform/token', 'An API token has no session.');
    return await describeSession(cx, scope.workspaceId, scope.userId);
  });
  serve(api, accessApi, 'DELETE /v1/session', { may: 'signed-in' }, async ({ scope, caller, reply }) => {
    if (caller?.by === 'session') await dropSession(cx, scope.workspaceId, caller.tokenHash);
    forgetCallers();
    void reply.clearCookie(sessionCookie, { path: '/' });
    return undefined;
  });
  serve(api, accessApi, 'POST /v1/session/end-others', { may: 'signed-in' }, async ({ scope, caller }) => {
    if (!scope.userId) refuse('forbidden', 'platform/token', 'An API token has no session.');
    await cx.db.write(scope, (tx) =>
      tx.run(sql`delete from platform.session where user_id = ${scope.userId} and token_hash <> ${caller!.tokenHash}`),
    );
    forgetCallers();
    return undefined;
  });
  serve(api, accessApi, 'POST /v1/invitations/accept', { may: 'public', perMinute: 10 }, async ({ body, reply, request }) => {
    const joined = await acceptInvitation(cx, body);
    setCookie(cx, reply, await openSession(cx, joined.workspaceId, joined.userId, device(request)));
    return { session: await describeSession(cx, joined.workspaceId, joined.userId) };
  });

  serve(api, accessApi, 'GET /v1/users', { may: ['administrator', 'marketing', 'sales_manager'] }, async ({ scope }) => ({
    items: await cx.db.read(scope, listUsers),
  }));
  serve(api, accessApi, 'POST /v1/users', { may: admin }, async ({ scope, body }) =>
    cx.db.write(scope, async (tx) => {
      if (await findUserByEmail(tx, body.email))
        refuse('conflict', 'platform/user-exists', 'Somebody with this mail address is a user already.');
      if (body.roles.includes('partner') && !body.holderId)
        refuse('invalid', 'platform/partner-holder', 'Say which partner this user belongs to.');
      const id = cx.ids.next();
      await addUser(tx, {
        id,
        email: body.email,
        name: body.name,
        roles: body.roles,
        holderId: body.holderId ?? null,
        externalId: null,
        createdAt: cx.clock.now(),
      });
      const link = await inviteUser(tx, cx, id);
      return { user: (await findUser(tx, id))!, link };
    }),
  );
  serve(api, accessApi, 'PATCH /v1/users/:id', { may: admin }, async ({ scope, params, body }) => {
    const changed = await cx.db.write(scope, async (tx) => {
      const before =
        (await findUser(tx, params.id)) ?? refuse('not-found', 'platform/no-such-user', 'There is no such user in this workspace.');
      const losesAdmin =
        before.roles.includes('administrator') && (body.status === 'disabled' || (body.roles && !body.roles.includes('administrator')));
      if (losesAdmin && (await listUsers(tx)).filter((u) => u.status === 'active' && u.roles.includes('administrator')).length < 2) {
        refuse('conflict', 'platform/last-administrator', 'This is the last administrator. Make somebody else one first.');
      }
      const { name, roles, holderId, status } = body;
      await changeUser(tx, params.id, {
        ...(name ? { name } : {}),
        ...(roles ? { roles } : {}),
        ...(holderId !== undefined ? { holderId } : {}),
        ...(status ? { status } : {}),
      });
      if (status === 'disabled') await tx.run(sql`delete from platform.session where user_id = ${params.id}`);
      await audit(tx, cx, { what: 'user.changed', subjectId: params.id, detail: { fields: Object.keys(body) } });
      return (await findUser(tx, params.id))!;
    });
    forgetCallers();
    return changed;
  });
  serve(api, accessApi, 'POST /v1/users/:id/invitation', { may: admin }, async ({ scope, params }) => ({
    link: await cx.db.write(scope, (tx) => inviteUser(tx, cx, params.id)),
  }));

  serve(api, accessApi, 'GET /v1/tokens', { may: admin }, async ({ scope }) => ({ items: await cx.db.read(scope, listApiTokens) }));
  serve(api, accessApi, 'POST /v1/tokens', { may: admin }, async ({ scope, body }) => {
    if (body.roles.includes('partner')) refuse('invalid', 'platform/token-role', 'A token cannot act as a partner.');
    const secret = newToken();
    const id = cx.ids.next();
    await cx.db.write(scope, async (tx) => {
      await addApiToken(tx, { id, tokenHash: hashToken(secret), name: body.name, roles: body.roles, createdAt: cx.clock.now() });
      await audit(tx, cx, { what: 'token.created', subjectId: id, detail: { roles: body.roles } });
    });
    return { id, token: `baton_${scope.workspaceId}.${secret}` };
  });
  serve(api, accessApi, 'DELETE /v1/tokens/:id', { may: admin }, async ({ scope, params }) => {
    await cx.db.write(scope, async (tx) => {
      if ((await revokeApiToken(tx, params.id, cx.clock.now())) === 0)
        refuse('not-found', 'platform/no-such-token', 'There is no such token, or it was revoked before.');
      await audit(tx, cx, { what: 'token.revoked', subjectId: params.id });
    });
    forgetCallers();
    return undefined;
  });

  serve(api, accessApi, 'GET /v1/workspace', { may: 'signed-in' }, async ({ scope }) =>
    cx.db.read(scope, (tx) =>
      tx.one<WorkspaceRow>(
        sql`select id, name, currency, locale, time_zone, country, is_demo from platform.workspace where id = ${scope.workspaceId}`,
      ),
    ),
  );
  serve(api, accessApi, 'PATCH /v1/workspace', { may: admin }, async ({ scope, body }) => {
    if (body.timeZone && !Intl.supportedValuesOf('timeZone').includes(body.timeZone) && body.timeZone !== 'UTC')
      refuse('invalid', 'platform/time-zone', `"${body.timeZone}" is not a time zone; use a name such as Europe/Zurich.`);
    return cx.db.write(scope, async (tx) => {
      await audit(tx, cx, { what: 'workspace.changed', detail: body });
      return tx.one<WorkspaceRow>(sql`update platform.workspace set name = coalesce(${body.name ?? null}, name), currency = coalesce(${body.currency ?? null}, currency),
        time_zone = coalesce(${body.timeZone ?? null}, time_zone), locale = coalesce(${body.locale ?? null}, locale), country = coalesce(${body.country ?? null}, country)
        where id = ${scope.workspaceId} returning id, name, currency, locale, time_zone, country, is_demo`);
    });
  });

  serve(api, accessApi, 'GET /v1/audit', { may: ['administrator', 'management'] }, async ({ scope, query }) => {
    const after = decodeCursor(query.cursor)?.[0] as string | undefined;
    const items = await cx.db.read(scope, (tx) =>
      tx.rows<{
        id: string;
        at: Date;
        userName: string | null;
        what: string;
        subjectId: string | null;
        detail: Record<string, unknown>;
      }>(sql`select a.id, a.at, u.name as user_name, a.what, a.subject_id, a.detail from platform.audit a
        left join platform.app_user u on u.workspace_id = a.workspace_id and u.id = a.user_id
        where a.workspace_id = ${scope.workspaceId} and (${after ?? null}::uuid is null or a.id < ${after ?? null}::uuid) order by a.id desc limit ${query.limit + 1}`),
    );
    const more = items.length > query.limit;
    return { items: items.slice(0, query.limit), nextCursor: more ? encodeCursor([items[query.limit - 1]!.id]) : null };
  });
  serve(api, accessApi, 'GET /v1/mail', { may: ['administrator', 'marketing', 'sales_manager'] }, async ({ scope, query }) => {
    const after = decodeCursor(query.cursor)?.[0] as string | undefined;
    const items = await cx.db.read(scope, (tx) =>
      tx.rows<MailRow>(sql`select id, kind, to_address, subject, text_body, state, problem, created_at, sent_at, lead_id from platform.mail
        where workspace_id = ${scope.workspaceId} and (${after ?? null}::uuid is null or id < ${after ?? null}::uuid)
          and (${query.state ?? null}::text is null or state = ${query.state ?? null}) order by id desc limit ${query.limit + 1}`),
    );
    const more = items.length > query.limit;
    return {
      items: items.slice(0, query.limit),
      nextCursor: more ? encodeCursor([items[query.limit - 1]!.id]) : null,
      server: cx.config.smtpUrl ? new URL(cx.config.smtpUrl).host : null,
    };
  });

  const workers: Role[] = ['administrator', 'marketing', 'sales_manager', 'finance'];
  serve(
    api,
    accessApi,
    'GET /v1/jobs/:id',
    { may: workers },
    async ({ scope, params }) =>
      (await cx.db.read(scope, (tx) => findJob(tx, params.id))) ??
      refuse('not-found', 'platform/no-such-job', 'There is no such piece of work.'),
  );
  serve(api, accessApi, 'POST /v1/jobs/:id/cancel', { may: workers }, async ({ scope, params }) =>
    cx.db.write(scope, async (tx) => {
      await cancelJob(tx, cx, params.id);
      return (await findJob(tx, params.id)) ?? refuse('not-found', 'platform/no-such-job', 'There is no such piece of work.');
    }),
  );
}
