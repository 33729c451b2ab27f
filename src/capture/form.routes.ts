import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createChallenge, verifySolution } from 'altcha-lib/v1';
import type { Challenge } from 'altcha-lib/v1/types';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { systemScope } from '../platform/access/index.ts';
import type { Context } from '../platform/context.ts';
import { scriptedPagePolicy, type Api } from '../platform/http/index.ts';
import { Refusal } from '../platform/refusal.ts';
import type { Arrival } from './accept-inquiries.ts';
import { arrivalFrom } from './arrive.rules.ts';
import { formPage, messagePage, standardForm, thanksPage, trapField } from './form-page.rules.ts';
import { consentsOf } from './form-consent.ts';
import type { Form } from './form.contract.ts';
import type { Intake } from './gather-arrivals.ts';
import { NO_PROOF, TRAPPED } from './held-back.rules.ts';
import { findProgramByFormKey } from './program.queries.ts';
import { workspaceOfKey } from './public-keys.ts';

const publicFolder = join(import.meta.dirname, 'public');
const pageHeaders = {
  'content-security-policy': scriptedPagePolicy,
  'cache-control': 'no-store',
  'referrer-policy': 'strict-origin-when-cross-origin',
};
const cors = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers': 'content-type',
  'access-control-allow-methods': 'GET, POST',
  'access-control-max-age': '86400',
  'cross-origin-resource-policy': 'cross-origin',
};
/** Some tenths of a second of a browser's work; an hour to fill the form in. */
const proofNumberMax = 60_000;
const proofMinutes = 60;

interface FormDoor {
  workspaceId: string;
  programId: string;
  form: Form;
}
async function doorOf(cx: Context, key: string): Promise<FormDoor | undefined> {
  const workspaceId = workspaceOfKey(key);
  if (!workspaceId) return undefined;
  const program = await cx.db.read(systemScope(workspaceId), (tx) => findProgramByFormKey(tx, key));
  return program && { workspaceId, programId: program.id, form: program.form ?? standardForm(program.name) };
}

const proofKey = (cx: Context): string => cx.secrets.sign('capture.proof', 'altcha');
function challengeFor(cx: Context, key: string): Promise<Challenge> {
  return createChallenge({ hmacKey: proofKey(cx), maxNumber: proofNumberMax, expires: new Date(Date.now() + proofMinutes * 60_000), params: { form: key } });
}
/** The signature of a good proof, made for this form and not expired; null otherwise. */
async function provenBy(cx: Context, key: string, payload: unknown): Promise<string | null> {
  if (typeof payload !== 'string' || payload === '' || payload.length > 4000) return null;
  try {
    if (!(await verifySolution(payload, proofKey(cx), true))) return null;
    const { salt, signature } = JSON.parse(Buffer.from(payload, 'base64').toString()) as { salt: string; signature: string };
    return new URLSearchParams(salt.split('?')[1]).get('form') === key ? signature : null;
  } catch {
    return null;
  }
}

const unproven = new Map<string, { count: number; until: number }>();
const unprovenPerMinute = 10;
/** What comes without a proof is kept, but nobody may fill the quarantine. */
function tooManyUnproven(ip: string): boolean {
  const now = Date.now();
  const seen = unproven.get(ip);
  if (!seen || seen.until < now) {
    if (unproven.size > 10_000) unproven.clear();
    unproven.set(ip, { count: 1, until: now + 60_000 });
    return false;
  }
  return ++seen.count > unprovenPerMinute;
}

