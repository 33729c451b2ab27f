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
