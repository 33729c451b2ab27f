import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createUser } from '../../src/platform/access/index.ts';
import { sql } from '../../src/platform/db/index.ts';
import { axeFindings } from '../support/axe.ts';
import { signIn } from '../support/browser.ts';
import { overflowOf } from '../support/every-screen.ts';
import { houseForEachTest, password } from '../support/shown-house.ts';
import type { ShownHouse } from '../support/shown-house.ts';

let server: Server;
let got: { type: string; data: { lead: { person: { name: string } } } }[] = [];
beforeAll(async () => {
  server = createServer((request, response) => {
    let text = '';
    request.on('data', (part) => (text += part));
    request.on('end', () => {
      got.push(JSON.parse(text));
      response.writeHead(200).end('Thank you');
    });
  });
  await new Promise<void>((go) => server.listen(0, '127.0.0.1', go));
});
afterAll(() => server.close());

const house = houseForEachTest(async ({ house: behind, lenaId }: ShownHouse) => {
  got = [];
  behind.cx.config.privateHosts.push('127.0.0.1');
  const made = await behind.request('administrator', 'POST', '/v1/holders', { kind: 'partner', name: 'Northline', email: 'leads@northline.example' });
  const userId = await createUser(behind.cx, behind.workspaceId, { name: 'Nora', email: 'nora@northline.example', password, roles: ['partner'] });
  await behind.write((tx) => tx.run(sql`update platform.app_user set holder_id = ${made.json.id} where id = ${userId}`));
  const leads = (await behind.request('marketing', 'GET', `/v1/leads?holderId=${lenaId}`)).json.items as { id: string }[];
  await behind.request('administrator', 'POST', '/v1/lead-changes', { selection: { ids: [leads[0]!.id] }, action: { do: 'give', to: { holderId: made.json.id } } });
});

test('a partner makes a key and a webhook, is told of a lead, and its system reports a sale', async () => {
  const shown = house();
  const { page, context, problems } = await shown.open(undefined);
  await signIn(page, 'nora@northline.example', password);
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Your system' }).click();
  await page.getByRole('heading', { name: 'Your system', exact: true }).waitFor();
  expect(await axeFindings(page)).toEqual([]);

  await page.getByLabel('What uses it').fill('Our ERP');
  await page.locator('form').filter({ hasText: 'What uses it' }).getByRole('button', { name: 'Make it' }).click();
  const key = await page.getByLabel('Key for your system', { exact: true }).innerText();
  // eslint-disable-next-line typescript/no-explicit-any
  const ask = async (method: string, path: string, body?: object): Promise<any> =>
    (await fetch(`${shown.url}${path}`, { method, headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' }, ...(body ? { body: JSON.stringify(body) } : {}) })).json();
  await expect.poll(async () => (await ask('GET', '/v1/exchange/leads')).items, { timeout: 20_000 }).toHaveLength(1);
  const leadId = (await ask('GET', '/v1/exchange/leads')).items[0].id as string;

  await page.getByRole('button', { name: 'New webhook' }).first().click();
  const form = page.locator('form').filter({ hasText: 'Address to call' });
  await form.getByLabel('Name').fill('ERP calls');
  await page.getByLabel('Address to call').fill('http://10.1.2.3/x');
  await page.getByLabel('A verdict: hot, warm, bad, sale, don’t know').check();
  await form.getByRole('button', { name: 'Make it' }).click();
  await page.getByRole('alert').getByText('must begin with https://').waitFor();
  await page.getByLabel('Address to call').fill(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  expect(await axeFindings(page)).toEqual([]);
  await form.getByRole('button', { name: 'Make it' }).click();
  expect(await page.getByLabel('Signing secret', { exact: true }).innerText()).toMatch(/^whsec_/);
  await page.getByRole('button', { name: 'Send a test' }).click();
  await page.getByText('It arrived: your system answered 200').waitFor();

  const said = await ask('POST', '/v1/exchange/answers', { answers: [{ reference: 'order-1', leadId, do: 'verdict', verdict: 'sale', valueMinor: 990_000 }] });
  expect(said).toMatchObject({ taken: 1 });
  await expect.poll(() => got.map(({ type }) => type), { timeout: 20_000 }).toContain('lead.judged');
  await page.getByRole('button', { name: 'What was sent' }).click();
  const drawer = page.getByRole('dialog');
  await drawer.getByText('lead.judged').waitFor();
  expect(await axeFindings(page)).toEqual([]);
  const before = got.length;
  await drawer.getByRole('button', { name: /^Send again: lead\.judged/ }).click();
  await expect.poll(() => got.length).toBe(before + 1);
  // the address that was refused, and nothing else
  expect(problems).toEqual([expect.stringContaining('422')]);
  await context.close();

  const phone = await shown.open(undefined, { phone: true });
  await signIn(phone.page, 'nora@northline.example', password);
  await phone.page.goto('/your-system');
  await phone.page.getByText('ERP calls').waitFor();
  expect(await overflowOf(phone.page)).toBe(0);
  expect(await axeFindings(phone.page)).toEqual([]);
  await phone.context.close();
});

test('an administrator makes a token for a partner, and has a system of the company’s own told', async () => {
  const shown = house();
  const { page, context, problems } = await shown.open('olga');
  await page.goto('/settings/tokens');
  await page.getByLabel('What uses it').fill('Northline ERP');
  await page.getByLabel('May what these may').first().press('ArrowDown');
  await page.getByRole('option', { name: 'Partner' }).click();
  await page.keyboard.press('Escape');
  await page.getByLabel('Acts as').first().click();
  await page.getByRole('option', { name: 'Northline' }).click();
  await page.getByRole('button', { name: 'Make it' }).click();
  await page.getByRole('row', { name: /Northline ERP/ }).getByText('Acts as Northline').waitFor();

  await page.goto('/settings/webhooks');
  await page.getByRole('button', { name: 'New webhook' }).first().click();
  await page.locator('form').filter({ hasText: 'Address to call' }).getByLabel('Name').fill('Warehouse');
  await page.getByLabel('Address to call').fill(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  await page.getByRole('button', { name: 'Make it' }).click();
  await page.getByLabel('Signing secret', { exact: true }).waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.getByText('Paused', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Turn on' }).click();
  await page.getByRole('row', { name: /Warehouse/ }).getByText('On', { exact: true }).waitFor();
  // An administrator has no system of a partner's: the way there is not offered.
  expect(await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Your system' }).count()).toBe(0);
  expect(problems).toEqual([]);
  await context.close();
});
