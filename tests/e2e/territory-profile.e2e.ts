import { expect, it } from 'vitest';
import { axeFindings } from '../support/axe.ts';
import { houseForEachTest } from '../support/shown-house.ts';

const shown = houseForEachTest();

it('what a territory holds is compared, and calls are counted anew', async () => {
  const { house, open } = shown();
  await house.request('administrator', 'POST', '/v1/territories', { name: 'Switzerland', rules: { countries: ['CH'] } });
  const { page, problems } = await open('mara');
  await page.goto('/territories');
  await page.getByRole('link', { name: 'What each holds' }).click();
  interface Told {
    territories: { name: string; figures: { calls: number; openLeads: number } }[];
  }
  const told = async (): Promise<Told> => (await house.request('marketing', 'GET', '/v1/territories/profile')).json as Told;
  const { name, figures } = (await told()).territories.toSorted((a, b) => b.figures.openLeads - a.figures.openLeads)[0]!;
  expect(figures.openLeads).toBeGreaterThan(0);
  const row = page.getByRole('table', { name: 'What each territory holds' }).getByRole('row', { name: new RegExp(`^${name} Lena`) });
  await row.waitFor();
  await page.getByRole('group', { name: 'Compare by' }).getByRole('button', { name: 'Open leads' }).click();
  await page.getByRole('figure', { name: 'Open leads against an even share' }).getByText(name, { exact: true }).waitFor();
  await page.getByRole('button', { name: /show as a table/ }).click();
  await page.getByRole('table', { name: 'Open leads against an even share' }).waitFor();
  expect(await axeFindings(page)).toEqual([]);

  await page.getByRole('textbox', { name: 'Open lead' }).fill('10');
  await page.getByRole('button', { name: 'Count by these' }).click();
  const calls = figures.calls + 7 * figures.openLeads;
  await expect.poll(async () => (await told()).territories.find((one) => one.name === name)?.figures.calls).toBe(calls);
  await row.getByRole('cell', { name: String(calls), exact: true }).waitFor();
  expect(problems).toEqual([]);
});
