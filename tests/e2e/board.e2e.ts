import { expect, test } from 'vitest';
import { axeFindings } from '../support/axe.ts';
import { houseForEachTest } from '../support/shown-house.ts';

const house = houseForEachTest();

test('the board of now counts what waits, moves while one looks, and its figures open their leads', async () => {
  const shown = house();
  const { page, context, problems } = await shown.open('mara');
  await page.goto('/board');
  await page.getByRole('heading', { name: 'Now', exact: true }).waitFor();
  const offered = page.getByRole('link', { name: /^Offered \d+ waiting to be accepted$/ });
  const before = Number(/\d+/.exec((await offered.innerText()).replace('Offered', ''))![0]);
  expect(before).toBeGreaterThan(1);

  // Somebody else accepts one: the figure falls by itself.
  const held = (await shown.house.request('administrator', 'GET', '/v1/leads?offered=true')).json.items as { id: string }[];
  expect(held).toHaveLength(before);
  expect((await shown.house.request('administrator', 'POST', `/v1/leads/${held[0]!.id}/accept`, {})).status).toBe(200);
  await page.getByRole('link', { name: `Offered ${before - 1} waiting to be accepted` }).waitFor();

  await page.getByRole('link', { name: `Offered ${before - 1} waiting to be accepted` }).click();
  await page.waitForURL(/\/leads\?.*offered=true/);
  await page.getByRole('button', { name: 'Without: offered, not yet accepted' }).waitFor();
  await expect.poll(() => page.getByRole('row').count()).toBe(before); // and the head
  expect(problems).toEqual([]);
  await context.close();
});

test('where something is late and several work, the board leads to evening it out', async () => {
  const shown = house();
  const { request, clock } = shown.house;
  const uma = (await request('marketing', 'POST', '/v1/holders', { kind: 'rep', name: 'Uma New', email: 'uma@pumps.example' })).json.id as string;
  type Territory = { id: string; name: string; holders: { holderId: string; weight: number }[] };
  for (const { id, holders } of (await request('marketing', 'GET', '/v1/territories')).json.items as Territory[])
    await request('marketing', 'PATCH', `/v1/territories/${id}`, { holders: [...holders.map(({ holderId, weight }) => ({ holderId, weight })), { holderId: uma, weight: 1 }] });
  clock.advance(30 * 86_400_000);
  const late = ((await request('administrator', 'GET', '/v1/board')).json.territories as { id: string | null; late: number }[]).filter((one) => one.id !== null && one.late > 0);
  expect(late.length).toBeGreaterThan(0);
  for (const phone of [false, true]) {
    const { page, context, problems } = await shown.open('mara', { phone });
    await page.goto('/board');
    const link = page.getByRole('table', { name: 'What waits in each territory now' }).getByRole('link', { name: 'Even out' }).first();
    await link.scrollIntoViewIfNeeded();
    expect(await axeFindings(page)).toEqual([]);
    await link.click();
    await page.waitForURL(/\/holders\/even\?kind=territory&id=/);
    await page.getByText('Open leads: above now, below after').waitFor();
    expect(problems).toEqual([]);
    await context.close();
  }
});

test('who works leads sees their own silence bill, and no board', async () => {
  const { page, context, problems } = await house().open('lena', { phone: true });
  await page.goto('/silence');
  await page.getByRole('heading', { name: 'My silence bill' }).waitFor();
  await page.getByText('Nobody is kept waiting').waitFor();
  await page.goto('/board');
  await page.getByText('This page is not part of your role').waitFor();
  expect(problems).toEqual([]);
  await context.close();
});
