import { afterAll, beforeAll, expect, test } from 'vitest';
import { openShownHouse, password } from '../support/shown-house.ts';
import type { ShownHouse } from '../support/shown-house.ts';

let shown: ShownHouse;
beforeAll(async () => {
  shown = await openShownHouse();
});
afterAll(() => shown?.close());

test('nobody sees anything without signing in, and comes back to where they wanted to go', async () => {
  const { page, context, problems } = await shown.open(undefined);
  await page.goto('/queue');
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await page.getByLabel('Mail address').fill('lena@pumps.example');
  await page.locator('input[type=password]').fill('wrong wrong wrong');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('alert').waitFor();
  await page.locator('input[type=password]').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL('**/queue');
  await page.getByRole('heading', { name: /to work, best first/ }).waitFor();
  expect(problems).toEqual([]);
  await context.close();
});

test('a rep works the queue with the keyboard: move, accept, call, verdict, undo', async () => {
  const { page, context, problems } = await shown.open('lena');
  await page.waitForURL('**/queue');
  const rows = page.getByRole('option');
  await expect.poll(() => rows.count()).toBe(5);
  await page.locator('article header h2').waitFor();
  const first = await page.locator('article header h2').innerText();
  await page.keyboard.press('j');
  await expect.poll(() => page.locator('article header h2').innerText()).not.toBe(first);
  await page.keyboard.press('k');
  await expect.poll(() => page.locator('article header h2').innerText()).toBe(first);

  await page.getByRole('button', { name: 'Accept' }).waitFor();
  await page.keyboard.press('a');
  await page.getByRole('button', { name: 'Accept' }).waitFor({ state: 'detached' });

  await page.keyboard.press('c');
  await page.getByRole('button', { name: 'Reached' }).click();
  await page.keyboard.press('Control+Enter');
  await page.getByText('Call logged.').waitFor();

  const name = first
    .split('\n')[0]!
    .replace(/\s+[HWC].*$/, '')
    .trim();
  await page.keyboard.press('w');
  await expect.poll(() => rows.count()).toBe(4);
  await expect.poll(() => page.getByRole('listbox').innerText()).not.toContain(name);
  await page.keyboard.press('u');
  await expect.poll(() => rows.count()).toBe(5);
  expect(problems).toEqual([]);
  await context.close();
});

test('bad asks why, sale asks how much, each in two keys', async () => {
  const { page, context } = await shown.open('lena');
  const rows = page.getByRole('option');
  await expect.poll(() => rows.count()).toBe(5);
  await page.getByRole('button', { name: 'Bad…' }).waitFor();
  await page.keyboard.press('b');
  await page.getByRole('heading', { name: 'Why is it bad?' }).waitFor();
  await page.keyboard.press('1');
  await expect.poll(() => rows.count()).toBe(4);
  await page.waitForTimeout(400);
  await page.keyboard.press('s');
  await page.getByLabel(/Sold for/).fill('12500');
  await page.keyboard.press('Enter');
  await expect.poll(() => rows.count()).toBe(3);
  // The row leaves the screen at the key, before the server has answered.
  const sold = async (): Promise<{ valueMinor: number }[]> => {
    await shown.house.drain();
    return (await shown.house.request('marketing', 'GET', '/v1/leads?fate=sold')).json.items;
  };
  await expect.poll(async () => (await sold()).map(({ valueMinor }) => valueMinor)).toEqual([1_250_000]);
  await context.close();
});

test('on a phone the list opens a lead and the verdicts are in thumb reach', async () => {
  const { page, context } = await shown.open('lena', { phone: true });
  await page.getByRole('option').first().click();
  const hot = page.getByRole('button', { name: 'Hot', exact: true });
  await hot.waitFor();
  const box = (await hot.boundingBox())!;
  expect(box.y).toBeGreaterThan(844 / 2);
  expect(box.height).toBeGreaterThanOrEqual(44);
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
  await page.getByRole('button', { name: 'Back' }).click();
  await page.getByRole('heading', { name: /to work, best first/ }).waitFor();
  await context.close();
});

test('the help sheet lists what works here, and single keys can be turned off', async () => {
  const { page, context } = await shown.open('lena');
  await page.getByRole('option').first().waitFor();
  await page.getByRole('button', { name: 'Bad…' }).waitFor();
  await page.keyboard.press('?');
  await page.getByRole('dialog').getByText('Next lead').waitFor();
  await page.getByRole('switch').uncheck();
  await page.keyboard.press('Escape');
  await page.keyboard.press('/');
  await page.waitForTimeout(200);
  expect(await page.getByRole('combobox').count()).toBe(0);
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').waitFor();
  await context.close();
});
