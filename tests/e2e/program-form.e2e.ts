import { expect, test } from 'vitest';
import { houseForEachTest } from '../support/shown-house.ts';

const house = houseForEachTest();

test('a program gets a cost and a form, and the form brings a lead', async () => {
  const shown = house();
  const { page, context, problems } = await shown.open('mara');
  await page.goto('/programs');
  await page.getByRole('heading', { name: 'Programs' }).waitFor();
  await page.keyboard.press('a');
  await page.getByRole('dialog').getByLabel('Name').fill('Autumn fair');
  await page.getByRole('dialog').getByRole('button', { name: 'Create' }).click();
  await page.waitForURL(/\/programs\/[0-9a-f-]{36}$/);
  await page.getByText('No cost entered yet').waitFor();
  await page.getByLabel('Amount').fill('12500');
  await page.getByLabel('For').fill('Booth');
  await page.getByRole('button', { name: 'Add cost' }).click();
  await page.getByRole('cell', { name: 'Booth' }).waitFor();

  await page.getByRole('link', { name: 'Form', exact: true }).click();
  await page.waitForURL(/part=form/);
  await page.getByLabel('Title').fill('Win a pump check');
  await page.getByRole('button', { name: '+ Your industry' }).click();
  await page.getByRole('button', { name: 'Save the form' }).click();
  await page.getByText('The form is saved and live.').waitFor();
  const address = (await page.getByRole('link', { name: 'Open it' }).getAttribute('href'))!;

  const visitor = await shown.open(undefined);
  await visitor.page.goto(`${shown.url}${new URL(address).pathname}?utm_source=newsletter&utm_campaign=autumn`);
  await visitor.page.getByRole('heading', { name: 'Win a pump check' }).waitFor();
  await visitor.page.getByLabel(/^Name/).fill('Greta Lind');
  await visitor.page.getByLabel(/mail/i).first().fill('greta.lind@lindpumpar.example');
  await visitor.page.getByLabel(/industry/i).fill('Dairy');
  await visitor.page.locator('button[type=submit], input[type=submit]').first().click();
  await visitor.page
    .getByText(/Thank you/i)
    .first()
    .waitFor({ timeout: 30_000 });
  await visitor.context.close();

  await page.goto('/inquiries');
  await page.getByText('Greta Lind').first().click();
  await page.waitForURL(/\/inquiries\//);
  await page.getByText('Autumn fair').first().waitFor();
  await page.getByText('newsletter').first().waitFor();
  expect(problems).toEqual([]);
  await context.close();
});

test('a form need not ask what somebody appends', async () => {
  const shown = house();
  const made = (path: string, body: object) => shown.house.request('marketing', 'POST', path, body);
  const { id } = (await made('/v1/programs', { name: 'Spring mailing', status: 'active' })).json;
  const { page, context, problems } = await shown.open('mara');
  await page.goto(`/programs/${id}?part=form`);
  await page.getByRole('button', { name: '+ Employees' }).click();
  await page.getByRole('button', { name: '+ Your industry' }).waitFor();
  expect(await page.getByText('nobody need be asked').count()).toBe(0);
  await made('/v1/append/providers', { name: 'Trade register', service: { url: 'https://append.example.com/', fields: { person: [], organization: ['employees', 'vertical'] } } });
  await page.reload();
  await page.getByText('Better appended than asked: Trade register can tell').waitFor();
  await page.getByRole('button', { name: '+ Employees' }).click();
  await page.getByText('Trade register can append “Employees”: nobody need be asked.').waitFor();
  await page.getByRole('button', { name: 'Take it out' }).click();
  await expect.poll(() => page.getByText('nobody need be asked').count()).toBe(0);
  await page.getByRole('button', { name: '+ Employees' }).waitFor();
  expect(problems).toEqual([]);
  await context.close();
});
