import { expect, test } from 'vitest';
import { plantLeads } from '../support/leads.ts';
import { houseForEachTest } from '../support/shown-house.ts';

const house = houseForEachTest();

test('leads that wait for a holder longer than agreed stand above the loop, and open', async () => {
  const shown = house();
  const ask = (method: string, url: string, body?: unknown) => shown.house.request('administrator', method, url, body);
  const desk = (await ask('GET', '/v1/holders?kind=desk')).json.items[0].id as string;
  // Without hours a desk is open around the clock, so that it does not matter when this runs.
  await ask('PATCH', `/v1/holders/${desk}`, { calendar: { hours: {}, holidays: [] } });
  const [lead] = await plantLeads(shown.house, [{ country: 'JP', name: 'Hana Mori' }]);
  await shown.house.drain();
  expect((await ask('POST', `/v1/leads/${lead!.leadId}/assign`, { holderId: desk })).status).toBe(200);
  await shown.house.drain();
  shown.house.clock.advance(31 * 60_000);

  const { page, context, problems } = await shown.open('mara');
  await page.waitForURL('**/loop');
  await page.getByText('Unaccounted for').waitFor();
  const alarms = page.getByRole('status', { name: 'Alarms' });
  expect(await alarms.count()).toBe(0);
  await page.goto('/promise');
  await page.getByLabel('desk: waits at the desk at most', { exact: true }).fill('0.5');
  await page.getByText('longer than 30 minutes of the company is an alarm').waitFor();
  await page.getByRole('button', { name: 'Put in force' }).click();
  await page.getByText('The promise is saved.').waitFor();

  await page.goto('/loop');
  await alarms.getByText('1 lead without a holder').waitFor();
  await alarms.getByRole('link', { name: 'Hana Mori' }).waitFor();
  await alarms.getByRole('link', { name: /without a holder/ }).click();
  await page.waitForURL(/\/leads\?.*unplacedLate=true/);
  await page.getByRole('button', { name: 'Without: waiting for a holder longer than agreed' }).waitFor();
  await expect.poll(() => page.getByRole('row').count()).toBe(2);
  await page.getByText('Hana Mori').waitFor();
  expect(problems).toEqual([]);
  await context.close();
});
