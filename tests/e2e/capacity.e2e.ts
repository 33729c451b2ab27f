import { expect, test } from 'vitest';
import { houseForEachTest } from '../support/shown-house.ts';

const house = houseForEachTest();

test('what somebody takes of each grade, and of open work, is set in the form and shown beside what they have', async () => {
  const shown = house();
  const { page, context, problems } = await shown.open('mara');
  await page.goto(`/holders/${shown.lenaId}`);
  await page.getByRole('button', { name: 'Change' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'hot leads a week' }).pressSequentially('1.5');
  await dialog.getByRole('textbox', { name: 'cold leads a week' }).fill('0');
  await dialog.getByRole('textbox', { name: 'Open leads at most' }).fill('30');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByText(/of 1\.5/).waitFor();
  await page.getByText(/of 30/).waitFor();
  const lena = () => shown.house.request('marketing', 'GET', `/v1/holders/${shown.lenaId}`);
  await expect.poll(async () => (await lena()).json.capacityByGrade).toEqual({ hot: 1.5, cold: 0 });
  expect((await lena()).json.openMost).toBe(30);

  await page.getByRole('button', { name: 'Change' }).click();
  await dialog.getByRole('textbox', { name: 'cold leads a week' }).fill('');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'detached' });
  await expect.poll(async () => (await lena()).json.capacityByGrade).toEqual({ hot: 1.5 });
  expect(problems).toEqual([]);
  await context.close();
});

test('public holidays come out of a calendar, are given to people and to the company, and can be taken away', async () => {
  const shown = house();
  const { page, context, problems } = await shown.open('mara');
  await page.goto('/settings/hours');
  await page.getByText('No public holidays yet').waitFor();
  await page.getByRole('button', { name: 'Add a list' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Switzerland');
  await dialog.getByRole('combobox', { name: 'Whose holidays' }).click();
  await page.getByRole('option', { name: 'Lena' }).click();
  const year = new Date().getUTCFullYear() + 1;
  const text = `BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20200801\nRRULE:FREQ=YEARLY\nSUMMARY:National day\nEND:VEVENT\nEND:VCALENDAR`;
  await dialog.getByRole('textbox', { name: 'From a calendar' }).fill(text);
  await dialog.getByRole('button', { name: 'Read the days' }).click();
  await dialog.getByText('6 days read.').waitFor();
  await dialog.getByRole('button', { name: `Without National day, ${year}-08-01` }).click();
  await dialog.getByLabel('Day', { exact: true }).fill(`${year}-06-05`);
  await dialog.getByRole('textbox', { name: 'What it is called' }).fill('Outing');
  await dialog.getByRole('button', { name: 'Add the day' }).click();
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByText('Switzerland', { exact: true }).waitFor();
  const kept = async () => (await shown.house.request('marketing', 'GET', '/v1/holidays')).json.items as { days: { on: string; name: string }[]; holders: { name: string }[] }[];
  await expect.poll(async () => (await kept())[0]?.days.filter((day) => day.on.startsWith(String(year)))).toEqual([{ on: `${year}-06-05`, name: 'Outing' }]);
  expect((await kept())[0]!.holders).toMatchObject([{ name: 'Lena' }]);
  await page.goto(`/holders/${shown.lenaId}`);
  await page.getByText('Switzerland').waitFor();
  await page.goto('/settings/hours');
  await page.getByRole('button', { name: 'Remove Switzerland' }).click();
  await page.getByRole('button', { name: 'Remove', exact: true }).click();
  await page.getByText('No public holidays yet').waitFor();
  await expect.poll(kept).toEqual([]);
  expect(problems).toEqual([]);
  await context.close();
});
