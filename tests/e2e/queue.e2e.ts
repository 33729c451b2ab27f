import { expect, test } from 'vitest';
import { overflowOf } from '../support/every-screen.ts';
import { enquire, houseForEachTest, password } from '../support/shown-house.ts';

const house = houseForEachTest();

test('nobody sees anything without signing in, and comes back to where they wanted to go', async () => {
  const shown = house();
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
  const shown = house();
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

test('somebody else’s lead is there to be read: nothing is offered that would be refused', async () => {
  const shown = house();
  const { house: inner, lenaId } = shown;
  const { items } = (await inner.request('marketing', 'GET', '/v1/leads')).json as { items: { id: string }[] };
  const other = await inner.request('administrator', 'POST', '/v1/holders', { kind: 'rep', name: 'Otto', email: 'otto@pumps.example' });
  const handed = await inner.request('sales_manager', 'POST', `/v1/leads/${items[0]!.id}/assign`, { holderId: other.json.id });
  expect(handed.status).toBeLessThan(300);
  expect(other.json.id).not.toBe(lenaId);
  const { page, context, problems } = await shown.open('lena');
  await page.goto(`/leads/${items[0]!.id}`);
  await page.getByRole('heading', { name: 'What happened' }).waitFor();
  await page.keyboard.press('h');
  await page.goto(`/leads/${items[1]!.id}`);
  await page.getByRole('group', { name: 'Verdict' }).waitFor();
  expect((await inner.request('marketing', 'GET', `/v1/leads/${items[0]!.id}/followup`)).json.disposition).toBeNull();
  expect(problems).toEqual([]);
  await context.close();
});

test('bad asks why, sale asks how much, each in two keys', async () => {
  const shown = house();
  const { page, context } = await shown.open('lena');
  const rows = page.getByRole('option');
  await expect.poll(() => rows.count()).toBe(5);
  const lead = page.locator('article header h2');
  const first = await lead.innerText();
  await page.keyboard.press('b');
  await page.getByRole('heading', { name: 'Why is it bad?' }).waitFor();
  await page.keyboard.press('1');
  await expect.poll(() => rows.count()).toBe(4);
  await expect.poll(() => lead.innerText()).not.toBe(first);
  await page.keyboard.press('s');
  await page.getByLabel(/Sold for/).fill('12500');
  await page.keyboard.press('Enter');
  await expect.poll(() => rows.count()).toBe(3);
  // The row leaves the screen at the key, before the server has answered.
  const sold = async (): Promise<number[]> =>
    (await shown.house.request('marketing', 'GET', '/v1/leads?fate=sold')).json.items.map((one: { valueMinor: number }) => one.valueMinor);
  await expect.poll(sold).toEqual([1_250_000]);
  await context.close();
});

test('on a phone the list opens a lead and the verdicts are in thumb reach', async () => {
  const shown = house();
  await enquire(shown.house, { fullName: 'Maximiliane Oberhuber', organization: 'Laumark AG', email: 'maximiliane.oberhuber@laumark-haustechnik-sondermaschinen.com.example' });
  const { page, context } = await shown.open('lena', { phone: true });
  await page.getByRole('option', { name: /Oberhuber/ }).click();
  const hot = page.getByRole('button', { name: 'Hot', exact: true });
  await hot.waitFor();
  const box = (await hot.boundingBox())!;
  expect(box.y).toBeGreaterThan(844 / 2);
  expect(box.height).toBeGreaterThanOrEqual(44);
  expect(await overflowOf(page)).toBe(0);
  const mail = (await page.getByRole('link', { name: /oberhuber@/ }).boundingBox())!;
  expect(mail.x + mail.width).toBeLessThanOrEqual(390);
  // All that can be done stands in one row above the verdicts.
  const [call, rest] = [page.getByRole('button', { name: 'Call' }), page.getByRole('button', { name: 'Let it rest' })];
  expect((await rest.boundingBox())!.y).toBe((await call.boundingBox())!.y);
  await page.getByRole('button', { name: 'Back' }).click();
  await page.getByRole('heading', { name: /to work, best first/ }).waitFor();
  await context.close();
});

test('the help sheet lists what works here, and single keys can be turned off', async () => {
  const shown = house();
  const { page, context } = await shown.open('lena');
  await page.getByRole('option').first().waitFor();
  await page.getByRole('button', { name: 'Bad…' }).waitFor();
  await page.keyboard.press('?');
  await page.getByRole('dialog').getByText('Next lead').waitFor();
  await page.getByRole('switch').uncheck();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.keyboard.press('/');
  // What a key does is done before the next frame is drawn.
  await page.evaluate('new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))');
  expect(await page.locator('[data-overlay-open]').count()).toBe(0);
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').waitFor();
  await context.close();
});

test('nothing typed ahead is lost: letters after the slash, a verdict right after the lead it is for', async () => {
  const shown = house();
  const { page, context, problems } = await shown.open('lena');
  await page.waitForURL('**/queue');
  await page.getByRole('option').nth(1).waitFor();
  await page.locator('article header h2').waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('menon');
  await expect.poll(() => page.getByRole('combobox').inputValue()).toBe('menon');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });

  // The second lead's page is held up, so that the key comes before anybody could hear it.
  let letThrough = (): void => {};
  const held = new Promise<void>((through) => (letThrough = through));
  await page.route(/\/v1\/leads\/[^/]+$/, async (route) => {
    await held;
    await route.continue();
  });
  await page.keyboard.press('j');
  await page.locator('[aria-label="Lead"] [aria-busy="true"]').waitFor();
  await page.keyboard.press('h');
  letThrough();
  const name = await page.locator('article header h2').innerText();
  await page.getByRole('button', { name: /^Hot/, pressed: true }).waitFor();
  const hot = async (): Promise<string[]> =>
    (await shown.house.request('marketing', 'GET', '/v1/leads?verdict=hot')).json.items.map(
      (one: { person: { name: string } }) => one.person.name,
    );
  await expect.poll(hot).toHaveLength(1);
  expect(name).toContain((await hot())[0]);
  expect(problems).toEqual([]);
  await context.close();
});
