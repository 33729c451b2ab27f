import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/db/index.ts';
import type { Fact, Subscriber } from '../journal/index.ts';
import { markListsStale } from './lists/count-lists.store.ts';
import { findInquiriesOf, findLeadsOf, findOfOrigins, refreshInquiryRows, refreshLeadRows, refreshLeadWords } from './rows.store.ts';
import { touchedBy } from './touched.rules.ts';
import { findWorkspace } from './workspace.queries.ts';

/** Keeps the read model: whatever the facts of a batch touched is read again from its owners and written once. */
export const keepRows: Subscriber = {
  name: 'report.keep-rows',
  batch: 10_000,
  patient: true,
  types: [
    'inquiry.received',
    'inquiry.quarantined',
    'inquiry.replayed',
    'inquiry.withdrawn',
    'inquiry.dismissed',
    'lead.qualified',
    'lead.joined',
    'lead.merged',
    'lead.rescored',
    'lead.answered',
    'lead.withdrawn',
    'lead.assigned',
    'lead.accepted',
    'lead.declined',
    'lead.paused',
    'lead.resumed',
    'lead.unplaced',
    'lead.followedUp',
    'lead.historyTold',
    'lead.historyWithdrawn',
    'lead.nextActionSet',
    'lead.judged',
    'lead.judgementUndone',
    'lead.closed',
    'lead.reopened',
    'lead.nurtured',
    'lead.returned',
    'opportunity.won',
    'opportunity.moved',
    'opportunity.lost',
    'opportunity.withdrawn',
    'person.merged',
    'person.unmerged',
    'person.changed',
    'person.erased',
    'organization.changed',
    'person.appended',
    'organization.appended',
    'program.updated',
    'source.changed',
    'import.finished',
    'import.undone',
  ],
  async handle(tx: Tx, _cx: Context, facts: Fact[]) {
    const touched = touchedBy(facts);
    const { timeZone } = await findWorkspace(tx);
    const origins = await findOfOrigins(tx, touched.programs, touched.sources);
    const inquiryIds = new Set([...touched.inquiries, ...origins.inquiryIds, ...(await findInquiriesOf(tx, touched.moved))]);
    const leadIds = new Set([
      ...touched.leads,
      ...origins.leadIds,
      ...(await findLeadsOf(tx, touched.people, touched.organizations, touched.opportunities)),
    ]);
    await refreshInquiryRows(tx, [...inquiryIds], timeZone);
    await refreshLeadRows(tx, [...leadIds], timeZone, touched.nextActions);
    await refreshLeadWords(tx, [...leadIds]);
    await markListsStale(tx);
  },
};
