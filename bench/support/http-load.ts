import { connect } from 'node:net';
import type { Socket } from 'node:net';

export interface Load {
  perSecond: number;
  /** Seconds of each request. */
  latencies: number[];
  failures: number;
}

/** One keep-alive connection that sends prepared requests one after the other and reads answers by content-length: as little client as possible. */
export class Line {
  readonly #socket: Socket;
  #chunks: Buffer[] = [];
  /** bytes still to come of the answer, once its head is there */
  #missing: number | undefined;
  #status = 0;
  #waiting: ((answer: { status: number; body: Buffer }) => void) | undefined;
  constructor(host: string, port: number) {
    this.#socket = connect({ host, port, noDelay: true });
    this.#socket.on('data', (data: Buffer) => this.#take(data));
    this.#socket.on('error', () => this.#answer(0, Buffer.alloc(0)));
    this.#socket.on('close', () => this.#answer(0, Buffer.alloc(0)));
  }
  #take(data: Buffer): void {
    this.#chunks.push(data);
    if (this.#missing === undefined) {
      const all = Buffer.concat(this.#chunks);
      const head = all.indexOf('\r\n\r\n');
      if (head < 0) return;
      this.#status = Number(all.toString('latin1', 9, 12));
      const body = all.subarray(head + 4);
      this.#missing = Number(/content-length: (\d+)/i.exec(all.toString('latin1', 0, head))?.[1] ?? 0) - body.length;
      this.#chunks = [body];
    } else {
      this.#missing -= data.length;
    }
    if (this.#missing > 0) return;
    const body = Buffer.concat(this.#chunks);
    this.#chunks = [];
    this.#missing = undefined;
    this.#answer(this.#status, body);
  }
  #answer(status: number, body: Buffer): void {
    const done = this.#waiting;
    this.#waiting = undefined;
    done?.({ status, body });
  }
  send(request: string): Promise<{ status: number; body: Buffer }> {
    return new Promise((done) => {
      this.#waiting = done;
      this.#socket.write(request);
    });
  }
  close(): void {
    this.#socket.destroy();
  }
}

export function post(url: string, path: string, headers: Record<string, string>, body: string): string {
  const { host } = new URL(url);
  const head = Object.entries({ host, 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)), ...headers });
  return `POST ${path} HTTP/1.1\r\n${head.map(([k, v]) => `${k}: ${v}\r\n`).join('')}\r\n${body}`;
}

/** Sends requests over `connections` lines for `seconds` (or `count` requests in all), as fast as answers come. */
export async function load(
  url: string,
  connections: number,
  stop: { seconds?: number; count?: number },
  make: (i: number) => string,
): Promise<Load> {
  const { hostname, port } = new URL(url);
  const latencies: number[] = [];
  let failures = 0;
  let sent = 0;
  const began = performance.now();
  const end = stop.seconds ? began + stop.seconds * 1000 : Number.POSITIVE_INFINITY;
  await Promise.all(
    Array.from({ length: connections }, async () => {
      const line = new Line(hostname, Number(port));
      while (performance.now() < end && sent < (stop.count ?? Number.POSITIVE_INFINITY)) {
        const i = sent++;
        const at = performance.now();
        const { status } = await line.send(make(i));
        if (status >= 200 && status < 300) latencies.push((performance.now() - at) / 1000);
        else failures++;
        if (status === 0) break;
      }
      line.close();
    }),
  );
  return { perSecond: latencies.length / ((performance.now() - began) / 1000), latencies, failures };
}
