import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { enquire, houseForEachTest } from '../support/shown-house.ts';
import type { ShownHouse } from '../support/shown-house.ts';

const house = houseForEachTest();

const ask = ({ house: inner }: ShownHouse, fullName: string): Promise<void> =>
  enquire(inner, { fullName, organization: `${fullName} AG`, email: `hello@${fullName.toLowerCase().replace(' ', '-')}.example`, message: 'Please send a quote for two pumps.' });
const names = async (page: Page): Promise<string> => (await page.getByRole('option').allInnerTexts()).join();

test('two people look at one queue: a lead comes, one judges it, and both see it without reloading', async () => {
  const shown = house();
  const lena = await shown.open('lena');
  const olga = await shown.open('olga');
  await olga.page.goto(`/queue?holderId=${shown.lenaId}`);
  for (const { page } of [lena, olga]) await expect.poll(() => page.getByRole('option').count()).toBe(5);
  await ask(shown, 'Nadia Novak');
  for (const { page } of [lena, olga]) await expect.poll(() => names(page)).toContain('Nadia Novak');
  await lena.page.getByRole('option', { name: /Nadia Novak/ }).click();
  await lena.page.locator('article header h2', { hasText: 'Nadia Novak' }).waitFor();
  await lena.page.getByRole('button', { name: 'Bad…' }).waitFor();
  await lena.page.keyboard.press('b');
  await lena.page.getByRole('heading', { name: 'Why is it bad?' }).waitFor();
  await lena.page.keyboard.press('1');
  await expect.poll(() => names(olga.page)).not.toContain('Nadia Novak');
  expect([...lena.problems, ...olga.problems]).toEqual([]);
  for (const { context } of [lena, olga]) await context.close();
});

test('the browser says that a lead has come once its leave was asked for by a press, and only while nobody looks', async () => {
  const shown = house();
  const { page, context, problems } = await shown.open('lena');
  // A browser whose notices can be read, and that asks for leave as a real one does.
  await context.addInitScript(`
    window.told = []; window.asked = 0; window.away = false;
    window.Notification = class { constructor(title, given) { window.told.push(title + ' | ' + given.body); } close() {} static permission = localStorage.getItem('leave') ?? 'default';
      static async requestPermission() { window.asked++; localStorage.setItem('leave', 'granted'); return (this.permission = 'granted'); } };
    Object.defineProperty(document, 'hidden', { get: () => window.away });`);
  await page.goto('/queue');
  await page.getByRole('option').first().waitFor();
  expect(await page.evaluate('window.asked')).toBe(0);
  await page.getByRole('button', { name: /^Lena/ }).click();
  await page.getByRole('menuitem', { name: 'Tell me of new leads' }).click();
  await expect.poll(() => page.evaluate('window.asked')).toBe(1);
  await ask(shown, 'Nadia Novak');
  await expect.poll(() => names(page)).toContain('Nadia Novak');
  await page.evaluate('window.away = true');
  await ask(shown, 'Otto Berg');
  await expect.poll(() => page.evaluate('window.told')).toEqual([expect.stringMatching(/^A lead is yours \| Otto Berg/)]);
  // Turned off again it is quiet, and says so.
  await page.evaluate('window.away = false');
  await page.getByRole('button', { name: /^Lena/ }).click();
  await page.getByRole('menuitem', { name: 'Tell me of new leads ✓' }).click();
  await page.evaluate('window.away = true');
  await ask(shown, 'Paula Riva');
  await expect.poll(() => names(page)).toContain('Paula Riva');
  expect(await page.evaluate('window.told.length')).toBe(1);
  expect(problems).toEqual([]);
  await context.close();
});

test('a line that breaks is taken up again, with what came meanwhile', async () => {
  const shown = house();
  const { page, context } = await shown.open('lena');
  await page.goto('/queue');
  await expect.poll(() => page.getByRole('option').count()).toBe(5);
  await context.setOffline(true);
  await ask(shown, 'Nadia Novak');
  await shown.house.drain();
  await context.setOffline(false);
  await expect.poll(() => names(page)).toContain('Nadia Novak');
  await context.close();
});
