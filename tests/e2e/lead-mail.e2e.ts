import { expect, test } from 'vitest';
import { keepMail } from '../../src/capture/mail/keep-mail.ts';
import { doorOfAddress } from '../../src/capture/mail/lead-address.ts';
import { axeFindings } from '../support/axe.ts';
import { houseForEachTest } from '../support/shown-house.ts';

const house = houseForEachTest();

test('a program gets an address, what is sent there is seen with its original, and an automatic answer is taken in by hand', async () => {
  const { open, house: behind } = house();
  const { page, problems } = await open('mara');
  const program = (await behind.request('marketing', 'GET', '/v1/programs')).json.items[0] as { id: string; name: string };
  await page.goto(`/programs/${program.id}?part=form`);
  const card = page.locator('section', { hasText: 'By mail' });
  await card.getByRole('button', { name: 'Make an address' }).click();
  const address = await card.getByLabel(`Address for mail of ${program.name}`, { exact: true }).textContent();
  expect(address).toMatch(/^leads\+[0-9a-z]{16}@in\.pumps\.example$/);

  const door = (await doorOfAddress(behind.cx, address!))!;
  const send = (head: string, text: string) => keepMail(behind.cx, [door], { raw: Buffer.from(`${head}\r\n\r\n${text}\r\n`), via: 'smtp' });
  await send('From: Web <wordpress@site.example>\r\nSubject: Contact form', 'Name: Zora Mail\r\nE-Mail: zora@mail.example\r\nMessage: <b>Two pumps</b>, please');
  await send('From: Ann <ann@firm.example>\r\nSubject: Out of office\r\nAuto-Submitted: auto-replied', 'Back on Monday');

  await page.goto('/lead-mail');
  await page.getByText('Contact form').waitFor();
  await page.getByText('in quarantine').waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await page.getByText('Contact form').click();
  await page.getByLabel('The text of the mail', { exact: true }).getByText('<b>Two pumps</b>, please').waitFor();
  await page.getByRole('button', { name: 'Show the original' }).click();
  await page.getByLabel('The mail as it came', { exact: true }).getByText('Subject: Contact form').waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await page.getByRole('link', { name: /^Inquiry / }).click();
  await page.getByRole('heading', { name: /Zora Mail/ }).waitFor();

  await page.goto('/lead-mail?state=held');
  await page.getByText('Out of office').click();
  await page.getByRole('button', { name: 'Take it in as it is' }).click();
  await page.getByText('It is read now.').waitFor();
  await expect
    .poll(async () => (await behind.request('marketing', 'GET', '/v1/lead-mails')).json.items.map((mail: { state: string }) => mail.state))
    .toEqual(['read', 'read']);
  expect(problems).toEqual([]);
});
