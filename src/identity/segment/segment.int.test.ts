import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestHouse, type TestHouse } from '../../../tests/support/house.ts';
import { bringInFile } from '../../capture/index.ts';
import { sql } from '../../platform/db/index.ts';
import { enqueueJob } from '../../platform/jobs/index.ts';
import { evaluate, type Criteria } from '../../platform/values/criteria.rules.ts';
import { catalogueOf, loadSegmentFields } from './catalogue.ts';
import type { SegmentSubject } from './field-source.ts';
import { checkSegments } from './keep-segments.ts';
import { loadFacts, loadFamily, listSegments } from './segment.store.ts';

let house: TestHouse;
let program: string;
const ask = (method: string, url: string, body?: unknown, role: 'marketing' | 'sales_manager' | 'rep' | 'finance' = 'marketing') => house.request(role, method, url, body);
const post = async (body: object): Promise<void> => {
  expect((await ask('POST', '/v1/inquiries', body)).status).toBe(202);
  await house.drain();
};
const make = async (name: string, subject: SegmentSubject, criteria: Criteria, kind = 'live') => {
  const answer = await ask('POST', '/v1/segments', { name, subject, criteria, kind });
  expect(answer.status, answer.text).toBe(200);
  return answer.json as { id: string; members: number; sentence: string };
};
const membersOf = async (id: string): Promise<string[]> =>
  ((await ask('GET', `/v1/segments/${id}/members?limit=200`)).json.items as { name: string }[]).map(({ name }) => name).toSorted();

beforeAll(async () => {
  house = await openTestHouse();
  await ask('POST', '/v1/holders', { kind: 'rep', name: 'Rita Rep', email: 'rita@pumps.example' });
  const { json } = await ask('GET', '/v1/holders');
  const rep = json.items.find((one: { kind: string }) => one.kind === 'rep').id;
  await ask('POST', '/v1/territories', { name: 'All', rules: {}, holders: [{ holderId: rep, weight: 1 }] });
  program = (await ask('POST', '/v1/programs', { name: 'Spring fair', channel: 'trade show' })).json.id;
  await ask('POST', '/v1/fields', { subject: 'person', label: 'Fuel', type: 'choice', choices: ['Gas', 'Oil'] });
  await ask('POST', '/v1/fields', { subject: 'organization', label: 'Floor', type: 'number' });
});
afterAll(() => house.close());

