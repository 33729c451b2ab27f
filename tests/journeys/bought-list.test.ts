import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eager, openTown } from './town.ts';
import type { Town } from './town.ts';

// Marketing buys two lists of names. One is mostly new people who can be reached, and some of them write; the other is junk and what was known.

let town: Town;
beforeEach(async () => {
  town = await openTown();
});
afterEach(() => town.close());

interface List {
  id: string;
  [key: string]: unknown;
}
const head = 'First name,Last name,Company,E-mail,Phone,Street,ZIP,City,Country';
const given = ['Anna', 'Beat', 'Carla', 'Diego', 'Elena', 'Fritz', 'Gerda', 'Hugo', 'Irina', 'Jonas'];
const family = ['Ammann', 'Brunner', 'Caduff', 'Dubois', 'Egger', 'Frei'];
/** Sixty people, all different. */
const names = given.flatMap((first) => family.map((last) => ({ first, last, mail: `${first}.${last}@${last}-anlagen.example`.toLowerCase() })));
const row = ({ first, last, mail }: (typeof names)[number]): string => `${first},${last},${last} Anlagen AG,${mail},,Seestrasse 1,8002,Zürich,Switzerland`;

const good = [head, ...names.map(row), row(names[0]!), 'Regula,Wyss,Wasser Bern AG,regula.wyss@wasserbern.example,+41 31 300 12 34,,,,Switzerland', ',,,,,,,,'].join('\n');
const bad = [
  head,
  ...names.slice(0, 40).map(row),
  ...Array.from({ length: 25 }, (_, at) => `asdf,asdf,Nowhere ${at} AG,nobody${at}@mailinator.com,,,,,`),
  'Karin,Neu,Neu Pumpen AG,,,,,,Switzerland',
  'Kurt,Neuer,Neuer Pumpen AG,kurt.neuer@neuer.example,,,,,Switzerland',
].join('\n');

async function lists(): Promise<List[]> {
  await town.ok('marketing', 'POST', '/v1/lists/count');
  await town.house.runJobs();
  return (await town.ok('management', 'GET', '/v1/lists')).items;
}
const peopleOf = async (group: string, where?: object): Promise<number> =>
  (await town.ok('marketing', 'GET', `/v1/people?limit=200&group=${group}${where ? `&where=${encodeURIComponent(JSON.stringify(where))}` : ''}`)).items.length;
const leadsOf = async (query: string): Promise<number> => (await town.ok('marketing', 'GET', `/v1/leads/count?${query}`)).count;

/** Every figure finds exactly those it counts. */
async function drillDown(list: List): Promise<void> {
  const { where } = await town.ok('marketing', 'GET', '/v1/lists');
  const found = {
    people: await peopleOf(`list-all.${list.id}`),
    fresh: await peopleOf(`list-new.${list.id}`),
    known: await peopleOf(`list-known.${list.id}`),
    reachable: await peopleOf(`list-all.${list.id}`, where.reachable),
    junk: await peopleOf(`list-all.${list.id}`, where.junk),
    good: await peopleOf(`list-new.${list.id}`, where.good),
    outOfReach: await peopleOf(`list-new.${list.id}`, where.outOfReach),
    leads: await leadsOf(`listId=${list.id}`),
    qualified: await leadsOf(`listId=${list.id}&worth=true`),
    sales: await leadsOf(`listId=${list.id}&state=sale`),
  };
  expect(list).toMatchObject(found);
  const bar = list['bar'] as Record<string, number>;
  expect(Object.values(bar).reduce((sum, one) => sum + one, 0)).toBe(list['delivered']);
}

