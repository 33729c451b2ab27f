import { expect, it } from 'vitest';
import { axeFindings } from '../support/axe.ts';
import { houseForEachTest } from '../support/shown-house.ts';

const shown = houseForEachTest();

it('is drafted by marketing, signed by both, and says where the promise comes from', async () => {
  const { house, open } = shown();
  const { page, problems } = await open('mara');
  await page.goto('/agreement');
  await page.getByRole('heading', { name: 'Nothing is agreed yet' }).waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await page.goto('/agreement/kept');
  await page.getByRole('heading', { name: 'Nothing is promised yet' }).waitFor();
  await page.goto('/agreement');
  await page.getByRole('button', { name: 'Write the first draft' }).click();

  // The promise that is set today is what it begins with, and it reads beside the form.
  await page.getByText(/A hot lead is accepted or declined within 1 business hour, and contacted within 4 business hours of that/).waitFor();
  await page.getByRole('textbox', { name: 'Leads a month, at least' }).fill('3');
  await page.getByText('Marketing brings at least 3 leads a month.').waitFor();
  await page.getByRole('button', { name: 'Add a kind of lead' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Ready to buy');
  await page.getByRole('textbox', { name: 'Of all leads, at least (%)' }).fill('10');
  await page.getByText('Ready to buy (hot leads): at least 10% of all leads.').waitFor();
  await page.getByRole('switch', { name: 'hot: a verdict is promised' }).check({ force: true });
  await page.getByText(/it has its verdict within 80 business hours of accepting/).waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await page.getByRole('button', { name: 'Save the draft' }).click();
  await page.getByText('no effect until both sign').waitFor();
  await expect.poll(async () => (await house.request('marketing', 'GET', '/v1/agreement')).json.draft?.version).toBe(1);

  await page.getByRole('button', { name: 'Sign for marketing' }).click();
  // It asks beside its button, and not over the menu.
  const dialog = page.getByRole('dialog');
  const menu = (await page.getByRole('navigation', { name: 'Main' }).boundingBox())!;
  await expect.poll(async () => (await dialog.boundingBox())?.x).toBeGreaterThanOrEqual(menu.x + menu.width);
  await dialog.getByRole('button', { name: 'Sign for marketing' }).click();
  await page.getByText('Signed. The other side signs next.').waitFor();
  await expect.poll(async () => (await house.request('marketing', 'GET', '/v1/agreement')).json.draft.signatures.length).toBe(1);
  // Nobody signs for both sides.
  expect(await page.getByRole('button', { name: 'Sign for sales' }).count()).toBe(0);

  const { page: theirs, problems: others } = await open('olga');
  await theirs.goto('/agreement');
  await theirs.getByRole('button', { name: 'Sign for sales' }).click();
  await theirs.getByRole('dialog').getByRole('button', { name: 'Sign for sales' }).click();
  await expect.poll(async () => (await house.request('marketing', 'GET', '/v1/agreement')).json.inForce?.version).toBe(1);
  await theirs.getByRole('article', { name: 'Version 1 of the agreement' }).getByText(/in force from/).waitFor();
  expect(await axeFindings(theirs)).toEqual([]);

  await theirs.getByRole('link', { name: 'How fast we answer' }).click();
  await theirs.getByRole('link', { name: 'version 1 of the agreement' }).waitFor();
  await expect.poll(() => theirs.getByRole('textbox', { name: 'hot: accept within', exact: true }).isDisabled()).toBe(true);

  // What changes in the next version is told sentence by sentence, and the draft can be taken back.
  await page.goto('/agreement?part=draft');
  await page.getByRole('textbox', { name: 'Leads a month, at least' }).fill('5');
  await page.getByText('Marketing brings at least 5 leads a month.').waitFor();
  await page.getByRole('button', { name: 'Save the draft' }).click();
  const changes = page.getByRole('list', { name: 'What changes' });
  await changes.getByText('Marketing brings at least 3 leads a month.').waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await page.getByRole('button', { name: 'Withdraw' }).click();
  await page.getByRole('button', { name: 'Withdraw the draft' }).click();
  await expect.poll(async () => (await house.request('marketing', 'GET', '/v1/agreement')).json.draft).toBeNull();
  expect([...problems, ...others]).toEqual([]);
});

it('shows a rep the words and what was kept, and lets them sign nothing', async () => {
  const { open } = shown();
  const { page, problems } = await open('lena', { phone: true });
  await page.goto('/agreement');
  await page.getByText('Ask one of them to begin.').waitFor();
  expect(await page.getByRole('button', { name: 'Write the first draft' }).count()).toBe(0);
  await page.goto('/agreement/kept');
  await page.getByRole('heading', { name: 'Nothing is promised yet' }).waitFor();
  expect(await axeFindings(page)).toEqual([]);
  expect(problems).toEqual([]);
});
