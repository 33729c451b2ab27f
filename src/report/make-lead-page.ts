import type { Scope } from '../platform/access/index.ts';
import type { Context } from '../platform/context.ts';
import { refuse } from '../platform/refusal.ts';
import { majorOf } from '../platform/values/money.rules.ts';
import { leadItem } from './lead-item.rules.ts';
import {
  findBought,
  findLeadDetail,
  findOrganization,
  findPerson,
  listActivities,
  listAssignments,
  listColleagues,
  listDispositions,
  listFactsOf,
  listInquiriesOf,
  listInvoicesOf,
  listOpportunitiesOf,
  loadUserNames,
} from './lead-page.queries.ts';
import type { LeadPage } from './leads.contract.ts';
import { findLeadRow } from './leads.queries.ts';
import { reasonsOf } from './reasons.rules.ts';
import { talkPoints } from './talk-points.rules.ts';
import { timelineEntry } from './timeline.rules.ts';
import { findWorkspace, loadNames } from './workspace.queries.ts';

/**
 * The whole of one lead. Whether the caller may see it is decided by the database on the lead's row; the rest is then read in the house's name,
 * because a partner may not see people as such, only those of its own leads. What a company invoiced stays with the company.
 */
export async function makeLeadPage(cx: Context, scope: Scope, id: string): Promise<LeadPage> {
  const row = await cx.db.read(scope, (tx) => findLeadRow(tx, id));
  if (!row) return refuse('not-found', 'report/no-such-lead', 'There is no such lead, or it is not one of yours.');
  const partner = scope.holderId !== undefined;
  return cx.db.read({ workspaceId: scope.workspaceId, roles: [] }, async (tx) => {
    const names = await loadNames(tx);
    const users = await loadUserNames(tx);
    const { locale, timeZone, currency: ownCurrency } = await findWorkspace(tx);
    const detail = await findLeadDetail(tx, id);
    const person = await findPerson(tx, row.personId);
    const organization = row.organizationId ? await findOrganization(tx, row.organizationId) : undefined;
    const assignments = await listAssignments(tx, id);
    const activities = await listActivities(tx, id);
    const dispositions = await listDispositions(tx, id);
    const opportunities = await listOpportunitiesOf(tx, id);
    const invoices = partner ? [] : await listInvoicesOf(tx, id);
    // Of others a partner is told nothing.
    const known = organization && !partner ? { id: organization.id, since: new Date(cx.clock.now().getTime() - 365 * 86_400_000) } : undefined;
    const bought = known && (await findBought(tx, known.id));
    const colleagues = known ? await listColleagues(tx, known.id, row.personId, known.since) : [];
    const inquiries = await listInquiriesOf(tx, id);
    const chains = [
      ...new Set([
        row.inquiryId,
        ...inquiries.map((one) => one.id),
        ...opportunities.map((one) => one.id),
        ...invoices.map((one) => one.id),
      ]),
    ];
    const facts = await listFactsOf(tx, chains);

    const holderName = (holderId: string | null): string | null => (holderId ? (names.holders.get(holderId)?.name ?? null) : null);
    const at = (date: Date | null): string | null => date?.toISOString() ?? null;
    const named = (holderId: string | null, map: ReadonlyMap<string, string>): { id: string; name: string } | null =>
      holderId ? { id: holderId, name: map.get(holderId) ?? '(unknown)' } : null;
    const programs = new Map([...names.programs].map(([key, program]) => [key, program.name]));
    const moneyFormats = new Map<string, Intl.NumberFormat>();
    const said = {
      holders: new Map([...names.holders].map(([key, holder]) => [key, holder.name])),
      users,
      programs,
      sources: names.sources,
      territories: names.territories,
      money(minor: number, currency: string): string {
        const code = currency || row.currency || ownCurrency;
        let format = moneyFormats.get(code);
        if (!format)
          moneyFormats.set(code, (format = new Intl.NumberFormat(locale, { style: 'currency', currency: code, maximumFractionDigits: 0 })));
        return format.format(majorOf({ minor, currency: code }));
      },
      day: (at: Date | string): string => new Date(at).toLocaleDateString(locale, { timeZone: typeof at === 'string' ? 'UTC' : timeZone, dateStyle: 'medium' }),
      time: (iso: string): string => new Date(iso).toLocaleString(locale, { timeZone, dateStyle: 'medium', timeStyle: 'short' }),
    };
    const current = assignments.find((one) => one.endedAt === null) ?? assignments[0];
    return {
      lead: leadItem(row, names, cx.clock.now()),
      qualification: { budget: detail.budget, authority: detail.authority, need: detail.need, timing: detail.timing },
      person: { ...person, fullName: person.fullName ?? row.personName, unsubscribedAt: at(person.unsubscribedAt) },
      organization: organization ?? null,
      matchReasons: inquiries.flatMap((one) => {
        const reasons = reasonsOf(one.evidence);
        const given = reasons.length > 0 ? reasons : [{ label: one.method ?? 'unknown', detail: null, points: null }];
        return given.map((reason) => ({ ...reason, inquiryId: one.id, receipt: one.receipt, method: one.method ?? 'unknown' }));
      }),
      talkPoints: talkPoints(
        {
          inquiries: inquiries.map((one) => ({ at: one.occurredAt, message: textOf(one.fields['message']), product: textOf(one.fields['product']), where: (one.programId && programs.get(one.programId)) || (one.sourceId && names.sources.get(one.sourceId)) || one.channel })),
          product: row.product,
          known: detail,
          activities: activities.map(({ kind, at: when, outcome, note, holderId, userId }) => ({ kind, at: when, outcome, note, by: (userId && users.get(userId)) || holderName(holderId) })),
          opportunities: opportunities.map(({ amountMinor, currency, ...one }) => ({ ...one, amount: said.money(amountMinor, currency) })),
          bought: bought ? { invoices: bought.invoices, amount: said.money(bought.netMinor, bought.currency), lastOn: bought.lastOn } : null,
          colleagues,
        },
        said.day,
      ),
      scoreReasons: reasonsOf(detail.scoreReasons),
      assignmentReasons: reasonsOf(current?.reasons),
      assignments: assignments.map((one) => ({
        id: one.id,
        holder: {
          id: one.holderId,
          name: holderName(one.holderId) ?? '(unknown)',
          kind: (names.holders.get(one.holderId)?.kind ?? 'rep') as 'rep',
        },
        territory: named(one.territoryId, names.territories),
        why: one.why,
        startedAt: one.startedAt.toISOString(),
        respondBy: at(one.respondBy),
        acceptedAt: at(one.acceptedAt),
        declinedAt: at(one.declinedAt),
        firstFollowupAt: at(one.firstFollowupAt),
        endedAt: at(one.endedAt),
        endReason: one.endReason,
      })),
      activities: activities.map(({ holderId, userId, ...one }) => ({
        ...one,
        at: one.at.toISOString(),
        by: (userId && users.get(userId)) || holderName(holderId),
      })),
      dispositions: dispositions.map(({ byHolderId, byUserId, ...one }) => ({
        ...one,
        verdict: one.verdict as 'hot',
        at: one.at.toISOString(),
        by: (byUserId && users.get(byUserId)) || holderName(byHolderId),
      })),
      opportunities: opportunities.map((one) => ({ ...one, outcome: one.outcome as 'open', closedAt: at(one.closedAt) })),
      invoices,
      inquiries: inquiries.map((one) => ({
        id: one.id,
        receipt: one.receipt,
        isOrigin: one.id === row.inquiryId,
        occurredAt: one.occurredAt.toISOString(),
        channel: one.channel,
        source: named(one.sourceId, names.sources),
        program: named(one.programId, programs),
        status: one.status,
        message: textOf(one.fields['message']),
        fields: one.fields,
      })),
      timeline: facts.flatMap((fact) => timelineEntry(fact, said) ?? []),
    };
  });
}

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);
