import { expect, test } from 'vitest';
import { sql } from '../../src/platform/db/index.ts';
import { houseForEachTest } from '../support/shown-house.ts';

const house = houseForEachTest();

test('a field is declared, filled in, asked in a segment that counts as it is written, and the segment filters people', async () => {
  const { open, house: behind } = house();
  const { page, context, problems } = await open('mara');
  await page.goto('/settings/fields');
  const declare = page.locator('section', { hasText: 'New field' });
  await declare.getByLabel('Name').fill('Pump class');
  await declare.getByLabel('Holds').click();
  await page.getByRole('option', { name: 'One of a list' }).click();
  for (const value of ['A', 'B']) {
    await declare.getByLabel('Values').fill(value);
    await page.keyboard.press('Enter');
  }
  await declare.getByRole('button', { name: 'Declare it' }).click();
  await page.getByRole('cell', { name: 'pump_class' }).waitFor();

  await page.goto('/people');
  await page.getByText('Marta Keller').click();
  await page.getByRole('heading', { name: /Marta Keller/ }).waitFor();
  await page.getByRole('button', { name: 'Correct', exact: false }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Pump class').click();
  await page.getByRole('option', { name: 'B', exact: true }).click();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Pump class', { exact: true }).waitFor();
  await expect
    .poll(() => behind.rows(sql`select custom from identity.person where full_name = 'Marta Keller'`))
    .toEqual([{ custom: { pump_class: 'B' } }]);

  await page.goto('/segments');
  await page.getByRole('button', { name: 'New segment' }).click();
  await page.getByText('5 people').waitFor();
  await page.getByRole('button', { name: '+ Condition' }).click();
  await page.getByRole('combobox', { name: 'What is looked at' }).click();
  await page.getByRole('option', { name: 'Pump class' }).click();
  await page.getByRole('combobox', { name: 'How it compares' }).click();
  await page.getByRole('option', { name: 'is one of' }).click();
  await page.getByText('A condition has no value yet').waitFor();
  await page.getByRole('combobox', { name: 'Values' }).click();
  await page.getByRole('option', { name: 'B', exact: true }).click();
  await page.keyboard.press('Escape');
  await page.getByText('1 person').waitFor();
  await page.getByText('Pump class is one of “B”').waitFor();
  await page.getByPlaceholder('Pump users nobody visited').fill('Class B');
  await page.getByRole('button', { name: 'Make it' }).click();
  await page.getByRole('heading', { name: /Class B/ }).waitFor();
  await page.getByRole('link', { name: /Marta Keller/ }).waitFor();

  await page.getByRole('link', { name: 'As a list' }).click();
  await page.getByText('Marta Keller').waitFor();
  expect(await page.getByText('Tomas Okafor').count()).toBe(0);
  await page.getByRole('button', { name: /Class B/ }).waitFor();
  expect(problems).toEqual([]);
  await context.close();
});

test('a live segment takes in whoever meets it while one looks, and a rep may look but not change', async () => {
  const { open, house: behind } = house();
  const made = await behind.request('marketing', 'POST', '/v1/segments', {
    name: 'Bern',
    subject: 'person',
    criteria: { field: 'city', op: 'equals', value: 'Bern' },
  });
  const { page, context, problems } = await open('lena');
  await page.goto(`/segments/${made.json.id}`);
  await page.getByText('Nobody is in it now').waitFor();
  expect(await page.getByRole('button', { name: 'Change' }).count()).toBe(0);
  await behind.request('marketing', 'POST', '/v1/inquiries', { fullName: 'Berta Berner', email: 'berta@bern.example', city: 'Bern', country: 'CH' });
  await page.getByRole('link', { name: /Berta Berner/ }).waitFor({ timeout: 30_000 });
  expect(problems).toEqual([]);
  await context.close();
});
