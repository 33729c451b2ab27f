/** What the screens show, put together from the queries. */
import type { z } from 'zod';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/db/index.ts';
import { refuse } from '../platform/refusal.ts';
import { parseEmail } from '../platform/values/email.rules.ts';
import { countDuplicatesOf } from './duplicates.queries.ts';
import { findOrganizationsBy } from './find-known.queries.ts';
import { findOrganization, listOrganizations, type OrganizationListRow, type OrganizationPageRow } from './organizations.queries.ts';
import {
  findPerson,
  listHistory,
  listMerges,
  listPeople,
  listSightings,
  loadOrganizationIds,
  loadPeopleRows,
  type MergeListRow,
  type PersonListRow,
} from './people.queries.ts';
import { conditionsOf, segmentMembers } from './segment/filter-by.ts';
import { peopleOfGroup } from './quality/cuts.ts';
import type { sectorRead } from './standard/readings.contract.ts';
import { tellPosition, tellSector } from './standard/tell-reading.ts';
import { askedWords, mayBeMistyped, nearPatterns, searchPatterns, searchRank } from './search.rules.ts';
import { findInSearch, findNearWords } from './search.store.ts';

/** more hits than this are no answer to anybody: the search box asks for more letters */
const hitsMax = 1000;

export const nameOf = (person: {
  fullName: string | null;
  email: string | null;
  phone: string | null;
  mobileE164: string | null;
  externalId: string | null;
  organizationName: string | null;
  erasedAt: Date | null;
}): string =>
  (person.erasedAt && 'Erased person') ||
  person.fullName ||
  person.email ||
  person.phone ||
  person.mobileE164 ||
  (person.externalId ? `No. ${person.externalId}` : null) ||
  (person.organizationName ? `Somebody at ${person.organizationName}` : 'Unnamed');

export function shown(row: PersonListRow) {
  const {
    id,
    givenName,
    familyName,
    title,
    email,
    city,
    country,
    sightings,
    firstSeenAt,
    lastSeenAt,
    doNotContact,
    doNotMail,
    doNotCall,
    unsubscribedAt,
  } = row;
  const organization =
    row.organizationId && row.organizationName
      ? { id: row.organizationId, name: row.organizationName, domain: row.organizationDomain }
      : null;
  return {
    id,
    name: nameOf(row),
    givenName,
    familyName,
    title,
    email,
    phone: row.phoneE164 ?? row.phone ?? row.mobileE164,
    organization,
    city,
    country,
    sightings,
    firstSeenAt,
    lastSeenAt,
    doNotContact,
    doNotMail,
    doNotCall,
    unsubscribedAt,
  };
}

/** What a list is narrowed by, as it stands in its address. */
export interface ListFilter {
  q?: string | undefined;
  country?: string | undefined;
  importId?: string | undefined;
  segmentId?: string | undefined;
  where?: string | undefined;
  group?: string | undefined;
  organizationId?: string | undefined;
  silent?: boolean | undefined;
}

interface PageFilter extends ListFilter {
  after: { lastSeenAt: string; id: string } | undefined;
  limit: number;
}

export async function listPeoplePage(
  tx: Tx,
  cx: Context,
  filter: PageFilter,
): Promise<ReturnType<typeof shown>[]> {
  return (await listPeople(tx, { ...(await listFilter(tx, cx, 'person', filter)), after: filter.after, limit: filter.limit })).map(shown);
}

export async function listOrganizationsPage(tx: Tx, cx: Context, filter: PageFilter): Promise<OrganizationListRow[]> {
  return listOrganizations(tx, { ...(await listFilter(tx, cx, 'organization', filter)), after: filter.after, limit: filter.limit });
}

/** The filter of a list as its queries take it: words found, segments and conditions as SQL. */
export async function listFilter(tx: Tx, cx: Context, subject: 'person' | 'organization', filter: ListFilter) {
  const { country, organizationId, importId, silent } = filter;
  const organizationIds = organizationId === undefined ? undefined : await loadOrganizationIds(tx, organizationId);
  return { country, organizationIds, importId, silent, ids: await found(tx, filter.q, subject === 'person' ? 'p' : 'o'), ...(await chosen(tx, cx, subject, filter)) };
}

