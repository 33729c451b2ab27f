/**
 * Inquiries with everything conditions may ask about. Loaded table by table by their keys, not in one join: on tables without
 * statistics yet (the first import of a new company) the planner took a nested loop over all people, and a batch took seconds.
 */
import { sql } from '../platform/db/index.ts';
import type { Sql, Tx } from '../platform/db/index.ts';
import { identifiedInHand, loadSaid, type IdentifiedInHand } from '../identity/index.ts';
import type { SubjectRow } from './subject.rules.ts';

type Arrived = Pick<SubjectRow, 'inquiryId' | 'occurredAt' | 'channel' | 'fields' | 'sourceId' | 'programId' | 'personId'>;
const arrivedColumns = sql`i.id as inquiry_id, i.occurred_at, i.channel, i.fields, i.source_id, i.program_id`;

/** Identified inquiries that nobody decided on yet, in the order of arrival. What was identified within this transaction is in hand. */
export async function loadUndecided(tx: Tx, identified: readonly { inquiryId: string; personId: string }[]): Promise<SubjectRow[]> {
  const { workspaceId } = tx.scope;
  const inHand = identifiedInHand(tx);
  if (identified.every((one) => inHand.has(one.inquiryId))) return subjectsInHand(tx, identified.map((one) => inHand.get(one.inquiryId)!));
  const ids = identified.map((one) => one.inquiryId);
  const rows = await tx.rows<Arrived>(sql`select ${arrivedColumns} from capture.inquiry i
    where i.workspace_id = ${workspaceId} and i.id = any(${ids}::uuid[]) and i.status = 'parsed'
      and not exists (select 1 from qualify.lead_inquiry li where li.workspace_id = ${workspaceId} and li.inquiry_id = i.id)
      and not exists (select 1 from qualify.dismissal d where d.workspace_id = ${workspaceId} and d.inquiry_id = i.id)
    order by i.id`);
  const people = new Map(identified.map((one) => [one.inquiryId, one.personId]));
  return withSurroundings(
    tx,
    rows.map((row) => ({ ...row, personId: people.get(row.inquiryId) as string })),
  );
}

async function subjectsInHand(tx: Tx, identified: readonly IdentifiedInHand[]): Promise<SubjectRow[]> {
  // A person may belong to an organization that none of these inquiries names.
  const organizations = new Map<string, OrganizationPart>();
  for (const { organization } of identified) if (organization) organizations.set(organization.id, organizationPart(organization));
  const missing = new Set<string>();
  for (const { person } of identified) if (person.values.organizationId !== null && !organizations.has(person.values.organizationId)) missing.add(person.values.organizationId);
  const parts = loadOrganizationParts(tx, [...missing]);
  const said = loadSaid(tx);
  tx.later(parts);
  tx.later(said);
  const rows = identified.map(({ arrival, person }) => ({
    inquiryId: arrival.id,
    occurredAt: arrival.occurredAt,
    channel: arrival.channel,
    fields: arrival.fields as Arrived['fields'],
    sourceId: arrival.sourceId,
    programId: arrival.programId,
    personId: person.id,
  }));
  const origins = await loadOrigins(tx, rows);
  for (const one of await parts) organizations.set(one.organizationId!, one);
  const { position, sector } = await said;
  return rows.map((row, i) => {
    const { values, nameIsJunk, doNotContact, unsubscribed } = identified[i]!.person;
    const company = (values.organizationId === null ? undefined : organizations.get(values.organizationId)) ?? noOrganization;
    return {
      ...row,
      externalId: values.externalId,
      fullName: values.fullName,
      title: values.title,
      email: values.email,
      phone: values.phone,
      mobileE164: values.mobileE164,
      street: values.street,
      postalCode: values.postalCode,
      city: values.city,
      state: values.state,
      country: values.country,
      language: values.language,
      nameIsJunk,
      doNotContact,
      unsubscribed,
      ...company,
      ...origins(row),
      saidPosition: position(values.title),
      saidSector: sector(company.industry),
    };
  });
}

