import { expect, test } from 'vitest';
import { houseForEachTest } from '../support/shown-house.ts';

const house = houseForEachTest(async ({ house }) => {
  await house.request('marketing', 'POST', '/v1/inquiries', { givenName: 'Wanda', email: 'wanda@mailinator.com', message: 'Hello' });
  await house.drain();
});
const wanda = async () => (await house().house.request('marketing', 'GET', '/v1/people?q=wanda')).json.items[0] as { familyName: string | null; email: string; phone: string | null };

test('what is missing is typed with the keyboard alone, and taken back', async () => {
  const { page, context, problems } = await house().open('mara');
  const wanted = async (): Promise<string[]> => (await house().house.request('marketing', 'GET', '/v1/cleanup?limit=100')).json.items.map((one: { person: { name: string } }) => one.person.name);
  expect(await wanted()).toContain('Wanda');
  await page.goto('/clean-up');
  const form = page.getByRole('form', { name: /^What is missing of/ });
  // Everybody before her is skipped.
  for (;;) {
    await form.waitFor();
    const name = (await form.getAttribute('aria-label'))!.replace('What is missing of ', '');
    if (name === 'Wanda') break;
    await page.keyboard.press('Alt+s');
    await page.getByText(`${name} is put off until tomorrow.`).waitFor();
  }
  await page.getByText('A throw-away address').waitFor();
  await page.keyboard.type('wanda.weber@weber.example');
  await page.getByLabel('Last name').fill('Weber');
  await page.getByLabel('Last name').press('Enter');
  await page.getByText('2 values of Wanda saved.').waitFor();
  await expect.poll(wanda).toMatchObject({ familyName: 'Weber', email: 'wanda.weber@weber.example' });
  await page.getByRole('status').getByRole('button', { name: /Undo/ }).click();
  await expect.poll(wanda).toMatchObject({ familyName: null, email: 'wanda@mailinator.com' });
  await page.getByText('2 values of Wanda saved.').waitFor({ state: 'detached' });
  expect(problems).toEqual([]);
  await context.close();
});
