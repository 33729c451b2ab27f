import { append } from '../../journal/index.ts';
import { getWorkspace } from '../../platform/access/index.ts';
import type { Context } from '../../platform/context.ts';
import type { Tx } from '../../platform/db/index.ts';
import { refuse } from '../../platform/refusal.ts';
import { loadOrganizations, loadSurroundings, lockIdentity } from '../candidates.store.ts';
import { editPerson } from '../edit-person.ts';
import { loadOwn, setRows } from '../import.store.ts';
import { loadFamily } from '../segment/segment.store.ts';
import { refreshComponents } from '../merge-people.ts';
import { findSurvivors } from '../merge.store.ts';
import { OrganizationIndex } from '../organizations.rules.ts';
import { loadPeopleRows } from '../people.queries.ts';
import { nameOf } from '../read-people.ts';
import { sight } from '../sight.rules.ts';
import { countPeople, saveOrganizations } from '../sighting.store.ts';
import { fieldLabels } from './board.rules.ts';
import { changedRows, changedSince, type Rows } from './changed.rules.ts';
import { findCleanup, findEditedSighting, insertCleanup, loadWaiting, markCleanupUndone, retireTyped, withdrawEdited } from './cleanup.store.ts';
import { peopleOfGroup } from './cuts.ts';
import type { Wanted } from './wanted.rules.ts';
import { judge, judgePeople } from './judge-people.ts';
import { sentenceOf, type Group } from './levels.rules.ts';

const day = 86_400_000;
const putOff = { skipped: day, unknown: 90 * day };
const groupOf: Partial<Record<Wanted, Group[]>> = { mail: ['mail'], phone: ['phone', 'mobile'], name: ['name'], postcode: ['address'] };

/** The queue, worth most first, each person with what to ask for and what stands there now. */
export async function readCleanup(tx: Tx, cx: Context, given: { limit: number; group?: string | undefined }) {
  const { items, count, stakeMinor } = await loadWaiting(tx, cx.clock.now(), given.limit, given.group === undefined ? undefined : peopleOfGroup(tx, given.group));
  const ids = items.map((one) => one.id);
  const people = new Map((await loadPeopleRows(tx, ids)).map((row) => [row.id, row]));
  const judged = new Map((await judge(tx, cx, ids)).map((one) => [one.row.id, one.said]));
  const { currency } = await getWorkspace(tx);
  return {
    waiting: count,
    stakeMinor,
    currency,
    items: items.flatMap((one) => {
      const person = people.get(one.id);
      if (!person) return [];
      const bad = (judged.get(one.id)?.findings ?? []).filter((found) => found.level === 'bad');
      const { givenName, familyName, title, email, phone, mobileE164, postalCode, city, country, lastSeenAt } = person;
      return [
        {
          person: {
            id: one.id,
            name: nameOf(person),
            organization: person.organizationId && person.organizationName ? { id: person.organizationId, name: person.organizationName } : null,
            givenName,
            familyName,
            title,
            email,
            phone,
            mobile: mobileE164,
            postalCode,
            city,
            country,
            lastSeenAt,
          },
          worthMinor: one.worthMinor,
          stakeMinor: one.stakeMinor,
          reasons: one.reasons,
          wanted: one.wanted.map((field) => {
            const why = bad.find((found) => groupOf[field]?.includes(found.group));
            return { field, label: fieldLabels[field], why: why ? sentenceOf(why) : null };
          }),
        },
      ];
    }),
  };
}

export interface Cleaned {
  values?: Partial<Record<'givenName' | 'familyName' | 'title' | 'email' | 'phone' | 'mobile' | 'organization' | 'postalCode' | 'city' | 'country', string>> | undefined;
  unknown?: Wanted[] | undefined;
  skip?: boolean | undefined;
}

