import type { Tx } from '../platform/db/index.ts';
import { sql } from '../platform/db/index.ts';
import { askedAs, type CustomField } from '../platform/values/custom-field.rules.ts';
import type { Field } from '../platform/values/criteria-fields.rules.ts';
import type { Facts } from '../platform/values/criteria.rules.ts';
import { loadSaid } from '../identity/index.ts';
import { leadsInHand } from './decide-inquiries.ts';
import type { LeadRow } from './lead.rules.ts';
import { fieldCatalogue, subjectOf, type SubjectRow } from './subject.rules.ts';
import { noOrganization } from './subject.store.ts';

type LeadPart = Pick<
  LeadRow,
  'grade' | 'score' | 'product' | 'vertical' | 'country' | 'state' | 'postalCode' | 'budget' | 'authority' | 'need' | 'timing' | 'answers'
>;
export interface LeadFacts {
  facts: Facts;
  product: string | null;
}

/** Everything conditions may ask of a lead: what they may ask of its inquiry, its grade and score, and own fields of who is behind it. */
export function leadFieldsOf(custom: readonly CustomField[]): Field[] {
  const own = (subject: CustomField['subject'], prefix: string, group: string): Field[] =>
    custom.filter((one) => one.subject === subject).map((one) => askedAs(one, `${prefix}${one.key}`, group));
  const choices = ['hot', 'warm', 'cold'].map((value) => ({ value, label: value }));
  return [
    { field: 'grade', label: 'grade', type: 'choice', choices, group: 'Lead' },
    { field: 'score', label: 'score', type: 'number', group: 'Lead' },
    ...fieldCatalogue.map((one) => ({ ...one, group: 'Inquiry, person and company' })),
    ...own('inquiry', '', 'Own fields of the inquiry'),
    ...own('person', 'person.', 'Own fields of the person'),
    ...own('organization', 'organization.', 'Own fields of the organization'),
  ];
}

const read = new Set(['positionLevel', 'positionFunction', 'sector']);
const asksOwnFields = (field: string): boolean => field.startsWith('person.') || field.startsWith('organization.');

/** What stands on the lead is what people see of it, and what it is dealt by. */
function onLead({ product, vertical, country, state, postalCode, grade, score }: LeadPart): Facts {
  return { grade, score, ...Object.fromEntries(Object.entries({ product, vertical, country, state, postalCode }).filter(([, value]) => value !== null)) };
}

function factsOf(lead: LeadPart, row: SubjectRow, inquiries: number, own: Facts = {}): LeadFacts {
  const { budget, authority, need, timing } = lead;
  const subject = subjectOf(row, { ...lead.answers, budget, authority, need, timing }, inquiries);
  return { facts: Object.assign(subject, own, onLead(lead)), product: lead.product };
}

interface Asked {
  leadId: string;
  personId: string | null;
  organizationId: string | null;
  inquiryId: string;
}

/**
 * What conditions may ask of each of these leads, as far as `fields` go: one query for what stands on the lead, one for all that stands only
 * behind it, another where positions or sectors are asked for, none for those just made in this transaction.
 */
export async function loadLeadFacts(tx: Tx, leads: readonly Asked[], fields: readonly string[]): Promise<Map<string, LeadFacts>> {
  const inHand = leadsInHand(tx);
  if (!fields.some(asksOwnFields) && leads.every(({ leadId }) => inHand.has(leadId)))
    return new Map(
      leads.map(({ leadId }) => {
        const { lead, of } = inHand.get(leadId)!;
        return [leadId, factsOf(lead, of, 1)];
      }),
    );
  const found = new Map((await listLeadParts(tx, leads.map(({ leadId }) => leadId))).map((one) => [one.leadId, one]));
  const facts = new Map<string, LeadFacts>();
  const behind: Asked[] = [];
  for (const one of leads) {
    const lead = found.get(one.leadId);
    const known = lead && onLead(lead);
    if (known && fields.every((field) => field in known)) facts.set(one.leadId, { facts: known, product: lead.product });
    else behind.push(one);
  }
  if (behind.length > 0) await addFactsBehind(tx, behind, { fields, onLeads: found, facts });
  return facts;
}

const listLeadParts = (tx: Tx, leadIds: readonly string[]): Promise<(LeadPart & { leadId: string })[]> =>
  tx.rows(sql`select id as lead_id, grade, score, product, vertical, country, state, postal_code, budget, authority, need, timing, answers
    from qualify.lead where workspace_id = ${tx.scope.workspaceId} and id = any(${leadIds}::uuid[])`);