describe('segments', () => {
  it('say what they would find before they are kept, and why they cannot be asked', async () => {
    for (const [n, city] of ['Bern', 'Basel', 'BERN '].entries())
      await post({ email: `p${n}@firm${n}.example`, givenName: `Pia${n}`, familyName: `Berger${n}`, organization: `Firm ${n} AG`, city, country: 'CH', program });
    const found = await ask('POST', '/v1/segments/preview', {
      subject: 'person',
      criteria: { all: [{ field: 'city', op: 'equals', value: 'bern' }, { field: 'inquiries.program', op: 'in', value: [program] }] },
    });
    expect(found.json).toMatchObject({ count: 2, sentence: 'city is “bern” and answered the program is one of “Spring fair”', problems: [] });
    expect(found.json.sample).toHaveLength(2);
    const refused = await ask('POST', '/v1/segments/preview', {
      subject: 'person',
      criteria: { all: [{ field: 'nothing', op: 'isSet' }, { field: 'city', op: 'atLeast', value: 3 }] },
    });
    expect(refused.json).toMatchObject({ count: null, sample: [], problems: ['There is no field “nothing”. It may have been taken away since.', '“city” cannot be asked “atLeast”.'] });
    expect((await ask('POST', '/v1/segments', { name: 'x', subject: 'person', criteria: { field: 'nothing', op: 'isSet' } })).status).toBe(422);
  });

  it('follow what happens where live, stay as they were where static, and filter people and leads', async () => {
    const bern = { field: 'city', op: 'equals', value: 'Bern' } as const;
    const live = await make('In Bern', 'person', bern);
    const frozen = await make('In Bern then', 'person', bern, 'static');
    expect([live.members, frozen.members]).toEqual([2, 2]);
    expect((await ask('POST', '/v1/segments', { name: 'in bern', subject: 'person', criteria: bern })).json.code).toBe('identity/segment-exists');

    const basel = (await ask('GET', '/v1/people?q=berger1')).json.items[0].id as string;
    await ask('PATCH', `/v1/people/${basel}`, { city: 'Bern' });
    await house.drain();
    expect(await membersOf(live.id)).toEqual(['Pia0 Berger0', 'Pia1 Berger1', 'Pia2 Berger2']);
    expect(await membersOf(frozen.id)).toEqual(['Pia0 Berger0', 'Pia2 Berger2']);
    expect((await ask('GET', `/v1/people?segmentId=${frozen.id}`)).json.items).toHaveLength(2);
    expect((await ask('GET', `/v1/people?segmentId=${live.id}&country=CH`, undefined, 'rep')).json.items).toHaveLength(3);
    const leads = (await ask('GET', '/v1/leads')).json.items.length as number;
    expect(leads).toBeGreaterThan(0);
    expect((await ask('GET', `/v1/leads?segmentId=${live.id}`)).json.items).toHaveLength(leads);
    expect((await ask('GET', `/v1/leads/count?segmentId=${frozen.id}`)).json.count).toBe(leads - 1);

    // Somebody on the frozen list is joined with somebody else: the survivor stands for him, and stands aside again.
    const berger0 = (await ask('GET', '/v1/people?q=berger0')).json.items[0].id as string;
    const merged = await ask('POST', `/v1/people/${basel}/merge`, { otherId: berger0 });
    await house.drain();
    expect(await membersOf(frozen.id)).toEqual(['Pia1 Berger1', 'Pia2 Berger2']);
    expect(await membersOf(live.id)).toEqual(['Pia1 Berger1', 'Pia2 Berger2']);
    await ask('POST', `/v1/merges/${merged.json.mergeId}/undo`);
    await house.drain();
    expect(await membersOf(frozen.id)).toEqual(['Pia0 Berger0', 'Pia2 Berger2']);
    expect(await membersOf(live.id)).toHaveLength(3);

    // Frozen as it is now, then live again.
    await ask('PATCH', `/v1/segments/${live.id}`, { kind: 'static', name: 'Bern people' });
    await ask('PATCH', `/v1/people/${basel}`, { city: 'Basel' });
    await house.drain();
    expect(await membersOf(live.id)).toHaveLength(3);
    expect((await ask('PATCH', `/v1/segments/${live.id}`, { kind: 'live' })).json.members).toBe(2);
  });

  it('are paged, exported with custom fields and no formula, and deleted', async () => {
    const person = (await ask('GET', '/v1/people?q=berger0')).json.items[0].id as string;
    await ask('PATCH', `/v1/people/${person}`, { title: '=cmd()', custom: { fuel: 'oil' } });
    await house.drain();
    const all = await make('Everybody', 'person', { all: [] });
    const names: string[] = [];
    let cursor: string | null = '';
    do {
      const page: { json: { items: { name: string }[]; nextCursor: string | null } } = await ask('GET', `/v1/segments/${all.id}/members?limit=1${cursor ? `&cursor=${cursor}` : ''}`);
      names.push(...page.json.items.map(({ name }) => name));
      cursor = page.json.nextCursor;
    } while (cursor !== null);
    expect(new Set(names).size).toBe(all.members);
    const csv = await ask('GET', `/v1/segments/${all.id}/members.csv`);
    expect(csv.headers['content-type']).toContain('text/csv');
    const lines = csv.text.trim().split(/\r?\n/);
    expect(lines).toHaveLength(all.members + 1);
    expect(lines[0]).toContain(',May be called,Fuel');
    expect(lines.find((line) => line.includes('p0@firm0.example'))).toMatch(/'=cmd\(\).*,yes,yes,Oil$/);
    expect((await ask('DELETE', `/v1/segments/${all.id}`)).json).toEqual({ removed: true });
    expect((await ask('GET', `/v1/segments/${all.id}`)).status).toBe(404);
    expect((await house.rows(sql`select from identity.segment_member where segment_id = ${all.id}`))).toHaveLength(0);
  });

  it('notice what time alone changes, and keep asking for a field that was put away', async () => {
    const recent = await make('Seen this week', 'person', { field: 'lastSeenAt', op: 'withinDays', value: 7 });
    expect(recent.members).toBeGreaterThan(0);
    house.clock.advance(8 * 86_400_000);
    await house.scan();
    expect((await ask('GET', `/v1/segments/${recent.id}`)).json.members).toBe(0);
    const [field] = (await ask('GET', '/v1/fields?subject=person')).json.items;
    const oil = await make('Burns oil', 'person', { field: 'custom.fuel', op: 'equals', value: 'OIL' });
    expect(oil).toMatchObject({ members: 1, sentence: 'Fuel is “OIL”' });
    // Put away, it is still kept.
    await ask('PATCH', `/v1/fields/${field.id}`, { retired: true });
    await house.scan();
    expect((await ask('GET', `/v1/segments/${oil.id}`)).json).toMatchObject({ members: 1, problem: null });
    await ask('PATCH', `/v1/fields/${field.id}`, { retired: false });
  });

  it('filter the list of people by conditions of one’s own, custom fields included', async () => {
    const where = (criteria: unknown) => ask('GET', `/v1/people?where=${encodeURIComponent(JSON.stringify(criteria))}`);
    expect((await where({ field: 'custom.fuel', op: 'equals', value: 'oil' })).json.items).toHaveLength(1);
    expect((await where({ field: 'organization.name', op: 'startsWith', value: 'firm 2' })).json.items).toHaveLength(1);
    expect((await where({ field: 'inquiries.count', op: 'atLeast', value: 1 })).status).toBe(422);
    expect((await ask('GET', '/v1/people?where=nonsense')).status).toBe(422);
  });
});

/** Every field of every room, asked in ways that random doings move people in and out of. */
const watched: [string, SegmentSubject, Criteria][] = [
  ['several inquiries', 'person', { field: 'inquiries.count', op: 'atLeast', value: 2 }],
  ['no inquiry of the fair', 'person', { all: [{ field: 'inquiries.count', op: 'atMost', value: 3 }, { field: 'inquiries.program', op: 'isEmpty' }] }],
  ['of a large company', 'person', { any: [{ field: 'organization.employees', op: 'atLeast', value: 50 }, { field: 'organization.custom.floor', op: 'atLeast', value: 10 }] }],
  ['leads', 'person', { all: [{ field: 'leads.open', op: 'atLeast', value: 1 }, { not: { field: 'verdict', op: 'equals', value: 'bad' } }] }],
  ['no lead', 'person', { field: 'leads.count', op: 'equals', value: 0 }],
  ['worked on', 'person', { any: [{ field: 'followups.kind', op: 'equals', value: 'visit' }, { field: 'followups.count', op: 'atLeast', value: 2 }, { field: 'leads.fate', op: 'in', value: ['bad', 'sold'] }] }],
  ['may be written to', 'person', { all: [{ field: 'mayMail', op: 'isTrue' }, { field: 'touches.count', op: 'atLeast', value: 1 }] }],
  ['oil in Bern', 'person', { any: [{ all: [{ field: 'custom.fuel', op: 'equals', value: 'oil' }, { field: 'city', op: 'in', value: ['bern', 'Basel'] }] }, { field: 'title', op: 'contains', value: 'chef' }] }],
  ['bought', 'person', { any: [{ field: 'purchases.total', op: 'atLeast', value: 100_00 }, { field: 'opportunities.count', op: 'atLeast', value: 1 }] }],
  ['score', 'person', { any: [{ field: 'leads.score', op: 'atLeast', value: 20 }, { field: 'leads.grade', op: 'equals', value: 'hot' }] }],
  ['company: bought', 'organization', { any: [{ field: 'purchases.total', op: 'atLeast', value: 100_00 }, { field: 'opportunities.total', op: 'atLeast', value: 1 }] }],
  ['company: several people', 'organization', { field: 'people.count', op: 'atLeast', value: 2 }],
  ['company: several inquiries', 'organization', { all: [{ field: 'inquiries.count', op: 'atLeast', value: 2 }, { field: 'leads.count', op: 'atLeast', value: 1 }] }],
  ['company: floor', 'organization', { any: [{ field: 'custom.floor', op: 'atLeast', value: 10 }, { field: 'isCustomer', op: 'isTrue' }] }],
];

describe('live segments', () => {
  it('hold after any doings exactly whom a look at everybody finds, and of whom the evaluator says so', async () => {
    for (const [name, subject, criteria] of watched) await make(`watch ${name}`, subject, criteria);
    let seed = 4711;
    const random = (below: number): number => (seed = (seed * 1103515245 + 12345) % 2147483648) % below;
    const pick = <T>(of: readonly T[]): T => of[random(of.length)]!;
    const idsOf = async (table: 'person' | 'organization' | 'lead'): Promise<string[]> =>
      (await house.rows<{ id: string }>(
        table === 'lead'
          ? sql`select id from qualify.lead where closed_at is null order by id`
          : table === 'person'
            ? sql`select id from identity.person where survivor_id is null and retired_at is null order by id`
            : sql`select id from identity.organization where survivor_id is null and retired_at is null order by id`,
      )).map(({ id }) => id);
    const merges: string[] = [];
    const imports: string[] = [];
    const bring = async (kind: string, text: string): Promise<void> => {
      const { importId } = await bringInFile(house.cx, house.scope, { name: `${kind}.csv`, bytes: Buffer.from(text), kind });
      imports.push(importId);
    };
    let n = 0;
    const person = (): object => {
      const at = random(9);
      return { email: `x${at}@big${at % 4}.example`, givenName: `Xa${at}`, familyName: `Quade${at}`, organization: `Big ${at % 4} GmbH`, city: pick(['Bern', 'Basel', 'Genf']), country: 'CH' };
    };
    const doings: [number, () => Promise<unknown>][] = [
      [6, () => ask('POST', '/v1/inquiries', { ...person(), message: 'A quote, please', ...(random(2) ? { program } : {}), product: pick(['Pump', 'Valve']) })],
      [4, async () => ask('PATCH', `/v1/people/${pick(await idsOf('person'))}`, { city: pick(['Bern', 'Basel', 'Genf', null]), title: pick(['Chefin', 'Buyer']), custom: { fuel: pick(['Oil', 'Gas', null]) } })],
      [2, async () => ask('PATCH', `/v1/people/${pick(await idsOf('person'))}`, { organizationId: pick(await idsOf('organization')) })],
      [2, async () => ask('PUT', `/v1/people/${pick(await idsOf('person'))}/consent`, { doNotMail: random(2) === 1 })],
      [4, async () => ask('PATCH', `/v1/organizations/${pick(await idsOf('organization'))}`, { employees: random(100), isCustomer: random(2) === 1, custom: { floor: random(20) } })],
      [3, async () => {
        const people = await idsOf('person');
        const { json } = await ask('POST', `/v1/people/${pick(people)}/merge`, { otherId: pick(people) });
        if (json.mergeId) merges.push(json.mergeId);
      }],
      [2, async () => {
        const all = await idsOf('organization');
        const { json } = await ask('POST', `/v1/organizations/${pick(all)}/merge`, { otherId: pick(all) });
        if (json.mergeId) merges.push(json.mergeId);
      }],
      [2, async () => merges.length > 0 && ask('POST', `/v1/merges/${merges.splice(random(merges.length), 1)[0]}/undo`)],
      [4, async () => ask('POST', `/v1/leads/${pick([...(await idsOf('lead')), '019cadc6-9a80-71bc-87e9-e1155171802a'])}/activities`, { kind: pick(['call', 'visit']) }, 'sales_manager')],
      [3, async () => ask('POST', `/v1/leads/${pick([...(await idsOf('lead')), '019cadc6-9a80-71bc-87e9-e1155171802a'])}/verdict`, pick([{ verdict: 'hot' }, { verdict: 'warm' }, { verdict: 'bad', reason: 'no budget' }, { verdict: 'sale', valueMinor: 5000_00 }]), 'sales_manager')],
      [2, () => bring('people', `email,givenName,familyName,city\n${[1, 2].map(() => `l${random(5)}@list.example,Li,Lang${random(5)},Bern`).join('\n')}\n`)],
      [2, () => bring('inquiries', `email,givenName,familyName,organization,message\n${[1, 2].map(() => `x${random(9)}@big${random(4)}.example,Xa,Quade,Big GmbH,hello`).join('\n')}\n`)],
      [2, () => bring('invoices', `Invoice number,Invoice date,Net,Customer email\nR${random(6)},2026-02-0${1 + random(8)},${random(300)}.00,x${random(9)}@big1.example\n`)],
      [1, async () => {
        if (imports.length === 0) return;
        await ask('POST', `/v1/imports/${imports.splice(random(imports.length), 1)[0]}/undo`);
        await house.runJobs();
      }],
    ];
    const bag = doings.flatMap(([weight, doing]) => Array.from({ length: weight }, () => doing));
    const moved = new Map<string, Set<number>>();
    for (let round = 0; round < 40; round++) {
      for (let one = 0; one < 1 + random(5); one++, n++) await pick(bag)();
      await house.drain();
      for (const check of await checkSegments(house.cx, house.scope)) {
        expect(check, `round ${round}`).toMatchObject({ missing: 0, extra: 0, counted: true });
        moved.set(check.name, (moved.get(check.name) ?? new Set()).add(check.found));
      }
    }
    expect(n).toBeGreaterThan(60);
    // Each was moved by what happened: otherwise nothing was shown of it.
    expect([...moved].filter(([name, counts]) => name.startsWith('watch ') && counts.size === 1).map(([name]) => name)).toEqual([]);

    await house.read(async (tx) => {
      for (const segment of (await listSegments(tx, { kind: 'live' })).filter(({ name }) => name.startsWith('watch '))) {
        const ids = await idsOf(segment.subject);
        const fields = await loadSegmentFields(tx, segment.subject);
        const only = { ids, family: await loadFamily(tx, segment.subject, ids) };
        const facts = await loadFacts(tx, segment.subject, [...fields.byName.keys()], catalogueOf(fields, house.workspaceId, only), only);
        const expected = ids.filter((id) => evaluate(segment.criteria, facts.get(id)!, house.clock.now()));
        const kept = await tx.rows<{ id: string }>(sql`select subject_id as id from identity.segment_member where segment_id = ${segment.id} order by 1`);
        expect(kept.map(({ id }) => id), segment.name).toEqual(expected);
      }
    });
  });

  it('are made anew by the job, and the check notices what is wrong', async () => {
    await house.write((tx) => tx.run(sql`delete from identity.segment_member where (segment_id, subject_id) in (select m.segment_id, m.subject_id from identity.segment_member m join identity.segment s on s.id = m.segment_id and s.kind = 'live' limit 1)`));
    expect((await ask('GET', '/v1/segments/check')).json.agree).toBe(false);
    expect((await ask('POST', '/v1/segments/rebuild')).status).toBe(200);
    await house.runJobs();
    expect((await ask('GET', '/v1/segments/check')).json.items.every((one: { missing: number; extra: number }) => one.missing + one.extra === 0)).toBe(true);
    await house.write((tx) => enqueueJob(tx, house.cx, 'identity.rebuild-segments', {}));
    await house.runJobs();
  });
});
