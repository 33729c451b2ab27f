import { expect, test } from 'vitest';
import { enquire, houseForEachTest } from '../support/shown-house.ts';

const house = houseForEachTest();

test('marketing writes a playbook, a new lead goes by it, the rep does a step and skips one, and the page says what works', async () => {
  const shown = house();
  const mara = await shown.open('mara');
  await mara.page.goto('/playbooks');
  await mara.page.getByRole('button', { name: 'Add a playbook' }).click();
  const form = mara.page.getByRole('dialog');
  await form.getByLabel('Name').fill('Asked for a quote');
  await form.getByLabel('What is to be done').fill('Call about the quote');
  await form.getByLabel('What to say or write (optional)').fill('Ask for the flow rate.');
  await form.getByRole('button', { name: 'Add a step' }).click();
  await form.getByLabel('What is to be done').nth(1).fill('Send the reference list');
  await form.getByRole('button', { name: 'Add', exact: true }).click();
  await mara.page.getByRole('button', { name: 'Put in force' }).click();
  await mara.page.getByText(/Version 1: leads given from now on go by it/).waitFor();

  await enquire(shown.house, { fullName: 'Nadia Novak', organization: 'Novak AG', email: 'nadia@novak.example' });
  const lena = await shown.open('lena');
  await lena.page.goto('/queue');
  await lena.page.getByRole('option', { name: /Nadia Novak/ }).click();
  await lena.page.getByText('0 of 2 steps').waitFor();
  await lena.page.getByText('Ask for the flow rate.').waitFor();
  await expect.poll(() => lena.page.getByRole('option', { name: /Nadia Novak/ }).innerText()).toMatch(/step 1 of 2/);

  await lena.page.keyboard.press('c');
  await lena.page.getByRole('button', { name: 'Reached' }).click();
  await lena.page.keyboard.press('Control+Enter');
  await lena.page.getByText('1 of 2 steps').waitFor();
  await lena.page.getByRole('button', { name: 'Skip: Send the reference list' }).click();
  await lena.page.getByRole('heading', { name: 'Why not this step?' }).waitFor();
  await lena.page.keyboard.press('1');
  await lena.page.getByText('2 of 2 steps').waitFor();
  await lena.page.getByText('skipped: Done already, elsewhere').waitFor();

  await mara.page.reload();
  const steps = mara.page.getByRole('row', { name: /Call about the quote/ });
  await expect.poll(() => steps.innerText()).toMatch(/1 \(100%\)/);
  expect([...mara.problems, ...lena.problems]).toEqual([]);
  for (const { context } of [mara, lena]) await context.close();
});
