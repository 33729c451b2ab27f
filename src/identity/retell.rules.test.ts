import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agreement } from './agreement.rules.ts';
import { columnOf, fillsOf, groupOf, personFields, saidFields, type KnownValues, type PersonField, type PersonValues } from './person-draft.rules.ts';
import { retell, type Change, type Told } from './retell.rules.ts';
import { jsonInstant, standardSurvivorship as rules, vouch, type Verified } from './survive/survive.rules.ts';

/** One who speaks of a person, as recognise.ts and import-people.ts take it. */
interface Saying {
  id: string;
  says: Partial<PersonValues>;
  isOwner?: boolean;
  isLatest?: boolean;
  junk?: boolean;
}
/** A correction at a screen, which vouches for what it says. */
interface Hand {
  id: string;
  hand: Partial<Record<PersonField, string | null>>;
}
const at = (id: string): Date => new Date(Date.UTC(2026, 0, Number(id)));
const cellsOf = (was: Record<string, unknown>, now: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(now).map(([field, value]) => [columnOf(field), { was: was[field] ?? null, now: value }]));

/** A person by what is said of them, one after the other: the row, and what is kept of each. */
function live(events: readonly (Saying | Hand)[]): { row: Record<string, unknown>; sightings: Told[]; changes: Change[] } {
  let values: KnownValues | undefined;
  let nameIsJunk = false;
  let verified: Verified | null = null;
  const [sightings, changes]: [Told[], Change[]] = [[], []];
  for (const event of events) {
    if ('hand' in event) {
      if (!values) continue;
      Object.assign(values, event.hand);
      for (const field of Object.keys(event.hand)) {
        verified = vouch(verified, groupOf(field), { at: jsonInstant(at(event.id)), by: 'somebody' });
        Object.assign(values, { [`${groupOf(field)}At`]: jsonInstant(at(event.id)) });
      }
      continue;
    }
    const { id, says, isOwner = false, isLatest = false, junk = false } = event;
    const seen = Object.fromEntries(personFields.map((field) => [field, says[field] ?? null])) as PersonValues;
    const isFirst = values === undefined;
    let cells = {};
    if (values) {
      const was = { ...values, nameIsJunk };
      const fills: Record<string, unknown> = fillsOf({ values, nameIsJunk, verified }, seen, junk, { isLatest, at: at(id), rules });
      if (fills['fullName'] !== undefined && nameIsJunk !== junk) fills['nameIsJunk'] = nameIsJunk = junk;
      cells = cellsOf(was, fills);
      const { nameIsJunk: _, ...put } = fills;
      Object.assign(values, put);
    } else {
      values = { ...seen };
      nameIsJunk = junk;
    }
    const { externalId, emailKey, phoneE164, mobileE164, organizationId } = seen;
    sightings.push({ id, subjectId: 'p', importId: id, isFirst, isEdit: false, seenAt: at(id), ...agreement(seen, values, { isLatest, junk, isOwner: isOwner && !isFirst }), keys: { externalId, emailKey, phoneE164, mobileE164, organizationId }, cells });
    if (!isOwner || isFirst) continue;
    const known = values;
    const news = Object.fromEntries(personFields.flatMap((field) => (seen[field] !== null && seen[field] !== known[field] && !verified?.[groupOf(field)] ? [[field, seen[field]]] : [])));
    const moments = Object.fromEntries(Object.keys(news).flatMap((field) => ((saidFields as readonly string[]).includes(`${groupOf(field)}At`) ? [[`${groupOf(field)}At`, jsonInstant(at(id))]] : [])));
    if (Object.keys(news).length === 0) continue;
    changes.push({ id: `${id}c`, subjectId: 'p', importId: id, cells: cellsOf(known, { ...news, ...moments }) });
    values = { ...known, ...news, ...moments };
  }
  const row = { ...Object.fromEntries([...personFields, ...saidFields].map((field) => [columnOf(field), values?.[field] ?? null])), name_is_junk: nameIsJunk, verified };
  return { row, sightings, changes };
}

/** The same after one of them is taken back. */
function without({ row, sightings, changes }: ReturnType<typeof live>, id: string, overwrite = false): ReturnType<typeof live> {
  const gone = { sightings: sightings.filter((one) => one.id === id), changes: changes.filter((one) => one.importId === id) };
  const left = { sightings: sightings.filter((one) => one.id !== id), changes: changes.filter((one) => one.importId !== id) };
  const { set, fills, changes: moved } = retell(new Map([['p', row]]), gone, left, rules, overwrite);
  return {
    row: { ...row, ...set[0]?.values },
    sightings: left.sightings.map((one) => ({ ...(fills.find((other) => other.id === one.id) ?? one), isFirst: one.isFirst })),
    changes: left.changes.map((one) => moved.find((other) => other.id === one.id) ?? one),
  };
}
const shown = (row: Record<string, unknown>): Record<string, unknown> => Object.fromEntries(personFields.map((field) => [field, row[columnOf(field)]]).concat([['nameIsJunk', row['name_is_junk']]]));
const undone = (events: readonly (Saying | Hand)[], ...ids: string[]): Record<string, unknown> => ids.reduce((state, id) => without(state, id), live(events)).row;

const ute = { givenName: 'Ute', familyName: 'Balmor', fullName: 'Ute Balmor', email: 'ute@b.example', emailKey: 'ute@b.example' };

