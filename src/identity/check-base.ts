import { append } from '../journal/index.ts';
import type { Scope } from '../platform/access/index.ts';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/db/index.ts';
import { listCustomFields } from '../platform/fields/index.ts';
import { enqueueJob, findOpenJob, type RunningJob } from '../platform/jobs/index.ts';
import { CellsGathered } from '../platform/values/cells.rules.ts';
import type { CustomType } from '../platform/values/custom-field.rules.ts';
import { askAside } from './ask-aside.ts';
import { findLatestCheck, finishCheck, insertCheck, loadBasePage, loadClock, readSeen } from './base-check.store.ts';
import { loadPeople, loadSurroundings, lockIdentity } from './candidates.store.ts';
import { checkOrganizations } from './check-organizations.ts';
import type { Evidence } from './compare.rules.ts';
import { loadFirstSeen, loadSpokenOf } from './duplicates.store.ts';
import { judgePair } from './judge-pair.rules.ts';
import type { BasePairs } from './match-base.worker.ts';
import type { Field } from './match/columns.rules.ts';
import type { Kind } from './match/value.rules.ts';
import { mergeAll } from './merge-people.ts';
import { knownDraft } from './person-draft.rules.ts';
import { personKinds } from './person-weights.rules.ts';
import { insertDoubts } from './sighting.store.ts';
import { loadWeights } from './weights.store.ts';
import { noUuid } from '../platform/values/uuid.rules.ts';

export const checkBaseJob = 'identity.check-base';
/** so many pairs a night: what is beyond waits for the next, and nobody decides thousands in a day */
const pairsMost = 20_000;
const pageRows = 20_000;
const batchPairs = 500;
/** at night, by the workspace's clock */
const hours = { from: 1, to: 5 };
const restMs = 20 * 3_600_000;

/** Puts a check of the base on the list when it is night, the last one was another night's, and somebody was seen since. */
export async function checkNightly(cx: Context, scope: Scope): Promise<number> {
  await cx.db.write(scope, async (tx) => {
    const { timeZone, createdAt } = await loadClock(tx);
    const now = cx.clock.now();
    const hour = Number(new Intl.DateTimeFormat('en', { hour: 'numeric', hourCycle: 'h23', timeZone }).format(now));
    if (hour < hours.from || hour >= hours.to || now.getTime() - createdAt.getTime() < restMs) return;
    const last = await findLatestCheck(tx);
    if (last && (now.getTime() - last.startedAt.getTime() < restMs || last.seen === (await readSeen(tx)))) return;
    await startCheck(tx, cx);
  });
  return 0;
}

/** Puts a check on the list, unless one is; its job. */
export async function startCheck(tx: Tx, cx: Context): Promise<string> {
  await lockIdentity(tx);
  return (await findOpenJob(tx, checkBaseJob))?.id ?? (await enqueueJob(tx, cx, checkBaseJob, { by: tx.scope.userId ?? 'baton' }));
}

/** How it stands, for the screen. */
export async function readCheck(tx: Tx) {
  const [last, job] = [await findLatestCheck(tx), await findOpenJob(tx, checkBaseJob)];
  return { last: last ?? null, underWay: job ? { jobId: job.id, done: job.done, total: job.total, note: job.note } : null };
}

/**
 * Everybody in the base compared with everybody by the engine that matches tables, after all organizations with each other: colleagues who wrote
 * their firm differently then meet at one. The sure are joined, each join with its evidence and to be undone like any other; the doubtful come onto
 * the lists of possible duplicates.
 */
export async function checkBase(cx: Context, scope: Scope, job: RunningJob<{ by: string }>): Promise<void> {
  const id = cx.ids.next();
  const began = cx.clock.now();
  const expected = await cx.db.write(scope, async (tx) => {
    await insertCheck(tx, { id, startedAt: began, startedBy: job.payload.by, seen: await readSeen(tx) });
    return (await loadSurroundings(tx)).people;
  });
  const organizations = await checkOrganizations(cx, scope, job, id);
  await job.progress(0, null, 'reading everybody');
  const base = await readBase(cx, scope);
  await job.progress(0, null, `comparing ${Math.max(expected, base.ids.length).toLocaleString('en')} people`);
  const found = base.ids.length < 2 ? nobody : await askAside<BasePairs>(new URL('./match-base.worker.ts', import.meta.url), { fields: base.fields, most: pairsMost });
  let [joined, asked, done] = [0, 0, 0];
  for (; done < found.pairs.length; done += batchPairs) {
    if (await job.cancelled()) break;
    const made = await cx.db.write(scope, (tx) => settle(tx, cx, id, base, found.pairs.slice(done, done + batchPairs)));
    joined += made.joined;
    asked += made.asked;
    await job.progress(Math.min(done + batchPairs, found.pairs.length), found.pairs.length, 'joining the sure, noting the doubtful');
  }
  await cx.db.write(scope, async (tx) => {
    const remaining = found.remaining + Math.max(0, found.pairs.length - done);
    // what is left over has to be looked for again, whatever was seen since
    const seen = remaining + organizations.organizationsRemaining > 0 ? '' : await readSeen(tx);
    await finishCheck(tx, { id, finishedAt: cx.clock.now(), people: base.ids.length, compared: found.compared, joined, asked, remaining, ...organizations, seen });
    const { organizationsRemaining: _left, ...told } = organizations;
    await append(tx, cx, [{ type: 'base.checked', chainId: id, subjectId: id, data: { checkId: id, people: base.ids.length, joined, asked, ...told } }]);
  });
}

