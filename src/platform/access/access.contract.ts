import { z } from 'zod';
import type { Contract } from '../http/contract.ts';
import { roles } from './scope.ts';

const role = z.enum(roles);
const instant = z.string().meta({ format: 'date-time' });
const email = z.email().max(254);
const name = z.string().trim().min(1).max(200);
const password = z.string().min(10, 'must have at least 10 characters').max(200);
const token = z.string().min(1).max(500);

const session = z
  .object({
    user: z.object({ id: z.uuid(), name: z.string(), email: z.string().nullable(), roles: z.array(role), holderId: z.uuid().nullable() }),
    workspace: z.object({
      id: z.uuid(),
      name: z.string(),
      currency: z.string(),
      locale: z.string(),
      timeZone: z.string(),
      country: z.string().nullable(),
      isDemo: z.boolean(),
    }),
  })
  .meta({ id: 'Session' });

const user = z
  .object({
    id: z.uuid(),
    email: z.string().nullable(),
    name: z.string(),
    roles: z.array(role),
    holderId: z.uuid().nullable(),
    externalId: z.string().nullable(),
    status: z.enum(['active', 'invited', 'disabled']),
    createdAt: instant,
  })
  .meta({ id: 'User' });

const teammate = z
  .object({ id: z.uuid(), email: z.string().nullable(), name: z.string(), status: z.enum(['active', 'invited', 'disabled']), createdAt: instant, you: z.boolean() })
  .meta({ id: 'Teammate' });

const job = z
  .object({
    id: z.uuid(),
    name: z.string(),
    state: z.enum(['waiting', 'running', 'done', 'failed', 'cancelled']),
    done: z.number(),
    total: z.number().nullable(),
    note: z.string().nullable(),
    problem: z.string().nullable(),
    createdAt: instant,
    startedAt: instant.nullable(),
    finishedAt: instant.nullable(),
  })
  .meta({ id: 'Job' });

const apiToken = z
  .object({
    id: z.uuid(),
    name: z.string(),
    roles: z.array(role),
    holderId: z.uuid().nullable().meta({ description: 'The partner it acts as.' }),
    createdAt: instant,
    lastUsedAt: instant.nullable(),
    revokedAt: instant.nullable(),
  })
  .meta({ id: 'ApiToken' });

const mail = z
  .object({
    id: z.uuid(),
    kind: z.string(),
    toAddress: z.string(),
    subject: z.string(),
    textBody: z.string(),
    state: z.enum(['queued', 'sent', 'captured', 'failed', 'blocked']),
    problem: z.string().nullable(),
    createdAt: instant,
    sentAt: instant.nullable(),
    leadId: z.uuid().nullable(),
  })
  .meta({ id: 'Mail' });

const id = z.object({ id: z.uuid() });
const page = { cursor: z.string().max(1000).optional(), limit: z.coerce.number().int().min(1).max(200).default(50) };

