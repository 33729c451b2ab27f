/** Whom people seen are taken for: arrivals of inquiries, and rows of imported lists. */
import { setImmediate } from 'node:timers/promises';
import type { Context } from '../platform/context.ts';
import { perTx } from '../platform/db/index.ts';
import type { Tx } from '../platform/db/index.ts';
import { agreement } from './agreement.rules.ts';
import { findByKeys, loadOrganizations, loadPeople, loadSurroundings } from './candidates.store.ts';
import { keepBefore } from './import.store.ts';
import { changesOf, OrganizationIndex, type OrganizationDraft } from './organizations.rules.ts';
import { asKnown, fillsOf, knownDraft, othersOf, valuesOf, type PersonDraft, type PersonValues } from './person-draft.rules.ts';
import type { Weights } from './person-weights.rules.ts';
import { silenceRemembered } from './privacy/remember.ts';
import { enrich, keysOf, PersonIndex, profileOf, resolve, type Candidate, type Keys } from './resolve.rules.ts';
import { blocksOf, sight, type Blocks, type Sighted } from './sight.rules.ts';
import type { Profile } from './compare.rules.ts';
import type { Survivorship } from './survive/groups.rules.ts';
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

export interface Recognised {
  sighting: NewSighting;
  isNew: boolean;
  /** as they are after their batch */
  person: PersonDraft;
  values: PersonValues;
  organization: OrganizationDraft | null;
  account: Account;
}

/** Somebody whom those of this transaction were compared with. */
class InHand implements Candidate {
  #person: PersonDraft;
  #batch: object;
  constructor(person: PersonDraft, batch: object) {
    this.#person = person;
    this.#batch = batch;
  }
  get id(): string {
    return this.#person.id;
  }
  get isNew(): boolean {
    return this.#person.isNew;
  }
  get profile(): Profile {
    return this.#person.profile;
  }
  get others(): Candidate['others'] {
    return this.#person.others;
  }
  joinedBy(others: NonNullable<Candidate['others']>): void {
    this.#person.others = others;
  }
  /** What a batch makes of them; what the batch before made was saved with it, and is read by others: this one begins anew. */
  in(batch: object): PersonDraft {
    if (this.#batch !== batch) this.#person = asKnown(this.#person);
    this.#batch = batch;
    return this.#person;
  }
}
/** Rows between which answers are taken. */
const atOnce = 20;

/** By every id that leads to them. */
export type PeopleInHand = Map<string, InHand>;

/** The country numbers without one are dialled from, once it was asked for in this transaction. */
const homeOf = perTx(() => ({ country: undefined as string | null | undefined }));

/** A batch with all it shares a key with in hand. */
interface Read {
  prepared: (Seen & { of: Sighted; organization: OrganizationDraft | null; organizationId: string | null; blocks: Blocks; keys: Keys; profile: Profile; account: Account })[];
  people: number;
  weights: Weights | undefined;
  rules: Survivorship;
  secret: Buffer | null;
  bought: ReadonlySet<string> | undefined;
}
interface Decided {
  results: Recognised[];
  made: PersonDraft[];
  seenAgain: ReadonlySet<PersonDraft>;
  doubts: Doubt[];
  secret: Buffer | null;
}

class Recognition {
  readonly #tx: Tx;
  readonly #cx: Context;
  readonly #people: PeopleInHand;
  readonly #purchased: Promise<ReadonlySet<string>> | undefined;
  readonly #surroundings: ReturnType<typeof loadSurroundings>;
  readonly #index = new PersonIndex<InHand>();
  readonly organizations: OrganizationIndex;
  readonly #frequent: Set<string>;
  #made = 0;

