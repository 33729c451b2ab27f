import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { houseForEachTest } from '../support/shown-house.ts';
import type { ShownHouse } from '../support/shown-house.ts';

const house = houseForEachTest();

const openLead = async (page: Page): Promise<string> => {
  await page.waitForURL('**/queue');
  await expect.poll(() => page.getByRole('option').count()).toBe(5);
  await page.getByRole('button', { name: 'Bad…' }).waitFor();
  return new URL(page.url()).searchParams.get('lead') ?? '';
};
const judged = async (shown: ShownHouse, verdict: string): Promise<string[]> =>
  (await shown.house.request('marketing', 'GET', `/v1/leads?verdict=${verdict}`)).json.items.map((one: { id: string }) => one.id);

test('what is done without a line waits here, can be taken back, and is sent once when the line is back', async () => {
  const shown = house();
  const { page, context } = await shown.open('lena');
  await openLead(page);
  await context.setOffline(true);

  await page.keyboard.press('c');
  await page.getByRole('button', { name: 'Reached' }).click();
  await page.keyboard.press('Control+Enter');
  const waiting = page.getByRole('region', { name: 'Waiting for the line' });
  await waiting.getByText('1 action waits for the line').waitFor();
  await page.getByRole('list', { name: 'Waits for the line' }).getByText(/^Call logged/).waitFor();

  await page.keyboard.press('h');
  await waiting.getByText('2 actions wait for the line').waitFor();
  await page.keyboard.press('u');
  await waiting.getByText('1 action waits for the line').waitFor();
  await page.keyboard.press('h');
  await waiting.getByText('2 actions wait for the line').waitFor();
  expect(await judged(shown, 'hot')).toEqual([]);

  await context.setOffline(false);
  await waiting.waitFor({ state: 'detached' });
  await expect.poll(() => judged(shown, 'hot')).toHaveLength(1);
  const [leadId] = await judged(shown, 'hot');
  const { items } = (await shown.house.request('marketing', 'GET', `/v1/leads/${leadId}/activities`)).json;
  expect(items.filter((one: { kind: string }) => one.kind === 'call')).toHaveLength(1);
  await context.close();
});

test('an answer that got lost does not make it happen twice', async () => {
  const shown = house();
  const { page, context } = await shown.open('lena');
  await openLead(page);
  let lost = 0;
  // The request arrives, its answer does not.
  await page.route(/\/activities$/, async (route) => {
    if (route.request().method() !== 'POST' || lost > 0) return route.continue();
    lost++;
    await route.fetch();
    await route.abort();
  });
  await page.keyboard.press('c');
  await page.getByRole('button', { name: 'Reached' }).click();
  await page.keyboard.press('Control+Enter');
  const waiting = page.getByRole('region', { name: 'Waiting for the line' });
  await waiting.getByText('1 action waits for the line').waitFor();
  await page.evaluate(`dispatchEvent(new Event('online'))`);
  await waiting.waitFor({ state: 'detached' });
  expect(lost).toBe(1);
  const { items } = (await shown.house.request('marketing', 'GET', '/v1/leads')).json;
  const calls = await Promise.all(items.map(async ({ id }: { id: string }) => (await shown.house.request('marketing', 'GET', `/v1/leads/${id}/activities`)).json.items));
  expect(calls.flat().filter((one) => one.kind === 'call')).toHaveLength(1);
  await context.close();
});

test('what the house refuses afterwards says why, and is let go by a press', async () => {
  const shown = house();
  const { page, context } = await shown.open('lena', { phone: true });
  await page.getByRole('option').first().click();
  await page.getByRole('button', { name: 'Hot', exact: true }).waitFor();
  const leadId = new URL(page.url()).searchParams.get('lead')!;
  await context.setOffline(true);
  await page.getByRole('button', { name: 'Hot', exact: true }).click();
  const waiting = page.getByRole('region', { name: 'Waiting for the line' });
  await waiting.getByText('1 action waits for the line').waitFor();
  const other = await shown.house.request('administrator', 'POST', '/v1/holders', { kind: 'rep', name: 'Otto', email: 'otto@pumps.example' });
  expect((await shown.house.request('sales_manager', 'POST', `/v1/leads/${leadId}/assign`, { holderId: other.json.id })).status).toBeLessThan(300);
  await context.setOffline(false);
  await waiting.getByText('1 could not be done').click();
  await waiting.getByText(/Somebody else has this lead/).waitFor();
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
  await waiting.getByRole('button', { name: 'Let go' }).click();
  await waiting.waitFor({ state: 'detached' });
  expect(await judged(shown, 'hot')).toEqual([]);
  await context.close();
});

test('without a line the app opens all the same; signed out, it keeps nobody', async () => {
  const shown = house();
  const { page, context } = await shown.open('lena', { phone: true, worker: true });
  await page.waitForURL('**/queue**');
  const lacks = () =>
    page.evaluate(`(async () => {
      const cache = await caches.open('baton-shell-1');
      const paths = (await cache.keys()).map(({ url }) => new URL(url).pathname);
      const assets = [...document.querySelectorAll('script[src^="/assets/"], link[href^="/assets/"]')].map((one) => one.getAttribute('src') ?? one.getAttribute('href'));
      return [...['/', '/v1/session', ...assets].filter((path) => !paths.includes(path)), ...paths.filter((path) => path.startsWith('/v1/') && path !== '/v1/session')];
    })()`);
  await expect.poll(lacks, { timeout: 15_000 }).toEqual([]);

  await context.setOffline(true);
  await page.goto('/queue');
  await page.getByRole('navigation').first().waitFor();
  await page.getByRole('link', { name: 'My queue' }).first().waitFor();
  expect(await page.getByText('Sign in').count()).toBe(0);

  await context.setOffline(false);
  await page.goto('/queue');
  await page.getByRole('option').first().waitFor();
  await page.evaluate(`fetch('/v1/session', { method: 'DELETE', headers: { 'x-baton': '1' } })`);
  await expect.poll(() => page.evaluate(`caches.match('/v1/session').then((found) => found === undefined)`)).toBe(true);
  await context.close();
});
