import { append, type Fact, type NewFact } from '../journal/index.ts';
import { findSurvivors, loadListed } from '../identity/index.ts';
import type { Scope } from '../platform/access/index.ts';
import { momentOf } from '../platform/context.ts';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/db/index.ts';
import type { RunningJob } from '../platform/jobs/index.ts';
import { refreshLeads, rescoreLeads } from './decide-inquiries.ts';
import { decideLackingOf } from './decide-lacking.ts';
import {
  findAlive,
  findEmptied,
  giveInquiriesBack,
  loadOpenLeadsAt,
  loadOpenLeadsOf,
  loadScoredSince,
  loadSeparated,
  lockLeads,
  moveInquiries,
  setFates,
  withdrawInquiriesOfLeads,
} from './lead.store.ts';
import { noUuid } from '../platform/values/uuid.rules.ts';

/** Two people turned out to be one, with an open lead each: the later one goes into the earlier, with all its inquiries. */
export async function joinLeadsOfMerged(tx: Tx, cx: Context, fact: Fact<'person.merged'>): Promise<void> {
  const at = momentOf(cx, fact);
  const { survivorId } = fact.data;
  const now = (await findSurvivors(tx, 'person', [survivorId])).get(survivorId) ?? survivorId;
  const [first, ...later] = await loadOpenLeadsOf(tx, [now]);
  if (first === undefined || later.length === 0) return;
  const facts: NewFact[] = [];
  await setFates(
    tx,
    later.map((lead) => ({ leadId: lead.id, fate: 'merged', at, mergedIntoId: first.id })),
  );
  for (const lead of later) {
    for (const inquiryId of await moveInquiries(tx, lead.id, first.id)) {
      facts.push({ type: 'lead.joined', chainId: inquiryId, subjectId: first.id, at, data: { leadId: first.id, inquiryId } });
    }
    facts.push({ type: 'lead.merged', chainId: lead.inquiryId, subjectId: lead.id, at, data: { leadId: lead.id, intoLeadId: first.id } });
    facts.push({ type: 'lead.closed', chainId: lead.inquiryId, subjectId: lead.id, at, data: { leadId: lead.id, fate: 'merged' } });
  }
  await append(tx, cx, facts);
  await rescoreLeads(tx, cx, [first.id], () => at);
}

/** One person turned out to be two: a lead that went into the other's comes back, with the inquiries it had, and is handed out anew. */
export async function partLeadsOfUnmerged(tx: Tx, cx: Context, fact: Fact<'person.unmerged'>): Promise<void> {
  const at = momentOf(cx, fact);
  const { survivorId, mergedId } = fact.data;
  const people = await findSurvivors(tx, 'person', [survivorId, mergedId]);
  const separated = await loadSeparated(tx, [...new Set(people.values())]);
  const taken = new Set((await loadOpenLeadsOf(tx, [...new Set(separated.map((lead) => lead.survivorId))])).map((lead) => lead.survivorId));
  const facts: NewFact[] = [];
  const rescore = new Set<string>();
  const alive = await findAlive(
    tx,
    separated.map((lead) => lead.id),
  );
  for (const lead of separated) {
    // Of a lead whose inquiries were all withdrawn nothing comes back.
    if (taken.has(lead.survivorId) || !alive.has(lead.id)) continue;
    taken.add(lead.survivorId);
    await setFates(tx, [{ leadId: lead.id, fate: null, at: null }]);
    if (lead.mergedIntoId) rescore.add(lead.mergedIntoId);
    rescore.add(lead.id);
    for (const inquiryId of await giveInquiriesBack(tx, lead.id)) {
      facts.push({ type: 'lead.joined', chainId: inquiryId, subjectId: lead.id, at, data: { leadId: lead.id, inquiryId } });
    }
    facts.push({ type: 'lead.reopened', chainId: lead.inquiryId, subjectId: lead.id, at, data: { leadId: lead.id } });
  }
  await append(tx, cx, facts);
  const into = separated.flatMap((lead) => lead.mergedIntoId ?? []);
  const gone = await withdrawLeads(tx, cx, await findEmptied(tx, into), at);
  await rescoreLeads(
    tx,
    cx,
    [...rescore].filter((id) => !gone.has(id)),
    () => at,
  );
}

