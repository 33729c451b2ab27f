import { expect, test } from 'vitest';
import { houseForEachTest } from '../support/shown-house.ts';
import { axeFindings } from '../support/axe.ts';

const house = houseForEachTest();

test('a partner’s certificates are written down with their last day, and a rule asks for them', async () => {
  const shown = house();
  const made = await shown.house.request('marketing', 'POST', '/v1/holders', { name: 'Alpenpumpen', kind: 'partner', email: 'leads@alpen.example' });
  const { page, context, problems } = await shown.open('mara');
  await page.goto(`/holders/${made.json.id}`);
  await page.getByRole('button', { name: 'Change', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Add a certificate' }).click();
  await dialog.getByLabel('Certificate 1', { exact: true }).fill('Explosion protection');
  await dialog.getByRole('button', { name: 'Add a certificate' }).click();
  await dialog.getByLabel('Certificate 2', { exact: true }).fill('Food');
  await dialog.getByLabel('Last day of certificate 2').fill('2020-01-31');
  expect(await axeFindings(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByText(/ended .*2020/).waitFor();
  await page.getByText('Explosion protection').waitFor();

  // An absence that is caught up afterwards.
  await page.getByLabel('From').fill('2030-07-01');
  await page.getByRole('switch', { name: 'Catch up afterwards' }).click();
  await page.getByRole('button', { name: 'Add absence' }).click();
  await page.getByText('catches up afterwards').waitFor();

  await page.goto('/routing');
  await page.getByRole('button', { name: 'Add a rule' }).click();
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Explosive');
  await dialog.getByRole('combobox', { name: 'Goes to' }).click();
  await page.getByRole('option', { name: 'Partners, by tier, product and certificates' }).click();
  await dialog.getByLabel('Only partners with all these certificates').click();
  await page.getByRole('option', { name: 'Explosion protection' }).click();
  await dialog.getByRole('button', { name: 'Add to the draft' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByText('any partner with Explosion protection').first().waitFor();
  expect(problems).toEqual([]);
  await context.close();
});
