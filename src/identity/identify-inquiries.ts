import type { Context } from '../platform/context.ts';
import { perTx } from '../platform/db/index.ts';
import type { Tx } from '../platform/db/index.ts';
import { append } from '../journal/index.ts';
import { findByKeys, findPurchased, loadArrivals, loadOrganizations, loadPeople, loadSurroundings, lockIdentity } from './candidates.store.ts';
import type { ArrivedInquiry } from './candidates.store.ts';
import { noteArrivals } from './consent/note-consent.ts';
import { keepBefore } from './import.store.ts';
import { changesOf, OrganizationIndex, type OrganizationDraft } from './organizations.rules.ts';
import { asKnown, fillsOf, knownDraft, othersOf, valuesOf, type PersonDraft, type PersonValues } from './person-draft.rules.ts';
import { silenceRemembered } from './privacy/remember.ts';
import { enrich, keysOf, PersonIndex, profileOf, resolve } from './resolve.rules.ts';
import { blocksOf, sight } from './sight.rules.ts';
import { standardSurvivorship } from './survive/survive.rules.ts';
import {
  countPeople,
  insertDoubts,
  insertPeople,
  insertSightings,
  saveOrganizations,
  updateSeenPeople,
  type Doubt,
  type Filled,
  type NewSighting,
} from './sighting.store.ts';
import { loadWeights } from './weights.store.ts';

/** Recognises who sent a batch of inquiries: load what shares a key, decide in memory in the order of arrival, save, record. */
export async function identifyInquiries(
  tx: Tx,
  cx: Context,
  inquiryIds: readonly string[],
  at = (_inquiryId: string): Date => cx.clock.now(),
): Promise<void> {
  // Sent ahead of every question: what is asked after it is answered once the lock is ours.
  tx.later(lockIdentity(tx));
  const arrivals = await loadArrivals(tx, [...new Set(inquiryIds)]);
  if (arrivals.length === 0) return;
  const bought = findPurchased(tx, [...new Set(arrivals.flatMap(({ programId, sourceId }) => [programId, sourceId].filter((id) => id !== null)))]);
  tx.later(bought);
  const found = await recognise(
    tx,
    cx,
    arrivals.map((one) => ({ inquiryId: one.id, importId: one.importId, seenAt: one.occurredAt, fields: one.fields, from: [one.programId, one.sourceId] })),
    peopleInHand(tx),
    bought,
  );
  const inHand = identifiedInHand(tx);
  arrivals.forEach((arrival, i) => inHand.set(arrival.id, { arrival, person: found[i]!.person, organization: found[i]!.organization }));
  await noteArrivals(
    tx,
    cx,
    arrivals.map(({ id, importId, occurredAt, channel, fields }, i) => ({ personId: found[i]!.sighting.personId, inquiryId: id, importId, at: occurredAt, channel, fields })),
  );
  await append(
    tx,
    cx,
    found.map(({ sighting, isNew }) => ({
      type: 'inquiry.identified' as const,
      chainId: sighting.inquiryId as string,
      subjectId: sighting.inquiryId as string,
      at: at(sighting.inquiryId as string),
      data: {
        inquiryId: sighting.inquiryId as string,
        sightingId: sighting.id,
        personId: sighting.personId,
        organizationId: sighting.organizationId,
        method: sighting.method,
        isNew,
      },
    })),
  );
}

/** An inquiry identified within this transaction, with the person and organization as they stand after its whole batch. */
export interface IdentifiedInHand {
  arrival: ArrivedInquiry;
  person: PersonDraft;
  organization: OrganizationDraft | null;
}
/** By inquiry id: whoever hears of them within this transaction need not read them again. */
export const identifiedInHand = perTx(() => new Map<string, IdentifiedInHand>());

/** The country numbers without one are dialled from, once it was asked for in this transaction. */
const homeOf = perTx(() => ({ country: undefined as string | null | undefined }));

/** By every id that leads to them: people whom inquiries of this transaction were compared with. Namesakes are met again and again. */
const peopleInHand = perTx((): PeopleInHand => new Map());
type PeopleInHand = Map<string, { person: PersonDraft; under?: string }>;
/** What was known or withdrawn is another now. */
export const forgetPeopleInHand = (tx: Tx): void => peopleInHand(tx).clear();

