import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestHouse, type TestHouse } from '../../tests/support/house.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());

it('puts the pair with most money first, says why, filters by it and pages on', async () => {
  const ids = new Map<string, string>();
  for (const [family, phone] of [['Zurbriggen', '+41 33 222 11 00'], ['Amstutz', '+41 33 777 55 66'], ['Imboden', '+41 33 444 88 22']] as const)
    for (const given of ['Beatrice', 'Florian']) {
      await house.request('marketing', 'POST', '/v1/inquiries', { givenName: given, familyName: family, phone, country: 'CH', city: 'Thun' });
      await house.drain();
    }
  const { items: people } = (await house.request('marketing', 'GET', '/v1/people')).json;
  for (const one of people) ids.set(one.name, one.id);
  const open = async (name: string, amountMinor: number, win: boolean): Promise<void> => {
    const made = await house.request('marketing', 'POST', '/v1/opportunities', { name: `Pumps for ${name}`, personId: ids.get(name), amountMinor, stage: 'Negotiation', probability: 50 });
    expect(made.status, made.text).toBe(200);
    if (win) await house.request('marketing', 'POST', `/v1/opportunities/${made.json.id}/win`, {});
  };
  await open('Florian Amstutz', 900_000, false);
  await open('Beatrice Imboden', 4_000_000, true);
  await house.drain();

  const pairs = async (query = ''): Promise<{ names: string[]; stakes: { minor: number; chance: number; valueMinor: number; reasons: { kind: string; minor: number }[] }[]; next: string | null }> => {
    const { items, nextCursor } = (await house.request('marketing', 'GET', `/v1/duplicates${query}`)).json;
    return { names: items.map((one: { people: { name: string }[] }) => one.people[0]!.name.split(' ')[1]), stakes: items.map((one: { stake: object }) => one.stake), next: nextCursor };
  };
  const all = await pairs();
  expect(all.names).toEqual(['Imboden', 'Amstutz', 'Zurbriggen']);
  expect(all.stakes.map(({ minor, reasons }) => [minor, reasons.map(({ kind }) => kind)])).toEqual([[4_000_000, ['customer']], [450_000, ['opportunity']], [0, []]]);
  for (const { minor, chance, valueMinor } of all.stakes) expect(valueMinor).toBe(Math.round(minor * chance));
  expect((await pairs('?stake=customer')).names).toEqual(['Imboden']);
  expect((await pairs('?stake=opportunity')).names).toEqual(['Amstutz']);
  expect((await pairs('?stake=none')).names).toEqual(['Zurbriggen']);
  const first = await pairs('?limit=2');
  expect([first.names, (await pairs(`?limit=2&cursor=${encodeURIComponent(first.next!)}`)).names]).toEqual([['Imboden', 'Amstutz'], ['Zurbriggen']]);
});
