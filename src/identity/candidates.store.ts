/** Reading what the house knows already, for a batch of arrivals: a few statements however many there are. */
import { join, perTx, sql } from '../platform/db/index.ts';
import type { Sql, Tx } from '../platform/db/index.ts';
import { inquiriesInHand } from '../capture/index.ts';
import type { SaidFields } from './consent/said-in-inquiry.rules.ts';
import type { OrganizationRow } from './organizations.rules.ts';
import type { KnownPerson } from './person-draft.rules.ts';
import type { Survivorship } from './survive/groups.rules.ts';
import { survivorshipSetting } from './survive/survive.rules.ts';
import { frequentFrom, mostUnder, type Keys } from './resolve.rules.ts';
import type { SightedFields } from './sight.rules.ts';

/** Nobody else decides who is who in this workspace until the transaction ends: two batches at once would make twins. */
export async function lockIdentity(tx: Tx): Promise<void> {
  const held = identityHeld(tx);
  if (held.yes) return;
  held.yes = true;
  await tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${`identity ${tx.scope.workspaceId}`}, 0))`);
}
const identityHeld = perTx(() => ({ yes: false }));

export interface ArrivedInquiry {
  id: string;
  importId: string | null;
  occurredAt: Date;
  fields: SightedFields & SaidFields & { custom?: Record<string, unknown> };
  channel: string;
  sourceId: string | null;
  programId: string | null;
}

/** Parsed inquiries that nobody was recognised in yet, in the order of arrival. What came in within this transaction is in hand. */
export async function loadArrivals(tx: Tx, ids: readonly string[]): Promise<ArrivedInquiry[]> {
  const { workspaceId } = tx.scope;
  const inHand = inquiriesInHand(tx);
  const fresh = ids.flatMap((id) => inHand.get(id) ?? []);
  if (fresh.length === ids.length) return fresh.filter((one) => one.status === 'parsed').sort((a, b) => (a.id < b.id ? -1 : 1));
  return tx.rows<ArrivedInquiry>(sql`select i.id, i.import_id, i.occurred_at, i.fields, i.channel, i.source_id, i.program_id
    from capture.inquiry i
    where i.workspace_id = ${workspaceId} and i.id = any(${ids}::uuid[]) and i.status = 'parsed'
      and not exists (select 1 from identity.sighting s where s.workspace_id = ${workspaceId} and s.inquiry_id = i.id)
    order by i.id`);
}

/** Which of these programs and sources are purchased lists: what they say of somebody, that person did not say. */
export async function findPurchased(tx: Tx, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const { workspaceId } = tx.scope;
  const rows = await tx.rows<{ id: string }>(sql`select id from capture.program where workspace_id = ${workspaceId} and id = any(${ids}::uuid[]) and channel = 'list'
    union all select id from capture.source where workspace_id = ${workspaceId} and id = any(${ids}::uuid[]) and channel = 'list'`);
  return new Set(rows.map(({ id }) => id));
}

/** `secret`: there where somebody erased is remembered. */
export function loadSurroundings(tx: Tx): Promise<{ country: string | null; people: number; weightsVersion: number; secret: Buffer | null; survivorship: Partial<Survivorship> | null }> {
  return tx.one(sql`select w.country, coalesce(t.people, 0) as people,
      coalesce((select max(version) from identity.match_weights where workspace_id = w.id), 0) as weights_version,
      (select secret from identity.remembering where workspace_id = w.id) as secret,
      (select value from platform.setting where workspace_id = w.id and key = ${survivorshipSetting}) as survivorship
    from platform.workspace w left join identity.tally t on t.workspace_id = w.id where w.id = ${tx.scope.workspaceId}`);
}

const organizationColumns = sql`id, coalesce(survivor_id, id) as survivor_id, name, name_key, domain, website, phone, street, postal_code, city, state,
  country, industry, vertical, employees, annual_revenue_minor, naics, sic, parent, language, external_id, is_customer, last_seen_at, own is not null as is_joined`;

/** Organizations under these keys, and the survivors of those that were merged. */
export async function loadOrganizations(
  tx: Tx,
  keys: { domains: string[]; names: string[]; externalIds?: string[] },
): Promise<OrganizationRow[]> {
  const { workspaceId } = tx.scope;
  const externalIds = keys.externalIds ?? [];
  if (keys.domains.length + keys.names.length + externalIds.length === 0) return [];
  // a name that hundreds share ('solutions') identifies nobody: the first few are enough to choose from
  const found = await tx.rows<OrganizationRow>(sql`select distinct on (id) * from (
    select ${organizationColumns} from identity.organization
      where workspace_id = ${workspaceId} and domain = any(${keys.domains}::text[]) and retired_at is null
    union all
    select o.* from unnest(${keys.names}::text[]) k (key) cross join lateral (
      select ${organizationColumns} from identity.organization
      where workspace_id = ${workspaceId} and name_key = k.key and retired_at is null limit 12) o
    union all
    select ${organizationColumns} from identity.organization
      where workspace_id = ${workspaceId} and external_id = any(${externalIds}::text[]) and retired_at is null) found order by id`);
  const ids = new Set(found.map(({ id }) => id));
  const missing = [...new Set(found.flatMap(({ survivorId }) => (ids.has(survivorId) ? [] : [survivorId])))];
  if (missing.length === 0) return found;
  return [...found, ...(await tx.rows<OrganizationRow>(sql`select ${organizationColumns} from identity.organization where workspace_id = ${workspaceId} and id = any(${missing}::uuid[])`))];
}

/**
 * `hits`: key (with its kind's letter before it) → ids of people sighted under it, from at most so many sightings as are looked at; none of
 * `frequent` names. Names known to be frequent already are not looked for.
 */
export async function findByKeys(tx: Tx, keys: readonly Keys[], known: ReadonlySet<string> = new Set()): Promise<{ hits: { key: string; personId: string }[]; frequent: string[] }> {
  const frequent = new Set<string>();
  const wanted = {
    x: new Set<string>(),
    m: new Set<string>(),
    t: new Set<string>(),
    n: new Set<string>(),
    c: new Set<string>(),
    p: new Set<string>(),
    l: new Set<string>(),
  };
  const want = (key: string | null): void => {
    if (key === null) return;
    if (known.has(key)) frequent.add(key);
    else wanted[key[0] as keyof typeof wanted].add(key.slice(1));
  };
  for (const of of keys) {
    want(of.externalId);
    want(of.mail);
    of.phones.forEach(want);
    of.probes.forEach(want);
  }
  const { workspaceId } = tx.scope;
  if (Object.values(wanted).every(({ size }) => size === 0)) return { hits: [], frequent: [...frequent] };
  // Repeated sightings of one person count too: sorting them out here would cost more than the look-up itself. All kinds of key stand in one
  // statement, asked for or not: it is planned once.
  const probe = (letter: keyof typeof wanted, match: Sql, type: Sql = sql`text`): Sql =>
    sql`select ${letter} || k.key as key, s.person_id from unnest(${[...wanted[letter]]}::${type}[]) k (key) cross join lateral (
          select person_id from identity.sighting where workspace_id = ${workspaceId} and ${match} and withdrawn_at is null limit ${mostUnder(letter)}) s`;
  const probes = [
    probe('x', sql`external_id = k.key`),
    probe('m', sql`mail_key = k.key`),
    probe('t', sql`phone = k.key`),
    probe('t', sql`mobile = k.key`),
    probe('n', sql`name_block = k.key`, sql`bigint`),
    probe('c', sql`company_block = k.key`, sql`bigint`),
    probe('p', sql`place_block = k.key`, sql`bigint`),
    probe('l', sql`local_block = k.key`, sql`bigint`),
  ];
  const found = await tx.rows<{ key: string; personId: string }>(join(probes, ' union all '));
  const bearers = new Map<string, Set<string>>();
  for (const { key, personId } of found)
    if (key.startsWith('n')) {
      const others = bearers.get(key);
      if (others) others.add(personId);
      else bearers.set(key, new Set([personId]));
    }
  for (const [key, { size }] of bearers) if (size >= frequentFrom) frequent.add(key);
  return { hits: found.filter(({ key }) => !frequent.has(key)), frequent: [...frequent] };
}

/** Nothing for most: then the row says what it said when it was first seen. */
const said = sql`case when num_nonnulls(p.name_at, p.title_at, p.email_at, p.phone_at, p.mobile_at, p.organization_at, p.address_at, p.language_at) > 0 then
  jsonb_strip_nulls(jsonb_build_object('nameAt', p.name_at, 'titleAt', p.title_at, 'emailAt', p.email_at, 'phoneAt', p.phone_at, 'mobileAt', p.mobile_at,
    'organizationAt', p.organization_at, 'addressAt', p.address_at, 'languageAt', p.language_at)) end`;

/** The people these ids lead to, as they are after every merge, each with those of the ids that do. */
export async function loadPeople(tx: Tx, ids: readonly string[]): Promise<KnownPerson[]> {
  const { workspaceId } = tx.scope;
  type Row = KnownPerson & { survivorId: string | null; retired: boolean };
  const load = async (wanted: readonly string[]): Promise<Row[]> =>
    wanted.length === 0
      ? []
      : tx.rows<Row>(sql`select p.id, p.survivor_id, p.retired_at is not null as retired, p.external_id, p.given_name, p.family_name, p.full_name, p.title, p.email, p.email_key, p.phone,
          p.phone_e164, p.mobile_e164, p.organization_id, p.street, p.postal_code, p.city, p.state, p.country, p.language, p.do_not_contact, p.last_seen_at, p.verified, p.own, ${said} as said,
          p.unsubscribed_at is not null as unsubscribed, p.name_is_junk, o.name_key as organization_key, o.domain as organization_domain
        from identity.person p left join identity.organization o on o.workspace_id = ${workspaceId} and o.id = p.organization_id
        where p.workspace_id = ${workspaceId} and p.id = any(${wanted}::uuid[])`);
  const found = await load(ids);
  // One merge leads to the survivor, whatever was merged before; so few are merged that they are asked for by themselves.
  const merged = found.filter((row) => row.survivorId !== null);
  const byId = new Map(found.map((row) => [row.id, row]));
  for (const row of await load([...new Set(merged.map((row) => row.survivorId!))].filter((id) => !byId.has(id)))) byId.set(row.id, row);
  for (const row of byId.values()) [row.sightedAs, row.members] = [[], []];
  for (const row of found) {
    const shown = byId.get(row.survivorId ?? row.id);
    shown?.sightedAs.push(row.id);
    if (row.survivorId !== null) shown?.members.push(row);
  }
  return [...byId.values()].filter((row) => row.survivorId === null && !row.retired);
}
