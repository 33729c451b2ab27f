import { append, type Fact, type NewFact } from '../journal/index.ts';
import { momentOf } from '../platform/context.ts';
import type { Context } from '../platform/context.ts';
import { perTx } from '../platform/db/index.ts';
import type { Tx } from '../platform/db/index.ts';
import type { Criteria } from '../platform/values/criteria.rules.ts';
import { decide } from './decide.rules.ts';
import {
  insertDismissals,
  insertLeadInquiries,
  insertLeads,
  loadLeads,
  loadNoted,
  loadOpenLeadsOf,
  takeDismissals,
  updateLeads,
  type Joining,
} from './lead.store.ts';
import { refreshed } from './refreshed.ts';
import { newLead, scored, withInquiries, withoutFilled, type LeadRow } from './lead.rules.ts';
import { loadLacking } from './required-fields.ts';
import { loadRulesets } from './ruleset.store.ts';
import { loadSubjectsOfLeads, loadUndecided } from './subject.store.ts';
import type { SubjectRow } from './subject.rules.ts';

/** Leads made within this transaction, each with the inquiry that made it: whoever hears of them here need not read them again. */
export const leadsInHand = perTx(() => new Map<string, { lead: LeadRow; of: SubjectRow }>());

/** Decides on a batch of identified inquiries: load, decide in memory in the order of arrival, save, record. */
export async function decideInquiries(tx: Tx, cx: Context, facts: readonly Fact<'inquiry.identified'>[]): Promise<void> {
  await decideOn(
    tx,
    cx,
    facts.map(({ data }) => data),
    new Map(facts.map((fact) => [fact.data.inquiryId, momentOf(cx, fact)])),
  );
}

/**
 * Inquiries that were no leads by the definition, and bought: the sale proves what the definition did not see. Each becomes a lead (or
 * joins its person's open one) at the instant given; inquiries nobody dismissed are left alone.
 */
export async function qualifyProven(tx: Tx, cx: Context, proven: readonly { inquiryId: string; at: Date }[]): Promise<void> {
  if (proven.length === 0) return;
  const dismissed = await takeDismissals(
    tx,
    proven.map((one) => one.inquiryId),
  );
  await decideOn(tx, cx, dismissed, new Map(proven.map((one) => [one.inquiryId, one.at])), anybody);
}
const anybody: Criteria = { all: [] };

/** Inquiries that were no leads are decided on anew, by the definition as it is now. */
export async function decideAgain(tx: Tx, cx: Context, inquiryIds: readonly string[], at: Date): Promise<void> {
  if (inquiryIds.length === 0) return;
  await decideOn(tx, cx, await takeDismissals(tx, inquiryIds), new Map(inquiryIds.map((id) => [id, at])));
}