export function formRoutes(api: Api, intake: Intake): void {
  const { app, cx } = api;
  const script = readFileSync(join(publicFolder, 'baton-form.js'));
  const style = readFileSync(join(publicFolder, 'form.css'));
  const asset = (body: Buffer, type: string) => (_request: FastifyRequest, reply: FastifyReply) =>
    reply.headers({ ...cors, 'content-type': `${type}; charset=utf-8`, 'cache-control': 'public, max-age=300' }).send(body);
  app.get('/embed.js', { schema: { hide: true } }, asset(script, 'text/javascript'));
  app.get('/f/form.js', { schema: { hide: true } }, asset(script, 'text/javascript'));
  app.get('/f/form.css', { schema: { hide: true } }, asset(style, 'text/css'));
  const page = (reply: FastifyReply, status: number, html: string) => reply.code(status).headers(pageHeaders).type('text/html; charset=utf-8').send(html);
  const missing = (reply: FastifyReply) => page(reply, 404, messagePage('This form does not exist', 'The address may be incomplete. Please ask whoever gave it to you.'));
  for (const path of ['/f/:key', '/f/:key/config.json'] as const) api.routes.push({ method: 'GET', path, may: 'public' });
  api.routes.push({ method: 'POST', path: '/f/:key', may: 'public' });

  app.get<{ Params: { key: string }; Querystring: Record<string, string> }>('/f/:key', { schema: { hide: true } }, async (request, reply) => {
    const { key } = request.params;
    const door = await doorOf(cx, key);
    if (!door) return missing(reply);
    if (!door.form.active) return page(reply, 410, messagePage(door.form.title, 'This form is closed.'));
    const carried: Record<string, string> = { landing_url: `${request.protocol}://${request.host}${request.url}`.slice(0, 2000) };
    if (request.headers.referer) carried['referrer'] = request.headers.referer.slice(0, 2000);
    return page(reply, 200, formPage({ key, form: door.form, challenge: JSON.stringify(await challengeFor(cx, key)), carried }));
  });
  app.get<{ Params: { key: string } }>('/f/:key/config.json', { schema: { hide: true } }, async (request, reply) => {
    void reply.headers({ ...cors, 'cache-control': 'no-store' });
    const door = await doorOf(cx, request.params.key);
    if (!door || !door.form.active) throw new Refusal('not-found', 'capture/no-form', 'This form does not exist or is closed.');
    return reply.send({ form: door.form, trap: trapField, challenge: await challengeFor(cx, request.params.key) });
  });
  app.options('/f/:key', { schema: { hide: true } }, (_request, reply) => reply.headers(cors).code(204).send());

  void app.register(async (child) => {
    child.removeAllContentTypeParsers();
    child.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: 262_144 }, (_request, body, done) => done(null, body));
    child.post<{ Params: { key: string } }>('/f/:key', { bodyLimit: 262_144, schema: { hide: true } }, async (request, reply) => {
      void reply.headers(cors);
      const { key } = request.params;
      const type = request.headers['content-type'];
      const wantsJson = type?.startsWith('application/json') ?? false;
      const door = await doorOf(cx, key);
      if (!door) {
        if (wantsJson) throw new Refusal('not-found', 'capture/no-form', 'This form does not exist.');
        return missing(reply);
      }
      const raw = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      const { arrival, posted } = formArrival(raw, type, door);
      const signature = await provenBy(cx, key, posted['altcha']);
      if (signature) arrival.key = `proof:${signature}`;
      else if (tooManyUnproven(request.ip)) throw new Refusal('limit', 'capture/too-many', 'Too many forms were sent from your address. Wait a minute and try again.', undefined, 429);
      else arrival.problem ??= NO_PROOF;
      if (posted[trapField]) arrival.problem = TRAPPED;
      const accepted = await intake.accept(door.workspaceId, arrival);
      if (accepted.again) {
        const sentence = `This was sent before, under the receipt number ${accepted.receipt}. To send something else, open the form again.`;
        if (wantsJson) throw new Refusal('conflict', 'capture/proof-spent', sentence);
        return page(reply, 409, messagePage(door.form.title, sentence));
      }
      return wantsJson ? reply.code(202).send({ receipt: accepted.receipt, thanks: door.form.thanks }) : page(reply, 200, thanksPage(door.form, accepted.receipt));
    });
  });
}

function formArrival(raw: Buffer, type: string | undefined, door: FormDoor): { arrival: Arrival; posted: Record<string, unknown> } {
  const { arrival, posted } = arrivalFrom(raw, type, { channel: 'form', programId: door.programId, sourceId: null, isPublic: true });
  const consents = consentsOf(door.form, posted);
  if (consents.length > 0) arrival.fields = { ...arrival.fields, consents };
  if (!arrival.source) arrival.source = door.form.source ?? 'Web form';
  return { arrival, posted };
}
