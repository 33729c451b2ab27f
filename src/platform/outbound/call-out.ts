/** Calls somebody else's service: over the addresses it may, within a time and a size, following nobody elsewhere. */
import { lookup } from 'node:dns';
import { request as plainRequest, type RequestOptions } from 'node:http';
import { request as secureRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import { hostOf, isPublicAddress, problemWithUrl } from './allowed-address.ts';

export interface Answer {
  status: number;
  /** What the other asks us to wait, in seconds, where it does. */
  retryAfterSeconds: number | null;
  text: string;
}
/** No answer came, or none that may be read; the sentence says why. */
export class NoAnswer extends Error {}

const answerBytesMax = 8 * 1_048_576;

/** The names of public hosts must lead to public addresses at the very moment of the connection: a look before it would prove nothing. */
const lookUpPublic: LookupFunction = (host, options, done) =>
  lookup(host, { ...options, all: true }, (error, addresses) => {
    if (error) return done(error, '');
    const inside = addresses.find(({ address }) => !isPublicAddress(address));
    if (inside || addresses.length === 0) return done(new NoAnswer(`${host} leads to an address that is not public.`), '');
    if (options.all) return done(null, addresses);
    done(null, addresses[0]!.address, addresses[0]!.family);
  });

interface Call {
  url: string;
  headers: Record<string, string>;
  timeoutMs: number;
  privateHosts: readonly string[];
}

/** Posts JSON. Throws {@link NoAnswer} where nothing comes back in time; any status is an answer, and a redirect is not followed. */
export const postJson = ({ body, ...call }: Call & { body: unknown }): Promise<Answer> => postText({ ...call, text: JSON.stringify(body) });

/** Posts JSON that is written already, to the byte. `enough`: bytes of the answer after which no more of it is read. */
export function postText(given: Call & { text: string; enough?: number }): Promise<Answer> {
  const problem = problemWithUrl(given.url, given.privateHosts);
  if (problem) return Promise.reject(new NoAnswer(problem));
  const url = new URL(given.url);
  const body = Buffer.from(given.text);
  const options: RequestOptions = {
    method: 'POST',
    headers: { accept: 'application/json', ...given.headers, 'content-type': 'application/json', 'content-length': body.length },
    signal: AbortSignal.timeout(given.timeoutMs),
    agent: false,
    ...(given.privateHosts.includes(hostOf(url)) ? {} : { lookup: lookUpPublic }),
  };
  return new Promise((resolve, reject) => {
    const fail = (error: Error): void => reject(error instanceof NoAnswer ? error : new NoAnswer(error.name === 'AbortError' || error.name === 'TimeoutError' ? `No answer within ${Math.round(given.timeoutMs / 1000)} seconds.` : `No connection: ${error.message}`));
    const call = (url.protocol === 'https:' ? secureRequest : plainRequest)(url, options, (response) => {
      const parts: Buffer[] = [];
      let bytes = 0;
      const answered = (): void => {
        const wait = response.headers['retry-after'];
        const seconds = wait === undefined ? Number.NaN : /^\d+$/.test(wait) ? Number(wait) : (Date.parse(wait) - Date.parse(response.headers.date ?? '')) / 1000;
        resolve({ status: response.statusCode ?? 0, retryAfterSeconds: Number.isFinite(seconds) ? Math.max(0, seconds) : null, text: Buffer.concat(parts).toString('utf8') });
      };
      response.on('data', (part: Buffer) => {
        bytes += part.length;
        if (given.enough !== undefined && bytes >= given.enough) {
          parts.push(part.subarray(0, part.length - (bytes - given.enough)));
          answered();
          call.destroy();
        } else if (bytes > answerBytesMax) call.destroy(new NoAnswer('The answer is larger than 8 MB.'));
        else parts.push(part);
      });
      response.on('end', answered);
      response.on('error', fail);
    });
    call.on('error', fail);
    call.end(body);
  });
}