  constructor(tx: Tx, cx: Context, people: PeopleInHand, purchased?: Promise<ReadonlySet<string>>, frequent = new Set<string>()) {
    this.#tx = tx;
    this.#cx = cx;
    this.#people = people;
    this.#purchased = purchased;
    this.#frequent = frequent;
    this.#surroundings = loadSurroundings(tx);
    tx.later(this.#surroundings);
    this.organizations = new OrganizationIndex([], () => cx.ids.next());
  }

  /** Loads whom these share a key with. A batch may be read before the one before it is saved: what that made is in hand. */
  async read(seen: readonly Seen[], asked: { keys(): void; people(): void } = { keys() {}, people() {} }): Promise<Read> {
    const { workspaceId } = this.#tx.scope;
    // Read ahead of the answer where it is known already: the database is at something else meanwhile.
    const dialled = homeOf(this.#tx);
    const home = (dialled.country = dialled.country === undefined ? (await this.#surroundings).country : dialled.country);
    const sighted = seen.map((one) => sight(one.fields, home));

    const domains = new Set<string>();
    const names = new Set<string>();
    for (const { organization } of sighted) {
      if (organization?.domain) domains.add(organization.domain);
      if (organization?.key) names.add(organization.key);
    }
    const { organizations } = this;
    organizations.learn(await loadOrganizations(this.#tx, { domains: [...domains], names: [...names], externalIds: [...new Set(seen.flatMap(({ account }) => account ?? []))] }));
    const { people, weightsVersion, secret, survivorship } = await this.#surroundings;
    const bought = await this.#purchased;
    const weights = await loadWeights(this.#tx, weightsVersion);
    const prepared = seen.map((one, at) => {
      const of = sighted[at]!;
      const account = one.account ? organizations.numbered(one.account) : undefined;
      const organization = account ?? organizations.resolve(of, one.seenAt);
      const organizationId = organization?.id ?? null;
      const blocks = blocksOf(of, organizationId, workspaceId);
      return { ...one, account: one.account && (account ? ('known' as const) : ('unknown' as const)), of, organization, organizationId, blocks, keys: keysOf(of, blocks), profile: profileOf(of, organizationId) };
    });
    const finding = findByKeys(this.#tx, prepared.filter((one) => !one.of.nameless).map((one) => one.keys), this.#frequent);
    asked.keys();
    const { hits, frequent } = await finding;
    for (const key of frequent) {
      this.#index.markFrequent(key);
      this.#frequent.add(key);
    }
    const loading = this.#load([...new Set(hits.map((hit) => hit.personId))]);
    asked.people();
    await loading;
    let last: { held?: InHand; key?: string } = {};
    for (const { key, personId } of hits) {
      const held = this.#people.get(personId);
      // Repeated sightings of one person come one after the other.
      if (held !== undefined && (last.held !== held || last.key !== key)) this.#index.file(key, held);
      last = { ...(held && { held }), key };
    }
    return { prepared, people, weights, rules: { ...standardSurvivorship, ...survivorship }, secret, bought };
  }

  async #load(ids: readonly string[]): Promise<void> {
    const people = this.#people;
    for (const row of await loadPeople(this.#tx, ids.filter((id) => !people.has(id)))) {
      let held = people.get(row.id);
      if (!held) held = new InHand(knownDraft(row), row);
      else if (row.members.length > 0) held.joinedBy(othersOf(row));
      for (const id of [row.id, ...row.sightedAs]) people.set(id, held);
    }
  }

  /**
   * Decides in the order of arrival, each against those known and those made a moment ago. Between some of them what the database has answered is
   * taken: it stops where nobody does.
   */
  async decide({ prepared, people, weights, rules, secret, bought }: Read): Promise<Decided> {
    const cx = this.#cx;
    const batch = prepared;
    const made: PersonDraft[] = [];
    const seenAgain = new Set<PersonDraft>();
    const doubts: Doubt[] = [];
    const decideOne = (one: Read['prepared'][number]): Recognised => {
      const values = valuesOf(one.of, one.organizationId);
      const junk = one.of.name?.junk === true;
      const draw = (profile: Profile): InHand => {
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
        const held = new InHand(draft, batch);
        this.#people.set(draft.id, held);
        return held;
      };
      const decision = resolve(one, this.#index, people + this.#made + made.length, draw, weights);
      const held = decision.person;
      const person = held.in(batch);
      let filled: Filled | null = null;
      let isLatest = false;
      if (!decision.isNew) {
        // The word of one record does not take the place of another's: parted again, each keeps its own.
        const isOwnWord = one.from !== undefined && !one.from.some((id) => id !== null && bought?.has(id));
        const isOwnRecord = decision.as === undefined || decision.as === person.id;
        isLatest = isOwnWord && isOwnRecord && one.seenAt >= person.knownUntil;
        const fills = fillsOf(person, values, junk, { isLatest, at: one.seenAt, rules });
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
        person.doNotContact ||= one.of.doNotContact;
        person.profile = enrich(person.profile, one.profile);
        if (!person.isNew) seenAgain.add(person);
      }
      if (one.of.doNotContact) filled = { ...filled, doNotContact: true };
      person.sightings++;
      if (one.seenAt < person.firstSeenAt) person.firstSeenAt = one.seenAt;
      if (one.seenAt > person.lastSeenAt) person.lastSeenAt = one.seenAt;
      if (one.seenAt > person.knownUntil) person.knownUntil = one.seenAt;
      if (!one.of.nameless) {
        const { externalId, mail, phones, blocks } = one.keys;
        for (const key of [externalId, mail, ...phones, ...blocks]) if (key !== null) this.#index.file(key, held);
      }
      for (const doubt of decision.doubts) doubts.push({ id: cx.ids.next(), personId: person.id, otherId: doubt.person.id, weight: doubt.weight, evidence: doubt.evidence });
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
        ...agreement(values, person.own ?? person.values, { isLatest, junk, isOwner: one.inquiryId === null && decision.method === 'external id' && !person.isNew }),
        of: one.of,
        blocks: one.blocks,
      };
      return { sighting, isNew: decision.isNew, person, values, organization: one.organization, account: one.account };
    };
    const results: Recognised[] = [];
    for (const one of prepared) {
      if (results.length > 0 && results.length % atOnce === 0) await setImmediate();
      results.push(decideOne(one));
    }
    this.#made += made.length;
    return { results, made, seenAgain, doubts, secret };
  }

  /** Sent one after the other without waiting: while the database writes one table, the next one's rows are put together. */
  async save({ results, made, seenAgain, doubts, secret }: Decided): Promise<void> {
    const tx = this.#tx;
    const { drafts, was } = this.organizations;
    const importId = results[0]?.sighting.importId ?? null;
    if (secret && importId !== null) await silenceRemembered(tx, secret, made);
    const changes = changesOf(drafts, was);
    if (importId !== null) tx.later(keepBefore(tx, this.#cx.ids.next(), importId, changes, 'organization'));
    tx.later(saveOrganizations(tx, drafts, importId, (draft) => draft.lastSeenAt, changes));
    tx.later(insertPeople(tx, made));
    tx.later(updateSeenPeople(tx, [...seenAgain]));
    tx.later(insertSightings(tx, results.map((one) => one.sighting)));
    tx.later(insertDoubts(tx, doubts, this.#cx.clock.now()));
    tx.later(countPeople(tx, made.length, drafts.filter((one) => one.isNew).length));
  }
}

/** The sightings of a batch, saved with the people and organizations they made. */
export async function recognise(tx: Tx, cx: Context, seen: readonly Seen[], people: PeopleInHand = new Map(), purchased?: Promise<ReadonlySet<string>>): Promise<Recognised[]> {
  const recognition = new Recognition(tx, cx, people, purchased);
  const decided = await recognition.decide(await recognition.read(seen));
  await recognition.save(decided);
  return decided.results;
}

/** A handful that is being read: what it shall be compared with is asked in three questions, each of which needs the answer before. */
class Reading {
  readonly #keys = Promise.withResolvers<void>();
  readonly #people = Promise.withResolvers<void>();
  readonly done: Promise<Read>;
  constructor(recognition: Recognition, seen: readonly Seen[]) {
    this.done = recognition.read(seen, { keys: () => this.#keys.resolve(), people: () => this.#people.resolve() });
    this.done.catch(() => {}); // told when it is waited for
  }
  /** until the second question was sent */
  keysAsked(): Promise<unknown> {
    return Promise.race([this.#keys.promise, this.done]);
  }
  /** until the third was */
  peopleAsked(): Promise<unknown> {
    return Promise.race([this.#people.promise, this.done]);
  }
}

/** So many are decided at a time. */
const handful = 250;

/**
 * The same of many, in a line: while one handful is decided, the database writes the one before and answers one question for each of the next
 * three. Their questions are sent before the deciding begins: what is sent after it waits for all that is written. `saving` is told of each
 * handful as it is sent, with the organizations it made and filled. `frequent`: names found to be borne by many, kept from batch to batch of a
 * list: who bears a name does not become fewer while it comes in.
 */
export async function recogniseMany(
  tx: Tx,
  cx: Context,
  seen: readonly Seen[],
  saving: (found: readonly Recognised[], organizations: readonly OrganizationDraft[]) => void,
  frequent?: Set<string>,
): Promise<Recognised[]> {
  const recognition = new Recognition(tx, cx, new Map(), undefined, frequent);
  const all: Recognised[] = [];
  const line: Reading[] = [];
  let next = 0;
  const readOn = (): void => {
    if (next < seen.length) line.push(new Reading(recognition, seen.slice(next, (next += handful))));
  };
  for (let n = 0; n < 3; n++) readOn();
  for (let reading = line.shift(); reading !== undefined; reading = line.shift()) {
    const read = await reading.done;
    await line[0]?.peopleAsked();
    await line[1]?.keysAsked();
    readOn();
    const decided = await recognition.decide(read);
    await recognition.save(decided);
    saving(decided.results, recognition.organizations.drafts);
    recognition.organizations.saved();
    all.push(...decided.results);
  }
  return all;
}