const organizationPart = (one: NonNullable<IdentifiedInHand['organization']>): OrganizationPart => ({
  organizationId: one.id,
  organizationName: one.name,
  organizationCountry: one.country,
  organizationState: one.state,
  organizationPostalCode: one.postalCode,
  industry: one.industry,
  organizationVertical: one.vertical,
  employees: one.employees,
  annualRevenueMinor: one.annualRevenueMinor,
  isCustomer: one.isCustomer,
});

/** Every inquiry of these leads that was not withdrawn. */
export async function loadSubjectsOfLeads(
  tx: Tx,
  leads: readonly { id: string; personId: string }[],
): Promise<(SubjectRow & { leadId: string })[]> {
  if (leads.length === 0) return [];
  const { workspaceId } = tx.scope;
  const joined = await tx.rows<{ leadId: string; inquiryId: string }>(sql`select lead_id, inquiry_id from qualify.lead_inquiry
    where workspace_id = ${workspaceId} and lead_id = any(${leads.map((one) => one.id)}::uuid[]) and withdrawn_at is null`);
  const leadOf = new Map(joined.map((one) => [one.inquiryId, one.leadId]));
  const rows = await tx.rows<Arrived>(sql`select ${arrivedColumns} from capture.inquiry i
    where i.workspace_id = ${workspaceId} and i.id = any(${[...leadOf.keys()]}::uuid[]) order by i.id`);
  const people = new Map(leads.map((one) => [one.id, one.personId]));
  return withSurroundings(
    tx,
    rows.map((row) => {
      const leadId = leadOf.get(row.inquiryId) as string;
      return { ...row, leadId, personId: people.get(leadId) as string };
    }),
  );
}

/** The latest inquiries, whatever was decided about them, to try a definition on. */
export async function loadLatestSubjects(tx: Tx, limit: number): Promise<(SubjectRow & { receipt: string; isLead: boolean })[]> {
  const { workspaceId } = tx.scope;
  const rows = await tx.rows<Arrived & { receipt: string }>(sql`select i.receipt, ${arrivedColumns} from capture.inquiry i
    where i.workspace_id = ${workspaceId} and i.status = 'parsed' order by i.id desc limit ${limit}`);
  const ids = rows.map((row) => row.inquiryId);
  const sighted = await tx.rows<{ inquiryId: string; personId: string }>(sql`select inquiry_id, person_id from identity.sighting
    where workspace_id = ${workspaceId} and inquiry_id = any(${ids}::uuid[])`);
  const leads = await tx.rows<{ inquiryId: string }>(sql`select inquiry_id from qualify.lead_inquiry
    where workspace_id = ${workspaceId} and inquiry_id = any(${ids}::uuid[])`);
  const personOf = new Map(sighted.map((one) => [one.inquiryId, one.personId]));
  const isLead = new Set(leads.map((one) => one.inquiryId));
  return withSurroundings(
    tx,
    rows.flatMap((row) => {
      const personId = personOf.get(row.inquiryId);
      return personId === undefined ? [] : [{ ...row, personId, isLead: isLead.has(row.inquiryId) }];
    }),
  );
}

type PersonPart = Omit<
  SubjectRow,
  keyof Arrived | keyof OrganizationPart | 'sourceName' | 'sourceChannel' | 'programName' | 'programChannel'
