import { expect, test } from 'vitest';
import { dateIn } from '../../src/platform/values/period.rules.ts';
import { axeFindings } from '../support/axe.ts';
import { houseForEachTest } from '../support/shown-house.ts';

const buyers = ['Wasserwerk Olten', 'Papier Zofingen', 'Brauerei Aarau'] as const;

const house = houseForEachTest(async ({ house }) => {
  for (const [n, organization] of buyers.entries())
    await house.request('marketing', 'POST', '/v1/inquiries', {
      givenName: ['Ursina', 'Reto', 'Silvan'][n], familyName: ['Caduff', 'Bühler', 'Nef'][n], email: `mail@asker${n}.example`, organization: `${organization} AG`, country: 'CH', city: 'Olten', product: 'Dosing pump DP 20',
    });
  await house.drain();
  // Colleagues bought; the file knows the article number alone.
  const on = dateIn(house.clock.now(), 'Europe/Zurich');
  const text = ['Sale date,Distributor,Item,Qty,Net amount,End customer', ...buyers.map((buyer, n) => `${on},Nobody Supply,47110${n},1,${5000 + n}.00,${buyer} AG`)].join('\n');
  const edge = 'edge';
  const body = `--${edge}\r\ncontent-disposition: form-data; name="file"; filename="sold.csv"\r\ncontent-type: text/csv\r\n\r\n${text}\r\n--${edge}--\r\n`;
  const { json } = await house.request('marketing', 'POST', '/v1/imports', Buffer.from(body), { 'content-type': `multipart/form-data; boundary=${edge}` });
  expect(json.kind).toBe('sell-through');
  await house.request('marketing', 'POST', `/v1/imports/${json.id}/start`);
  await house.runJobs();
  await house.drain();
});

const waiting = async (): Promise<number> => (await house().house.request('marketing', 'GET', '/v1/claims?state=ask')).json.items.length as number;

test('sales are decided with one key each, and taken back with another', async () => {
  const shown = house();
  expect(await waiting()).toBe(3);
  const { page, context, problems } = await shown.open('mara');
  await page.goto('/claims');
  await page.getByRole('button', { name: /This lead led to it/ }).first().waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await page.keyboard.press('1');
  await page.getByText(/counts for the lead/).waitFor();
  await expect.poll(waiting).toBe(2);
  await page.keyboard.press('u');
  await expect.poll(waiting).toBe(3);
  await page.getByText(/counts for the lead/).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: /This lead led to it/ }).first().waitFor();
  await page.keyboard.press('n');
  await page.getByText(/No lead of ours led to/).waitFor();
  await expect.poll(waiting).toBe(2);
  await page.keyboard.press('s');
  await page.getByRole('button', { name: /This lead led to it/ }).first().waitFor();
  await page.keyboard.press('1');
  await expect.poll(waiting).toBe(1);
  await page.getByText('Only skipped ones are left').waitFor();

  await page.getByRole('link', { name: 'By distributor' }).click();
  await page.getByText('Credited to leads').waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await page.getByText('Credited to leads').click();
  await page.getByText('Credited', { exact: true }).last().waitFor();
  await page.getByRole('link', { name: /AG/ }).first().click();
  await page.getByText('It counts as').waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await page.getByRole('button', { name: 'Undo what was decided' }).click();
  await expect.poll(waiting).toBe(2);
  expect(problems).toEqual([]);
  await context.close();
});