export interface Seen {
  inquiryId: string | null;
  importId: string | null;
  seenAt: Date;
  fields: Parameters<typeof sight>[0];
  /** the program and source by which the person said it, so that the latest word counts; lists, and arrivals by purchased ones, only fill what was not known */
  from?: readonly (string | null)[];
  /** the number of the person's organization in the other system */
  account?: string | null;
}

/** whether the organization named by its number was known */
type Account = 'known' | 'unknown' | '' | null | undefined;

/** The sightings of a batch, saved with the people and organizations they made; shared by arrivals and imported lists of people. */
export async function recognise(
  tx: Tx,
  cx: Context,
  seen: readonly Seen[],
  inHand: PeopleInHand = new Map(),
  purchased?: Promise<ReadonlySet<string>>,
): Promise<{ sighting: NewSighting; isNew: boolean; person: PersonDraft; values: PersonValues; organization: OrganizationDraft | null; account: Account }[]> {
  const { workspaceId } = tx.scope;
  const surroundings = loadSurroundings(tx);
  tx.later(surroundings);
  // Read ahead of the answer where it is known already: the database is at something else meanwhile.
  const dialled = homeOf(tx);
  const home = (dialled.country = dialled.country === undefined ? (await surroundings).country : dialled.country);
  const sighted = seen.map((one) => sight(one.fields, home));

  const accounts = [...new Set(seen.flatMap(({ account }) => account ?? []))];
  const domains = new Set<string>();
  const names = new Set<string>();
  for (const { organization } of sighted) {
    if (organization?.domain) domains.add(organization.domain);
    if (organization?.key) names.add(organization.key);
  }
  const knownOrganizations = await loadOrganizations(tx, { domains: [...domains], names: [...names], externalIds: accounts });
  const { people, weightsVersion, secret, survivorship } = await surroundings;
  const rules = { ...standardSurvivorship, ...survivorship };
  const bought = await purchased;
  const weights = await loadWeights(tx, weightsVersion);
  const organizations = new OrganizationIndex(knownOrganizations, () => cx.ids.next());

  const prepared = seen.map((one, at) => {
    const of = sighted[at]!;
    const account = one.account ? organizations.numbered(one.account) : undefined;
    const organization = account ?? organizations.resolve(of, one.seenAt);
    const organizationId = organization?.id ?? null;
    const blocks = blocksOf(of, organizationId, workspaceId);
    return { ...one, account: one.account && (account ? ('known' as const) : ('unknown' as const)), of, organization, organizationId, blocks, keys: keysOf(of, blocks), profile: profileOf(of, organizationId) };
  });

  const hits = await findByKeys(
    tx,
    prepared.filter((one) => !one.of.nameless).map((one) => one.keys),
  );
  const renewed = new Set<{ person: PersonDraft; under?: string }>();
  for (const row of await loadPeople(tx, [...new Set(hits.map((hit) => hit.personId))].filter((id) => !inHand.has(id)))) {
    let known = inHand.get(row.id);
    if (!known) renewed.add((known = { person: knownDraft(row) }));
    else if (row.members.length > 0) known.person.others = othersOf(row);
    for (const id of [row.id, ...row.sightedAs]) inHand.set(id, known);
  }
  const index = new PersonIndex();
  for (const { key, personId } of hits) {
    const known = inHand.get(personId);
    if (!known) continue;
    // What the batch before made of them was saved with it, and is read by others: this one begins anew.
    if (!renewed.has(known)) {
      known.person = asKnown(known.person);
      known.under = '';
      renewed.add(known);
    }
    // Repeated sightings of one person come one after the other.
    if (known.under !== key) index.add(key, known.person);
    known.under = key;
  }

  const made: PersonDraft[] = [];
  const seenAgain = new Set<PersonDraft>();
  const doubts: Doubt[] = [];
  const results = prepared.map((one) => {
    const values = valuesOf(one.of, one.organizationId);
    const junk = one.of.name?.junk === true;
    const decision = resolve(
      one,
      index,
      people + made.length,
      (profile): PersonDraft => {
        const draft: PersonDraft = {
          id: cx.ids.next(),
          isNew: true,
          profile,
          values,
          own: null,
          verified: null,
          knownUntil: one.seenAt,
          nameIsJunk: junk,
          doNotContact: one.of.doNotContact,
          unsubscribed: false,
          sightings: 0,
          firstSeenAt: one.seenAt,
          lastSeenAt: one.seenAt,
          importId: one.importId,
          filled: {},
        };
        made.push(draft);
        return draft;
      },
      weights,
    );
    const person = decision.person as PersonDraft;
    let filled: Filled | null = null;
    if (!decision.isNew) {
      // The word of one record does not take the place of another's: parted again, each keeps its own.
      const isOwnWord = one.from !== undefined && !one.from.some((id) => id !== null && bought?.has(id));
      const isOwnRecord = decision.as === undefined || decision.as === person.id;
      const fills = fillsOf(person, values, junk, { isLatest: isOwnWord && isOwnRecord && one.seenAt >= person.knownUntil, at: one.seenAt, rules });
      if (Object.keys(fills).length > 0) {
        // Where others are merged into it, its own word is what comes back.
        const before: Record<string, string | null | undefined> = person.own ?? person.values;
        const was = Object.fromEntries(Object.keys(fills).flatMap((field) => (before[field] === null || before[field] === undefined ? [] : [[field, before[field]]])));
        filled = { ...fills, ...(fills.fullName !== undefined && person.nameIsJunk !== junk ? { nameIsJunk: junk } : {}), ...(Object.keys(was).length > 0 ? { was } : {}) };
        Object.assign(person.values, fills);
        if (person.own) Object.assign(person.own, fills);
        Object.assign(person.filled, fills);
        if (fills.fullName !== undefined) person.nameIsJunk = junk;
      }
      if (one.of.doNotContact && !person.isNew) filled = { ...filled, doNotContact: true };
      person.doNotContact ||= one.of.doNotContact;
      person.profile = enrich(person.profile, one.profile);
      if (!person.isNew) seenAgain.add(person);
    }
    person.sightings++;
    if (one.seenAt < person.firstSeenAt) person.firstSeenAt = one.seenAt;
    if (one.seenAt > person.lastSeenAt) person.lastSeenAt = one.seenAt;
    if (one.seenAt > person.knownUntil) person.knownUntil = one.seenAt;
    if (!one.of.nameless) {
      const { externalId, mail, phones, blocks } = one.keys;
      for (const key of [externalId, mail, ...phones, ...blocks]) if (key !== null) index.file(key, person);
    }
    for (const doubt of decision.doubts) {
      doubts.push({ id: cx.ids.next(), personId: person.id, otherId: doubt.person.id, weight: doubt.weight, evidence: doubt.evidence });
    }
    const sighting: NewSighting = {
      id: cx.ids.next(),
      inquiryId: one.inquiryId,
      personId: person.id,
      organizationId: one.organizationId,
      importId: one.importId,
      seenAt: one.seenAt,
      method: decision.method,
      weight: decision.weight,
      evidence: decision.evidence,
      filled,
      of: one.of,
      blocks: one.blocks,
    };
    return { sighting, isNew: decision.isNew, person, values, organization: one.organization, account: one.account };
  });

  for (const person of made) inHand.set(person.id, { person });

  const importId = seen[0]?.importId ?? null;
  if (secret && importId !== null) await silenceRemembered(tx, secret, made);
  if (importId !== null) {
    const was = new Map(knownOrganizations.map((row) => [row.id, row]));
    tx.later(keepBefore(tx, cx.ids.next(), importId, changesOf(organizations.drafts, was), 'organization'));
  }
  // Sent one after the other without waiting: while the database writes one table, the next one's rows are put together.
  tx.later(saveOrganizations(tx, organizations.drafts, importId, (draft) => draft.lastSeenAt));
  tx.later(insertPeople(tx, made));
  tx.later(updateSeenPeople(tx, [...seenAgain]));
  tx.later(
    insertSightings(
      tx,
      results.map((one) => one.sighting),
    ),
  );
  tx.later(insertDoubts(tx, doubts, cx.clock.now()));
  tx.later(countPeople(tx, made.length, organizations.drafts.filter((one) => one.isNew).length));
  return results;
}
