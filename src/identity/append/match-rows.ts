/** Whom the rows of a provider's file are about. Nobody is made: a row is about somebody known, may be (and somebody decides), or is not. */
import type { Tx } from '../../platform/db/index.ts';
import { isFreeMailDomain } from '../../platform/values/email.rules.ts';
import { findByKeys, loadOrganizations, loadPeople, loadSurroundings } from '../candidates.store.ts';
import { domainOf } from '../domain.rules.ts';
import type { Kind } from '../merge.store.ts';
import { OrganizationIndex, type OrganizationRow } from '../organizations.rules.ts';
import { knownDraft, type PersonDraft } from '../person-draft.rules.ts';
import { keysOf, PersonIndex, profileOf, resolve } from '../resolve.rules.ts';
import { blocksOf, sight, type SightedFields } from '../sight.rules.ts';
import { loadWeights } from '../weights.store.ts';
import { compareOrganizations, mayBeNamedAlike, type OrganizationWords } from './compare-organizations.rules.ts';
import { countOrganizations, findNamedLike } from './find-rows.store.ts';

export interface Candidate {
  id: string;
  name: string;
  weight: number;
  evidence: { field: string; outcome: string; weight: number }[];
}
export type Matched = { zone: 'sure'; id: string } | { zone: 'ask'; candidates: Candidate[] } | { zone: 'no' };

/** One in three: below it nobody is asked. */
const askFrom = -1;
const candidatesMax = 3;
/** How many organizations of one beginning are looked at, and how many letters make one. */
const alikeMax = 30;
const beginningMin = 4;
const nobody: Matched = { zone: 'no' };

export const matchRows = (tx: Tx, kind: Kind, rows: readonly SightedFields[]): Promise<Matched[]> => (kind === 'person' ? matchPeople(tx, rows) : matchOrganizations(tx, rows));

const distinct = (texts: (string | null | undefined)[]): string[] => [...new Set(texts)].filter((text): text is string => Boolean(text));

/**
 * By external id, by domain where the names have anything in common, else by name within the country. Others are compared field by
 * field with those whose name begins alike, and asked about.
 */
async function matchOrganizations(tx: Tx, rows: readonly SightedFields[]): Promise<Matched[]> {
  const { country: home } = await loadSurroundings(tx);
  const sighted = rows.map((fields) => {
    const of = sight(fields, home);
    const mail = domainOf(of.mail?.domain);
    const domain = domainOf(fields.website) ?? (mail && !isFreeMailDomain(mail) ? mail : null);
    return { of, domain, key: of.organization?.key ?? '', words: { name: of.organization?.name ?? null, domain, phone: of.phone, street: of.street, postalCode: of.postalCode, city: of.city, country: of.country } };
  });
  const known = await loadOrganizations(tx, { domains: distinct(sighted.map(({ domain }) => domain)), names: distinct(sighted.map(({ key }) => key)), externalIds: distinct(sighted.map(({ of }) => of.externalId)) });
  const index = new OrganizationIndex(known, () => '');
  // One that was merged is still known by what it said itself.
  const byDomain = Map.groupBy(known, ({ domain }) => domain ?? '');
  const byName = Map.groupBy(known, ({ nameKey }) => nameKey);
  const saidOf = (survivor: OrganizationRow, rows: readonly OrganizationRow[] = []): OrganizationRow[] => rows.filter(({ survivorId }) => survivorId === survivor.id);
  const beginningOf = (key: string): string | undefined => /^\S+/.exec(key)?.[0]?.slice(0, 12);
  const unsure: number[] = [];
  const found = sighted.map(({ of, domain, key, words }, at): Matched => {
    const numbered = of.externalId === null ? undefined : index.numbered(of.externalId);
    if (numbered) return { zone: 'sure', id: numbered.survivorId };
    const there = domain === null ? undefined : index.at(domain);
    if (there && saidOf(there, byDomain.get(domain!)).some(({ name }) => mayBeNamedAlike(words.name, name))) return { zone: 'sure', id: there.survivorId };
    const named = key === '' ? undefined : index.named(key, domain, of.country);
    if (named && !there && !saidOf(named, byName.get(key)).every((one) => isElsewhere(words, one))) return { zone: 'sure', id: named.survivorId };
    unsure.push(at);
    return nobody;
  });
  if (unsure.length === 0) return found;
  const beginnings = distinct(unsure.map((at) => beginningOf(sighted[at]!.key))).filter((text) => text.length >= beginningMin);
  const alike = Map.groupBy(await findNamedLike(tx, beginnings, alikeMax), ({ beginning }) => beginning);
  const among = await countOrganizations(tx);
  for (const at of unsure) {
    const { key, domain, words } = sighted[at]!;
    const others = new Map([...(alike.get(beginningOf(key) ?? '') ?? []), ...known.filter((one) => one.survivorId === one.id && (one.domain === domain || (key !== '' && one.nameKey === key)))].map((one) => [one.id, one]));
    const candidates = [...others.values()]
      .map((one): Candidate => ({ id: one.id, name: one.name, ...compareOrganizations(words, one, among) }))
      .filter(({ weight }) => weight >= askFrom)
      .toSorted((a, b) => b.weight - a.weight)
      .slice(0, candidatesMax);
    if (candidates.length > 0) found[at] = { zone: 'ask', candidates };
  }
  return found;
}

