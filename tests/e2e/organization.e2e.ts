import { expect, test } from 'vitest';
import { axeFindings } from '../support/axe.ts';
import { bringInFile } from '../../src/capture/index.ts';
import { enquire, houseForEachTest } from '../support/shown-house.ts';

const shown = houseForEachTest();

test('an organization’s page says where each value came from and who named it, and each count opens as many', async () => {
  const { house, open } = shown();
  await enquire(house, { fullName: 'Vera Roth', organization: 'Vale Foods Ltd', email: 'vera@valefoods.example', city: 'Winterthur', employees: '100' });
  await enquire(house, { fullName: 'Nils Bär', organization: 'Vale Foods', email: 'nils@valefoods.example', city: 'Winterthur', employees: '120' });
  await house.drain();
  const bring = (name: string, kind: string, lines: string[]) => bringInFile(house.cx, house.scope, { name, bytes: Buffer.from(`${lines.join('\n')}\n`), kind, settings: {} });
  await bring('visitors.csv', 'people', ['External id,Given name,Family name,Email,Company', 'V1,Max,Moser,max@valefoods.example,Vale Foods Ltd', 'V2,Ida,Iten,ida@valefoods.example,Vale Foods Ltd']);
  await bring('register.csv', 'organizations', ['Company,Website,Phone,Annual sales', 'Vale Foods Ltd,valefoods.example,+41 52 311 00 00,1250000']);
  await house.drain();
  const found = (await house.request('marketing', 'GET', '/v1/search?q=vale')).json.organizations as { id: string }[];
  await house.request('rep', 'PATCH', `/v1/organizations/${found[0]!.id}`, { vertical: 'Dairies' });

  const { page, context, problems } = await open('mara');
  await page.goto(`/organizations/${found[0]!.id}`);
  const line = (label: string) => page.getByRole('listitem').filter({ has: page.getByText(label, { exact: true }) });
  await line('Phone').getByText('+41 52 311 00 00').waitFor();
  await line('Phone').getByRole('link', { name: 'register.csv' }).waitFor();
  await line('Annual sales').getByText(/1,250,000|1’250’000|1.250.000/).waitFor();
  await line('Vertical').getByText(/entered by/).waitFor();
  await line('Employees').getByRole('button', { name: '1 other: Employees' }).click();
  await line('Employees').getByText(/^120/).waitFor();
  expect(await axeFindings(page)).toEqual([]);

  await page.getByRole('table', { name: 'Lists that named it' }).getByRole('row', { name: /visitors\.csv/ }).getByRole('link', { name: '2', exact: true }).click();
  await page.getByRole('gridcell').getByText('Max Moser').waitFor();
  expect(await page.getByRole('gridcell').getByText(/Max Moser|Ida Iten|Vera Roth|Nils Bär/).count()).toBe(2);
  await page.getByRole('button', { name: 'Without: of one company' }).waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await page.goBack();
  await page.getByRole('link', { name: '2 inquiries' }).click();
  await page.getByRole('gridcell').getByText('Vera Roth').waitFor();
  await page.getByRole('gridcell').getByText('Nils Bär').waitFor();
  await page.getByRole('button', { name: 'Without: from one company' }).click();
  await page.getByRole('gridcell').getByText('Marta Keller').waitFor();

  await page.goto(`/organizations/${found[0]!.id}`);
  await page.getByRole('link', { name: '4 people' }).click();
  await page.getByText('4 in all').waitFor();

  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`/organizations/${found[0]!.id}`);
  await line('Phone').getByText('+41 52 311 00 00').waitFor();
  expect(await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')).toBe(0);
  expect(problems).toEqual([]);
  await context.close();
});
