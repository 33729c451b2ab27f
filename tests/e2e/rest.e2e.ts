import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { axeFindings } from '../support/axe.ts';
import { houseForEachTest } from '../support/shown-house.ts';
import type { ShownHouse } from '../support/shown-house.ts';

const house = houseForEachTest();

interface Step {
  holderName: string;
  pausedUntil: string | null;
  clocks: { clock: string; dueAt: string; state: string }[];
}
const lastStep = async ({ house: { request } }: ShownHouse, leadId: string): Promise<Step> =>
  ((await request('marketing', 'GET', `/v1/leads/${leadId}/assignments`)).json.items as Step[]).at(-1)!;
const dueOf = async (shown: ShownHouse, leadId: string, clock: string): Promise<string> => (await lastStep(shown, leadId)).clocks.find((one) => one.clock === clock)!.dueAt;
const someLead = async ({ house: { request } }: ShownHouse): Promise<string> => (await request('marketing', 'GET', '/v1/leads')).json.items[0].id as string;
const path = (page: Page) => page.getByRole('region', { name: 'Who held it, and why' });
const clocks = (page: Page) => path(page).getByRole('list', { name: 'Clocks' }).last();
const minutesAfter = (at: string, minutes: number): Date => new Date(Date.parse(at) + minutes * 60_000);

test('a lead rests until a day with a reason, by keys; its clocks stand; it wakes by itself, and a clock that breaks shows at its instant', async () => {
  const shown = house();
  const leadId = await someLead(shown);
  const lena = await shown.open('lena');
  const mara = await shown.open('mara');
  for (const { page } of [lena, mara]) {
    await page.goto(`/leads/${leadId}`);
    await path(page).getByText('not yet accepted').waitFor();
    await page.evaluate('window.neverReloaded = true');
  }
  const { page } = lena;
  await page.keyboard.press('z');
  await page.getByRole('button', { name: 'Monday' }).click();
  await page.getByRole('combobox', { name: 'Why' }).fill('Back on Monday');
  expect(await axeFindings(page)).toEqual([]);
  await page.keyboard.press('Enter');
  const rests = page.getByText(/^Rests until .*: Back on Monday\. No clock runs meanwhile\./);
  await rests.waitFor();
  expect(await axeFindings(page)).toEqual([]);
  for (const one of [lena, mara]) {
    await clocks(one.page).getByText(/^first contact by .*: stands$/).waitFor();
    await path(one.page).getByText(/^Rests until .*: Back on Monday$/).waitFor();
    await one.page.getByText(/Lena lets it rest until .*Back on Monday/).waitFor();
  }

  // Ended before its time: the clocks run as if it had not been.
  await page.getByRole('button', { name: 'End the pause' }).click();
  await rests.waitFor({ state: 'detached' });
  await clocks(page).getByText(/^first contact by .*: runs$/).waitFor();
  await page.getByText('Its pause was ended; its clocks run on.').waitFor();
  expect((await lastStep(shown, leadId)).pausedUntil).toBeNull();

  await page.keyboard.press('z');
  await page.getByRole('button', { name: 'Tomorrow' }).click();
  await page.getByRole('combobox', { name: 'Why' }).fill('Asks his boss');
  await page.keyboard.press('Enter');
  await page.getByText(/^Rests until .*: Asks his boss\./).waitFor();
  const owedBy = await dueOf(shown, leadId, 'contact');
  const until = (await lastStep(shown, leadId)).pausedUntil!;
  expect(Date.parse(owedBy)).toBeGreaterThan(Date.parse(until));

  shown.house.clock.set(minutesAfter(until, 1));
  for (const one of [lena, mara]) await one.page.getByText('Its pause is over; its clocks run on.').waitFor();
  await page.getByText(/No clock runs meanwhile/).waitFor({ state: 'detached' });
  await clocks(page).getByText(/^first contact by .*: runs$/).waitFor();
  expect(await dueOf(shown, leadId, 'contact')).toBe(owedBy);

  shown.house.clock.set(minutesAfter(owedBy, -1));
  await shown.house.scan();
  expect(await mara.page.getByText('too late').count()).toBe(0);
  shown.house.clock.set(minutesAfter(owedBy, 1));
  await path(mara.page).getByText(/^first contact by .*: too late$/).waitFor();
  await mara.page.getByText('Lena was not in contact by the time promised.').waitFor();
  for (const one of [lena, mara]) {
    expect(await one.page.evaluate('window.neverReloaded')).toBe(true);
    expect(one.problems).toEqual([]);
  }
});

test('on a phone a lead is let rest, too', async () => {
  const shown = house();
  const { page, problems } = await shown.open('lena', { phone: true });
  await page.goto(`/leads/${await someLead(shown)}`);
  await page.getByRole('button', { name: 'Let it rest' }).click();
  await page.getByRole('button', { name: 'In a week' }).click();
  await page.getByRole('combobox', { name: 'Why' }).fill('On holiday');
  const box = (await page.getByRole('dialog').boundingBox())!;
  expect(box.x).toBeGreaterThanOrEqual(0);
  expect(box.x + box.width).toBeLessThanOrEqual(390);
  await page.getByRole('button', { name: 'Let it rest', exact: true }).last().click();
  await page.getByText(/^Rests until .*: On holiday\./).waitFor();
  expect(await axeFindings(page)).toEqual([]);
  expect(problems).toEqual([]);
});

test('declined with a reason, given anew and called back: who looks on sees each as it happens', async () => {
  const shown = house();
  const leadId = await someLead(shown);
  const lena = await shown.open('lena');
  const mara = await shown.open('mara');
  for (const { page } of [mara, lena]) {
    await page.goto(`/leads/${leadId}`);
    await path(page).getByText('not yet accepted').waitFor();
  }
  // Keys open what they open wherever the page is scrolled to.
  await lena.page.setViewportSize({ width: 1280, height: 420 });
  await lena.page.mouse.wheel(0, 3000);
  await lena.page.keyboard.press('p');
  await lena.page.getByRole('heading', { name: 'Why not?' }).waitFor();
  await lena.page.keyboard.press('1');
  await lena.page.getByText('Given back: the desk looks after it now.').waitFor();
  await path(mara.page).getByText(/^Declined: /).waitFor();
  await path(mara.page).getByText(/^answer by .*: kept$/).waitFor();

  const hand = async (to: string, note: string): Promise<void> => {
    await mara.page.keyboard.press('o');
    await mara.page.getByPlaceholder('A rep, a partner or the desk').fill(to);
    await mara.page.getByRole('option', { name: new RegExp(`^${to}`) }).click();
    await mara.page.getByRole('textbox', { name: 'Why' }).fill(note);
    await mara.page.getByRole('textbox', { name: 'Why' }).press('Enter');
    await mara.page.getByText(new RegExp(`^Now held by .*${to}`)).waitFor();
  };
  await hand('Lena', 'You know them');
  await path(lena.page).getByText(/You know them/).waitFor();
  await lena.page.getByRole('button', { name: /^Accept/ }).waitFor();
  await lena.page.keyboard.press('a');
  await clocks(mara.page).getByText(/^first contact by .*: runs$/).waitFor();

  await hand('The desk', 'Called back');
  await path(mara.page).getByText(/Called back/).waitFor();
  await path(mara.page).getByText(/^first contact by .*: not asked for$/).waitFor();
  // What she no longer holds is hers to read, not to work.
  await lena.page.getByRole('group', { name: 'Verdict' }).waitFor({ state: 'detached' });
  expect([...lena.problems, ...mara.problems]).toEqual([]);
});
