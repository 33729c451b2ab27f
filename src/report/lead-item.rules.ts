import type { LeadListItem } from './leads.contract.ts';
import type { LeadRow } from './leads.queries.ts';
import type { NameMaps } from './workspace.queries.ts';

/** A row of the read model as the API says it: ids with their names, minutes instead of seconds, overdue as of now. */
export function leadItem(row: LeadRow, names: NameMaps, now: Date): LeadListItem {
  const at = (date: Date | null): string | null => date?.toISOString() ?? null;
  const holder = row.holderId ? names.holders.get(row.holderId) : undefined;
  const named = (id: string | null, name: string | undefined): { id: string; name: string } | null =>
    id ? { id, name: name ?? '(unknown)' } : null;
  return {
    id: row.leadId,
    inquiryId: row.inquiryId,
    receipt: row.receipt,
    person: { id: row.personId, name: row.personName },
    title: row.title,
    email: row.email,
    phone: row.phone,
    organization: named(row.organizationId, row.organizationName ?? undefined),
    country: row.country,
    region: row.region,
    city: row.city,
    product: row.product,
    vertical: row.vertical,
    program: named(row.programId, row.programId ? names.programs.get(row.programId)?.name : undefined),
    source: named(row.sourceId, row.sourceId ? names.sources.get(row.sourceId) : undefined),
    channel: row.channel,
    territory: named(row.territoryId, row.territoryId ? (names.territories.get(row.territoryId) ?? 'Territory') : undefined),
    holder: row.holderId ? { id: row.holderId, name: holder?.name ?? 'Another holder', kind: (row.holderKind ?? 'rep') as 'rep' } : null,
    grade: row.grade as LeadListItem['grade'],
    score: row.score,
    occurredAt: row.occurredAt.toISOString(),
    qualifiedAt: row.qualifiedAt.toISOString(),
    assignedAt: at(row.assignedAt),
    acceptedAt: at(row.acceptedAt),
    respondBy: at(row.respondBy),
    overdue: row.owedBy !== null && row.owedBy < now,
    firstFollowupAt: at(row.firstFollowupAt),
    waitMinutes: row.waitSeconds === null ? null : Math.round(row.waitSeconds / 6) / 10,
    redirects: row.redirects,
    verdict: row.verdict as LeadListItem['verdict'],
    verdictReason: row.verdictReason,
    verdictAt: at(row.verdictAt),
    state: row.state as LeadListItem['state'],
    fate: row.fate,
    closedAt: at(row.closedAt),
    valueMinor: row.valueMinor,
    currency: row.currency,
    nextAction: row.nextAction ? { what: row.nextAction, dueAt: at(row.nextActionDueAt) } : null,
    lastActivityAt: at(row.lastActivityAt),
    inquiries: row.inquiries,
  };
}
