import { expect, test } from 'vitest';
import { enquire, houseForEachTest } from '../support/shown-house.ts';

const house = houseForEachTest();

test('a rep plans a meeting and invites; a template opens the mail program with the mail filled in', async () => {
  const shown = house();
  const mara = await shown.open('mara');
  await mara.page.goto('/playbooks');
  await mara.page.getByRole('button', { name: 'Add a template' }).click();
  await mara.page.getByLabel('Name').fill('First answer');
  await mara.page.getByLabel('Subject').fill('Your question about {product}');
  await mara.page.getByLabel('Text').fill('Dear {name},\nthank you.\n{me}, {our company}');
  await mara.page.getByRole('button', { name: 'Save' }).click();
  await mara.page.getByText(/finds them under Mail/).waitFor();

  await enquire(shown.house, { fullName: 'Nadia Novak', organization: 'Novak AG', email: 'nadia@novak.example' });
  const lena = await shown.open('lena');
  await lena.page.goto('/queue');
  await lena.page.getByRole('option', { name: /Nadia Novak/ }).click();
  await lena.page.getByRole('heading', { name: /Nadia Novak/ }).waitFor();
  await lena.page.keyboard.press('m');
  const link = new URL((await lena.page.getByRole('link', { name: 'First answer' }).getAttribute('href'))!);
  expect([link.pathname, link.searchParams.get('subject')]).toEqual(['nadia@novak.example', 'Your question about Dosing pump']);
  expect(link.searchParams.get('body')).toMatch(/^Dear Nadia Novak,\r\nthank you\.\r\n\S/);
  await lena.page.keyboard.press('Escape');

  await lena.page.keyboard.press('t');
  const form = lena.page.getByRole('form', { name: 'Meeting' });
  await form.getByLabel('What').fill('Look at the pump hall');
  const inAWeek = new Date(shown.house.clock.now().getTime() + 7 * 86_400_000).toISOString().slice(0, 10);
  await form.getByLabel('Day').fill(inAWeek);
  await form.getByLabel('Where').fill('Gate 3');
  await form.getByLabel('Words above the invitation').fill('As agreed.');
  await form.getByRole('button', { name: 'Plan and invite' }).click();
  await lena.page.getByText('The invitation goes to nadia@novak.example.').waitFor();
  await lena.page.getByText('Look at the pump hall').first().waitFor();
  const invitations = (await shown.house.mails()).filter(({ kind }) => kind === 'lead.meeting');
  expect(invitations.map(({ toAddress }) => toAddress)).toEqual(['nadia@novak.example']);
  expect([...mara.problems, ...lena.problems]).toEqual([]);

  const phone = await shown.open('lena', { phone: true });
  await phone.page.goto('/queue');
  await phone.page.getByRole('option', { name: /Nadia Novak/ }).click();
  await phone.page.getByRole('button', { name: 'Meeting' }).click();
  await phone.page.getByRole('form', { name: 'Meeting' }).getByLabel('Where').waitFor();
  expect(await phone.page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true);
  for (const { context } of [mara, lena, phone]) await context.close();
});
