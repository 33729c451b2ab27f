import type { Answer, Endpoint, Input } from './contract.ts';

export interface Problem {
  status: number;
  title: string;
  detail?: string;
  code?: string;
  problems?: { path?: string; field?: string; sentence?: string; message?: string }[];
}

/** A refusal by the server (RFC 9457). Its sentence is written for the person at the screen: show it as it is. */
export class ApiProblem extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.detail ?? problem.title);
    this.name = 'ApiProblem';
    this.problem = problem;
  }
  get status(): number {
    return this.problem.status;
  }
}

export function pathOf(endpoint: string, input: { params?: unknown; query?: unknown } = {}): string {
  const params = (input.params ?? {}) as Record<string, unknown>;
  const path = endpoint
    .slice(endpoint.indexOf(' ') + 1)
    .replace(/:(\w+)/g, (_all, name: string) => encodeURIComponent(String(params[name])));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries((input.query ?? {}) as Record<string, unknown>)) {
    if (value === undefined || value === null || value === '') continue;
    search.set(name, Array.isArray(value) ? value.join(',') : String(value));
  }
  const text = search.toString();
  return text ? `${path}?${text}` : path;
}

async function problemOf(response: Response): Promise<ApiProblem> {
  const body = (await response.json().catch(() => undefined)) as Partial<Problem> | undefined;
  return new ApiProblem({
    status: response.status,
    title: body?.title ?? `The server answered ${response.status}.`,
    detail: body?.detail,
    code: body?.code,
    problems: body?.problems,
  });
}

/** `once.key`: an idempotency key; sent again with it the server does nothing twice. `once.ageSeconds`: how long ago the person did it. */
export async function send(
  method: string,
  url: string,
  body?: unknown,
  signal?: AbortSignal,
  once?: { key: string; ageSeconds?: number },
): Promise<Response> {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (once) headers['idempotency-key'] = once.key;
  if (once?.ageSeconds) headers['x-baton-age'] = String(once.ageSeconds);
  if (method !== 'GET') headers['x-baton'] = '1';
  const isRaw = body instanceof FormData || body instanceof Blob;
  if (body !== undefined && !isRaw) headers['content-type'] = 'application/json';
  let response: Response;
  try {
    response = await fetch(url, {
      method,
      headers,
      body: isRaw ? body : body === undefined ? undefined : JSON.stringify(body),
      signal,
      credentials: 'same-origin',
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ApiProblem({ status: 0, title: 'Baton cannot be reached just now. Nothing is lost: check the connection and try again.' });
  }
  if (!response.ok) throw await problemOf(response);
  return response;
}

/** `api('GET /v1/leads/:id', { params: { id } })`: the name is the contract's, the answer is typed by it. */
export async function api<K extends Endpoint>(endpoint: K, input?: Input<K>, signal?: AbortSignal): Promise<Answer<K>> {
  return answerOf(await send(methodOf(endpoint), pathOf(endpoint, input), bodyOf(endpoint, input), signal));
}

export const methodOf = (endpoint: string): string => endpoint.slice(0, endpoint.indexOf(' '));
export const bodyOf = (endpoint: string, input?: { body?: unknown }): unknown =>
  input?.body ?? (['GET', 'DELETE'].includes(methodOf(endpoint)) ? undefined : {});

export async function answerOf<A>(response: Response): Promise<A> {
  if (response.status === 204) return undefined as never;
  return (await response.json()) as A;
}