export const accessApi = {
  'GET /v1/setup': {
    summary: 'Whether this installation waits to be set up, and whether the one-time link is right.',
    query: z.object({ token: token.optional() }),
    response: z.object({ needed: z.boolean(), ready: z.boolean() }),
  },
  'POST /v1/setup': {
    summary: 'Name the company and create its first user; needs the one-time link printed in the terminal.',
    body: z.object({
      token,
      company: name,
      currency: z.string().regex(/^[A-Z]{3}$/),
      timeZone: z.string().min(1).max(64),
      country: z
        .string()
        .regex(/^[A-Z]{2}$/)
        .optional(),
      locale: z.string().max(20).default('en'),
      name,
      email,
      password,
      start: z.enum(['demo', 'empty']),
    }),
    response: z.object({ session, jobId: z.uuid().nullable() }),
  },
  'GET /v1/session': { summary: 'Who is signed in.', response: session },
  'POST /v1/session': {
    summary: 'Sign in.',
    body: z.object({ email: z.string().max(254), password: z.string().max(200), workspaceId: z.uuid().optional() }),
    response: z.object({ session: session.nullable(), choose: z.array(z.object({ workspaceId: z.uuid(), name: z.string() })).optional() }),
  },
  'DELETE /v1/session': { summary: 'Sign out.' },
  'POST /v1/session/end-others': { summary: 'End all other sessions of mine.' },
  'GET /v1/users': { summary: 'Users of this workspace.', response: z.object({ items: z.array(user) }) },
  'POST /v1/users': {
    summary: 'Invite somebody by mail.',
    body: z.object({ email, name, roles: z.array(role).min(1), holderId: z.uuid().optional() }),
    response: z.object({ user, link: z.string() }),
  },
  'PATCH /v1/users/:id': {
    summary: 'Change a user; disabling ends their sessions.',
    params: id,
    body: z.object({
      name: name.optional(),
      roles: z.array(role).min(1).optional(),
      holderId: z.uuid().nullable().optional(),
      status: z.enum(['active', 'disabled']).optional(),
    }),
    response: user,
  },
  'POST /v1/users/:id/invitation': {
    summary: 'Send the invitation again; the old link dies.',
    params: id,
    response: z.object({ link: z.string() }),
  },
  'GET /v1/team': { summary: 'Who of your company may sign in here, for a partner.', response: z.object({ items: z.array(teammate) }) },
  'POST /v1/team': {
    summary: 'Invite a colleague of your company by mail; they see what your company holds or held, and nothing else.',
    body: z.object({ email, name }),
    response: teammate,
  },
  'PATCH /v1/team/:id': {
    summary: 'Let a colleague in again, or no longer; their sessions end at once.',
    params: id,
    body: z.object({ status: z.enum(['active', 'disabled']) }),
    response: teammate,
  },
  'POST /v1/team/:id/invitation': { summary: 'Send a colleague’s invitation again; the old link dies.', params: id, response: teammate },
  'POST /v1/invitations/accept': {
    summary: 'Accept an invitation and choose a password.',
    body: z.object({ token, name: name.optional(), password }),
    response: z.object({ session }),
  },
  'GET /v1/tokens': { summary: 'API tokens; a partner sees its own.', response: z.object({ items: z.array(apiToken) }) },
  'POST /v1/tokens': {
    summary: 'Make an API token; its text is shown this once. With the role partner it acts as one partner: an administrator says which, a partner makes its own.',
    body: z.object({ name, roles: z.array(role).min(1), holderId: z.uuid().nullish() }),
    response: z.object({ id: z.uuid(), token: z.string() }),
  },
  'DELETE /v1/tokens/:id': { summary: 'Revoke an API token at once; a partner its own.', params: id },
  'GET /v1/workspace': { summary: 'The company and its settings.', response: session.shape.workspace },
  'PATCH /v1/workspace': {
    summary: 'Change the company, its currency, time zone or language.',
    body: z.object({
      name: name.optional(),
      currency: z
        .string()
        .regex(/^[A-Z]{3}$/)
        .optional(),
      timeZone: z.string().max(64).optional(),
      locale: z.string().max(20).optional(),
      country: z
        .string()
        .regex(/^[A-Z]{2}$/)
        .optional(),
    }),
    response: session.shape.workspace,
  },
  'GET /v1/audit': {
    summary: 'Who changed what in the house, newest first.',
    query: z.object(page),
    response: z.object({
      items: z.array(
        z.object({
          id: z.uuid(),
          at: instant,
          userName: z.string().nullable(),
          what: z.string(),
          subjectId: z.uuid().nullable(),
          subjectName: z.string().nullable().meta({ description: 'Where the subject is a user.' }),
          detail: z.record(z.string(), z.unknown()),
        }),
      ),
      nextCursor: z.string().nullable(),
    }),
  },
  'GET /v1/mail': {
    summary: 'The outbox: what was sent, waits, or was captured because no mail server is configured.',
    query: z.object({ ...page, state: z.enum(['queued', 'sent', 'captured', 'failed', 'blocked']).optional() }),
    response: z.object({ items: z.array(mail), nextCursor: z.string().nullable(), server: z.string().nullable() }),
  },
  'GET /v1/jobs/:id': { summary: 'How far a piece of long work is.', params: id, response: job },
  'POST /v1/jobs/:id/cancel': { summary: 'Ask a piece of long work to stop.', params: id, response: job },
} satisfies Contract;
