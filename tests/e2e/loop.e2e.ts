import { afterAll, beforeAll, expect, test } from 'vitest';
import { openShownHouse } from '../support/shown-house.ts';
import type { ShownHouse } from '../support/shown-house.ts';

let shown: ShownHouse;
beforeAll(async () => {
  shown = await openShownHouse();
});
afterAll(() => shown?.close());

test('marketing begins at the loop; every band opens the leads inside it', async () => {
  const { page, context, problems } = await shown.open('mara');
  await page.waitForURL('**/loop');
  await page.getByText('Unaccounted for').waitFor();
  const band = page.locator('svg a[aria-label^="Reps to"]').first();
  await band.waitFor();
  const count = Number(/: (\d+) /.exec((await band.getAttribute('aria-label'))!)![1]);
  await band.click({ force: true });
  await page.waitForURL(/\/fates\?/);
  await expect.poll(() => page.getByRole('row').count()).toBe(count + 1);
  await page.goBack();
  await page.waitForURL('**/loop');

  await page
    .getByRole('button', { name: /show as a table/ })
    .first()
    .click();
  await page.getByRole('columnheader', { name: 'From' }).waitFor();
  expect(problems).toEqual([]);
  await context.close();
});

test('a figure of the source report opens exactly the leads it counts', async () => {
  const { page, context, problems } = await shown.open('mara');
  await page.goto('/reports/source?period=all');
  const row = page.getByRole('row', { name: /Web site/ }).first();
  await row.waitFor();
  const figure = row.locator('td a').nth(1);
  const count = Number((await figure.innerText()).replace(/\D/g, ''));
  expect(count).toBeGreaterThan(0);
  await figure.click();
  await page.waitForURL(/\/leads\?.*sourceId=/);
  await expect.poll(() => page.getByRole('row').count()).toBe(count + 1);
  expect(problems).toEqual([]);
  await context.close();
});

test('a report leaves as CSV with the cut on the screen', async () => {
  const { page, context } = await shown.open('mara');
  await page.goto('/reports/where-assigned?period=all');
  await page.getByRole('row', { name: /Lena/ }).first().waitFor();
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'CSV' }).click()]);
  expect(file.suggestedFilename()).toMatch(/\.csv$/);
  await context.close();
});