/** The filters that are a segment or conditions of one's own, as SQL. */
async function chosen(tx: Tx, cx: Context, subject: 'person' | 'organization', filter: ListFilter) {
  return {
    among: filter.segmentId === undefined ? undefined : await segmentMembers(tx, subject, filter.segmentId),
    group: filter.group === undefined ? undefined : peopleOfGroup(tx, filter.group),
    where: filter.where === undefined ? undefined : await conditionsOf(tx, cx, subject, filter.where),
  };
}

async function found(tx: Tx, q: string | undefined, kind: 'p' | 'o'): Promise<string[] | undefined> {
  if (!q) return undefined;
  const patterns = searchPatterns(q);
  const look = async (words: readonly (readonly string[])[]): Promise<string[]> => (await findInSearch(tx, words, hitsMax, kind))[kind];
  const exact = patterns.length === 0 ? [] : await look(oneEach(patterns));
  const near = exact.length === 0 ? await meantInstead(tx, q) : undefined;
  return near ? look(near.patterns) : exact;
}

/** Each word has to be found by the one pattern it stands for. */
const oneEach = (patterns: readonly string[]): string[][] => patterns.map((pattern) => [pattern]);

async function meantInstead(tx: Tx, q: string): Promise<ReturnType<typeof nearPatterns>> {
  const near = new Map<string, string[]>();
  for (const word of askedWords(q).filter(mayBeMistyped)) near.set(word, await findNearWords(tx, word));
  return nearPatterns(q, near);
}

export async function searchEverybody(tx: Tx, q: string, limit: number) {
  const patterns = searchPatterns(q);
  if (patterns.length === 0) return { instead: [], people: [], organizations: [] };
  const exact = await findInSearch(tx, oneEach(patterns), 200);
  // Nobody is called so: it may be mistyped.
  const near = exact.p.length + exact.o.length === 0 ? await meantInstead(tx, q) : undefined;
  const foundIds = near ? await findInSearch(tx, near.patterns, 200) : exact;
  const people = foundIds.p.length === 0 ? [] : await loadPeopleRows(tx, foundIds.p);
  const organizations = foundIds.o.length === 0 ? [] : await listOrganizations(tx, { ids: foundIds.o, limit: 200 });
  const ranked = <T extends { lastSeenAt: Date }>(rows: T[], name: (row: T) => string): T[] =>
    rows
      .map((row) => ({ row, rank: searchRank(name(row), q) }))
      .toSorted((a, b) => b.rank - a.rank || b.row.lastSeenAt.getTime() - a.row.lastSeenAt.getTime())
      .slice(0, limit)
      .map((one) => one.row);
  return {
    instead: near?.words ?? [],
    people: ranked(people, nameOf).map((p) => ({
      id: p.id,
      name: nameOf(p),
      organization: p.organizationName,
      email: p.email,
      phone: p.phoneE164 ?? p.phone,
      city: p.city,
    })),
    organizations: ranked(organizations, (o) => o.name).map(({ id, name, domain, city, country }) => ({ id, name, domain, city, country })),
  };
}

