import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../context.ts';
import { sessionCookie } from '../http/caller.ts';
import { decodeCursor, paged, partnersInPerson, serve } from '../http/index.ts';
import type { Api } from '../http/index.ts';
import { cancelJob, findJob } from '../jobs/index.ts';
import { refuse } from '../refusal.ts';
import { accessApi } from './access.contract.ts';
import { findUser, getWorkspace, listApiTokens, listAudit, listMails, listUsers } from './access.queries.ts';
import type { UserRow, WorkspaceRow } from './access.queries.ts';
import { acceptInvitation, addInvitedUser, inviteUser } from './invite-user.ts';
import { changeUserAccess, changeWorkspace, endApiToken, endOtherSessions, makeApiToken, signOut } from './manage-access.ts';
import type { Role } from './scope.ts';
import { asHouse, systemScope } from './scope.ts';
import { changeTeammate, inviteAgain, inviteTeammate, listTeam } from './team.ts';
import { openSession, signIn } from './sign-in.ts';
import type { SignedIn } from './sign-in.ts';

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

async function describeSession(cx: Context, workspaceId: string, userId: string): Promise<{ user: UserRow; workspace: WorkspaceRow }> {
  return cx.db.read(systemScope(workspaceId), async (tx) => ({
    user: (await findUser(tx, userId)) ?? refuse('unauthenticated', 'platform/sign-in', 'Please sign in.'),
    workspace: await getWorkspace(tx),
  }));
}

/** Newest first, and ids are in the order of time. */
const newestFirst = <T extends { id: string }>(rows: T[], limit: number): { items: T[]; nextCursor: string | null } =>
  paged(
    rows,
    limit,
    (row) => [row.id],
    (row) => row,
  );
const after = (cursor: string | undefined): string | undefined => decodeCursor(cursor)?.[0] as string | undefined;

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
    if (caller?.by === 'session') await signOut(cx, scope.workspaceId, caller.tokenHash);
    void reply.clearCookie(sessionCookie, { path: '/' });
    return undefined;
  });
  serve(api, accessApi, 'POST /v1/session/end-others', { may: 'signed-in' }, async ({ scope, caller }) => {
    const { userId } = scope;
    if (!userId || !caller) refuse('forbidden', 'platform/token', 'An API token has no session.');
    await cx.db.write(scope, (tx) => endOtherSessions(tx, userId, caller.tokenHash));
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
  serve(api, accessApi, 'POST /v1/users', { may: admin }, ({ scope, body }) => cx.db.write(scope, (tx) => addInvitedUser(tx, cx, body)));
  serve(api, accessApi, 'PATCH /v1/users/:id', { may: admin }, ({ scope, params, body }) =>
    cx.db.write(scope, (tx) => changeUserAccess(tx, cx, params.id, body)),
  );
  serve(api, accessApi, 'POST /v1/users/:id/invitation', { may: admin }, async ({ scope, params }) => ({
    link: await cx.db.write(scope, (tx) => inviteUser(tx, cx, params.id)),
  }));

  serve(api, accessApi, 'GET /v1/team', { may: ['partner'] }, async ({ scope }) => ({ items: await cx.db.read(asHouse(scope), (tx) => listTeam(tx, scope)) }));
  serve(api, accessApi, 'POST /v1/team', { may: ['partner'], perMinute: 10 }, ({ scope, body, caller }) => {
    partnersInPerson(caller);
    return cx.db.write(asHouse(scope), (tx) => inviteTeammate(tx, cx, scope, body));
  });
  serve(api, accessApi, 'PATCH /v1/team/:id', { may: ['partner'] }, ({ scope, params, body, caller }) => {
    partnersInPerson(caller);
    return cx.db.write(asHouse(scope), (tx) => changeTeammate(tx, cx, scope, params.id, body.status));
  });
  serve(api, accessApi, 'POST /v1/team/:id/invitation', { may: ['partner'], perMinute: 10 }, ({ scope, params, caller }) => {
    partnersInPerson(caller);
    return cx.db.write(asHouse(scope), (tx) => inviteAgain(tx, cx, scope, params.id));
  });

  serve(api, accessApi, 'GET /v1/tokens', { may: ['partner'] }, async ({ scope }) => ({ items: await cx.db.read(scope, listApiTokens) }));
  serve(api, accessApi, 'POST /v1/tokens', { may: ['partner'] }, ({ scope, body, caller }) => {
    partnersInPerson(caller);
    return cx.db.write(scope, (tx) => makeApiToken(tx, cx, body));
  });
  serve(api, accessApi, 'DELETE /v1/tokens/:id', { may: ['partner'] }, async ({ scope, params, caller }) => {
    partnersInPerson(caller);
    await cx.db.write(scope, (tx) => endApiToken(tx, cx, params.id));
    return undefined;
  });

  serve(api, accessApi, 'GET /v1/workspace', { may: 'signed-in' }, ({ scope }) => cx.db.read(scope, getWorkspace));
  serve(api, accessApi, 'PATCH /v1/workspace', { may: admin }, ({ scope, body }) =>
    cx.db.write(scope, (tx) => changeWorkspace(tx, cx, body)),
  );

  serve(api, accessApi, 'GET /v1/audit', { may: ['administrator', 'management'] }, async ({ scope, query }) =>
    newestFirst(await cx.db.read(scope, (tx) => listAudit(tx, after(query.cursor), query.limit + 1)), query.limit),
  );
  serve(api, accessApi, 'GET /v1/mail', { may: ['administrator', 'marketing', 'sales_manager'] }, async ({ scope, query }) => ({
    ...newestFirst(await cx.db.read(scope, (tx) => listMails(tx, query.state, after(query.cursor), query.limit + 1)), query.limit),
    server: cx.config.smtpUrl ? new URL(cx.config.smtpUrl).host : null,
  }));

  const workers: Role[] = ['administrator', 'marketing', 'sales_manager', 'finance'];
  const noJob = (): never => refuse('not-found', 'platform/no-such-job', 'There is no such piece of work.');
  serve(
    api,
    accessApi,
    'GET /v1/jobs/:id',
    { may: workers },
    async ({ scope, params }) => (await cx.db.read(scope, (tx) => findJob(tx, params.id))) ?? noJob(),
  );
  serve(api, accessApi, 'POST /v1/jobs/:id/cancel', { may: workers }, ({ scope, params }) =>
    cx.db.write(scope, async (tx) => {
      await cancelJob(tx, cx, params.id);
      return (await findJob(tx, params.id)) ?? noJob();
    }),
  );
}
