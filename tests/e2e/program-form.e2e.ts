import { expect, test } from 'vitest';
import { houseForEachTest } from '../support/shown-house.ts';

const house = houseForEachTest();

test('a program gets a cost and a form, and the form brings a lead', async () => {
  const shown = house();
  const { page, context, problems } = await shown.open('mara');
  await page.goto('/programs');
  await page.getByRole('heading', { name: 'Programs' }).waitFor();
  await page.keyboard.press('a');
  await page.getByRole('dialog').getByLabel('Name').fill('Autumn fair');
  await page.getByRole('dialog').getByRole('button', { name: 'Create' }).click();
  await page.waitForURL(/\/programs\/[0-9a-f-]{36}$/);
  await page.getByText('No cost entered yet').waitFor();
  await page.getByLabel('Amount').fill('12500');
  await page.getByLabel('For').fill('Booth');
  await page.getByRole('button', { name: 'Add cost' }).click();
  await page.getByRole('cell', { name: 'Booth' }).waitFor();

  await page.getByRole('link', { name: 'Form', exact: true }).click();
  await page.waitForURL(/part=form/);
  await page.getByLabel('Title').fill('Win a pump check');
  await page.getByRole('button', { name: '+ Your industry' }).click();
  await page.getByRole('button', { name: 'Save the form' }).click();
  await page.getByText('The form is saved and live.').waitFor();
  const address = (await page.getByRole('link', { name: 'Open it' }).getAttribute('href'))!;

  const visitor = await shown.open(undefined);
  await visitor.page.goto(`${shown.url}${new URL(address).pathname}?utm_source=newsletter&utm_campaign=autumn`);
  await visitor.page.getByRole('heading', { name: 'Win a pump check' }).waitFor();
  await visitor.page.getByLabel(/^Name/).fill('Greta Lind');
  await visitor.page.getByLabel(/mail/i).first().fill('greta.lind@lindpumpar.example');
  await visitor.page.getByLabel(/industry/i).fill('Dairy');
  await visitor.page.locator('button[type=submit], input[type=submit]').first().click();
  await visitor.page
    .getByText(/Thank you/i)
    .first()
    .waitFor({ timeout: 30_000 });
  await visitor.context.close();

  await page.goto('/inquiries');
  await page.getByText('Greta Lind').first().click();
  await page.waitForURL(/\/inquiries\//);
  await page.getByText('Autumn fair').first().waitFor();
  await page.getByText('newsletter').first().waitFor();
  expect(problems).toEqual([]);
  await context.close();
});