export async function readPerson(tx: Tx, id: string) {
  const person = await findPerson(tx, id);
  if (!person) refuse('not-found', 'identity/no-such-person', 'There is no such person here.');
  // Sent together: one after the other each would wait for the way there and back.
  const [sightings, merges, position, sector, possibleDuplicates] = await Promise.all([
    listSightings(tx, person.id),
    listMerges(tx, person.id),
    tellPosition(tx, person.title),
    person.organizationId === null ? null : findOrganization(tx, person.organizationId).then((found) => tellSector(tx, found ?? { naics: null, sic: null, industry: null })),
    countDuplicatesOf(tx, 'person', person.id),
  ]);
  const ids = new Set([person.id, ...merges.filter((one) => one.undoneAt === null).map((one) => one.mergedId)]);
  const mail = parseEmail(person.email);
  const { name, organization, firstSeenAt, lastSeenAt, doNotContact, doNotMail, doNotCall, unsubscribedAt } = shown(person);
  const others = <T>(values: (T | null)[], own: (T | null)[]): T[] =>
    [...new Set(values.filter((one) => one !== null && !own.includes(one)))] as T[];
  const { externalId, givenName, familyName, fullName, title, email, phone, street, postalCode, city, state, country, language } = person;
  const fields = {
    externalId,
    givenName,
    familyName,
    fullName,
    title,
    email,
    phone,
    mobile: person.mobileE164,
    street,
    postalCode,
    city,
    state,
    country,
    language,
  };
  return {
    id: person.id,
    askedFor: id,
    name,
    fields,
    organization,
    position,
    sector: organization && sector,
    consent: { doNotContact, doNotMail, doNotCall, unsubscribedAt },
    mail: mail ? { free: mail.free, disposable: mail.disposable, role: mail.role } : null,
    nameIsJunk: person.nameIsJunk,
    otherMails: others(
      sightings.map((one) => one.mailKey),
      [mail?.key ?? null],
    ),
    otherPhones: others(
      sightings.flatMap((one) => [one.phone, one.mobile]),
      [person.phoneE164, person.mobileE164],
    ),
    missing: person.erasedAt ? [] : missingOf(fields, organization !== null),
    custom: person.custom ?? {},
    sightingCount: person.sightings,
    firstSeenAt,
    lastSeenAt,
    retiredAt: person.retiredAt,
    erasedAt: person.erasedAt,
    sightings: sightings.map(({ mailKey: _mail, phone: _phone, mobile: _mobile, ...one }) => ({ ...one, said: one.said ?? {} })),
    merges: merges.map(namedMerge),
    possibleDuplicates,
    history: await listHistory(tx, [...ids]),
  };
}

const namedMerge = (one: MergeListRow): MergeListRow & { mergedName: string } => ({ ...one, mergedName: one.mergedName ?? 'Unnamed' });

/** what a rep would have to ask for, the most useful first */
function missingOf(fields: Record<string, string | null>, hasOrganization: boolean): string[] {
  const missing = ['email', 'phone', 'familyName', 'givenName', 'country', 'postalCode', 'title'].filter(
    (field) => fields[field] === null && !(field === 'phone' && fields['mobile'] !== null),
  );
  return hasOrganization ? missing : [...missing, 'organization'];
}

export async function readOrganization(
  tx: Tx,
  id: string,
): Promise<
  Omit<OrganizationPageRow, 'custom'> & {
    custom: Record<string, unknown>;
    askedFor: string;
    parentId: string | null;
    sector: z.infer<typeof sectorRead>;
    merges: (MergeListRow & { mergedName: string })[];
    possibleDuplicates: number;
  }
> {
  const organization = await findOrganization(tx, id);
  if (!organization) refuse('not-found', 'identity/no-such-organization', 'There is no such organization here.');
  const merges = await listMerges(tx, organization.id);
  return {
    ...organization,
    askedFor: id,
    parentId: await parentOf(tx, organization),
    sector: await tellSector(tx, organization),
    custom: organization.custom ?? {},
    merges: merges.filter((one) => one.undoneAt === null).map(namedMerge),
    possibleDuplicates: await countDuplicatesOf(tx, 'organization', organization.id),
  };
}

/** The organization that what is said of the parent (a name or a domain) leads to, where it leads to one other. */
async function parentOf(tx: Tx, { id, parent }: OrganizationPageRow): Promise<string | null> {
  if (parent === null) return null;
  const found = new Set((await findOrganizationsBy(tx, { names: [parent], websites: [parent] })).map((one) => one.organizationId));
  return found.size === 1 && !found.has(id) ? [...found][0]! : null;
}
