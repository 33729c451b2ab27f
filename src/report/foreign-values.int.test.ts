import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestHouse } from '../../tests/support/house.ts';
import type { TestHouse } from '../../tests/support/house.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());

const get = async (path: string) => (await house.request('administrator', 'GET', path)).json;

it('never adds up what was sold in two currencies, and says what stands beside', async () => {
  const program = (await house.request('marketing', 'POST', '/v1/programs', { name: 'Fair', channel: 'Trade show' })).json.id as string;
  const rep = (await house.request('administrator', 'POST', '/v1/holders', { kind: 'rep', name: 'Nora Keller', email: 'n@pumps.example' }))
    .json;
  await house.request('administrator', 'POST', '/v1/territories', { name: 'All', rules: {}, holders: [{ holderId: rep.id, weight: 1 }] });
  const sold = async (n: number, source: string, valueMinor: number, currency: string): Promise<void> => {
    const body = { email: `b${n}@buyer${n}.example`, familyName: `Buyer ${n}`, message: 'A quote, please', source, program };
    await house.request('marketing', 'POST', '/v1/inquiries', body);
    await house.drain();
    const { items } = await get('/v1/leads?limit=1');
    expect(
      (await house.request('administrator', 'POST', `/v1/leads/${items[0].id}/verdict`, { verdict: 'sale', valueMinor, currency })).status,
    ).toBe(200);
    await house.drain();
  };
  await sold(1, 'Hall 1', 100_000, 'EUR');
  const note = 'Values are in EUR. 2 sales over 3,000 USD are counted, and not added up with them.';
  const plain = await get('/v1/reports/source');
  expect(plain.currency).toBe('EUR');
  expect(plain.notes.join(' ')).not.toContain('not added up');
  await sold(2, 'Hall 1', 200_000, 'USD');
  await sold(3, 'Hall 2', 100_000, 'USD');
  await sold(4, 'Hall 2', 5_000, 'EUR');

  for (const groupBy of ['source', 'program', 'channel', 'source-program']) {
    const report = await get(`/v1/reports/source?groupBy=${groupBy}`);
    expect(report.total.values, groupBy).toMatchObject({ sales: 4, value: 105_000 });
    expect(report.rows.reduce((sum: number, row: { values: { value: number } }) => sum + row.values.value, 0)).toBe(105_000);
    expect(report.notes).toContain(note);
  }
  const bySource = (await get('/v1/reports/source')).rows as { label: string; values: { value: number } }[];
  expect(Object.fromEntries(bySource.map((row) => [row.label, row.values.value]))).toEqual({ 'Hall 1': 100_000, 'Hall 2': 5_000 });
  for (const name of ['status-update', 'status-tracking']) {
    const report = await get(`/v1/reports/${name}`);
    expect(report.total.values, name).toMatchObject({ sale: 4, value: 105_000 });
    expect(report.notes).toContain(note);
  }
  const board = await get('/v1/scoreboard');
  expect(board.currency).toBe('EUR');
  expect(board.holders).toMatchObject([{ name: 'Nora Keller', valueMinor: 105_000 }]);
});
