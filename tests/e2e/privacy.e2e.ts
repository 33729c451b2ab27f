import { expect, it } from 'vitest';
import { sql } from '../../src/platform/db/index.ts';
import { axeFindings } from '../support/axe.ts';
import { houseForEachTest } from '../support/shown-house.ts';

const shown = houseForEachTest();

it('shows what is kept, erases who is named, and leaves a tombstone', async () => {
  const { house, open } = shown();
  const [them] = await house.rows<{ id: string; name: string }>(sql`select p.id, p.full_name as name from identity.person p join qualify.lead l on l.person_id = p.id order by p.id limit 1`);
  const { page, problems } = await open('mara');
  await page.goto(`/people/${them!.id}`);
  const link = page.getByRole('link', { name: 'Read as a page' });
  await link.waitFor();
  await page.getByRole('button', { name: 'Erase …' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Inquiries, as they arrived').waitFor();
  expect(await axeFindings(page)).toEqual([]);
  const button = dialog.getByRole('button', { name: 'Erase for ever' });
  expect(await button.isDisabled()).toBe(true);
  await dialog.getByRole('radio', { name: 'Remember only that they must not be contacted' }).check();
  await dialog.getByRole('textbox', { name: /^Write/ }).fill('Somebody else');
  expect(await button.isDisabled()).toBe(true);
  await dialog.getByRole('textbox', { name: /^Write/ }).fill(them!.name);
  await button.click();
  await page.getByRole('heading', { name: 'Erased person' }).waitFor();
  await expect.poll(async () => (await house.rows<{ state: string }>(sql`select state from identity.erasure`))[0]?.state).toBe('done');
  await page.getByText('remembered as hashes: not to be contacted').waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await page.goto('/settings/privacy');
  await page.getByRole('link', { name: 'Erased person' }).waitFor();
  // Cards of the page that was open ask once more for what is not there any more.
  expect(problems.filter((problem) => !problem.includes('404'))).toEqual([]);
});

it('notes requests, and switches a rule on only after a trial', async () => {
  const { house, open } = shown();
  const { page, problems } = await open('mara');
  await page.goto('/settings/privacy');
  await page.getByRole('textbox', { name: 'Who asked, and how' }).fill('Ines Prado, by mail');
  await page.getByRole('button', { name: 'Note it' }).click();
  await page.getByText('1 open').waitFor();
  await page.getByRole('button', { name: 'Nobody here' }).click();
  await page.getByText(/nobody of that name here/).waitFor();
  const rule = page.getByRole('listitem').filter({ hasText: 'Mails we sent' });
  const on = rule.getByRole('button', { name: 'Switch on …' });
  expect(await on.isDisabled()).toBe(true);
  await rule.getByRole('button', { name: 'Try it' }).click();
  await rule.getByText('It would take nothing now.').waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await on.click();
  await page.getByRole('button', { name: 'Switch on', exact: true }).click();
  await rule.getByRole('button', { name: 'Switch off' }).waitFor();
  await expect.poll(async () => house.rows(sql`select value -> 'outbox' -> 'enabled' as on from platform.setting where key = 'privacy.retention'`)).toEqual([{ on: true }]);
  expect(problems).toEqual([]);
});