/** Values typed, fields nobody knows, or a person put off until tomorrow: one step with one way back. */
export async function cleanUp(tx: Tx, cx: Context, personId: string, given: Cleaned): Promise<{ entryId: string; changed: string[] }> {
  await lockIdentity(tx);
  const id = (await findSurvivors(tx, 'person', [personId])).get(personId);
  if (id === undefined) refuse('not-found', 'identity/no-such-person', 'There is no such person here.');
  const { organization, ...plain } = Object.fromEntries(Object.entries(given.values ?? {}).filter(([, value]) => value.trim() !== '')) as NonNullable<Cleaned['values']>;
  const typed = organization !== undefined || Object.keys(plain).length > 0;
  const fields = given.skip ? ['*'] : (given.unknown ?? []);
  if (!typed && fields.length === 0) refuse('invalid', 'identity/nothing-said', 'Type a value, say what is not known, or skip.');
  const entryId = cx.ids.next();
  const now = cx.clock.now();
  let made: string | null = null;
  let [before, after]: [Rows | null, Rows | null] = [null, null];
  let changed: string[] = [];
  if (typed) {
    // A correction goes to the row whose word it was: any of those who were merged.
    const family = await loadFamily(tx, 'person', [id]);
    const was = await loadOwn(tx, 'person', family);
    const company = organization === undefined ? undefined : await nameOrganization(tx, cx, organization, plain.country ?? (was.get(id)?.['country'] as string | null));
    if (company?.isNew) made = company.id;
    changed = (await editPerson(tx, cx, id, { ...plain, ...(company ? { organizationId: company.id } : {}) })).changed;
    ({ before, after } = changedRows(was, await loadOwn(tx, 'person', family)));
  }
  await insertCleanup(tx, {
    id: entryId,
    personId: id,
    at: now,
    fields,
    untilAt: fields.length === 0 ? null : new Date(now.getTime() + (given.skip ? putOff.skipped : putOff.unknown)),
    before,
    after,
    sightingId: changed.length > 0 ? await findEditedSighting(tx, id, entryId) : null,
    organizationId: made,
  });
  if (changed.length > 0) await judgePeople(tx, cx, [id]);
  return { entryId, changed };
}

/** The company of that name, as an arrival would find it; one nobody knew is made. */
async function nameOrganization(tx: Tx, cx: Context, name: string, country: string | null): Promise<{ id: string; isNew: boolean } | undefined> {
  const { country: home } = await loadSurroundings(tx);
  const of = sight({ organization: name, country }, home);
  if (of.organization === null) return undefined;
  const { key, domain } = of.organization;
  const index = new OrganizationIndex(await loadOrganizations(tx, { domains: domain ? [domain] : [], names: key ? [key] : [] }), () => cx.ids.next());
  const found = index.resolve(of, cx.clock.now());
  if (!found) return undefined;
  if (found.isNew) {
    await saveOrganizations(tx, [found], null, (draft) => draft.lastSeenAt);
    await countPeople(tx, 0, 1);
    await append(tx, cx, [{ type: 'organization.changed', chainId: found.id, subjectId: found.id, data: { organizationId: found.id, fields: ['name'] } }]);
  }
  return { id: found.id, isNew: found.isNew };
}

/** Exactly as it was; refused where somebody changed one of the values since. */
export async function undoCleanUp(tx: Tx, cx: Context, entryId: string): Promise<{ personId: string }> {
  await lockIdentity(tx);
  const entry = await findCleanup(tx, entryId);
  if (!entry) refuse('not-found', 'identity/no-such-cleanup', 'There is no such step.');
  if (entry.undoneAt !== null) refuse('conflict', 'identity/cleanup-undone', 'This step was undone already.');
  const now = cx.clock.now();
  const { before, after } = entry;
  if (before !== null && after !== null && Object.keys(after).length > 0) {
    const since = changedSince(after, await loadOwn(tx, 'person', Object.keys(after)));
    if (since.length > 0) refuse('conflict', 'identity/changed-since', `Somebody changed this person since (${since.map((one) => one.replaceAll('_', ' ')).join(', ')}): open the page and correct it there.`);
    await setRows(tx, 'person', Object.entries(before).map(([id, values]) => ({ id, values })));
    const survivor = (await findSurvivors(tx, 'person', [entry.personId])).get(entry.personId)!;
    await refreshComponents(tx, 'person', [survivor]);
    if (entry.sightingId !== null) await withdrawEdited(tx, entry.sightingId, now);
    if (entry.organizationId !== null) await retireTyped(tx, entry.organizationId, now);
    await append(tx, cx, [{ type: 'person.changed', chainId: entry.personId, subjectId: entry.personId, data: { personId: entry.personId, fields: Object.keys(after[entry.personId] ?? {}) } }]);
    await judgePeople(tx, cx, [entry.personId]);
  }
  await markCleanupUndone(tx, entryId, now);
  return { personId: entry.personId };
}
