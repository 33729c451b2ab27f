import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Scope } from '../../platform/access/index.ts';
import type { Context } from '../../platform/context.ts';
import type { Tx } from '../../platform/db/index.ts';
import { enqueueJob, findOpenJob, type RunningJob } from '../../platform/jobs/index.ts';
import { NoAnswer, postJson } from '../../platform/outbound/call-out.ts';
import { refuse } from '../../platform/refusal.ts';
import { fileForSearch } from '../index-for-search.ts';
import { findAppendField } from './append-fields.rules.ts';
import { addToRun, findProvider, listProviders, type Provider } from './append.store.ts';
import { askedOf, type Wish } from './ask-bureau.ts';
import { beginRun } from './import-appended.ts';
import { listLacking } from './request.store.ts';
import { affordable, keyFor, meaningOf, questionHash, readAnswer, refusalSentence } from './service.rules.ts';
import { findAnswers, findSecret, loadSpent, loadTold, markService, saveAnswers, type Told } from './service.store.ts';
import { takeRows, type GivenRow } from './take-rows.ts';
import type { Saying } from './doubt.store.ts';

export const servicesJob = 'identity.append';
export const secretPurpose = 'append service';
/** The most that one go asks about. */
const askedMost = 20_000;
const day = 86_400_000;
/** A call is tried so often; after so many calls in a row without an answer a service is left alone for a while. */
const triesMax = 3;
const failuresMax = 3;
const restMs = 15 * 60_000;
/** Between two tries of a call, growing. */
const stepMs = 100;
/** A wait asked for is kept while the work goes on, up to this; a longer one puts the service to rest. */
const waitSecondsMax = 30;

/** Puts the asking on its way: providers one after the other, each asked only for what those before it left open. */
export async function startServices(tx: Tx, cx: Context, wish: Wish): Promise<string> {
  await askedOf(tx, cx, wish);
  const able = (await listProviders(tx)).some(({ service }) => service !== null && service.fields[wish.kind].some((field) => wish.fields.includes(field)));
  if (!able) refuse('invalid', 'identity/no-service', 'No provider that is asked over HTTP can tell any of these fields.');
  if (await findOpenJob(tx, servicesJob)) refuse('conflict', 'identity/services-asked', 'Services are being asked already. Wait until that is done, or stop it.');
  return enqueueJob(tx, cx, servicesJob, wish);
}

export async function askServices(cx: Context, scope: Scope, job: RunningJob<Wish>): Promise<void> {
  const wish = job.payload;
  const ids = await cx.db.read(scope, async (tx) => listLacking(tx, await askedOf(tx, cx, wish), askedMost));
  const services = (await cx.db.read(scope, listProviders)).filter(({ service }) => service !== null);
  const notes: string[] = [];
  for (const [at, provider] of services.entries()) {
    const fields = wish.fields.filter((field) => provider.service!.fields[wish.kind].includes(field));
    if (fields.length === 0) continue;
    if (await job.cancelled()) return;
    const note = await askOne(cx, scope, job, { provider, kind: wish.kind, fields, ids, done: at * ids.length, total: services.length * ids.length });
    if (note) notes.push(`${provider.name}: ${note}`);
  }
  await job.progress(services.length * ids.length, services.length * ids.length, notes.join(' ') || `${ids.length.toLocaleString('en-US')} asked about`);
}

interface Asking {
  provider: Provider;
  kind: Wish['kind'];
  fields: string[];
  ids: string[];
  done: number;
  total: number;
}
interface Item extends Told {
  fields: string[];
  question: string;
}

