import { expect, test } from 'vitest';
import { houseForEachTest } from '../support/shown-house.ts';

const house = houseForEachTest();

test('ticked people are changed after it was shown what would happen, and changed back', async () => {
  const { page, context, problems } = await house().open('mara');
  const titles = async (): Promise<(string | null)[]> => (await house().house.request('marketing', 'GET', '/v1/people')).json.items.map((one: { title: string | null }) => one.title);
  const before = await titles();
  await page.goto('/people');
  await page.getByRole('checkbox', { name: 'Tick Marta Keller' }).check();
  await page.getByRole('checkbox', { name: 'Tick Ravi Menon' }).check();
  await page.getByRole('button', { name: 'Change the 2 ticked' }).click();
  await page.getByPlaceholder('Choose a field').click();
  await page.getByRole('option', { name: 'Position', exact: true }).click();
  await page.getByRole('textbox', { name: 'To' }).fill('Head of pumps');
  await page.getByText('2 of 2 people would change').waitFor();
  expect(await titles()).toEqual(before);
  await page.getByRole('button', { name: 'Change 2' }).click();
  await page.getByRole('heading', { name: /Position set to “Head of pumps”/ }).waitFor();
  await expect.poll(async () => (await titles()).filter((one) => one === 'Head of pumps').length).toBe(2);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(titles).toEqual(before);
  await page.getByText('Undone', { exact: true }).first().waitFor();
  expect(problems).toEqual([]);
  await context.close();
});
