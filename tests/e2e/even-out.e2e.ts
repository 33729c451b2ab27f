import { expect, test } from 'vitest';
import { axeFindings } from '../support/axe.ts';
import { houseForEachTest } from '../support/shown-house.ts';

const house = houseForEachTest();

test('open leads of a team are evened out from the list of reps, after it was shown who gives whom what, and undone', async () => {
  const { request } = house().house;
  const uma = (await request('marketing', 'POST', '/v1/holders', { kind: 'rep', name: 'Uma New', email: 'uma@pumps.example' })).json.id as string;
  const holders = (await request('marketing', 'GET', '/v1/holders')).json.items as { id: string; kind: string }[];
  const team = await request('marketing', 'POST', '/v1/teams', { name: 'Everybody', holders: holders.filter(({ kind }) => kind === 'rep').map(({ id }) => ({ holderId: id, weight: 1 })) });
  const leads = (await request('marketing', 'GET', '/v1/leads')).json.items as { id: string }[];
  const vic = (await request('marketing', 'POST', '/v1/holders', { kind: 'rep', name: 'Vic Many', email: 'vic@pumps.example' })).json.id as string;
  await request('marketing', 'PATCH', `/v1/teams/${team.json.id}`, { holders: [uma, vic].map((holderId) => ({ holderId, weight: 1 })) });
  await request('marketing', 'POST', '/v1/lead-changes', { selection: { ids: leads.map(({ id }) => id) }, action: { do: 'give', to: { holderId: vic } } });
  const open = async (id: string) => (await request('marketing', 'GET', `/v1/holders/${id}`)).json.openLeads as number;
  await expect.poll(() => open(vic)).toBeGreaterThan(1);
  const before = await open(vic);

  const { page, context, problems } = await house().open('mara');
  await page.goto('/holders');
  await page.getByRole('link', { name: 'Even out open leads' }).click();
  await page.getByPlaceholder('Choose one').click();
  await page.getByRole('option', { name: 'Everybody' }).click();
  await page.getByText('Open leads: above now, below after').waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await page.getByRole('button', { name: /^Move \d+ leads?$/ }).click();
  await page.getByRole('heading', { name: /Open leads evened out among Everybody/ }).waitFor();
  await expect.poll(() => open(uma)).toBeGreaterThan(0);
  expect((await open(uma)) + (await open(vic))).toBe(before);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => open(vic)).toBe(before);
  expect(await open(uma)).toBe(0);
  expect(problems).toEqual([]);
  await context.close();
});