describe('what is said of a person by those who are left', () => {
  it('stays where they said the same as those gone', () => {
    const row = undone([{ id: '1', says: { ...ute, title: 'Buyer', city: 'Bern' } }, { id: '2', says: { ...ute, title: 'Buyer', language: 'fr' } }], '1');
    expect(row).toMatchObject({ full_name: 'Ute Balmor', email: 'ute@b.example', title: 'Buyer', city: null, language: 'fr' });
  });
  it('takes its place where they said otherwise and it was not believed', () => {
    const row = undone([{ id: '1', says: { ...ute, title: 'Buyer', street: 'Seeweg 1', city: 'Bern', country: 'CH' } }, { id: '2', says: { ...ute, title: 'Chief', city: 'Basel', country: 'CH' } }], '1');
    expect(row).toMatchObject({ title: 'Chief', street: null, city: 'Basel', country: 'CH' });
  });
  it('goes with the last of them who says it', () => {
    const events = [{ id: '1', says: ute }, { id: '2', says: { ...ute, title: 'Buyer' } }, { id: '3', says: { ...ute, title: 'Buyer' } }];
    expect(undone(events, '2')).toMatchObject({ title: 'Buyer' });
    expect(undone(events, '2', '3')).toMatchObject({ title: null, title_at: null });
    expect(undone(events, '3', '2')).toMatchObject({ title: null, title_at: null });
  });
  it('leaves what somebody vouched for, whoever made the person', () => {
    const events = [{ id: '1', says: { ...ute, title: 'Buyer' } }, { id: '2', says: { ...ute, title: 'Buyer' } }, { id: '3', hand: { title: 'Owner' } }];
    expect(undone(events, '1')).toMatchObject({ title: 'Owner', full_name: 'Ute Balmor' });
    expect(undone(events, '2')).toMatchObject({ title: 'Owner' });
  });
  it('leaves whom nobody else speaks of to those who corrected them', () => {
    const { row, sightings } = live([{ id: '1', says: { ...ute, title: 'Buyer' } }]);
    const edit: Told = { ...sightings[0]!, id: '2', isFirst: false, isEdit: true, agrees: null, cells: {} };
    expect(retell(new Map([['p', row]]), { sightings, changes: [] }, { sightings: [edit], changes: [] }, rules)).toEqual({ set: [], fills: [], changes: [] });
  });
  it('leaves what made a person before it was kept who agreed', () => {
    const { row, sightings } = live([{ id: '1', says: { ...ute, title: 'Buyer' } }, { id: '2', says: ute }]);
    const [first, second] = sightings.map((one) => ({ ...one, agrees: null }));
    expect(retell(new Map([['p', row]]), { sightings: [first!], changes: [] }, { sightings: [second!], changes: [] }, rules).set).toEqual([]);
  });

  const one = <T>(...of: T[]) => fc.option(fc.constantFrom(...of), { nil: undefined, freq: 2 });
  const phones = { '044': '+4144', '0044': '+4144', '+41 31': '+4131' } as const;
  const saying = fc
    .record({
      who: fc.constantFrom({ givenName: 'Ute', familyName: 'Balmor', fullName: 'Ute Balmor' }, { givenName: 'U.', familyName: 'Balmor', fullName: 'U. Balmor' }, { familyName: 'Balmor', fullName: 'Balmor' }, {}),
      junk: fc.boolean(),
      mail: one('ute@b.example', 'info@b.example'),
      phone: one<keyof typeof phones>('044', '0044', '+41 31'),
      rest: fc.record({ externalId: one('U1', 'U2'), title: one('Buyer', 'Chief'), mobileE164: one('+4179'), organizationId: one('o1', 'o2'), street: one('Seeweg 1', 'Bergweg 2'), postalCode: one('3000', '8000'), city: one('Bern', 'Zürich'), country: one('CH', 'DE'), language: one('de', 'fr') }),
      isOwner: fc.boolean(),
      isLatest: fc.boolean(),
    })
    .map(({ who, junk, mail, phone, rest, isOwner, isLatest }): Omit<Saying, 'id'> => {
      const name = junk && isLatest ? { fullName: 'asdf' } : who;
      return { says: { ...name, ...(mail ? { email: mail, emailKey: mail } : {}), ...(phone ? { phone, phoneE164: phones[phone] } : {}), ...Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)) }, junk: junk && isLatest, isOwner, isLatest };
    });
  const hand = fc.constantFrom<Omit<Hand, 'id'>>({ hand: { title: 'Owner' } }, { hand: { city: 'Uster' } }, { hand: { phone: '055', phoneE164: '+4155' } });

  it('is, whoever is taken back in whatever order, what it would be had they never spoken; and by hand what it was', () => {
    fc.assert(
      fc.property(saying, fc.array(fc.oneof({ weight: 6, arbitrary: saying }, { weight: 1, arbitrary: hand }), { minLength: 1, maxLength: 6 }), fc.array(fc.nat(), { minLength: 7, maxLength: 7 }), (first, drawn, picks) => {
        const events = [first, ...drawn].map((event, n) => ({ ...event, id: String(n + 1) }));
        let state = live(events);
        let left: (Saying | Hand)[] = events;
        for (const pick of picks) {
          const sayings = left.filter((event) => !('hand' in event));
          if (sayings.length < 2) break;
          const { id } = sayings[pick % sayings.length]!;
          const before = state.row;
          state = without(state, id);
          left = left.filter((event) => event.id !== id);
          // Somebody who corrects nobody is none: the first to speak comes before the first correction.
          const lowest = left.findIndex((event) => !('hand' in event));
          const fresh = shown(live([...left.slice(lowest, lowest + 1), ...left.slice(0, lowest), ...left.slice(lowest + 1)]).row);
          const vouched = before['verified'] as Verified | null;
          for (const field of [...personFields, 'nameIsJunk']) {
            const group = field === 'nameIsJunk' ? 'name' : groupOf(field);
            expect([field, shown(state.row)[field]]).toEqual([field, vouched?.[group] ? shown(before)[field] : fresh[field]]);
          }
        }
      }),
      { numRuns: Number(process.env['FC_RUNS'] ?? 1000) },
    );
  });
});
