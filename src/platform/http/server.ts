import { existsSync } from 'node:fs';
import { join } from 'node:path';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import multipart from '@fastify/multipart';
import rateLimit from '@fastify/rate-limit';
import fastifyStatic from '@fastify/static';
import swagger from '@fastify/swagger';
import fastify from 'fastify';
import type { FastifyError, FastifyInstance } from 'fastify';
import { hasZodFastifySchemaValidationErrors, jsonSchemaTransform, validatorCompiler } from 'fastify-type-provider-zod';
import type { ZodType } from 'zod';
import type { Context } from '../context.ts';
import { httpStatusOf, Refusal } from '../refusal.ts';
import type { Api } from './index.ts';

const webFolder = join(import.meta.dirname, '../../../web/dist');

export interface ServerOptions {
  /** Parse every response with its schema and fail loudly; on in tests. */
  checkResponses: boolean;
}

/** The HTTP server without its rooms; the house adds them, then calls `ready`. */
export async function openServer(cx: Context, { checkResponses }: ServerOptions): Promise<Api> {
  const app = fastify({
    logger: false,
    bodyLimit: 1_048_576,
    // the nearest N hops are our own proxies
    trustProxy: cx.config.trustedProxies > 0 ? (_address: string, hop: number) => hop <= cx.config.trustedProxies : false,
    routerOptions: { maxParamLength: 500 },
    forceCloseConnections: 'idle',
  }) as unknown as FastifyInstance;
  app.decorateRequest('caller', undefined);
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(
    ({ schema }) =>
      (data) =>
        JSON.stringify(checkResponses && schema ? (schema as unknown as ZodType).parse(JSON.parse(JSON.stringify(data))) : data),
  );
  // Before the routes: a declared schema must not turn our refusals into other errors.
  app.setErrorHandler((error, request, reply) => sendProblem(cx, error as FastifyError, request.method, request.url, reply));

  await app.register(cookie);
  await app.register(multipart, { limits: { fileSize: cx.config.uploadMegabytesMax * 1_048_576, files: 1, fields: 20 } });
  await app.register(rateLimit, {
    global: false,
    errorResponseBuilder: () =>
      new Refusal('limit', 'platform/too-many-requests', 'Too many tries from your address. Wait a minute and try again.', undefined, 429),
  });
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"], // the component library sets style attributes; scripts stay strict
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        workerSrc: ["'self'", 'blob:'],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: cx.config.publicUrl?.startsWith('https:') ? { maxAge: 31_536_000 } : false,
    crossOriginResourcePolicy: { policy: 'same-origin' },
    referrerPolicy: { policy: 'same-origin' },
  });
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Baton',
        version: '1',
        description: 'Closed-loop lead management. Errors are RFC 9457 problem details; lists page by cursor.',
      },
      components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
      security: [{ token: [] }],
    },
    transform: jsonSchemaTransform,
  });
  return { app, cx, routes: [] };
}

/** Serves the web app and answers unknown API paths; call after all routes are there. */
export async function serveWeb({ app }: Api): Promise<void> {
  const built = existsSync(join(webFolder, 'index.html'));
  if (built) {
    await app.register(fastifyStatic, {
      root: webFolder,
      preCompressed: true,
      wildcard: true,
      cacheControl: false,
      index: 'index.html',
      setHeaders: (reply, path) => {
        void reply.header('cache-control', path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    });
  }
  app.setNotFoundHandler((request, reply) => {
    const wantsPage =
      request.method === 'GET' &&
      request.headers.accept?.includes('text/html') &&
      !/^\/(v1|api|metrics|healthz|readyz)(\/|$)/.test(request.url);
    if (wantsPage && built) return reply.header('cache-control', 'no-cache').sendFile('index.html');
    return reply
      .code(404)
      .type('application/problem+json')
      .send({
        type: 'about:blank',
        title: 'not-found',
        status: 404,
        code: 'platform/no-such-path',
        detail: `There is nothing at ${request.method} ${request.url.split('?')[0]}.`,
      });
  });
}

/** Every error leaves as RFC 9457 problem details; what is not a refusal is a bug: logged, counted, masked. */
function sendProblem(cx: Context, error: FastifyError, method: string, url: string, reply: import('fastify').FastifyReply): unknown {
  const refusal = refusalOf(error);
  if (!refusal) cx.log.error({ err: error, method, path: url.split('?')[0] }, 'a request met a bug');
  const kind = refusal?.kind ?? 'bug';
  const status = refusal ? (refusal.status ?? httpStatusOf[refusal.kind]) : 500;
  const wait = (refusal?.details as { retryAfterSeconds?: unknown } | undefined)?.retryAfterSeconds;
  if (typeof wait === 'number') void reply.header('retry-after', wait);
  // A plain object through the declared 200 schema would be checked as one: serialise here.
  return reply
    .code(status)
    .type('application/problem+json')
    .serializer((value: unknown) => JSON.stringify(value))
    .send({
      type: 'about:blank',
      title: kind,
      status,
      code: refusal?.code ?? 'platform/bug',
      detail: refusal?.message ?? 'Something went wrong inside Baton. It was logged; nothing you sent was half-done.',
      ...(refusal?.details !== undefined && !(refusal.details instanceof Error) ? { details: refusal.details } : {}),
    });
}

function refusalOf(error: FastifyError): Refusal | undefined {
  if (error instanceof Refusal) return error;
  if (hasZodFastifySchemaValidationErrors(error)) {
    const problems = error.validation.map((v) => {
      const field = v.instancePath.replaceAll('/', '.').replace(/^\./, '');
      return `${field || error.validationContext}: ${v.message}`;
    });
    return new Refusal('invalid', 'platform/request', `The request does not fit: ${problems.join('; ')}.`, problems);
  }
  const masked: Record<string, [Refusal['kind'], string, string, number?]> = {
    FST_ERR_CTP_BODY_TOO_LARGE: [
      'limit',
      'platform/body-too-large',
      'The request is larger than this address takes. Bring large files in through an import.',
    ],
    FST_ERR_CTP_INVALID_JSON_BODY: ['invalid', 'platform/json', 'The body is not valid JSON.', 400],
    FST_ERR_CTP_EMPTY_JSON_BODY: ['invalid', 'platform/json', 'The body is empty, JSON was expected.', 400],
    FST_ERR_CTP_INVALID_MEDIA_TYPE: [
      'invalid',
      'platform/media-type',
      'This content type is not understood here; send application/json.',
      415,
    ],
    FST_REQ_FILE_TOO_LARGE: ['limit', 'platform/file-too-large', 'The file is larger than this installation takes (BATON_UPLOAD_MB_MAX).'],
    FST_ERR_CTP_INVALID_CONTENT_LENGTH: ['invalid', 'platform/content-length', 'The body is not as long as its header says.', 400],
    FST_INVALID_MULTIPART_CONTENT_TYPE: ['invalid', 'platform/multipart', 'Send the file as multipart/form-data.', 415],
  };
  const known = masked[error.code];
  if (known) return new Refusal(known[0], known[1], known[2], undefined, known[3]);
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500)
    return new Refusal('invalid', 'platform/request', error.message, undefined, error.statusCode);
  return undefined;
}
