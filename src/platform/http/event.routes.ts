import { randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { Refusal } from '../refusal.ts';
import { findCaller } from './caller.ts';
import { admit } from './index.ts';
import type { Api } from './index.ts';
import { audible, recentEvents } from './recent-events.rules.ts';
import type { RecentEvents } from './recent-events.rules.ts';

const settleMilliseconds = 200;
const beatMilliseconds = 20_000;
/** Open at once by one user (or token): tabs and devices. */
const streamsMax = 12;
/** A browser that does not read is let go; it comes back by itself and is told what it missed. */
const unreadBytesMax = 65_536;

interface Stream {
  tell(): void;
  end(): void;
  waiting: Set<string>;
}

/**
 * `GET /v1/events`: server-sent events saying what kind of thing changed (and ids of what concerns this user alone); whoever listens asks
 * again for what it shows. Each has an id: a browser that lost the line sends the last it saw and is told what it missed, or `missed` when
 * nobody knows, so that it asks for everything again. Every heartbeat looks whether the caller may still listen.
 */
export function eventRoutes(api: Api, { beatMs = beatMilliseconds, counted = () => {} }: { beatMs?: number; counted?: (change: 1 | -1) => void } = {}): void {
  const { app, cx } = api;
  const open = new Map<string, Set<Stream>>();
  const workspaces = new Map<string, { recent: RecentEvents; streams: Set<Stream> }>();
  const me = randomUUID().slice(0, 8);
  const workspace = (id: string) => {
    const known = workspaces.get(id) ?? { recent: recentEvents(me), streams: new Set<Stream>() };
    workspaces.set(id, known);
    return known;
  };
  const off = cx.live.listen(({ workspaceId, topics }) => {
    const { recent, streams } = workspace(workspaceId);
    recent.add(topics);
    for (const stream of streams) {
      for (const topic of topics) stream.waiting.add(topic);
      stream.tell();
    }
  });
  app.addHook('preClose', async () => {
    off();
    for (const streams of open.values()) for (const stream of streams) stream.end();
  });

  app.get('/v1/events', { schema: { hide: true } }, async (request, reply) => {
    const { scope, tokenHash } = await admit(cx, request, 'signed-in');
    const whose = scope.userId ?? tokenHash.toString('hex');
    const mine = open.get(whose) ?? new Set<Stream>();
    if (mine.size >= streamsMax)
      throw new Refusal('limit', 'platform/too-many-streams', `You listen in ${streamsMax} places already. Close some of the tabs.`, undefined, 429);
    const { recent, streams } = workspace(scope.workspaceId);
    reply.hijack();
    const { raw } = reply;
    if (raw.destroyed) return; // gone again while we looked who it is
    raw.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      connection: 'keep-alive',
      'x-accel-buffering': 'no',
    });
    const write = (text: string): void => {
      if (raw.writableLength > unreadBytesMax) raw.destroy();
      else raw.write(text);
    };
    let timer: NodeJS.Timeout | undefined;
    const stream: Stream = {
      waiting: new Set(),
      tell() {
        timer ??= setTimeout(() => {
          timer = undefined;
          const heard = audible(stream.waiting, scope);
          stream.waiting.clear();
          if (heard.length > 0) write(`id: ${recent.lastId()}\ndata: ${JSON.stringify(heard)}\n\n`);
        }, settleMilliseconds);
      },
      end: () => void raw.end(),
    };
    open.set(whose, mine.add(stream));
    streams.add(stream);
    counted(1);
    const seen = lastSeen(request);
    const missed = seen === undefined ? [] : recent.since(seen);
    write(`retry: 3000\nid: ${recent.lastId()}\n${missed ? '' : 'event: missed\ndata: []\n'}\n`);
    if (missed && missed.length > 0) {
      stream.waiting = new Set(missed);
      stream.tell();
    }
    const beat = setInterval(() => {
      write(': still here\n\n');
      // Signed out, switched off or revoked meanwhile: whoever may not ask may not listen.
      findCaller(cx, request).then((caller) => caller ?? stream.end(), () => stream.end());
    }, beatMs);
    raw.once('close', () => {
      clearInterval(beat);
      clearTimeout(timer);
      mine.delete(stream);
      streams.delete(stream);
      if (mine.size === 0) open.delete(whose);
      counted(-1);
    });
  });
  api.routes.push({ method: 'GET', path: '/v1/events', may: 'signed-in' });
}

function lastSeen(request: FastifyRequest): string | undefined {
  const header = request.headers['last-event-id'];
  const query = (request.query as { lastEventId?: unknown }).lastEventId;
  return typeof header === 'string' ? header : typeof query === 'string' ? query : undefined;
}
