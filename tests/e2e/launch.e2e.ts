import { expect, test } from 'vitest';
import { plantLeads } from '../support/leads.ts';
import { houseForEachTest } from '../support/shown-house.ts';

const house = houseForEachTest();
const day = (after: number): string => new Date(Date.now() + after * 86_400_000).toISOString().slice(0, 10);

test('before a program starts its page tells whether there is room for what it will bring, and what if it brought less', async () => {
  const { house: behind, lenaId, open } = house();
  const ask = (method: string, url: string, body: unknown) => behind.request('administrator', method, url, body);
  const program = async (body: object): Promise<string> => (await ask('POST', '/v1/programs', { channel: 'Trade show', ...body })).json.id as string;
  const last = await program({ name: 'Spring fair', status: 'finished', startsOn: day(-180), endsOn: day(-176) });
  const next = await program({ name: 'Autumn fair', status: 'planned', startsOn: day(30), endsOn: day(34), goalLeads: 40 });
  await ask('PATCH', `/v1/holders/${lenaId}`, { capacityPerWeek: 10 });
  behind.clock.advance(-178 * 86_400_000);
  await plantLeads(behind, Array.from({ length: 8 }, () => ({ country: 'CH', programId: last })));
  await behind.drain();
  behind.clock.advance(178 * 86_400_000);

  const { page, context, problems } = await open('mara');
  await page.goto(`/programs/${next}`);
  await page.getByRole('link', { name: 'Launch check' }).waitFor();
  await page.getByText(/leads? would wait for somebody, until the week of/).waitFor();
  await page.getByRole('link', { name: 'Spring fair' }).waitFor();
  const weeks = page.getByRole('table', { name: 'Week by week' });
  await weeks.getByRole('row').nth(1).getByRole('cell', { name: '40', exact: true }).first().waitFor();
  await page.getByRole('table', { name: 'Who would be given them' }).getByRole('link', { name: 'Lena' }).waitFor();

  await page.getByRole('textbox', { name: 'It brings so many leads' }).fill('4');
  await page.getByText('has room for all of them in the week they come').waitFor();
  await page.waitForURL(/leads=4/);
  await page.getByRole('link', { name: 'Results and costs' }).click();
  await page.getByText('Costs, on their days').waitFor();

  // Once it is over its results come first; the check stays within reach.
  await page.goto(`/programs/${last}`);
  await page.getByText('Costs, on their days').waitFor();
  await page.getByRole('link', { name: 'Launch check' }).click();
  await page.getByText('How this is known').waitFor();
  expect(problems).toEqual([]);
  await context.close();
});