/** Adds to `facts` what stands behind these leads, and below what stands on them (`onLeads`). */
async function addFactsBehind(
  tx: Tx,
  leads: readonly Asked[],
  { fields, onLeads, facts }: { fields: readonly string[]; onLeads: ReadonlyMap<string, LeadPart>; facts: Map<string, LeadFacts> },
): Promise<void> {
  const { workspaceId } = tx.scope;
  const ids = (of: (lead: Asked) => string | null): string[] => [...new Set(leads.map(of).filter((id) => id !== null))];
  // Each table by its own keys, and put together here: in one join the planner may read all of a table it knows nothing of yet.
  const rows = await tx.rows<{ kind: string; id: string; row: Record<string, unknown> }>(sql`
    select 'asked' as kind, li.lead_id as id, json_build_object('times', count(*)) as row
      from qualify.lead_inquiry li where li.workspace_id = ${workspaceId} and li.lead_id = any(${ids((one) => one.leadId)}::uuid[]) and li.withdrawn_at is null group by li.lead_id
    union all
    select 'person', p.id, json_build_object('externalId', b.external_id, 'fullName', b.full_name, 'title', b.title, 'email', b.email, 'phone', b.phone, 'mobileE164', b.mobile_e164,
        'street', b.street, 'postalCode', b.postal_code, 'city', b.city, 'state', b.state, 'country', b.country, 'language', b.language, 'nameIsJunk', b.name_is_junk,
        'doNotContact', b.do_not_contact, 'unsubscribed', b.unsubscribed_at is not null, 'custom', b.custom)
      from identity.person p join identity.person b on b.workspace_id = p.workspace_id and b.id = case when p.survivor_id is null then p.id else p.survivor_id end
      where p.workspace_id = ${workspaceId} and p.id = any(${ids((one) => one.personId)}::uuid[])
    union all
    select 'organization', o.id, json_build_object('organizationId', o.id, 'organizationName', b.name, 'organizationCountry', b.country, 'organizationState', b.state,
        'organizationPostalCode', b.postal_code, 'industry', b.industry, 'organizationVertical', b.vertical, 'employees', b.employees, 'annualRevenueMinor', b.annual_revenue_minor,
        'isCustomer', b.is_customer, 'custom', b.custom)
      from identity.organization o join identity.organization b on b.workspace_id = o.workspace_id and b.id = case when o.survivor_id is null then o.id else o.survivor_id end
      where o.workspace_id = ${workspaceId} and o.id = any(${ids((one) => one.organizationId)}::uuid[])
    union all
    select 'inquiry', i.id, json_build_object('occurredAt', i.occurred_at, 'channel', i.channel, 'fields', i.fields, 'sourceName', s.name, 'sourceChannel', s.channel,
        'programName', g.name, 'programChannel', g.channel)
      from capture.inquiry i left join capture.source s on s.workspace_id = i.workspace_id and s.id = i.source_id
      left join capture.program g on g.workspace_id = i.workspace_id and g.id = i.program_id
      where i.workspace_id = ${workspaceId} and i.id = any(${ids((one) => one.inquiryId)}::uuid[])`);
  // What people said a position or a business is goes before what rules read.
  const said = fields.some((field) => read.has(field)) ? await loadSaid(tx) : undefined;
  const found = new Map(rows.map((row) => [`${row.kind}/${row.id}`, row.row]));
  const part = (kind: string, id: string | null): Record<string, unknown> => (id === null ? undefined : found.get(`${kind}/${id}`)) ?? {};
  for (const { leadId, personId, organizationId, inquiryId } of leads) {
    const inquiry = part('inquiry', inquiryId);
    const { custom: ofPerson, ...person } = part('person', personId);
    const { custom: ofOrganization, ...organization } = part('organization', organizationId);
    const row = { ...nobody, ...organization, ...person, ...inquiry, inquiryId, personId: personId ?? '', fields: inquiry['fields'] ?? {} } as SubjectRow;
    const at = inquiry['occurredAt'];
    row.occurredAt = new Date(typeof at === 'string' ? at : 0);
    row.saidPosition = said?.position(row.title);
    row.saidSector = said?.sector(row.industry);
    const own = { ...prefixed('person.', ofPerson), ...prefixed('organization.', ofOrganization) };
    facts.set(leadId, factsOf(onLeads.get(leadId) ?? nothingOnIt, row, Number(part('asked', leadId)['times'] ?? 1), own));
  }
}

const prefixed = (prefix: string, custom: unknown): Facts =>
  Object.fromEntries(Object.entries((custom ?? {}) as Facts).map(([key, value]) => [`${prefix}${key}`, value]));

/** Of a lead that went meanwhile. */
const nothingOnIt = {} as LeadPart;
/** Of whom nothing is known; each part that is found says more. */
const nobody: Partial<SubjectRow> = {
  externalId: null,
  fullName: null,
  title: null,
  email: null,
  phone: null,
  mobileE164: null,
  street: null,
  postalCode: null,
  city: null,
  state: null,
  country: null,
  language: null,
  nameIsJunk: false,
  doNotContact: false,
  unsubscribed: false,
  ...noOrganization,
  sourceName: null,
  programName: null,
  sourceChannel: null,
  programChannel: null,
};
