import { expect, test } from 'vitest';
import { addHolder } from '../../src/distribute/index.ts';
import { createUser } from '../../src/platform/access/index.ts';
import { sql } from '../../src/platform/db/index.ts';
import { axeFindings } from '../support/axe.ts';
import { signIn } from '../support/browser.ts';
import { overflowOf } from '../support/every-screen.ts';
import { password, houseForEachTest } from '../support/shown-house.ts';

const house = houseForEachTest();

test('on a phone a partner registers a lead, learns who has another, mends what is unreadable; a manager decides', async () => {
  const shown = house();
  const { house: at } = shown;
  const holderId = await at.write((tx) => addHolder(tx, at.cx, { name: 'Northline', kind: 'partner', email: 'sales@northline.example' }));
  const userId = await createUser(at.cx, at.workspaceId, { name: 'Nora', email: 'nora@northline.example', password, roles: ['partner'] });
  await at.write((tx) => tx.run(sql`update platform.app_user set holder_id = ${holderId} where id = ${userId}`));

  const { page, context, problems } = await shown.open(undefined, { phone: true });
  await signIn(page, 'nora@northline.example', password);
  await page.getByRole('link', { name: 'Register a lead' }).first().click();
  await page.getByRole('heading', { name: 'Register a lead' }).waitFor();
  const fill = async (fields: Record<string, string>): Promise<void> => {
    for (const [label, value] of Object.entries(fields)) await page.getByLabel(label, { exact: true }).fill(value);
    await page.getByRole('button', { name: 'Register', exact: true }).click();
  };
  // Unreadable: said at once, kept, and mended by sending it again.
  await fill({
    Person: 'Sofia Lind',
    Company: 'Lind Vatten AB',
    Mail: 'sofia at lind',
    'What do they want?': 'Three booster pumps before autumn',
    'What it may be worth': '18000',
  });
  await page.getByRole('status').getByText('“sofia at lind” is no mail address').waitFor();
  await fill({ Mail: 'sofia@lindvatten.example' });
  await page.getByRole('status').getByText('It is yours, and kept for you until').waitFor();
  // Somebody else has the company: who, and nothing more.
  await fill({ Person: 'Piet Brunner', Company: 'Brunner Pumpen AG', Mail: 'piet@brunner.example', 'What do they want?': 'A pump' });
  await page.getByRole('status').getByText('Held by Lena').waitFor();
  expect(await page.getByText('Marta').count()).toBe(0);
  await page.getByText('Three booster pumps before autumn').waitFor();
  // What was left unreadable is mended later, from the list: the form comes into sight, and says what came of it.
  await fill({ Person: 'Ida Berg', Company: 'Berg Kyla AB', Mail: 'ida at berg', 'What do they want?': 'A chilled water pump' });
  await page.getByRole('status').getByText('is no mail address').waitFor();
  await page.reload();
  await page.getByRole('button', { name: 'Mend it' }).click();
  await expect.poll(async () => (await page.getByRole('heading', { name: 'Mend a registration' }).boundingBox())?.y).toBeGreaterThan(0);
  await fill({ Mail: 'ida@bergkyla.example' });
  await page.getByRole('status').getByText('It is yours, and kept for you until').waitFor();
  expect(await overflowOf(page)).toBe(0);
  expect(await axeFindings(page)).toEqual([]);
  if (process.env['SHOTS']) await page.screenshot({ path: `${process.env['SHOTS']}/register-phone.png`, fullPage: true });
  expect(problems).toEqual([]);
  await context.close();

  const manager = await shown.open('olga');
  await manager.page.goto('/registrations');
  await manager.page.getByText('1 registration waits for a decision').waitFor();
  expect(await axeFindings(manager.page)).toEqual([]);
  if (process.env['SHOTS']) await manager.page.screenshot({ path: `${process.env['SHOTS']}/register-manager.png`, fullPage: true });
  expect(await manager.page.getByRole('button', { name: 'Refuse' }).isDisabled()).toBe(true);
  await manager.page.getByRole('button', { name: 'Grant: give it to Northline' }).click();
  await manager.page.getByText('Granted: the lead is Northline’s.').waitFor();
  expect(manager.problems).toEqual([]);
  await manager.context.close();
});
