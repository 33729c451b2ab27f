/** Writing what a batch of arrivals turned out to be. */
import { join, raw, sql } from '../platform/db/index.ts';
import type { Tx } from '../platform/db/index.ts';
import type { Agreement } from './agreement.rules.ts';
import type { Evidence } from './compare.rules.ts';
import { columns, type Change } from './import.store.ts';
import type { OrganizationDraft } from './organizations.rules.ts';
import { columnOf, personFields, saidFields, type Fills, type PersonDraft } from './person-draft.rules.ts';
import type { Blocks, Sighted } from './sight.rules.ts';

const personColumns = [
  'workspace_id',
  'id',
  ...personFields.map(columnOf),
  ...saidFields.map(columnOf),
  'name_is_junk',
  'do_not_contact',
  'sightings',
  'first_seen_at',
  'last_seen_at',
  'import_id',
];

export async function insertPeople(tx: Tx, people: readonly PersonDraft[]): Promise<void> {
  const { workspaceId } = tx.scope;
  await tx.copy(
    'identity.person',
    personColumns,
    people.map((p) => [
      workspaceId,
      p.id,
      ...personFields.map((field) => p.values[field]),
      ...saidFields.map((field) => p.values[field] ?? null),
      p.nameIsJunk,
      p.doNotContact,
      p.sightings,
      p.firstSeenAt,
      p.lastSeenAt,
      p.importId,
    ]),
  );
}

const put = join(
  [...personFields, ...saidFields].map((field) => {
    const column = raw(columnOf(field));
    const said = sql`v.filled ->> ${columnOf(field)}`;
    const value = field === 'organizationId' ? sql`(${said})::uuid` : (saidFields as readonly string[]).includes(field) ? sql`(${said})::timestamptz` : said;
    return sql`${column} = case when v.filled ? ${columnOf(field)} then ${value} else p.${column} end`;
  }),
  ', ',
);

/**
 * Known people seen again: counted, dated, and filled. `own` is the row's word from before a merge: it is
 * filled the same way, so that undoing the merge keeps what was learned since.
 */
export async function updateSeenPeople(tx: Tx, people: readonly PersonDraft[]): Promise<void> {
  if (people.length === 0) return;
  const rows = people.map((p) => ({
    id: p.id,
    sightings: p.sightings,
    first_seen_at: p.firstSeenAt,
    last_seen_at: p.lastSeenAt,
    do_not_contact: p.doNotContact,
    name_is_junk: p.nameIsJunk,
    filled: Object.fromEntries(Object.entries(p.filled).map(([field, value]) => [columnOf(field), value])),
  }));
  await tx.run(sql`update identity.person p set
      sightings = p.sightings + v.sightings,
      first_seen_at = least(p.first_seen_at, v.first_seen_at),
      last_seen_at = greatest(p.last_seen_at, v.last_seen_at),
      do_not_contact = p.do_not_contact or v.do_not_contact,
      name_is_junk = v.name_is_junk,
      ${put},
      own = case when p.own is null then null else p.own || v.filled || jsonb_build_object('sightings', (p.own ->> 'sightings')::int + v.sightings,
             'first_seen_at', least((p.own ->> 'first_seen_at')::timestamptz, v.first_seen_at),
             'last_seen_at', greatest((p.own ->> 'last_seen_at')::timestamptz, v.last_seen_at),
             'do_not_contact', (p.own ->> 'do_not_contact')::boolean or v.do_not_contact) end
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as v (id uuid, sightings int, first_seen_at timestamptz, last_seen_at timestamptz,
      do_not_contact boolean, name_is_junk boolean, filled jsonb)
    where p.workspace_id = ${tx.scope.workspaceId} and p.id = v.id`);
}

