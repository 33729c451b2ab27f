import { expect, test } from 'vitest';
import { houseForEachTest } from '../support/shown-house.ts';

const house = houseForEachTest();

test('somebody is invited, follows the link, and sees only what the role may', async () => {
  const shown = house();
  const { page, context, problems } = await shown.open('olga');
  await page.goto('/settings/users');
  await page.getByRole('button', { name: 'Invite somebody' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Fred Finance');
  await dialog.getByLabel('Mail').fill('fred@pumps.example');
  await dialog.getByLabel('Rep', { exact: true }).uncheck();
  await dialog.getByLabel('Finance', { exact: true }).check();
  await dialog.getByRole('button', { name: 'Invite' }).click();
  const link = new URL(await page.getByLabel('Invitation link', { exact: true }).innerText());

  const guest = await shown.open(undefined);
  await guest.page.goto(`${shown.url}${link.pathname}${link.search}`);
  await guest.page.locator('input[type=password]').fill('a password of his own');
  await guest.page.getByRole('button', { name: 'Begin' }).click();
  await guest.page.waitForURL('**/scoreboard');
  const nav = guest.page.getByRole('navigation', { name: 'Main' });
  await nav.getByRole('link', { name: 'Money' }).waitFor();
  expect(await nav.getByRole('link', { name: 'Duplicates' }).count()).toBe(0);
  await guest.page.goto('/territories');
  await guest.page.getByText('This page is not part of your role').waitFor();
  await guest.context.close();
  expect(problems).toEqual([]);
  await context.close();
});

test('a token is shown once, works, and is refused at once when revoked', async () => {
  const shown = house();
  const { page, context } = await shown.open('olga');
  await page.goto('/settings/tokens');
  await page.getByLabel('What uses it').fill('Web shop');
  await page.getByRole('button', { name: 'Make it' }).click();
  const token = await page.getByLabel('API token', { exact: true }).innerText();
  const ask = () => fetch(`${shown.url}/v1/session`, { headers: { authorization: `Bearer ${token}` } }).then((answer) => answer.status);
  const first = await ask();
  expect(first).not.toBe(401);
  await page.reload();
  await page.getByRole('row', { name: /Web shop/ }).waitFor();
  expect(await page.getByText(token).count()).toBe(0);
  await page
    .getByRole('row', { name: /Web shop/ })
    .getByRole('button', { name: 'Revoke' })
    .click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  await page.getByText('Revoked. Whatever used it').waitFor();
  await expect.poll(ask).toBe(401);
  await context.close();
});

test('a source gets a public key, which lets inquiries of that source in until it is ended', async () => {
  const shown = house();
  const { page, context, problems } = await shown.open('olga');
  await page.goto('/settings/sources');
  const made = page.locator('form').filter({ has: page.getByRole('button', { name: 'Make it' }) });
  await made.getByLabel('Name').fill('Dealer site');
  await made.getByRole('button', { name: 'Make it' }).click();
  await page.getByRole('button', { name: 'Make a key' }).click();
  const key = await page.getByLabel('Public key', { exact: true }).innerText();
  const post = () =>
    fetch(`${shown.url}/v1/inquiries?key=${key}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'dealer.lead@x.example' }),
    }).then((answer) => answer.status);
  expect(await post()).toBe(202);
  await page.getByRole('button', { name: 'End the key' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'End the key' }).click();
  await page.getByText('Ended. Posts with that key').waitFor();
  await expect.poll(post).toBe(401);
  expect(problems).toEqual([]);
  await context.close();
});
