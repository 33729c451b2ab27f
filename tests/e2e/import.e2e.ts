import { expect, test } from 'vitest';
import { sql } from '../../src/platform/db/index.ts';
import { axeFindings } from '../support/axe.ts';
import { houseForEachTest } from '../support/shown-house.ts';
import { zip } from '../support/zip.ts';

const house = houseForEachTest();

const file = [
  'Name;Firm;Mail;Land;Colour;Day',
  'Jonas Weber;Weber Kühltechnik GmbH;jonas.weber@weber.example;Schweiz;blue;14.03.2026',
  'Carla Rossi;Rossi SpA;carla@rossi.example;Schweiz;red;31.03.2026',
  'Olaf Berg;Berg AG;olaf@berg.example;Schweiz;green;02.04.2026',
].join('\r\n');

test('a file becomes inquiries after its consequences were seen, and is taken back whole', async () => {
  const shown = house();
  const { page, context, problems } = await shown.open('mara');
  await page.goto('/imports');
  await page.getByRole('button', { name: 'Import a file' }).click();
  await page.waitForURL('**/imports/new');
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'fair.csv', mimeType: 'text/csv', buffer: Buffer.from(`\uFEFF${file}`, 'utf8') });

  await page.waitForURL(/\/imports\/[0-9a-f-]{36}/);
  const importId = new URL(page.url()).pathname.split('/').at(-1);
  await page.getByText('Columns are separated by semicolons.').waitFor();
  const feeds = (header: string) => page.getByRole('combobox', { name: `What ${header} feeds` });
  await expect.poll(() => feeds('Mail').inputValue()).toMatch(/mail/i);
  await feeds('Day').click();
  await page.getByRole('option', { name: 'Leave out' }).click();
  // A column nobody has a field for becomes one on the spot, under another name.
  await feeds('Colour').click();
  await page.getByRole('option', { name: 'A new own field …' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Paint');
  await dialog.getByRole('button', { name: 'Declare it, and fill it' }).click();
  await expect.poll(() => feeds('Colour').inputValue()).toBe('Paint');
  await page.getByRole('button', { name: 'See what would happen' }).click();

  await page.waitForURL(/step=check/);
  await page.getByRole('cell', { name: 'Jonas Weber' }).waitFor();
  expect((await shown.house.request('marketing', 'GET', `/v1/inquiries?importId=${importId}`)).json.items).toHaveLength(0);
  await page.getByRole('button', { name: 'Start: bring in 3 rows' }).click();

  await page.getByText('What became of it').waitFor();
  await page.getByText('Done', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'See what came in' }).click();
  await page.waitForURL(/\/inquiries\?importId=/);
  await page.getByText('Carla Rossi').waitFor();
  const said = await shown.house.rows<{ paint: string }>(sql`select fields->'custom'->>'paint' as paint from capture.inquiry where import_id = ${importId!} order by id`);
  expect(said.map(({ paint }) => paint)).toEqual(['blue', 'red', 'green']);
  await page.goBack();

  await page.getByRole('button', { name: 'Undo the import' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Undo the import' }).click();
  await page.getByText('Everything this file brought was taken back').waitFor();
  const left = async (): Promise<string[]> =>
    (await shown.house.request('marketing', 'GET', `/v1/inquiries?importId=${importId}`)).json.items.map(
      (one: { status: string }) => one.status,
    );
  await expect.poll(left).toEqual(['withdrawn', 'withdrawn', 'withdrawn']);
  expect(problems).toEqual([]);
  await context.close();
});

test('an archive of several tables asks which one is meant before anything goes on', async () => {
  const { page, context, problems } = await house().open('mara');
  await page.goto('/imports/new');
  const table = (header: string, row: string) => Buffer.from(`${header}\n${row}\n`);
  const buffer = zip(0, [{ name: 'visitors.csv', data: table('last name,email', 'Weber,weber@fair.example') }, { name: 'cards.csv', data: table('last name,email', 'Rossi,rossi@fair.example') }]);
  await page.locator('input[type=file]').setInputFiles({ name: 'fair.zip', mimeType: 'application/zip', buffer });
  await page.getByText('It holds 2: say which is meant.').waitFor();
  const go = page.getByRole('button', { name: 'See what would happen' });
  expect(await go.isDisabled()).toBe(true);
  await page.getByRole('combobox', { name: 'File of the archive' }).click();
  await page.getByRole('option', { name: /^cards\.csv/ }).click();
  await page.getByText('rossi@fair.example').first().waitFor();
  await expect.poll(() => go.isDisabled()).toBe(false);
  expect(await axeFindings(page)).toEqual([]);
  await go.click();
  await page.getByRole('cell', { name: 'Rossi' }).first().waitFor();
  expect(problems).toEqual([]);
  await context.close();
});

test('the server’s sentence is shown when a file cannot be read', async () => {
  const shown = house();
  const { page, context } = await shown.open('mara');
  await page.goto('/imports/new');
  await page.locator('input[type=file]').setInputFiles({ name: 'empty.csv', mimeType: 'text/csv', buffer: Buffer.from('') });
  await page.getByRole('alert').waitFor();
  expect(await page.getByRole('alert').innerText()).toMatch(/\w+ .*\./);
  await context.close();
});

test('a list of postcodes that names no country asks for it before anything goes on', async () => {
  const { page, context, problems } = await house().open('mara');
  await page.goto('/imports/new?kind=places');
  await page.locator('input[type=file]').setInputFiles({ name: 'outcodes.csv', mimeType: 'text/csv', buffer: Buffer.from('Nr,Postcode,Lat,Lon\n1,XQ10,57.2,-2.3\n') });
  await page.getByText('No column names the country: say where all these rows are.').waitFor();
  const go = page.getByRole('button', { name: 'See what would happen' });
  expect(await go.isDisabled()).toBe(true);
  await page.getByRole('combobox', { name: 'Country of rows that name none' }).fill('United Kingdom');
  await page.getByRole('option', { name: 'United Kingdom' }).click();
  await go.click();
  await page.getByText('Rows that name no country are taken to be in United Kingdom, as you said.').waitFor();
  expect(problems).toEqual([]);
  await context.close();
});

test('says how many rows would come in, what is wrong before the row, and which words wait for a meaning', async () => {
  const { page, context, problems } = await house().open('mara');
  await page.goto('/imports/new?kind=organizations');
  const rows = ['Company,Website,City,Country', 'Kühltechnik Weber GmbH,weber.example,Zug,Switzerland', ',nameless.example,Zug,Atlantis'];
  await page.locator('input[type=file]').setInputFiles({ name: 'firms.csv', mimeType: 'text/csv', buffer: Buffer.from(rows.join('\n')) });
  await page.getByRole('button', { name: 'See what would happen' }).click();
  await page.getByRole('button', { name: 'Start: bring in 1 of 2 rows' }).waitFor();
  expect(await page.getByRole('region', { name: 'The first rows' }).getByRole('columnheader').allTextContents()).toEqual(['Row', 'Problem', 'Company', 'Website', 'City', 'Country']);
  await expect.poll(() => page.getByRole('combobox', { name: 'What Atlantis means' }).inputValue()).toBe('Choose');
  expect(await axeFindings(page)).toEqual([]);
  expect(problems).toEqual([]);
  await context.close();
});