const nobody: BasePairs = { compared: 0, pairs: [], remaining: 0 };

interface Base {
  ids: string[];
  fields: Field[];
  /** labels of own fields */
  own: ReadonlySet<string>;
}

/** How own fields of people are compared; what says the same of most is no evidence. */
const kindOf: Partial<Record<CustomType, Kind>> = { text: 'text', date: 'date', number: 'number', choice: 'category' };

async function readBase(cx: Context, scope: Scope): Promise<Base> {
  const ids: string[] = [];
  const own = (await cx.db.read(scope, (tx) => listCustomFields(tx, { subject: 'person' }))).flatMap(({ key, label, type }) => (kindOf[type] === undefined ? [] : [{ key, label, kind: kindOf[type] }]));
  const told = [...personKinds.map((kind) => ({ label: kind === 'organization' ? 'company' : kind, kind })), ...own];
  const columns = told.map(() => new CellsGathered());
  for (let after = noUuid; ;) {
    const page = await cx.db.read(scope, (tx) => loadBasePage(tx, after, pageRows, own.map(({ key }) => key)));
    for (const { id, cells } of page) {
      ids.push(id);
      for (const [at, column] of columns.entries()) column.add(cells[at] ?? '');
    }
    if (page.length < pageRows) break;
    after = page.at(-1)!.id;
  }
  return { ids, own: new Set(own.map(({ label }) => label)), fields: told.map((field, at) => ({ ...field, cells: columns[at]!.done() })) };
}

async function settle(
  tx: Tx,
  cx: Context,
  checkId: string,
  { ids: rowIds, own }: Base,
  pairs: BasePairs['pairs'],
): Promise<{ joined: number; asked: number }> {
  await lockIdentity(tx);
  const ids = [...new Set(pairs.flatMap(({ a, b }) => [rowIds[a]!, rowIds[b]!]))];
  const { people, weightsVersion } = await loadSurroundings(tx);
  const weights = await loadWeights(tx, weightsVersion);
  const known = new Map((await loadPeople(tx, ids)).flatMap((row) => row.sightedAs.map((id) => [id, knownDraft(row)] as const)));
  const spoken = new Map((await loadSpokenOf(tx, 'person', ids)).map(({ oneId, otherId, apart }) => [`${oneId} ${otherId}`, apart]));
  const since = new Map((await loadFirstSeen(tx, 'person', ids)).map((row) => [row.id, row.firstSeenAt.getTime()]));
  const groups = new Map<string, Set<string>>();
  const groupOf = (person: string): Set<string> => groups.get(person) ?? new Set([person]);
  const joins: Parameters<typeof mergeAll>[3][number][] = [];
  const doubts: Parameters<typeof insertDoubts>[1][number][] = [];
  for (const pair of pairs) {
    const [one, other] = [known.get(rowIds[pair.a]!), known.get(rowIds[pair.b]!)];
    // retired, or joined meanwhile
    if (!one || !other || one.id === other.id) continue;
    const before = spoken.get(one.id < other.id ? `${one.id} ${other.id}` : `${other.id} ${one.id}`);
    const { what, weight, evidence } = judgePair(
      one.profile,
      other.profile,
      { ...pair, hasMore: pair.evidence.some(({ field }) => own.has(field)), weight: round(pair.bits), evidence: pair.evidence.map(({ field, outcome, bits }) => ({ field, outcome, weight: round(bits) }) as Evidence) },
      { asked: before !== undefined, apart: before === true },
      { people, weights },
    );
    const longer = (since.get(one.id) ?? 0) - (since.get(other.id) ?? 0) || (one.id < other.id ? -1 : 1);
    const [survivorId, mergedId] = longer < 0 ? [one.id, other.id] : [other.id, one.id];
    const mine = groupOf(one.id);
    const theirs = groupOf(other.id);
    // two who are kept apart are not joined by way of a third either
    const parts = [...mine].some((x) => [...theirs].some((y) => spoken.get(x < y ? `${x} ${y}` : `${y} ${x}`) === true));
    if (what === 'join' && !parts) {
      joins.push({ survivorId, mergedId, reason: { checkId, weight, evidence } });
      const all = new Set([...mine, ...theirs]);
      for (const member of all) groups.set(member, all);
    }
    if (what === 'ask') doubts.push({ id: cx.ids.next(), personId: one.id, otherId: other.id, weight, evidence });
  }
  await insertDoubts(tx, doubts, cx.clock.now());
  const joined = await mergeAll(tx, cx, 'person', joins);
  return { joined: joined.length, asked: doubts.length };
}

const round = (bits: number): number => Math.round(bits * 10) / 10;
