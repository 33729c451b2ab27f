import { expect, test } from 'vitest';
import { axeFindings } from '../support/axe.ts';
import { overflowOf } from '../support/every-screen.ts';
import { houseForEachTest } from '../support/shown-house.ts';

const house = houseForEachTest();
const shots = process.env['SHOTS'];

test('a manager writes a script and a list; a rep calls by keyboard, one lead at a time; the manager sees how far it is', async () => {
  const shown = house();
  const manager = await shown.open('mara');
  const { page } = manager;
  await page.goto('/calling');
  await page.getByRole('button', { name: 'New script' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Pumps, first call');
  // A dead end is refused, with its place.
  await dialog.getByRole('button', { name: 'Add an answer' }).click();
  await dialog.getByLabel('Answer 3 of step 2', { exact: true }).fill('Next year');
  await dialog.getByRole('button', { name: 'Keep it' }).click();
  await dialog.getByText('Step 2, “Next year”, leads nowhere').first().waitFor();
  await dialog.getByRole('button', { name: 'Take out answer 3 of step 2' }).click();
  await dialog.getByLabel('Noted under the qualifying question').first().click();
  await page.getByRole('option').nth(3).click();
  if (shots) await page.screenshot({ path: `${shots}/script.png` });
  expect(await axeFindings(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Keep it' }).click();
  await page.getByText('1 question, 4 steps').waitFor();

  await page.getByRole('button', { name: 'New list' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('Configurator, first call');
  await page.getByLabel('From (hour, where they are)').fill('0');
  await page.getByLabel('Until (hour, where they are)').fill('24');
  if (shots) await page.screenshot({ path: `${shots}/list-form.png` });
  await page.getByRole('button', { name: 'Make the list' }).click();
  await page.getByRole('heading', { name: 'Configurator, first call' }).waitFor();
  const path = new URL(page.url()).pathname;

  const caller = await shown.open('lena');
  await caller.page.goto(path);
  await caller.page.getByRole('button', { name: 'Start calling' }).click();
  await caller.page.getByText('What came of it?').waitFor();
  const first = await caller.page.locator('h2 a').first().textContent();
  // Meanwhile nobody else gets the same one.
  await page.getByRole('button', { name: 'Start calling' }).click();
  await page.getByText('What came of it?').waitFor();
  expect(await page.locator('h2 a').first().textContent()).not.toBe(first);
  await page.getByRole('button', { name: 'Give it back uncalled' }).click();
  await page.getByRole('button', { name: 'Start calling' }).waitFor();

  const by = caller.page.keyboard;
  await by.press('Enter');
  await caller.page.getByRole('paragraph').filter({ hasText: 'When do you want to decide?' }).waitFor();
  await by.press('1');
  await caller.page.getByText('The script ends here: Qualified').waitFor();
  if (shots) await caller.page.screenshot({ path: `${shots}/turn.png`, fullPage: true });
  expect(await axeFindings(caller.page)).toEqual([]);
  await by.press('y');
  await caller.page.getByText('Qualified: Lena has it.').waitFor();
  await caller.page.getByText('What came of it?').waitFor();
  expect(await caller.page.locator('h2 a').first().textContent()).not.toBe(first);
  // Pressed again by a nervous finger while the next one is on its way: the next one is not judged by it.
  await caller.page.route('**/next', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 400));
    await route.continue();
  });
  await by.press('a');
  await caller.page.getByText('No answer: tried again').waitFor();
  await caller.page.getByRole('status', { name: 'Loading' }).waitFor();
  await by.press('a');
  await caller.page.getByText('What came of it?').waitFor();
  const calls = (): Promise<unknown> => shown.house.request('marketing', 'GET', `/v1${path.replace('/calling/', '/calling/lists/')}`).then(({ json }) => (json.callers as { calls: number }[])[0]?.calls);
  await caller.page.waitForTimeout(200);
  expect(await calls()).toBe(2);
  await caller.page.unroute('**/next');
  // A call-back asks when.
  await by.press('k');
  await caller.page.getByLabel(/When, by your clock/).fill(`${new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)}T11:00`);
  await caller.page.getByRole('button', { name: 'Call back then' }).click();
  await caller.page.getByText('Call back: tried again').waitFor();
  expect(caller.problems).toEqual([]);

  await page.goto(`${path}?part=progress`);
  await page.getByText('What came of it').waitFor();
  await page.getByText('1 agreed to be called back').waitFor();
  expect(await axeFindings(page)).toEqual([]);
  if (shots) await page.screenshot({ path: `${shots}/progress.png`, fullPage: true });
  await page.goto('/calling');
  await page.getByRole('link', { name: 'Configurator, first call' }).waitFor();
  if (shots) await page.screenshot({ path: `${shots}/lists.png` });
  expect(manager.problems).toEqual([expect.stringContaining('422')]);

  const phone = await shown.open('lena', { phone: true });
  await phone.page.goto(path);
  await phone.page.getByRole('button', { name: 'Start calling' }).click();
  await phone.page.getByText('What came of it?').waitFor();
  expect(await overflowOf(phone.page)).toBe(0);
  expect(await axeFindings(phone.page)).toEqual([]);
  if (shots) await phone.page.screenshot({ path: `${shots}/turn-phone.png`, fullPage: true });
  expect(phone.problems).toEqual([]);
});
