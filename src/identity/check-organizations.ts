import type { Scope } from '../platform/access/index.ts';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/db/index.ts';
import type { RunningJob } from '../platform/jobs/index.ts';
import { CellsGathered } from '../platform/values/cells.rules.ts';
import { askAside } from './ask-aside.ts';
import { lockIdentity } from './candidates.store.ts';
import { countBearers, loadOrganizationPage, loadStanding } from './check-organizations.store.ts';
import { insertOrganizationDoubts, loadSpokenOf } from './duplicates.store.ts';
import { fitting, inComponents } from './group-organizations.rules.ts';
import { judgeOrganizations, organizationFields } from './judge-organizations.rules.ts';
import type { BasePairs } from './match-base.worker.ts';
import type { Field } from './match/columns.rules.ts';
import { mergeAll } from './merge-people.ts';
import { noUuid } from '../platform/values/uuid.rules.ts';

const pairsMost = 20_000;
const pageRows = 20_000;
const batchPairs = 500;

export interface CheckedOrganizations {
  organizations: number;
  organizationsJoined: number;
  organizationsAsked: number;
  /** found, and left for the next time */
  organizationsRemaining: number;
}

/** All organizations compared with each other by the engine that matches tables: the sure are joined, the doubtful noted for somebody to decide. */
export async function checkOrganizations(cx: Context, scope: Scope, job: RunningJob, checkId: string): Promise<CheckedOrganizations> {
  await job.progress(0, null, 'reading every organization');
  const { ids, fields } = await readOrganizations(cx, scope);
  const result = { organizations: ids.length, organizationsJoined: 0, organizationsAsked: 0, organizationsRemaining: 0 };
  if (ids.length < 2) return result;
  await job.progress(0, null, `comparing ${ids.length.toLocaleString('en')} organizations`);
  const found = await askAside<BasePairs>(new URL('./match-base.worker.ts', import.meta.url), { fields, most: pairsMost });
  let done = 0;
  // who hangs together is decided together: whether one fits two that are two is seen nowhere else
  for (const pairs of inComponents(found.pairs, batchPairs)) {
    if (await job.cancelled()) break;
    const made = await cx.db.write(scope, (tx) => settle(tx, cx, checkId, ids, pairs));
    result.organizationsJoined += made.joined;
    result.organizationsAsked += made.asked;
    done += pairs.length;
    await job.progress(done, found.pairs.length, 'joining organizations that surely are one, noting the doubtful');
  }
  return { ...result, organizationsRemaining: found.remaining + found.pairs.length - done };
}

async function readOrganizations(cx: Context, scope: Scope): Promise<{ ids: string[]; fields: Field[] }> {
  const ids: string[] = [];
  const columns = organizationFields.map(() => new CellsGathered());
  for (let after = noUuid; ;) {
    const page = await cx.db.read(scope, (tx) => loadOrganizationPage(tx, after, pageRows));
    for (const row of page) {
      ids.push(row.id);
      for (const [at, { of }] of organizationFields.entries()) columns[at]!.add(of(row) ?? '');
    }
    if (page.length < pageRows) break;
    after = page.at(-1)!.id;
  }
  return { ids, fields: organizationFields.map(({ label, kind }, at) => ({ label, kind, cells: columns[at]!.done() })) };
}

async function settle(tx: Tx, cx: Context, checkId: string, rowIds: readonly string[], pairs: BasePairs['pairs']): Promise<{ joined: number; asked: number }> {
  await lockIdentity(tx);
  const ids = [...new Set(pairs.flatMap(({ a, b }) => [rowIds[a]!, rowIds[b]!]))];
  const standing = await loadStanding(tx, ids);
  const byAsked = new Map(standing.map((row) => [row.askedId, row]));
  const bearers = await countBearers(tx, [...new Set(standing.map(({ nameKey }) => nameKey))]);
  const spoken = new Map((await loadSpokenOf(tx, 'organization', ids)).map(({ oneId, otherId, apart }) => [`${oneId} ${otherId}`, apart]));
  const said = (one: string, other: string): boolean | undefined => spoken.get(one < other ? `${one} ${other}` : `${other} ${one}`);
  const judged = pairs.flatMap((pair) => {
    const [a, b] = [byAsked.get(rowIds[pair.a]!), byAsked.get(rowIds[pair.b]!)];
    // retired, or joined meanwhile
    if (!a || !b || a.id === b.id) return [];
    const before = said(a.id, b.id);
    const evidence = pair.evidence.map(({ field, outcome, bits }) => ({ field, outcome, weight: tenth(bits) }));
    const most = Math.max(bearers.get(a.nameKey) ?? 1, bearers.get(b.nameKey) ?? 1);
    const { what, evidence: told } = judgeOrganizations(a, b, { zone: pair.zone, weight: pair.bits, evidence }, { asked: before !== undefined, apart: before === true }, most);
    return [{ a, b, what, asked: before !== undefined, evidence: told, weight: tenth(pair.bits) }];
  });
  const { joins, torn } = fitting(judged.filter(({ what }) => what === 'join'), (one, other) => said(one, other) === true);
  const doubts = [...judged.filter(({ what }) => what === 'ask'), ...torn.filter(({ asked }) => !asked)];
  await insertOrganizationDoubts(
    tx,
    doubts.map(({ a, b, weight, evidence }) => ({ id: cx.ids.next(), oneId: a.id, otherId: b.id, weight, evidence })),
    cx.clock.now(),
  );
  const joined = await mergeAll(
    tx,
    cx,
    'organization',
    joins.map(({ a, b, weight, evidence }) => {
      // the longer known survives, but for one known by its domain alone: the survivor's name is shown
      const first = Number(a.nameKey === '') - Number(b.nameKey === '') || a.firstSeenAt.getTime() - b.firstSeenAt.getTime() || (a.id < b.id ? -1 : 1);
      const [survivorId, mergedId] = first < 0 ? [a.id, b.id] : [b.id, a.id];
      return { survivorId, mergedId, reason: { checkId, weight, evidence } };
    }),
  );
  return { joined: joined.length, asked: doubts.length };
}

const tenth = (bits: number): number => Math.round(bits * 10) / 10;