> & {
  id: string;
  survivorId: string | null;
  organizationId: string | null;
};
interface OrganizationPart {
  organizationId: string | null;
  organizationName: string | null;
  organizationCountry: string | null;
  organizationState: string | null;
  organizationPostalCode: string | null;
  industry: string | null;
  organizationVertical: string | null;
  employees: number | null;
  annualRevenueMinor: number | null;
  isCustomer: boolean | null;
}
/** adds the person as known now (the survivor), the organization, the source and the program */
async function withSurroundings<T extends Arrived>(tx: Tx, rows: readonly T[]): Promise<(T & SubjectRow)[]> {
  const { workspaceId } = tx.scope;
  const people = new Map<string, PersonPart>();
  const load = async (ids: string[]): Promise<void> => {
    const found =
      await tx.rows<PersonPart>(sql`select id, survivor_id, external_id, full_name, title, email, phone, mobile_e164, street, postal_code, city, state,
        country, language, name_is_junk, do_not_contact, unsubscribed_at is not null as unsubscribed, organization_id
      from identity.person where workspace_id = ${workspaceId} and id = any(${ids}::uuid[])`);
    for (const person of found) people.set(person.id, person);
  };
  await load(unique(rows.map((row) => row.personId)));
  const survivors = unique([...people.values()].map((person) => person.survivorId)).filter((id) => !people.has(id));
  if (survivors.length > 0) await load(survivors);
  const survivorOf = (id: string): PersonPart | undefined => {
    const person = people.get(id);
    return person?.survivorId ? people.get(person.survivorId) : person;
  };

  const organizations = new Map<string, OrganizationPart>();
  for (const one of await loadOrganizationParts(tx, unique(rows.map((row) => survivorOf(row.personId)?.organizationId)))) organizations.set(one.organizationId!, one);
  const origins = await loadOrigins(tx, rows);
  const { position, sector } = await loadSaid(tx);

  return rows.flatMap((row) => {
    const person = survivorOf(row.personId);
    if (!person) return [];
    const company = (person.organizationId ? organizations.get(person.organizationId) : undefined) ?? noOrganization;
    const { id: personId, survivorId: _survivor, ...known } = person;
    return { ...row, ...known, ...company, personId, ...origins(row), saidPosition: position(known.title), saidSector: sector(company.industry) };
  });
}

const unique = (ids: (string | null | undefined)[]): string[] => [...new Set(ids.filter((id) => typeof id === 'string'))];

/** Under the ids asked for, what is known of whoever stands for them now. */
async function loadOrganizationParts(tx: Tx, ids: readonly string[]): Promise<OrganizationPart[]> {
  if (ids.length === 0) return [];
  return tx.rows<OrganizationPart>(sql`select n.id as organization_id, o.name as organization_name, o.country as organization_country,
      o.state as organization_state, o.postal_code as organization_postal_code, o.industry, o.vertical as organization_vertical, o.employees, o.annual_revenue_minor, o.is_customer
    from identity.organization n join identity.organization o on o.workspace_id = n.workspace_id and o.id = case when n.survivor_id is null then n.id else n.survivor_id end
    where n.workspace_id = ${tx.scope.workspaceId} and n.id = any(${ids}::uuid[])`);
}

type OriginPart = Pick<SubjectRow, 'sourceName' | 'sourceChannel' | 'programName' | 'programChannel'>;
interface Origin {
  id: string;
  name: string;
  channel: string | null;
}

/** Names and channels of the sources and programs of these inquiries. */
async function loadOrigins(tx: Tx, rows: readonly Arrived[]): Promise<(row: Arrived) => OriginPart> {
  const load = async (from: Sql, ids: string[]): Promise<Map<string, Origin>> => {
    if (ids.length === 0) return new Map();
    const found = await tx.rows<Origin>(sql`select id, name, channel from ${from} where workspace_id = ${tx.scope.workspaceId} and id = any(${ids}::uuid[])`);
    return new Map(found.map((one) => [one.id, one]));
  };
  const [sources, programs] = await Promise.all([
    load(sql`capture.source`, unique(rows.map((row) => row.sourceId))),
    load(sql`capture.program`, unique(rows.map((row) => row.programId))),
  ]);
  return (row) => {
    const source = row.sourceId ? sources.get(row.sourceId) : undefined;
    const program = row.programId ? programs.get(row.programId) : undefined;
    return {
      sourceName: source?.name ?? null,
      sourceChannel: source?.channel ?? null,
      programName: program?.name ?? null,
      programChannel: program?.channel ?? null,
    };
  };
}

/** Of an organization that is not known. */
export const noOrganization: OrganizationPart = {
  organizationId: null,
  organizationName: null,
  organizationCountry: null,
  organizationState: null,
  organizationPostalCode: null,
  industry: null,
  organizationVertical: null,
  employees: null,
  annualRevenueMinor: null,
  isCustomer: null,
};
