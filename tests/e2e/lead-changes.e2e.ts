import { expect, test } from 'vitest';
import { axeFindings } from '../support/axe.ts';
import { houseForEachTest } from '../support/shown-house.ts';

const house = houseForEachTest();
type Lead = { id: string; person: { name: string }; holder: { name: string; kind: string } | null; verdict: string | null };
const leads = async (): Promise<Lead[]> => (await house().house.request('marketing', 'GET', '/v1/leads')).json.items;

test('ticked leads are called back to the desk by keyboard, after it was shown what would happen, and given back', async () => {
  const { page, context, problems } = await house().open('mara');
  const before = (await leads()).map((one) => [one.id, one.holder?.name]);
  await page.goto('/leads');
  await page.getByRole('checkbox', { name: 'Tick Ravi Menon' }).check();
  // The row the keys stand on is ticked by x, and p opens what is done to them.
  await page.keyboard.press('j');
  const ticked = page.getByRole('checkbox', { name: /^Tick / }).and(page.locator(':checked'));
  await page.keyboard.press('x');
  const count = await ticked.count();
  await page.keyboard.press('p');
  await page.getByText(`Of the ${count} ticked: what is done?`).waitFor();
  await page.getByPlaceholder('Choose a holder').click();
  await page.getByRole('option', { name: 'The desk: call them back' }).click();
  await page.getByText(`of ${count} ${count === 1 ? 'lead' : 'leads'} would change`).waitFor();
  expect((await leads()).map((one) => [one.id, one.holder?.name])).toEqual(before);
  expect(await axeFindings(page)).toEqual([]);
  await page.getByRole('button', { name: `Change ${count}` }).click();
  await page.getByRole('heading', { name: /Called back to the desk/ }).waitFor();
  await expect.poll(async () => (await leads()).filter((one) => one.holder?.kind === 'desk').length).toBe(count);
  expect(await axeFindings(page)).toEqual([]);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(async () => (await leads()).map((one) => [one.id, one.holder?.name])).toEqual(before);
  await page.goto('/lead-changes');
  await page.getByRole('link', { name: 'Called back to the desk' }).waitFor();
  await page.getByText('Undone').waitFor();
  expect(problems).toEqual([]);
  await context.close();
});

test('a rep on the phone judges what is theirs, and is not offered to give anything away', async () => {
  const { page, context, problems } = await house().open('lena', { phone: true });
  await page.goto('/leads');
  await page.getByRole('checkbox', { name: 'Tick Marta Keller' }).check();
  await page.getByRole('button', { name: 'Change the 1 ticked' }).click();
  await page.getByPlaceholder('Choose a verdict').waitFor();
  expect(await page.getByText('Give', { exact: true }).count()).toBe(0);
  await page.getByPlaceholder('Choose a verdict').click();
  await page.getByRole('option', { name: 'Hot' }).click();
  await page.getByRole('button', { name: 'Change 1' }).click();
  await page.getByRole('heading', { name: /Judged hot/ }).waitFor();
  await expect.poll(async () => (await leads()).find((one) => one.person.name === 'Marta Keller')?.verdict).toBe('hot');
  expect(await axeFindings(page)).toEqual([]);
  expect(problems).toEqual([]);
  await context.close();
});

test('an own field is a column of the list, finds leads, and counts them in the status update', async () => {
  const ask = house().house.request;
  await ask('marketing', 'POST', '/v1/fields', { subject: 'person', label: 'Fuel', type: 'choice', choices: ['Gas', 'Oil'] });
  const marta = (await ask('marketing', 'GET', '/v1/leads')).json.items.find((one: Lead) => one.person.name === 'Marta Keller');
  await ask('marketing', 'PATCH', `/v1/people/${marta.person.id}`, { custom: { fuel: 'Oil' } });
  const { page, context, problems } = await house().open('mara');
  await page.goto('/leads?show=person.fuel');
  await page.getByRole('columnheader', { name: 'Fuel' }).waitFor();
  await page.getByRole('gridcell', { name: 'Oil' }).waitFor();
  await page.goto('/leads?show=person.fuel&ownIs=Oil');
  await page.getByText('1 in all').waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await page.goto('/reports/status-update?own=person.fuel&period=all');
  await page.getByText('(not known)').first().waitFor();
  expect(await axeFindings(page)).toEqual([]);
  expect(problems).toEqual([]);
  await context.close();
});
