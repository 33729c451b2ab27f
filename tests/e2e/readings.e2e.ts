import { expect, it } from 'vitest';
import { axeFindings } from '../support/axe.ts';
import { houseForEachTest } from '../support/shown-house.ts';

const shown = houseForEachTest();

it('lists positions nobody could read; said once, everybody follows, and back', async () => {
  const { house, open } = shown();
  for (const name of ['Adam', 'Berta']) await house.request('marketing', 'POST', '/v1/inquiries', { givenName: name, familyName: 'Zander', email: `${name}@zander.example`, title: 'Grand Vizier', message: 'A quote, please' });
  const levelOf = async () => (await house.request('marketing', 'GET', '/v1/readings?which=all')).json.items.find((one: { said: string }) => one.said === 'Grand Vizier')?.level;
  await expect.poll(levelOf, { timeout: 30_000 }).toBe('unknown');
  // By itself everybody is counted in the night: before its hour there is no picture of the day yet.
  await house.request('marketing', 'POST', '/v1/quality/measure', {});
  await house.runJobs();
  const { page, problems } = await open('mara');
  await page.goto('/quality');
  await page.getByRole('link', { name: 'Say what they mean' }).click();
  await page.getByRole('link', { name: '2 people' }).waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await page.getByRole('combobox', { name: 'Rank of Grand Vizier' }).click();
  await page.getByRole('option', { name: 'Owner or chief' }).click();
  await page.getByRole('combobox', { name: 'What Grand Vizier does' }).click();
  await page.getByRole('option', { name: 'Management' }).click();
  await page.getByRole('listitem').filter({ hasText: 'Grand Vizier' }).getByRole('button', { name: 'Save' }).click();
  await expect.poll(levelOf).toBe('chief');
  await page.getByText('All understood').or(page.getByText('no word known').first()).first().waitFor();
  await page.getByRole('radiogroup', { name: 'Which' }).getByText('Said by us').click();
  await page.getByText('said by Mara').waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await page.getByRole('listitem').filter({ hasText: 'Grand Vizier' }).getByRole('button', { name: 'Undo' }).click();
  await expect.poll(levelOf).toBe('unknown');
  expect(problems).toEqual([]);
});
