/** For rooms that hold documents naming somebody (invoices, opportunities): who that is, if we know. */
import { parseEmail } from '../platform/values/email.rules.ts';
import { organizationKey } from '../platform/values/organization-name.rules.ts';
import { sql } from '../platform/db/index.ts';
import type { Tx } from '../platform/db/index.ts';
import { domainOf } from './domain.rules.ts';

export interface KnownPersonRef {
  key: string;
  by: 'externalId' | 'email';
  personId: string;
  organizationId: string | null;
}

/** Survivors by external id or mail; `key` is the text asked with. A text that fits several people is left out. */
export async function findPeopleBy(
  tx: Tx,
  asked: { externalIds?: readonly string[]; emails?: readonly string[] },
): Promise<KnownPersonRef[]> {
  const { workspaceId } = tx.scope;
  const mails = new Map<string, string>();
  for (const raw of asked.emails ?? []) {
    const key = parseEmail(raw)?.key;
    if (key !== undefined) mails.set(raw, key);
  }
  const found = await tx.rows<{ by: 'externalId' | 'email'; key: string; personId: string; organizationId: string | null }>(sql`
    select distinct k.by, k.key, p.id as person_id, p.organization_id
    from (
      select 'externalId' as by, x.key, s.person_id from unnest(${[...(asked.externalIds ?? [])]}::text[]) x (key)
        join identity.sighting s on s.workspace_id = ${workspaceId} and s.external_id = x.key and s.withdrawn_at is null
      union all
      select 'email', m.key, s.person_id from unnest(${[...new Set(mails.values())]}::text[]) m (key)
        join identity.sighting s on s.workspace_id = ${workspaceId} and s.mail_key = m.key and s.withdrawn_at is null) k
    join identity.person q on q.workspace_id = ${workspaceId} and q.id = k.person_id
    join identity.person p on p.workspace_id = ${workspaceId} and p.id = case when q.survivor_id is null then q.id else q.survivor_id end`);
  const one = new Map<string, (typeof found)[number] | null>();
  for (const row of found) one.set(`${row.by} ${row.key}`, one.has(`${row.by} ${row.key}`) ? null : row);
  const out: KnownPersonRef[] = [];
  for (const row of one.values()) if (row?.by === 'externalId') out.push(row);
  for (const [raw, key] of mails) {
    const row = one.get(`email ${key}`);
    if (row) out.push({ ...row, key: raw });
  }
  return out;
}

export interface KnownOrganization {
  key: string;
  by: 'externalId' | 'name' | 'website';
  organizationId: string;
}

/** Survivors by external id, name (legal forms aside) or site or mail domain; a text that fits several organizations is left out. */
export async function findOrganizationsBy(
  tx: Tx,
  asked: { externalIds?: readonly string[]; names?: readonly string[]; websites?: readonly string[] },
): Promise<KnownOrganization[]> {
  const { workspaceId } = tx.scope;
  const keyed = (texts: readonly string[] | undefined, keyOf: (text: string) => string | undefined): Map<string, string> =>
    new Map((texts ?? []).map((text) => [text, keyOf(text) ?? '']).filter(([, key]) => key !== '') as [string, string][]);
  const names = keyed(asked.names, organizationKey);
  const sites = keyed(asked.websites, domainOf);
  const ids = keyed(asked.externalIds, (text) => text);
  const found = await tx.rows<{ by: KnownOrganization['by']; key: string; organizationId: string }>(sql`
    select distinct f.by, f.key, coalesce(f.survivor_id, f.id) as organization_id from (
      select 'externalId' as by, external_id as key, id, survivor_id from identity.organization
        where workspace_id = ${workspaceId} and external_id = any(${[...new Set(ids.values())]}::text[]) and retired_at is null
      union all
      select 'name', name_key, id, survivor_id from identity.organization
        where workspace_id = ${workspaceId} and name_key = any(${[...new Set(names.values())]}::text[]) and retired_at is null
      union all
      select 'website', domain, id, survivor_id from identity.organization
        where workspace_id = ${workspaceId} and domain = any(${[...new Set(sites.values())]}::text[]) and retired_at is null) f`);
  const one = new Map<string, string | null>();
  for (const row of found) one.set(`${row.by} ${row.key}`, one.has(`${row.by} ${row.key}`) ? null : row.organizationId);
  const collect = (by: KnownOrganization['by'], texts: Map<string, string>): KnownOrganization[] =>
    [...texts].flatMap(([key, lookedFor]) => {
      const organizationId = one.get(`${by} ${lookedFor}`);
      return organizationId ? [{ key, by, organizationId }] : [];
    });
  return [...collect('externalId', ids), ...collect('name', names), ...collect('website', sites)];
}
