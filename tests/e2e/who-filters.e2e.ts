import { expect, test } from 'vitest';
import { axeFindings } from '../support/axe.ts';
import { houseForEachTest } from '../support/shown-house.ts';

const house = houseForEachTest();

test('a report is narrowed to a rank, its figure opens those leads, and the list says so', async () => {
  const { house: kept } = house();
  await kept.request('marketing', 'POST', '/v1/inquiries', { givenName: 'Nora', familyName: 'Vale', email: 'nora@vale.example', organization: 'Vale Foods Ltd', title: 'Vice President Purchasing', industry: 'Food & Beverage', phone: '+41 44 512 33 55', country: 'CH', message: 'We want a quote for two chilled water pumps this quarter.' });
  await kept.drain();
  expect((await kept.request('marketing', 'GET', '/v1/leads/count?where=%7B%22field%22%3A%22position.level%22%2C%22op%22%3A%22equals%22%2C%22value%22%3A%22vp%22%7D')).json).toMatchObject({ count: 1 });
  const { page, context, problems } = await house().open('mara');
  await page.goto('/reports/status-update?period=all');
  const bar = page.getByRole('group', { name: 'Filters' });
  await bar.getByRole('button', { name: 'Who', exact: true }).click();
  await bar.getByRole('button', { name: /Any rank/ }).click();
  await page.getByRole('option', { name: 'Vice president' }).click();
  await page.keyboard.press('Escape');
  await expect.poll(() => page.url()).toContain('rank=vp');
  const figure = page.getByRole('table').getByRole('row').last().getByRole('link', { name: '1', exact: true }).first();
  await figure.waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await figure.click();
  await page.getByText('rank is one of “Vice president”').waitFor();
  await page.getByText('1 in all').waitFor();
  await page.getByText('Nora Vale').waitFor();
  expect(await axeFindings(page)).toEqual([]);
  // The same on the lists of people, companies and inquiries.
  for (const [path, found] of [['/people?rank=vp', 'Nora Vale'], ['/organizations?sector=31', 'Vale Foods Ltd'], ['/inquiries?does=purchasing', 'Nora Vale']] as const) {
    await page.goto(path);
    await page.getByRole('gridcell').getByText(found).first().waitFor();
    expect([path, await axeFindings(page)]).toEqual([path, []]);
  }
  await page.goto('/people?rank=vp');
  await page.getByText('Nora Vale').first().click();
  await page.getByText('Vice president, Purchasing').waitFor();
  await page.getByText(/by “vice president”/).waitFor();
  expect(problems).toEqual([]);
  await context.close();
});