/** The same name, and everything said of the place says otherwise. */
function isElsewhere(words: OrganizationWords, known: OrganizationRow): boolean {
  if (words.city === null || known.city === null) return false;
  const { evidence } = compareOrganizations(words, known, 20);
  return evidence.filter(({ field }) => field === 'city' || field === 'postcode' || field === 'street').every(({ weight }) => weight < 0) && !(words.domain !== null && words.domain === known.domain);
}

/** As an arrival would be recognised, without making anybody: by external id, mail and phone, else by name, company and place weighed together. */
async function matchPeople(tx: Tx, rows: readonly SightedFields[]): Promise<Matched[]> {
  const { country: home, people, weightsVersion } = await loadSurroundings(tx);
  const weights = await loadWeights(tx, weightsVersion);
  const sighted = rows.map((fields) => sight(fields, home));
  const organizations = new OrganizationIndex(
    await loadOrganizations(tx, { domains: distinct(sighted.map(({ organization }) => organization?.domain)), names: distinct(sighted.map(({ organization }) => organization?.key)) }),
    () => '',
  );
  const prepared = sighted.map((of) => {
    const { domain = null, key = '' } = of.organization ?? {};
    const organizationId = (domain === null ? undefined : organizations.at(domain))?.id ?? (key === '' ? undefined : organizations.named(key, domain, of.country))?.id ?? null;
    return { of, profile: profileOf(of, organizationId), keys: keysOf(of, blocksOf(of, organizationId, tx.scope.workspaceId)) };
  });
  const { hits, frequent } = await findByKeys(tx, prepared.filter(({ of }) => !of.nameless).map(({ keys }) => keys));
  const drafts = new Map<string, PersonDraft>();
  const names = new Map<string, string>();
  for (const row of await loadPeople(tx, [...new Set(hits.map(({ personId }) => personId))])) {
    const draft = knownDraft(row);
    names.set(row.id, row.fullName ?? row.email ?? row.phone ?? 'Unnamed');
    for (const id of [row.id, ...row.sightedAs]) drafts.set(id, draft);
  }
  const index = new PersonIndex();
  for (const key of frequent) index.markFrequent(key);
  for (const { key, personId } of hits) if (drafts.has(personId)) index.file(key, drafts.get(personId)!);
  return prepared.map((one): Matched => {
    const { person, isNew, doubts } = resolve(one, index, people, (profile) => ({ id: '', isNew: true, profile }), weights);
    if (!isNew) return { zone: 'sure', id: person.id };
    const candidates = doubts.map(({ person: { id }, weight, evidence }): Candidate => ({ id, name: names.get(id) ?? 'Unnamed', weight, evidence }));
    return candidates.length > 0 ? { zone: 'ask', candidates: candidates.slice(0, candidatesMax) } : nobody;
  });
}