/** New organizations, and known ones with what changed of them; that stands in their own word from before a merge, too. */
export async function saveOrganizations(
  tx: Tx,
  drafts: readonly OrganizationDraft[],
  importId: string | null,
  firstSeen: (draft: OrganizationDraft) => Date,
  changes: readonly Change[] = [],
): Promise<void> {
  const { workspaceId } = tx.scope;
  const made = tx.copy(
    'identity.organization',
    [
      'workspace_id',
      'id',
      'external_id',
      'name',
      'name_key',
      'domain',
      'website',
      'phone',
      'street',
      'postal_code',
      'city',
      'state',
      'country',
      'industry',
      'vertical',
      'employees',
      'annual_revenue_minor',
      'naics',
      'sic',
      'parent',
      'language',
      'is_customer',
      'first_seen_at',
      'last_seen_at',
      'import_id',
    ],
    drafts
      .filter((o) => o.isNew)
      .map((o) => [
        workspaceId,
        o.id,
        o.externalId,
        o.name,
        o.nameKey,
        o.domain,
        o.website,
        o.phone,
        o.street,
        o.postalCode,
        o.city,
        o.state,
        o.country,
        o.industry,
        o.vertical,
        o.employees,
        o.annualRevenueMinor,
        o.naics,
        o.sic,
        o.parent,
        o.language,
        o.isCustomer,
        firstSeen(o),
        o.lastSeenAt,
        importId,
      ]),
  );
  const known = drafts.filter((o) => !o.isNew);
  if (known.length === 0) return void (await made);
  const values = new Map(changes.map((change) => [change.id, change.values]));
  // Both are sent at once, in the order of the batches.
  const changed = tx.run(sql`update identity.organization o set name = v.name, name_key = v.name_key, domain = v.domain, street = v.street, postal_code = v.postal_code,
      city = v.city, state = v.state, country = v.country, industry = v.industry, vertical = v.vertical, employees = v.employees,
      annual_revenue_minor = v.annual_revenue_minor, last_seen_at = greatest(o.last_seen_at, v.last_seen_at),
      own = case when o.own is null then null else o.own || coalesce(v.changed, '{}') || jsonb_build_object('last_seen_at', greatest((o.own ->> 'last_seen_at')::timestamptz, v.last_seen_at)) end
    from jsonb_to_recordset(${JSON.stringify(
      known.map((o) => ({
        id: o.id,
        name: o.name,
        name_key: o.nameKey,
        domain: o.domain,
        street: o.street,
        postal_code: o.postalCode,
        city: o.city,
        state: o.state,
        country: o.country,
        industry: o.industry,
        vertical: o.vertical,
        employees: o.employees,
        annual_revenue_minor: o.annualRevenueMinor,
        last_seen_at: o.lastSeenAt,
        ...(o.isJoined ? { changed: columns(values.get(o.id) ?? {}) } : {}),
      })),
    )}::jsonb) as v (id uuid, name text, name_key text, domain text, street text, postal_code text, city text, state text, country char(2), industry text,
      vertical text, employees int, annual_revenue_minor bigint, last_seen_at timestamptz, changed jsonb)
    where o.workspace_id = ${workspaceId} and o.id = v.id`);
  await Promise.all([made, changed]);
}

/** What a sighting put into its person; `was` where something stood there. */
export type Filled = { [K in keyof Fills | 'nameIsJunk' | 'doNotContact']?: string | boolean | null } & { was?: Record<string, unknown> };

export interface NewSighting {
  id: string;
  inquiryId: string | null;
  personId: string;
  organizationId: string | null;
  importId: string | null;
  seenAt: Date;
  method: string;
  weight: number | null;
  evidence: Evidence[];
  filled: Filled | null;
  agrees: number | null;
  otherwise: Agreement['otherwise'];
  of: Sighted;
  blocks: Blocks;
}

const sightingColumns = [
  'workspace_id',
  'id',
  'inquiry_id',
  'person_id',
  'organization_id',
  'import_id',
  'seen_at',
  'method',
  'weight',
  'evidence',
  'filled',
  'agrees',
  'otherwise',
  'external_id',
  'mail_key',
  'phone',
  'mobile',
  'name_block',
  'company_block',
  'place_block',
  'local_block',
];

export async function insertSightings(tx: Tx, sightings: readonly NewSighting[]): Promise<void> {
  const { workspaceId } = tx.scope;
  await tx.copy(
    'identity.sighting',
    sightingColumns,
    sightings.map((s) => [
      workspaceId,
      s.id,
      s.inquiryId,
      s.personId,
      s.organizationId,
      s.importId,
      s.seenAt,
      s.method,
      s.weight,
      s.evidence.length === 0 ? '[]' : JSON.stringify(s.evidence),
      s.filled,
      s.agrees,
      s.otherwise,
      s.of.externalId,
      s.of.mail?.key,
      s.of.phone,
      s.of.mobile,
      s.blocks.name,
      s.blocks.company,
      s.blocks.place,
      s.blocks.local,
    ]),
  );
}

export interface Doubt {
  id: string;
  personId: string;
  otherId: string;
  weight: number;
  evidence: Evidence[];
}

export async function insertDoubts(tx: Tx, doubts: readonly Doubt[], at: Date): Promise<void> {
  if (doubts.length === 0) return;
  await tx.run(sql`insert into identity.possible_duplicate (workspace_id, id, person_id, other_id, weight, evidence, found_at)
    select ${tx.scope.workspaceId}, v.id, least(v.person_id, v.other_id), greatest(v.person_id, v.other_id), v.weight, v.evidence, ${at}
    from jsonb_to_recordset(${JSON.stringify(doubts.map((d) => ({ id: d.id, person_id: d.personId, other_id: d.otherId, weight: d.weight, evidence: d.evidence })))}::jsonb)
      as v (id uuid, person_id uuid, other_id uuid, weight real, evidence jsonb)
    where v.person_id <> v.other_id
    on conflict (workspace_id, person_id, other_id) do nothing`);
}

export async function countPeople(tx: Tx, people: number, organizations: number): Promise<void> {
  if (people === 0 && organizations === 0) return;
  await tx.run(sql`insert into identity.tally (workspace_id, people, organizations) values (${tx.scope.workspaceId}, ${people}, ${organizations})
    on conflict (workspace_id) do update set people = tally.people + excluded.people, organizations = tally.organizations + excluded.organizations`);
}
