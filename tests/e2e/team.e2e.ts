import { expect, test } from 'vitest';
import { createUser } from '../../src/platform/access/index.ts';
import { sql } from '../../src/platform/db/index.ts';
import { axeFindings } from '../support/axe.ts';
import { signIn } from '../support/browser.ts';
import { overflowOf } from '../support/every-screen.ts';
import { houseForEachTest, password } from '../support/shown-house.ts';
import type { ShownHouse } from '../support/shown-house.ts';

const house = houseForEachTest(async ({ house: behind, lenaId }: ShownHouse) => {
  const made = await behind.request('administrator', 'POST', '/v1/holders', { kind: 'partner', name: 'Northline', email: 'leads@northline.example' });
  const userId = await createUser(behind.cx, behind.workspaceId, { name: 'Nora', email: 'nora@northline.example', password, roles: ['partner'] });
  await behind.write((tx) => tx.run(sql`update platform.app_user set holder_id = ${made.json.id} where id = ${userId}`));
  const leads = (await behind.request('marketing', 'GET', `/v1/leads?holderId=${lenaId}`)).json.items as { id: string }[];
  await behind.request('administrator', 'POST', '/v1/lead-changes', { selection: { ids: [leads[0]!.id] }, action: { do: 'give', to: { holderId: made.json.id } } });
  await behind.runJobs();
});

test('a dealer on a phone lets a colleague in, and works a lead: what was said before, and a quote', async () => {
  const shown = house();
  const { page, context, problems } = await shown.open(undefined, { phone: true });
  await signIn(page, 'nora@northline.example', password);
  await page.goto('/team');
  await page.getByRole('heading', { name: 'Team' }).waitFor();
  await page.getByRole('textbox', { name: 'Name' }).fill('Ole Berg');
  await page.getByRole('textbox', { name: 'Mail' }).fill('ole@northline.example');
  await page.getByRole('button', { name: 'Invite', exact: true }).click();
  await page.getByText('The invitation is on its way to ole@northline.example.').waitFor();
  await page.getByText('invited, has not joined yet').waitFor();
  expect(await axeFindings(page)).toEqual([]);
  expect(await overflowOf(page)).toBeLessThanOrEqual(0);
  await page.getByRole('button', { name: 'Shut out…' }).click();
  await page.getByRole('button', { name: 'Shut out', exact: true }).click();
  await page.getByText('may not come in').waitFor();
  await page.getByRole('button', { name: 'Let in again: Ole Berg' }).click();
  await page.getByText('may not come in').waitFor({ state: 'detached' });

  const [lead] = (await shown.house.request('marketing', 'GET', '/v1/leads?holderKind=partner')).json.items as { id: string }[];
  await page.goto(`/leads/${lead!.id}`);
  await page.getByRole('heading', { name: 'Talk points' }).waitFor();
  await page.getByText(/They wrote: “/).waitFor();
  await page.getByRole('button', { name: 'Quote', exact: true }).click();
  await page.getByPlaceholder('Anything worth keeping (optional)').fill('Two pumps, 12,400, valid until May');
  await page.getByRole('button', { name: 'Log', exact: true }).click();
  await page.getByText('Quote logged').waitFor();
  await page.getByText(/Last said: “Two pumps, 12,400/).waitFor();
  // What a partner may not see is not asked for, and no link leads to it.
  expect(await page.getByRole('link', { name: /AG|GmbH|SA/ }).count()).toBe(0);
  expect(problems).toEqual([]);
  await context.close();
});
