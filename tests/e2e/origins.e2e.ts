import { expect, it } from 'vitest';
import { axeFindings } from '../support/axe.ts';
import { houseForEachTest } from '../support/shown-house.ts';
import { bringInFile } from '../../src/capture/index.ts';

const shown = houseForEachTest();

it('a company’s page says who told each value, what else was said, and leads to the inquiry and the list that named it', async () => {
  const { house, open } = shown();
  const inquire = async (fields: object, key: string): Promise<string> => {
    const { json } = await house.request('marketing', 'POST', '/v1/inquiries', { organization: 'Aabe Pumps', country: 'DE', message: 'A quote', ...fields }, { 'idempotency-key': key });
    return json.receipt as string;
  };
  const first = await inquire({ fullName: 'Ines Aabe', email: 'ines@aabe.example', city: 'Köln', industry: 'Water' }, 'one');
  await inquire({ fullName: 'Otto Aabe', email: 'otto@aabe.example', city: 'Bonn' }, 'two');
  await expect.poll(async () => (await house.request('rep', 'GET', '/v1/people?q=aabe')).json.items?.length, { timeout: 20_000 }).toBe(2);
  await bringInFile(house.cx, house.scope, { name: 'fair.csv', bytes: Buffer.from('Name,Website,Employees\nAabe Pumps,aabe.example,250\n'), kind: 'organizations' });
  const id = (await house.request('rep', 'GET', '/v1/organizations?q=aabe')).json.items[0].id as string;

  for (const phone of [false, true]) {
    const { page, problems } = await open('mara', { phone });
    await page.goto(`/organizations/${id}`);
    const origins = page.getByRole('listitem').filter({ hasText: 'Employees' });
    await origins.getByText('by the list').waitFor();
    const address = page.getByRole('listitem').filter({ hasText: 'Köln, Germany' });
    await address.getByRole('button', { name: '1 other' }).click();
    await address.getByText('Bonn, Germany').waitFor();
    await page.getByText('3 inquiries and lists').waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole('link', { name: first }).last().click();
    await page.waitForURL(/\/inquiries\//);
    expect(problems).toEqual([]);
    await page.close();
  }
});
