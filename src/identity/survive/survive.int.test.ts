import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestHouse, type TestHouse } from '../../../tests/support/house.ts';
import { acceptInquiries } from '../../capture/index.ts';
import { sql } from '../../platform/db/index.ts';
import { peopleImport } from '../import-people.ts';
import { merge, undoMerge } from '../merge-people.ts';
import { withdrawInquiries } from '../withdraw-sightings.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());

type Fields = Record<string, string>;
/** an inquiry by the form of a site, `days` after the beginning */
const say = async (fields: Fields, days: number, more: { programId?: string } = {}): Promise<string> => {
  const [made] = await house.write((tx) =>
    acceptInquiries(tx, house.cx, [{ channel: 'form', fields, occurredAt: new Date(Date.UTC(2026, 0, 1 + days)), ...more }]),
  );
  await house.drain();
  return made!.id;
};
const personOf = async (externalOrMail: string): Promise<Record<string, unknown>> =>
  (await house.rows<{ row: Record<string, unknown> }>(sql`select to_jsonb(p) as row from identity.person p
    where (email_key = ${externalOrMail} or external_id = ${externalOrMail}) and survivor_id is null and retired_at is null`))[0]!.row;
const origins = async (id: string) => (await house.request('rep', 'GET', `/v1/people/${id}/origins`)).json.items as { group: string; value: string; verified: { by: string } | null; said: { receipt: string } | null; times: number; others: { value: string }[] }[];

it('shows the most recent valid word, keeps what somebody vouched for, and gives back what a withdrawn inquiry replaced', async () => {
  const ann = { fullName: 'Annegret Lohmüller', email: 'a.lohmueller@lohmueller.example' };
  await say({ ...ann, phone: '+41 44 668 18 00', title: 'Buyer', street: 'Seeweg 1', postalCode: '8001', city: 'Zürich', country: 'CH' }, 1);
  const moved = await say({ ...ann, phone: '+41 44 668 18 01', title: 'Head of purchasing', street: 'Bergweg 9', postalCode: '3000', city: 'Bern', country: 'CH' }, 30);
  const { id, ...now } = await personOf(ann.email);
  expect(now).toMatchObject({ phone_e164: '+41446681801', title: 'Head of purchasing', street: 'Bergweg 9', city: 'Bern', sightings: 2 });
  // Older, unreadable, or less complete: none of it takes the place of what is known.
  await say({ ...ann, phone: '+41 44 668 18 02', title: 'Trainee' }, 10);
  await say({ ...ann, phone: '5', country: 'CH' }, 40);
  expect(await personOf(ann.email)).toMatchObject({ phone_e164: '+41446681801', title: 'Head of purchasing', city: 'Bern' });

  const told = await origins(id as string);
  expect(told.find(({ group }) => group === 'phone')).toMatchObject({ value: '+41 44 668 18 01', times: 1, verified: null, others: [{ value: '5' }, { value: '+41 44 668 18 02' }, { value: '+41 44 668 18 00' }] });

  expect((await house.request('rep', 'POST', `/v1/people/${id as string}/confirm`, { groups: ['title'] })).status).toBe(200);
  await say({ ...ann, title: 'Director', phone: '+41 44 668 18 03' }, 50);
  expect(await personOf(ann.email)).toMatchObject({ title: 'Head of purchasing', phone_e164: '+41446681803' });
  expect((await origins(id as string)).find(({ group }) => group === 'title')).toMatchObject({ value: 'Head of purchasing', verified: { by: expect.any(String) as string }, others: [{ value: 'Director' }, { value: 'Trainee' }, { value: 'Buyer' }] });
  await house.request('rep', 'POST', `/v1/people/${id as string}/confirm`, { groups: ['title'], confirmed: false });

  await house.write((tx) => withdrawInquiries(tx, house.cx, { inquiryIds: [moved] }));
  // What was said while it was confirmed is the latest word of those left.
  expect(await personOf(ann.email)).toMatchObject({ title: 'Director', street: 'Seeweg 1', city: 'Zürich', phone_e164: '+41446681803' });
});

it('takes a purchased list for hearsay, and a list’s owner’s word for less than what was confirmed', async () => {
  const program = (await house.request('marketing', 'POST', '/v1/programs', { name: 'Names bought', channel: 'list' })).json.id as string;
  const max = { fullName: 'Maximilian Oberholzer', email: 'max@oberholzer.example' };
  await say({ ...max, title: 'Owner', phone: '+41 44 668 18 10' }, 1);
  await say({ ...max, title: 'Clerk', phone: '+41 44 668 18 11', language: 'de' }, 30, { programId: program });
  const person = await personOf(max.email);
  expect(person).toMatchObject({ title: 'Owner', phone_e164: '+41446681810', language: 'de' });

  const bring = (values: Fields, importId: string) => house.write((tx) => peopleImport.apply(tx, house.cx, { importId, rows: [{ row: 2, values, extra: {} }], options: { programId: null, source: null, createMissing: true, timeZone: 'UTC', currency: 'CHF', country: null, mode: 'both', consentBasis: null } }));
  const [first, second] = [house.cx.ids.next(), house.cx.ids.next()];
  await bring({ externalId: 'M-1', ...max }, first);
  await house.request('rep', 'PATCH', `/v1/people/${person['id'] as string}`, { title: 'Founder' });
  await bring({ externalId: 'M-1', email: max.email, title: 'Managing director', language: 'en' }, second);
  expect(await personOf(max.email)).toMatchObject({ title: 'Founder', language: 'en' });
  await house.write((tx) => peopleImport.undo(tx, house.cx, second));
  expect(await personOf(max.email)).toMatchObject({ title: 'Founder', language: 'de' });
});

