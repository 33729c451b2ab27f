import { expect, test } from 'vitest';
import { houseForEachTest } from '../support/shown-house.ts';

const house = houseForEachTest();

test('a rep makes a calendar’s address, exchanges it, and asks for the plan by mail', async () => {
  const shown = house();
  const { page, context, problems } = await shown.open('lena');
  await page.getByRole('button', { name: /^Lena/ }).click();
  await page.getByRole('menuitem', { name: 'My calendar and mail' }).click();
  await page.getByRole('button', { name: 'Make my calendar’s address' }).click();
  const address = page.getByLabel('Calendar address', { exact: true });
  await address.waitFor();
  const read = async (): Promise<number> => (await context.request.get(new URL(await address.innerText()).pathname)).status();
  const first = await address.innerText();
  expect(await read()).toBe(200);
  await page.getByRole('button', { name: 'Another address' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Another address' }).click();
  await expect.poll(() => address.innerText()).not.toBe(first);
  expect(await read()).toBe(200);
  expect((await context.request.get(new URL(first).pathname)).status()).toBe(404);

  await page.getByRole('combobox', { name: 'At' }).click();
  await page.getByRole('option', { name: '07:00' }).click();
  await page.getByText('Saved.').waitFor();
  await page.reload();
  await expect.poll(() => page.getByRole('combobox', { name: 'At' }).inputValue()).toBe('07:00');
  expect(problems).toEqual([]);
  await context.close();
});
