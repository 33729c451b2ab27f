import type { Fact } from '../journal/index.ts';
import type { Scope } from '../platform/access/index.ts';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/db/index.ts';
import { searchText } from './search.rules.ts';
import { findSighted, loadSearchableOrganizations, loadSearchablePeople, pruneWords, saveSearchEntries, type SearchEntry, type Searchable } from './search.store.ts';

/** Files people and organizations for the search box, behind the flow: a few seconds late during a large import, never in its way. */
export async function indexForSearch(tx: Tx, facts: readonly Fact[]): Promise<void> {
  const people = new Set<string>();
  const organizations = new Set<string>();
  const withdrawn: string[] = [];
  for (const { type, data } of facts) {
    if ('personId' in data && typeof data.personId === 'string') people.add(data.personId);
    if ('organizationId' in data && typeof data.organizationId === 'string') organizations.add(data.organizationId);
    if ('survivorId' in data) people.add(data.survivorId).add(data.mergedId);
    if (type === 'organization.changed' && 'fields' in data)
      for (const id of data.fields) if (/^[0-9a-f-]{36}$/.test(id)) organizations.add(id);
    if (type === 'inquiry.withdrawn' && 'inquiryId' in data) withdrawn.push(data.inquiryId);
  }
  if (withdrawn.length > 0)
    for (const { personId, organizationId } of await findSighted(tx, withdrawn)) {
      people.add(personId);
      if (organizationId) organizations.add(organizationId);
    }
  await fileForSearch(tx, [...people], [...organizations]);
}

/** At night: words by which nobody is found any more. */
export const forgetWords = (cx: Context, scope: Scope): Promise<number> => cx.db.write(scope, pruneWords);

export const personEntry = (p: Omit<Searchable, 'gone'>): SearchEntry => ({ kind: 'p', id: p.id, text: searchText([p.fullName, p.organization, p.externalId], p.email, [p.phoneE164 ?? p.phone, p.mobileE164]) });
export const organizationEntry = (o: { id: string; name: string; domain: string | null; city: string | null; phone: string | null }): SearchEntry => ({ kind: 'o', id: o.id, text: searchText([o.name, o.domain, o.city], null, [o.phone]) });

const handful = 5000;

/** Files these anew as they are now; `gone` are people known not to be there any more. */
export async function fileForSearch(tx: Tx, people: readonly string[], organizations: readonly string[], gone: readonly string[] = []): Promise<void> {
  for (let from = 0; from < Math.max(people.length, organizations.length, gone.length); from += handful) {
    const some = (ids: readonly string[]): readonly string[] => ids.slice(from, from + handful);
    await file(tx, some(people), some(organizations), some(gone));
  }
}

async function file(tx: Tx, people: readonly string[], organizations: readonly string[], known: readonly string[]): Promise<void> {
  const entries: SearchEntry[] = [];
  const gone = [...known];
  if (people.length > 0) {
    for (const p of await loadSearchablePeople(tx, people)) {
      if (p.gone) gone.push(p.id);
      else entries.push(personEntry(p));
    }
  }
  if (organizations.length > 0) {
    for (const o of await loadSearchableOrganizations(tx, organizations)) {
      if (o.gone) gone.push(o.id);
      else entries.push(organizationEntry(o));
    }
  }
  await saveSearchEntries(tx, entries, gone);
}
