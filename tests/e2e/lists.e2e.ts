import { expect, it } from 'vitest';
import { axeFindings } from '../support/axe.ts';
import { houseForEachTest } from '../support/shown-house.ts';

const shown = houseForEachTest();
const rows = (from: number, n: number): string => Array.from({ length: n }, (_, at) => `Anna,Muster${String.fromCharCode(97 + ((from + at) % 26))}${'bcd'[Math.floor((from + at) / 26)]}er,anna${from + at}@firm${from + at}.example`).join('\n');

async function bringIn(house: ReturnType<typeof shown>['house'], name: string, text: string, settings: object): Promise<string> {
  const edge = 'edge';
  const part = (head: string, content: string): string => `--${edge}\r\ncontent-disposition: form-data; ${head}\r\n\r\n${content}\r\n`;
  const body = `${part('name="kind"', 'people')}${part(`name="file"; filename="${name}"\r\ncontent-type: text/csv`, text)}--${edge}--\r\n`;
  const { json } = await house.request('marketing', 'POST', '/v1/imports', Buffer.from(body), { 'content-type': `multipart/form-data; boundary=${edge}` });
  await house.request('marketing', 'PUT', `/v1/imports/${json.id}`, { settings });
  await house.request('marketing', 'POST', `/v1/imports/${json.id}/start`);
  await expect.poll(async () => (await house.request('marketing', 'GET', `/v1/imports/${json.id}`)).json.status, { timeout: 30_000 }).toBe('finished');
  return json.id as string;
}

it('compares lists, says why, and takes a cost that comes late', async () => {
  const { house, open } = shown();
  const good = await bringIn(house, 'good.csv', `First name,Last name,E-mail\n${rows(0, 60)}\n`, { listOwner: 'Good Names Ltd', listCostMinor: 30_000 });
  const again = await bringIn(house, 'again.csv', `First name,Last name,E-mail\n${rows(0, 55)}\nKarl,Neuber,karl@neuber.example\n`, {});
  const { page, problems } = await open('mara');
  await page.goto('/lists');
  await page.getByRole('button', { name: 'Count now' }).click();
  await expect.poll(async () => (await house.request('marketing', 'GET', `/v1/lists/${good}`)).json.good, { timeout: 60_000, interval: 1000 }).toBeGreaterThan(0);
  await expect
    .poll(async () => {
      await house.request('marketing', 'POST', '/v1/lists/count');
      return (await house.request('marketing', 'GET', `/v1/lists/${again}`)).json.verdict;
    }, { timeout: 90_000, interval: 2000 })
    .toBe('drop');
  const table = page.getByRole('table', { name: 'Lists by what they yielded' });
  await table.getByRole('row', { name: /again\.csv.*Throw away/ }).waitFor();
  await table.getByRole('row', { name: /good\.csv.*Good Names Ltd.*Too early to say/ }).waitFor();
  expect(await axeFindings(page)).toEqual([]);

  await table.getByRole('link', { name: /again\.csv/ }).click();
  await page.getByText(/of its names only repeat what was known/).waitFor();
  await page.getByRole('textbox', { name: 'What it cost' }).fill('120');
  await page.getByRole('textbox', { name: 'Whose list it is' }).fill('Bargain Names');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('of $ 120 it cost').or(page.getByText(/of .*120 it cost/)).first().waitFor();
  await expect.poll(async () => (await house.request('marketing', 'GET', `/v1/lists/${again}`)).json).toMatchObject({ owner: 'Bargain Names', costMinor: 12_000 });
  expect(await axeFindings(page)).toEqual([]);

  await page.getByRole('link', { name: '55 people' }).click();
  await page.getByText('they were known before the list again.csv').waitFor();
  expect(problems).toEqual([]);
});