/** @returns why it was not asked to the end, where it was not */
async function askOne(cx: Context, scope: Scope, job: RunningJob<Wish>, { provider: { id: providerId }, kind, fields, ids, done, total }: Asking): Promise<string | undefined> {
  const runId = cx.ids.next();
  let row = 0;
  for (let from = 0; ; ) {
    const provider = (await cx.db.read(scope, (tx) => findProvider(tx, { id: providerId })))!;
    const service = provider.service!;
    const slice = ids.slice(from, from + service.batch);
    if (slice.length === 0) return undefined;
    if (await job.cancelled()) return 'stopped';
    const now = cx.clock.now();
    if (provider.restsUntil !== null && provider.restsUntil > now) return `is left alone until ${provider.restsUntil.toISOString().slice(11, 16)} UTC. ${provider.problem ?? ''}`;
    const { items, remembered, spentMinor } = await cx.db.read(scope, async (tx) => {
      const open = (await loadTold(tx, kind, slice, fields.flatMap((field) => findAppendField(kind, field)!.columns))).map((told): Item => {
        const lacking = fields.filter((field) => findAppendField(kind, field)!.columns.every((column) => told.lacks.includes(column)));
        return { ...told, fields: lacking, question: questionHash({ kind, who: told.who, fields: lacking }) };
      });
      const asked = open.filter((one) => one.fields.length > 0);
      const since = new Date(now.getTime() - service.cacheDays * day);
      const month = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth()));
      return {
        items: asked,
        remembered: new Map((await findAnswers(tx, providerId, asked.map(({ question }) => question), since)).map(({ question, answer }) => [question, answer as Saying[]])),
        spentMinor: (await loadSpent(tx, month)).find((one) => one.providerId === providerId)?.spentMinor ?? 0,
      };
    });
    const fresh = items.filter(({ question }) => !remembered.has(question));
    const paid = fresh.slice(0, affordable(provider.budgetMinor, spentMinor, provider.priceThousandMinor));
    const answer = paid.length === 0 ? { sayings: new Map<string, Saying[]>() } : await call(cx, scope, provider, kind, paid);
    const isBroke = paid.length < fresh.length;
    const given = (list: readonly Item[], sayingsOf: (item: Item) => Saying[] | undefined): GivenRow[] =>
      list.flatMap((item) => {
        const sayings = sayingsOf(item);
        return sayings === undefined || sayings.length === 0 ? [] : [{ row: ++row, label: item.who['name'] ?? '', who: {}, subjectId: item.id, sayings }];
      });
    const free = given(items.filter(({ question }) => remembered.has(question)), ({ question }) => remembered.get(question));
    const bought = 'sayings' in answer ? given(paid, ({ id }) => answer.sayings.get(id)) : [];
    const failures = 'sayings' in answer ? 0 : provider.failures + 1;
    const isTired = 'problem' in answer && (answer.rest !== undefined || failures >= failuresMax);
    const problem = 'problem' in answer ? answer.problem : isBroke ? `The budget of this month is used up: ${(spentMinor / 100).toFixed(2)} of ${((provider.budgetMinor ?? 0) / 100).toFixed(2)} ${provider.currency}.` : null;
    await cx.db.write(scope, async (tx) => {
      if (free.length + bought.length > 0) {
        const run = await beginRun(tx, cx, runId, kind, 'service', provider);
        const taken = [...(await takeRows(tx, cx, run, provider, free, { free: true })), ...(await takeRows(tx, cx, run, provider, bought))];
        if ('sayings' in answer) await addToRun(tx, runId, { given: paid.length - bought.length, unknown: paid.length - bought.length });
        const touched = taken.flatMap(({ values }) => values.filter(({ why }) => why === null).map(({ subjectId }) => subjectId));
        await fileForSearch(tx, kind === 'person' ? touched : [], kind === 'organization' ? touched : []);
      }
      if ('sayings' in answer && paid.length > 0) await saveAnswers(tx, providerId, kind, paid.map(({ id, question }) => ({ question, subjectId: id, answer: answer.sayings.get(id) ?? [] })), now);
      if (paid.length > 0 || isBroke) await markService(tx, providerId, { failures, restsUntil: isTired ? new Date(now.getTime() + ('problem' in answer ? (answer.rest ?? restMs) : restMs)) : null, problem });
    });
    await job.progress(done + Math.min(from + slice.length, ids.length), total, `asking ${provider.name}`);
    if (isTired || isBroke || ('problem' in answer && answer.final)) return problem ?? undefined;
    from += slice.length;
  }
}

type Called = { sayings: Map<string, Saying[]> } | { problem: string; /** milliseconds it wants to be left alone */ rest?: number; /** asking on is of no use */ final?: boolean };

/** One call, tried again where that may help. Keys are drawn anew for each: the other side learns nothing by them. */
async function call(cx: Context, scope: Scope, provider: Provider, kind: Wish['kind'], items: readonly Item[]): Promise<Called> {
  const service = provider.service!;
  const sealed = await cx.db.read(scope, (tx) => findSecret(tx, provider.id));
  const kept = sealed === null ? undefined : keyFor(cx.secrets.unseal(secretPurpose, sealed), service.url, cx.config.appendKeys);
  if (kept && 'problem' in kept) return { problem: kept.problem, final: true };
  const headers: Record<string, string> = kept ? { [service.header]: kept.key } : {};
  const keys = new Map(items.map((item) => [randomBytes(9).toString('base64url'), item]));
  const body = { kind, fields: [...new Set(items.flatMap(({ fields }) => fields))], items: [...keys].map(([key, { who, fields }]) => ({ key, who, fields })) };
  let problem = '';
  for (let tries = 1; tries <= triesMax; tries++) {
    try {
      const answer = await postJson({ url: service.url, headers, body, timeoutMs: service.timeoutSeconds * 1000, privateHosts: cx.config.privateHosts });
      const meaning = meaningOf(answer.status);
      if (meaning === 'refused') return { problem: refusalSentence(answer.status), final: true };
      const read = meaning === 'answer' ? readAnswer(answer.text, new Map([...keys].map(([key, { fields }]) => [key, fields]))) : undefined;
      if (read) return { sayings: new Map([...read].map(([key, sayings]) => [keys.get(key)!.id, sayings])) };
      problem = meaning === 'answer' ? 'The answer is not what the contract says.' : `The service cannot answer now (${answer.status}).`;
      const wait = answer.retryAfterSeconds;
      if (wait !== null && wait > waitSecondsMax) return { problem: `${problem} It wants to be asked again in ${Math.ceil(wait / 60)} minutes.`, rest: Math.min(wait, 86_400) * 1000 };
      if (tries < triesMax) await pause(wait === null ? stepMs * tries ** 2 : wait * 1000);
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      problem = error.message;
      if (tries < triesMax) await pause(stepMs * tries ** 2);
    }
  }
  return { problem };
}
