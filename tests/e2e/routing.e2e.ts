import { expect, test } from 'vitest';
import { houseForEachTest } from '../support/shown-house.ts';
import { holders, plantLeads } from '../support/leads.ts';

const house = houseForEachTest();

test('a rule is written, refused while a lead could get nowhere, published, and says on the lead’s page what it did', async () => {
  const shown = house();
  const { page, context, problems } = await shown.open('mara');
  await page.goto('/routing');
  await page.getByText('No rules: relationships and territories decide').waitFor();
  await page.getByRole('button', { name: 'Add a team' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Inside sales');
  await dialog.getByRole('combobox', { name: 'Add a rep or partner' }).click();
  await page.getByRole('option', { name: 'Lena' }).click();
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  await dialog.waitFor({ state: 'detached' });

  await page.getByRole('button', { name: 'Add a rule' }).click();
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Spanish leads');
  await dialog.getByRole('button', { name: '+ Condition' }).click();
  await dialog.getByRole('combobox', { name: 'What is looked at' }).click();
  await page.getByRole('option', { name: 'country', exact: true }).click();
  await dialog.getByRole('combobox', { name: 'Countries' }).click();
  await page.getByRole('option', { name: 'Spain' }).click();
  await dialog.getByRole('textbox', { name: 'Name' }).click();
  await dialog.getByRole('combobox', { name: 'Goes to' }).click();
  await page.getByRole('option', { name: 'A team' }).click();
  await dialog.getByRole('switch', { name: 'A clock of its own' }).click();
  await dialog.getByLabel('Business minutes to accept, hot').fill('20');
  await dialog.getByRole('button', { name: 'Add to the draft' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByText('Version 1, a draft').waitFor();
  await page.getByRole('button', { name: 'Save the draft' }).click();
  await page.getByText('When country is one of “ES”').waitFor();
  // Whether the house's own territories leave nobody out is theirs to say; the screen says it of this draft.
  await page.getByText(/Every lead gets somewhere|A lead could get nowhere/).first().waitFor();
  await page.getByRole('button', { name: 'Add a rule' }).click();
  await dialog.getByRole('textbox', { name: 'Name' }).fill('All the rest');
  await dialog.getByRole('combobox', { name: 'Goes to' }).click();
  await page.getByRole('option', { name: 'The desk: a person decides' }).click();
  await dialog.getByRole('button', { name: 'Add to the draft' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByText('Every lead gets somewhere').waitFor();
  await page.getByRole('button', { name: 'Publish version 1' }).click();
  await page.getByText('Version 1, in force').waitFor();

  const [lead] = await plantLeads(shown.house, [{ country: 'ES', grade: 'hot', name: 'Carmen Vidal' }]);
  await shown.house.drain();
  expect((await holders(shown.house)).get(lead!.leadId)!.name).toBe('Lena');
  await page.goto(`/leads/${lead!.leadId}`);
  const path = page.locator('section, article, main').filter({ hasText: 'Who held it, and why' }).last();
  await path.getByText('routing rules, version 1').waitFor();
  await path.getByText('gave it').waitFor();
  await path.getByText('Decided again from what was stored: the same.').waitFor();
  expect(problems).toEqual([]);
  await context.close();
});

test('a lead open to several is taken from the queue, by one', async () => {
  const shown = house();
  const request = (method: string, url: string, body: unknown) => shown.house.request('marketing', method, url, body);
  const team = await request('POST', '/v1/teams', { name: 'All', holders: [{ holderId: shown.lenaId, weight: 1 }] });
  const rule = { when: { all: [] }, promise: null, otherwise: 'next' };
  const rules = [
    { ...rule, id: crypto.randomUUID(), name: 'Open', first: true, pool: { kind: 'team', teamId: team.json.id as string }, method: 'firstToClaim' },
    { ...rule, id: crypto.randomUUID(), name: 'Rest', first: false, pool: { kind: 'desk' }, method: 'turns' },
  ];
  await request('PUT', '/v1/routing/draft', { rules });
  expect((await request('POST', '/v1/routing/publish', {})).status).toBe(200);
  const [lead] = await plantLeads(shown.house, [{ country: 'ES', grade: 'hot', name: 'Carmen Vidal' }]);
  await shown.house.drain();
  const { page, context, problems } = await shown.open('lena');
  await page.goto('/queue');
  const open = page.getByRole('region', { name: 'Open to you and others' });
  await open.getByText('Spain').waitFor();
  expect(await open.getByText('Carmen').count()).toBe(0);
  await open.getByRole('button', { name: 'Take it' }).click();
  await open.waitFor({ state: 'detached' });
  await expect.poll(async () => (await holders(shown.house)).get(lead!.leadId)!.name).toBe('Lena');
  await page.getByRole('region', { name: 'Lead', exact: true }).getByText('Carmen Vidal').first().waitFor();
  expect(problems).toEqual([]);
  await context.close();
});
