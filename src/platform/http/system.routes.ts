import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { renderApiPage } from './api-page.rules.ts';
import type { ApiDocument } from './api-page.rules.ts';
import { eventRoutes } from './event.routes.ts';
import { admit } from './index.ts';
import type { Api } from './index.ts';

/** Health, readiness, metrics, the API's description, and the stream of events. */
export function systemRoutes(api: Api): void {
  const { app, cx } = api;
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'baton_' });
  const answered = new Counter({
    name: 'baton_http_requests_total',
    help: 'Answers by route and status.',
    labelNames: ['method', 'route', 'status'],
    registers: [registry],
  });
  const seconds = new Histogram({
    name: 'baton_http_request_seconds',
    help: 'Time to answer.',
    labelNames: ['route'],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.5, 2, 10],
    registers: [registry],
  });
  const streams = new Gauge({ name: 'baton_live_streams', help: 'Browsers listening for changes.', registers: [registry] });
  eventRoutes(api, { counted: (change) => streams.inc(change) });
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unknown';
    answered.inc({ method: request.method, route, status: reply.statusCode });
    seconds.observe({ route }, reply.elapsedTime / 1000);
  });

  app.get('/healthz', { schema: { hide: true } }, async () => ({ ok: true }));
  app.get('/readyz', { schema: { hide: true } }, async (_request, reply) => {
    try {
      await cx.db.workspaceIds();
      return { ok: true };
    } catch {
      return reply.code(503).send({ ok: false, why: 'The database does not answer.' });
    }
  });
  app.get('/metrics', { schema: { hide: true } }, async (request, reply) => {
    // Figures of the installation, without anybody's data: the machine itself may read them, others need a token.
    if (!['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(request.ip)) await admit(cx, request, ['administrator', 'management']);
    return reply.type(registry.contentType).send(await registry.metrics());
  });
  app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger());
  app.get('/api', { schema: { hide: true } }, async (_request, reply) =>
    reply.type('text/html; charset=utf-8').send(renderApiPage(app.swagger() as unknown as ApiDocument)),
  );
}