it('follows the company’s rule, for what comes and for who was joined before', async () => {
  const [one, other] = [{ fullName: 'Leonie Brandstätter', email: 'leonie@brand.example' }, { fullName: 'L. Brandstätter', email: 'lb@brandstaetter.example' }];
  await say({ ...one, title: 'Engineer', phone: '+41 44 668 18 20' }, 1);
  await say({ ...other, title: 'Chief engineer', mobile: '+41 79 668 18 20' }, 20);
  const [a, b] = [await personOf(one.email), await personOf(other.email)];
  await house.write((tx) => merge(tx, house.cx, 'person', { survivorId: a['id'] as string, mergedId: b['id'] as string }));
  const shown = async () => (await house.request('rep', 'GET', `/v1/people/${b['id'] as string}`)).json.fields as Fields;
  expect(await shown()).toMatchObject({ fullName: 'Leonie Brandstätter', title: 'Chief engineer', email: 'lb@brandstaetter.example', phone: '+41 44 668 18 20', mobile: '+41796681820' });
  expect((await house.request('marketing', 'PUT', '/v1/survivorship', { rules: { title: 'first', email: 'first' } })).json.rules).toMatchObject({ title: 'first', email: 'first', phone: 'latest' });
  await house.runJobs();
  expect(await shown()).toMatchObject({ title: 'Engineer', email: 'leonie@brand.example' });
  await say({ ...one, title: 'Retired' }, 60);
  expect(await shown()).toMatchObject({ title: 'Engineer' });
  expect((await house.request('marketing', 'PUT', '/v1/survivorship', { rules: { title: 'sometimes' } })).status).toBe(422);
  await house.request('marketing', 'PUT', '/v1/survivorship', { rules: { title: 'latest', email: 'latest' } });
  await house.runJobs();
});

it('a correction stays with whose word was corrected when the two are parted again', async () => {
  await say({ fullName: 'Ottilie Zwicky', email: 'ottilie@zwicky.example', phone: '+41 44 668 18 30' }, 1);
  await say({ fullName: 'Ottilie Zwicki', email: 'o.zwicki@zwicki.example', title: 'Cook' }, 5);
  const [a, b] = [await personOf('ottilie@zwicky.example'), await personOf('o.zwicki@zwicki.example')];
  const made = await house.write((tx) => merge(tx, house.cx, 'person', { survivorId: a['id'] as string, mergedId: b['id'] as string }));
  await house.request('rep', 'PATCH', `/v1/people/${a['id'] as string}`, { title: 'Chef', phone: '+41 44 668 18 31' });
  await house.write((tx) => undoMerge(tx, house.cx, made.mergeId));
  expect(await personOf('ottilie@zwicky.example')).toMatchObject({ title: null, phone_e164: '+41446681831', own: null });
  expect(await personOf('o.zwicki@zwicki.example')).toMatchObject({ title: 'Chef', phone_e164: null, own: null });
});

/** Two records of one person as a model: what each was told, in order; which is the latest; what was confirmed by hand. */
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('say' as const), who: fc.nat(1), title: fc.option(fc.constantFrom('Cook', 'Baker', 'Brewer'), { nil: null }), later: fc.integer({ min: -3, max: 5 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('withdraw' as const), which: fc.nat() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('merge' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('part' as const) }) },
);

it('whatever is said, withdrawn, joined and parted, in whatever order: parted and with all withdrawn again, both are what they were', async () => {
  let run = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 10 }), async (steps) => {
      const who = [0, 1].map((n) => ({ fullName: `${['Balthasar', 'Kunigunde'][n]!} Probst${++run}x`, email: `p${run}@probst${run}.example` }));
      for (const one of who) await say({ ...one, title: 'Apprentice' }, 0);
      const before = [await personOf(who[0]!.email), await personOf(who[1]!.email)];
      const ids = before.map((row) => row['id'] as string);
      let day = 1;
      const said: string[] = [];
      const merges: string[] = [];
      /** by record: the title of the latest arrival that changed it, by the model */
      for (const one of steps) {
        if (one.do === 'say') {
          day += one.later;
          said.push(await say({ ...who[one.who]!, ...(one.title ? { title: one.title } : {}) }, Math.max(1, day)));
        } else if (one.do === 'withdraw' && said.length > 0) {
          const [inquiryId] = said.splice(one.which % said.length, 1);
          await house.write((tx) => withdrawInquiries(tx, house.cx, { inquiryIds: [inquiryId!] }));
        } else if (one.do === 'merge' && merges.length === 0)
          merges.push((await house.write((tx) => merge(tx, house.cx, 'person', { survivorId: ids[0]!, mergedId: ids[1]! }))).mergeId);
        else if (one.do === 'part' && merges.length > 0) await house.write((tx) => undoMerge(tx, house.cx, merges.pop()!));
        const rows = await house.rows<{ id: string; title: string | null }>(sql`select id, title from identity.person where id = any(${ids}::uuid[]) and survivor_id is null`);
        expect(rows).toHaveLength(merges.length > 0 ? 1 : 2);
        // Nobody who was told something is left without it.
        for (const row of rows) expect(row.title).not.toBeNull();
      }
      for (const mergeId of merges) await house.write((tx) => undoMerge(tx, house.cx, mergeId));
      for (const inquiryId of said.toReversed()) await house.write((tx) => withdrawInquiries(tx, house.cx, { inquiryIds: [inquiryId] }));
      expect([await personOf(who[0]!.email), await personOf(who[1]!.email)]).toEqual(before);
    }),
    { numRuns: Number(process.env['FC_RUNS'] ?? 15) },
  );
}, 240_000);