/** Withdrawn inquiries leave their leads; a lead that has none left is withdrawn too. */
export async function withdrawFromLeads(tx: Tx, cx: Context, facts: readonly Fact<'inquiry.withdrawn'>[]): Promise<void> {
  const at = momentOf(cx, facts.at(-1)!);
  const touched = await withdrawInquiriesOfLeads(
    tx,
    facts.map((fact) => fact.data.inquiryId),
    at,
  );
  await withdrawLeads(tx, cx, await findEmptied(tx, touched), at);
  await refreshLeads(tx, cx, await lockLeads(tx, touched), at);
}

/** Open leads of these people and organizations. */
async function refreshLeadsOf(tx: Tx, cx: Context, of: { people: ReadonlySet<string>; organizations: ReadonlySet<string> }, at: Date): Promise<void> {
  const [people, organizations] = [[...(await findSurvivors(tx, 'person', [...of.people])).values()], [...of.organizations]];
  for (let from = 0; from < Math.max(people.length, organizations.length); from += handful)
    await refreshLeads(tx, cx, await loadOpenLeadsAt(tx, { people: people.slice(from, from + handful), organizations: organizations.slice(from, from + handful) }), at);
}
const handful = 2000;

/**
 * What is known of people or organizations is another now: somebody corrected it, a list or a service said it, or it was taken back. Their
 * open leads follow, and inquiries that waited for it are decided on again.
 */
export async function followKnown(tx: Tx, cx: Context, of: { people: ReadonlySet<string>; organizations: ReadonlySet<string> }, at: Date): Promise<void> {
  await refreshLeadsOf(tx, cx, of, at);
  await decideLackingOf(tx, cx, of, at);
}

export const followListedJob = 'qualify.follow-listed';

/** A list of people or organizations says of nobody by a fact of their own whom it wrote into. */
export async function followListed(cx: Context, scope: Scope, job: RunningJob<{ importId: string }>): Promise<void> {
  for (let after = noUuid; ; ) {
    if (await job.cancelled()) return;
    const listed = await cx.db.write(scope, async (tx) => {
      const found = await loadListed(tx, job.payload.importId, after, handful);
      const of = (kind: 'person' | 'organization'): Set<string> => new Set(found.flatMap((one) => (one.kind === kind ? [one.id] : [])));
      await followKnown(tx, cx, { people: of('person'), organizations: of('organization') }, cx.clock.now());
      return found;
    });
    if (listed.length < handful) return;
    after = listed.at(-1)!.id;
  }
}

/** An undone list leaves no trace of whom it had written to: every lead scored since it came in is looked at again. */
export async function refreshLeadsScoredSince(tx: Tx, cx: Context, importId: string, at: Date): Promise<void> {
  for (let after = noUuid; ; ) {
    const leads = await loadScoredSince(tx, importId, after, handful);
    await refreshLeads(tx, cx, leads, at);
    if (leads.length < handful) return;
    after = leads.at(-1)!.id;
  }
}

async function withdrawLeads(tx: Tx, cx: Context, emptied: readonly string[], at: Date): Promise<Set<string>> {
  const gone = (await lockLeads(tx, emptied)).filter((lead) => lead.fate !== 'withdrawn' && lead.fate !== 'merged');
  await setFates(
    tx,
    gone.map((lead) => ({ leadId: lead.id, fate: 'withdrawn', at: lead.closedAt ?? at })),
  );
  await append(
    tx,
    cx,
    gone.flatMap((lead): NewFact[] => [
      { type: 'lead.withdrawn', chainId: lead.inquiryId, subjectId: lead.id, at, data: { leadId: lead.id } },
      { type: 'lead.closed', chainId: lead.inquiryId, subjectId: lead.id, at, data: { leadId: lead.id, fate: 'withdrawn' } },
    ]),
  );
  return new Set(gone.map((lead) => lead.id));
}
