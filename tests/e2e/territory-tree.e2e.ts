import { expect, it } from 'vitest';
import { axeFindings } from '../support/axe.ts';
import { houseForEachTest } from '../support/shown-house.ts';

const shown = houseForEachTest();

it('a territory is put under another, moved, folded and asked for products', async () => {
  const { house, open } = shown();
  const add = async (body: object): Promise<string> => ((await house.request('administrator', 'POST', '/v1/territories', body)).json as { id: string }).id;
  const region = await add({ name: 'Nordics', rules: { countries: ['SE', 'NO'] }, position: 0 });
  await add({ name: 'Stockholm', parentId: region, rules: { states: ['AB'] } });
  const { page, problems } = await open('mara');
  await page.goto('/territories');
  await page.getByText('within Nordics: states AB').waitFor();

  await page.getByRole('button', { name: 'Add a territory' }).click();
  const form = page.getByRole('dialog', { name: 'Add a territory' });
  await form.getByRole('textbox', { name: 'Name' }).fill('Pumps, Nordics');
  await form.getByRole('combobox', { name: 'Lies under' }).click();
  await page.getByRole('option', { name: 'Nordics', exact: true }).click();
  expect(await form.getByLabel('Employees from').count()).toBe(0);
  await form.getByRole('button', { name: 'Products' }).click();
  await form.getByLabel('Products').fill('pump');
  await form.getByRole('button', { name: 'Postal codes' }).click();
  await form.getByRole('textbox', { name: 'Postal codes' }).fill('SE 111 22, nowhere!');
  await form.getByText('Not read as postal codes: nowhere!').waitFor();
  await form.getByRole('textbox', { name: 'Postal codes' }).fill('10001, 10002, 10005');
  await form.getByText('postal codes 10001–10002, 10005; about pump').waitFor();
  await form.getByRole('button', { name: 'Counties' }).click();
  await form.getByRole('button', { name: 'Distance' }).click();
  await form.getByRole('textbox', { name: 'Near the postcode' }).fill('59.33, 18.07');
  await form.getByRole('textbox', { name: /^Within/ }).fill('30');
  await form.getByRole('button', { name: 'Add the circle' }).click();
  await form.getByRole('button', { name: 'Remove 30 km around 59.33, 18.07' }).waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await form.getByRole('button', { name: 'Remove 30 km around 59.33, 18.07' }).click();
  await form.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByText('within Nordics: postal codes 10001–10002, 10005; about pump').waitFor();

  const under = async (): Promise<string[]> =>
    ((await house.request('administrator', 'GET', '/v1/territories')).json as { items: { name: string; parentId: string | null }[] }).items.filter(({ parentId }) => parentId === region).map(({ name }) => name);
  expect(await under()).toEqual(['Stockholm', 'Pumps, Nordics']);
  await page.getByRole('button', { name: 'Move Pumps, Nordics up' }).press('Enter');
  await expect.poll(under).toEqual(['Pumps, Nordics', 'Stockholm']);

  const fold = page.getByRole('button', { name: 'Nordics: 2 under it' });
  await fold.press('Space');
  await page.getByText('within Nordics: states AB').waitFor({ state: 'detached' });
  expect(await fold.getAttribute('aria-expanded')).toBe('false');
  expect(await axeFindings(page)).toEqual([]);

  await page.goto('/settings/places');
  await page.getByText('No postcodes yet').waitFor();
  expect(await axeFindings(page)).toEqual([]);
  expect(problems).toEqual([]);
});