async function decideOn(
  tx: Tx,
  cx: Context,
  identified: readonly { inquiryId: string; personId: string }[],
  moments: ReadonlyMap<string, Date>,
  instead?: Criteria,
): Promise<void> {
  // Asked in one go: behind a rush of writing, every round trip waits for all of it.
  const rulesets = loadRulesets(tx);
  tx.later(rulesets);
  const inquiries = await loadUndecided(tx, identified);
  if (inquiries.length === 0) return;
  const at = (inquiry: SubjectRow): Date => moments.get(inquiry.inquiryId) ?? cx.clock.now();
  const openLeads = await loadOpenLeadsOf(tx, [...new Set(inquiries.map((one) => one.personId))]);
  const { definition, scoring, questions } = await rulesets;
  const lacking = instead ? undefined : await loadLacking(tx, inquiries);
  // two people merged while each had an open lead: until those are one too, the earlier is the one
  const open = new Map<string, string>();
  for (const lead of openLeads) if (!open.has(lead.survivorId)) open.set(lead.survivorId, lead.id);

  const decisions = decide(inquiries, open, instead ?? definition.body, cx.clock.now(), lacking);
  const drafts: { lead: LeadRow; of: SubjectRow[] }[] = [];
  const joinings: Joining[] = [];
  const joinedKnown = new Map<string, SubjectRow[]>();
  const recorded: NewFact[] = [];
  for (const decision of decisions) {
    const { inquiry } = decision;
    if (decision.kind === 'dismiss') continue;
    if (decision.kind === 'qualify') {
      drafts.push({ lead: newLead(cx.ids.next(), inquiry, at(inquiry), definition.version), of: [inquiry] });
    } else if ('place' in decision.lead) drafts[decision.lead.place]!.of.push(inquiry);
    else joinedKnown.set(decision.lead.leadId, [...(joinedKnown.get(decision.lead.leadId) ?? []), inquiry]);
    const leadId =
      decision.kind === 'qualify'
        ? drafts.at(-1)!.lead.id
        : 'place' in decision.lead
          ? drafts[decision.lead.place]!.lead.id
          : decision.lead.leadId;
    joinings.push({ leadId, inquiryId: inquiry.inquiryId, joinedAt: at(inquiry) });
  }

  const leads = drafts.map(({ lead, of }) => scored(withInquiries(lead, of, questions.body), of, scoring.body, at(of[0]!)));
  const dismissals = decisions.flatMap((one) =>
    one.kind === 'dismiss'
      ? [
          {
            inquiryId: one.inquiry.inquiryId,
            personId: one.inquiry.personId,
            reasons: one.reasons,
            lacks: one.lacks,
            definitionVersion: definition.version,
            at: at(one.inquiry),
          },
        ]
      : [],
  );
  const inHand = leadsInHand(tx);
  leads.forEach((lead, i) => inHand.set(lead.id, { lead, of: drafts[i]!.of[0]! }));
  // sent without waiting: while the database writes one table, the next one's rows are put together
  tx.later(insertLeads(tx, leads));
  tx.later(insertLeadInquiries(tx, joinings));
  tx.later(insertDismissals(tx, dismissals));

  const origin = new Set(leads.map((lead) => lead.inquiryId));
  for (const lead of leads) {
    const { id: leadId, personId, inquiryId, definitionVersion, score, grade } = lead;
    recorded.push({
      type: 'lead.qualified',
      chainId: inquiryId,
      subjectId: leadId,
      at: lead.qualifiedAt,
      data: { leadId, personId, inquiryId, definitionVersion, score, grade },
    });
  }
  for (const { leadId, inquiryId, joinedAt } of joinings) {
    if (!origin.has(inquiryId))
      recorded.push({ type: 'lead.joined', chainId: inquiryId, subjectId: leadId, at: joinedAt, data: { leadId, inquiryId } });
  }
  for (const { inquiryId, personId, reasons, at: when } of dismissals) {
    recorded.push({
      type: 'inquiry.dismissed',
      chainId: inquiryId,
      subjectId: inquiryId,
      at: when,
      data: { inquiryId, personId, reasons },
    });
  }
  await append(tx, cx, recorded);

  const latest = new Map([...joinedKnown].map(([leadId, of]) => [leadId, at(of.at(-1)!)]));
  await rescoreLeads(tx, cx, [...joinedKnown.keys()], (leadId) => latest.get(leadId) ?? cx.clock.now(), openLeads.filter(({ id }) => joinedKnown.has(id)));
}

/** Scores leads anew from all their inquiries and answers; what changed is a fact. `held`: the leads themselves, where they are read and locked. */
/** What open leads know is filled anew from their inquiries and from who is behind them as that stands now, and they are scored by it. */
export async function refreshLeads(tx: Tx, cx: Context, leads: readonly LeadRow[], at: Date): Promise<void> {
  const open = leads.filter((lead) => lead.closedAt === null);
  if (open.length === 0) return;
  const noted = await loadNoted(tx, open.map((lead) => lead.inquiryId));
  await rescoreLeads(tx, cx, open.map(({ id }) => id), () => at, open, (lead) => withoutFilled(lead, noted.get(lead.id) ?? nothing));
  await refreshed(tx, cx, open.map(({ id }) => id));
}
const nothing: ReadonlySet<string> = new Set();

export async function rescoreLeads(tx: Tx, cx: Context, leadIds: readonly string[], at: (leadId: string) => Date, held?: readonly LeadRow[], from = (lead: LeadRow): LeadRow => lead): Promise<LeadRow[]> {
  if (leadIds.length === 0) return [];
  const before = held ?? (await loadLeads(tx, leadIds));
  const subjects = Map.groupBy(await loadSubjectsOfLeads(tx, before), (one) => one.leadId);
  const { scoring, questions } = await loadRulesets(tx);
  const after = before.map((lead) => {
    const of = subjects.get(lead.id);
    return of ? scored(withInquiries(from(lead), of, questions.body), of, scoring.body, at(lead.id)) : { ...lead, gradeFallsAt: null };
  });
  await updateLeads(tx, after);
  const inHand = leadsInHand(tx);
  for (const { id } of after) inHand.delete(id); // they are not what they were
  const changed = after.flatMap((lead, place): NewFact[] => {
    const was = before[place]!;
    if (was.score === lead.score && was.grade === lead.grade) return [];
    const data = { leadId: lead.id, score: lead.score, grade: lead.grade, wasScore: was.score, wasGrade: was.grade };
    return [{ type: 'lead.rescored', chainId: lead.inquiryId, subjectId: lead.id, at: at(lead.id), data }];
  });
  await append(tx, cx, changed);
  return after;
}