describe('bought lists', () => {
  it('are judged by what they yielded; what was known stays credited to whom it came from first', async () => {
    await town.inquire(eager);
    const first = await town.bringIn('swiss-plants.csv', 'people', good, { listOwner: 'Adressen Meier', listCostMinor: 60_000 });
    expect(first.counts).toMatchObject({ rows: 62, problem: 0 });
    const second = await town.bringIn('cheap.csv', 'people', bad);
    await town.settle();

    const [cheap, plants] = (await lists()) as [List, List];
    expect(plants).toMatchObject({ id: first.id, owner: 'Adressen Meier', delivered: 62, people: 61, fresh: 60, known: 1, again: 1, unread: 0, reachable: 61, junk: 0, good: 60, outOfReach: 0 });
    expect(plants).toMatchObject({ bar: { good: 60, outOfReach: 0, repeated: 2, junk: 0 }, leads: 0, costMinor: 60_000, perGoodMinor: 1000, perLeadMinor: null, returned: 0, verdict: 'early' });
    expect(cheap).toMatchObject({ id: second.id, owner: null, delivered: 67, people: 67, fresh: 27, known: 40, again: 0, junk: 25, good: 1, outOfReach: 1, costMinor: null, verdict: 'drop' });
    expect(cheap).toMatchObject({ bar: { good: 1, outOfReach: 1, repeated: 40, junk: 25 } });
    await drillDown(plants);
    await drillDown(cheap);

    // Months go by. Six of the good list write, two buy; nobody of the other does.
    town.house.clock.advance(100 * 86_400_000);
    const leads = [];
    for (const { first: firstName, last: lastName, mail: email } of names.slice(0, 6)) leads.push(await town.leadOf(await town.inquire({ ...eager, firstName, lastName, email, company: `${lastName} Anlagen AG`, phone: '' })));
    for (const lead of leads.slice(0, 2)) await town.ok('sales_manager', 'POST', `/v1/leads/${lead.id}/verdict`, { verdict: 'sale', valueMinor: 400_000 });
    await town.ok('sales_manager', 'POST', `/v1/leads/${leads[2]!.id}/verdict`, { verdict: 'hot' });
    await town.ok('sales_manager', 'POST', `/v1/leads/${leads[3]!.id}/verdict`, { verdict: 'bad', reason: 'No need' });
    town.house.clock.advance(100 * 86_400_000);
    await town.settle();
    // The bill of the second list came late.
    await town.ok('marketing', 'PUT', `/v1/imports/${second.id}/list`, { owner: 'Cheap Lists Ltd', costMinor: 20_000 });

    const [later, paid] = (await lists()) as [List, List];
    expect(paid).toMatchObject({ leads: 6, qualified: 3, sales: 2, wonMinor: 800_000, perLeadMinor: 10_000, verdict: 'buy' });
    expect(paid['returned']).toBeCloseTo(13.33, 1);
    expect(later).toMatchObject({ owner: 'Cheap Lists Ltd', costMinor: 20_000, leads: 0, sales: 0, perGoodMinor: 20_000, verdict: 'drop' });
    await drillDown(paid);
    await drillDown(later);

    const one = await town.ok('finance', 'GET', `/v1/lists/${first.id}`);
    expect(one).toMatchObject({ leads: 6, verdict: 'buy' });
    expect(one.reasons.map((reason: { sentence: string }) => reason.sentence).join(' ')).toMatch(/It earned 13 × what it cost, by 2 sales\./);
    const csv = await town.house.request('finance', 'GET', '/v1/lists.csv');
    expect(csv.text).toMatch(/\r\nswiss-plants\.csv,Adressen Meier,2026-03-02,62,60,1,1,0,/);
    expect(csv.text).toMatch(/8000,600,10,100,13\.3+\d*,Buy again/);
  });

  it('taken back count nothing, and whom they brought first belong to the next that names them', async () => {
    const first = await town.bringIn('swiss-plants.csv', 'people', good);
    const second = await town.bringIn('cheap.csv', 'people', bad);
    expect((await lists()).map(({ id, fresh, known }) => ({ id, fresh, known }))).toEqual([
      { id: second.id, fresh: 27, known: 40 },
      { id: first.id, fresh: 61, known: 0 },
    ]);
    await town.ok('marketing', 'POST', `/v1/imports/${first.id}/undo`);
    await town.house.runJobs();
    await town.settle();
    const left = await lists();
    expect(left).toMatchObject([{ id: second.id, fresh: 67, known: 0 }]);
    await drillDown(left[0]!);
    expect((await town.house.request('marketing', 'GET', `/v1/lists/${first.id}`)).status).toBe(404);
  });

  it('and mended rows are one list; of inquiries only those somebody called a list', async () => {
    const file = `${head},Do not contact\n${names.slice(0, 3).map((one) => `${row(one)},no`).join('\n')}\n,,Nobody AG,,,,,,Switzerland,no\nKarin,Lauber,Lauber AG,karin.lauber@lauber.example,,,,,Switzerland,yes\n`;
    const first = await town.bringIn('some.csv', 'people', file);
    expect(first.counts).toMatchObject({ rows: 5, problem: 1 });
    const edge = 'edge-of-part';
    const part = (name: string, content: string): string => `--${edge}\r\ncontent-disposition: form-data; ${name}\r\n\r\n${content}\r\n`;
    const body = `${part('name="kind"', 'people')}${part('name="mends"', first.id)}${part('name="file"; filename="some problems.csv"\r\ncontent-type: text/csv', `${head},Do not contact\nKlara,Mend,Nobody AG,klara@nobody.example,,,,,Switzerland,no\n`)}--${edge}--\r\n`;
    const given_ = await town.house.request('marketing', 'POST', '/v1/imports', Buffer.from(body), { 'content-type': `multipart/form-data; boundary=${edge}` });
    await town.ok('marketing', 'POST', `/v1/imports/${given_.json.id}/start`);
    await town.house.runJobs();
    await town.settle();
    const answers = await town.bringIn('fair.csv', 'inquiries', `First name,Last name,E-mail,Message\nLea,Lang,lea@lang.example,Please call\n`);
    const [some, ...others] = await lists();
    expect(others).toEqual([]);
    // Karin is known and to be reached, and wants to be left alone.
    expect(some).toMatchObject({ id: first.id, delivered: 5, people: 5, unread: 0, fresh: 5, good: 4, outOfReach: 1, reachable: 4, verdict: 'early' });
    await drillDown(some!);
    await town.ok('marketing', 'PUT', `/v1/imports/${answers.id}/list`, { owner: 'The fair', costMinor: null });
    const [fair] = await lists();
    expect(fair).toMatchObject({ id: answers.id, kind: 'inquiries', owner: 'The fair', delivered: 1, fresh: 1, leads: 1 });
    await drillDown(fair!);
  });
});
