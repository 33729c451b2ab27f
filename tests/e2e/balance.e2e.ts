import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { addTerritories, areas, plantCustomers } from '../support/areas.ts';
import { axeFindings } from '../support/axe.ts';
import { houseForEachTest } from '../support/shown-house.ts';

const shown = houseForEachTest();

const choose = async (page: Page, label: string, name: string, text: string): Promise<void> => {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: `${label}: choose a file` }).click();
  await (await chooser).setFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
  await page.getByRole('button', { name: `Without ${name}` }).waitFor();
};

it('even territories are asked for, looked at on a map, accepted for a day to come and called off', async () => {
  const { house, open } = shown();
  // in front of the one that takes everything
  const ids = await addTerritories(house, 0);
  await plantCustomers(house);
  const { page, problems } = await open('mara');
  await page.goto('/territories');
  await page.getByRole('link', { name: 'Balance', exact: true }).click();
  await page.getByText('None yet').waitFor();
  for (const name of ['North', 'South']) {
    await page.getByRole('combobox', { name: 'Territories' }).click();
    await page.getByRole('option', { name }).click();
  }
  await page.keyboard.press('Escape');
  await page.getByRole('checkbox', { name: 'Calls needed' }).click();
  await page.getByRole('checkbox', { name: 'Customers', exact: true }).click();
  await page.getByRole('textbox', { name: 'Customers: how far from even it may be' }).fill('15');
  await choose(page, 'Where units lie', 'centres.csv', areas.centres);
  expect(await axeFindings(page)).toEqual([]);
  await page.getByRole('button', { name: 'Propose' }).click();

  await page.getByText('Customers, furthest from even').waitFor({ timeout: 60_000 });
  const map = page.getByRole('img', { name: /units, as proposed, coloured by territory/ });
  await map.waitFor();
  expect(await map.locator('title').allTextContents()).toContain('DE 80, North (was South): 5');
  await page.getByRole('radiogroup', { name: 'The map shows' }).getByText('Today', { exact: true }).click();
  await page.getByRole('img', { name: /as they are today/ }).waitFor();
  await page.getByRole('button', { name: /Map of units by customers: show as a table/ }).click();
  await page.getByRole('table', { name: 'Units by customers' }).getByRole('row', { name: /DE 80 South North/ }).waitFor();
  await page.getByRole('table', { name: 'Units that move' }).getByRole('row', { name: /DE 80/ }).waitFor();
  expect(await axeFindings(page)).toEqual([]);

  const day = new Date(Date.now() + 14 * 86_400_000).toISOString().slice(0, 10);
  await page.getByLabel('In force from').fill(day);
  await page.getByRole('button', { name: 'Accept all' }).click();
  await page.getByRole('button', { name: 'Accept', exact: true }).click();
  await page.getByRole('heading', { name: /accepted: takes effect on/ }).waitFor();
  const proposals = async () => (await house.request('marketing', 'GET', '/v1/territories/proposals')).json.items as { id: string; accepted: string | null }[];
  await expect.poll(async () => (await proposals())[0]?.accepted).toBe('due');
  await page.getByRole('button', { name: 'Call off' }).click();
  await page.getByRole('heading', { name: /accepted: called off/ }).waitFor();

  // Accepted again, from today: at once.
  await page.getByLabel('In force from').fill(new Date().toISOString().slice(0, 10));
  await page.getByRole('button', { name: 'Accept all' }).click();
  await page.getByRole('button', { name: 'Accept', exact: true }).click();
  await page.getByRole('heading', { name: /accepted: in force/ }).waitFor();
  const rulesOf = async (name: string) => ((await house.request('marketing', 'GET', '/v1/territories')).json.items as { id: string; rules: unknown }[]).find(({ id }) => id === ids.get(name))?.rules;
  await expect.poll(() => rulesOf('North')).toEqual({ countries: ['DE'], postalRanges: [{ from: '20', to: '29', country: 'DE' }, { from: '80', to: '80', country: 'DE' }] });
  await page.getByText('The rules from then on').click();
  expect(await axeFindings(page)).toEqual([]);
  await page.getByRole('button', { name: 'Take back' }).click();
  await page.getByRole('heading', { name: /accepted: taken back/ }).waitFor();
  await expect.poll(() => rulesOf('South')).toEqual({ countries: ['DE'] });
  await page.getByRole('link', { name: 'Balance territories' }).first().click();
  await page.getByRole('table', { name: 'Proposals' }).getByText('taken back').waitFor();
  expect(problems).toEqual([]);
});
