import { mkdirSync } from 'node:fs';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { work } from '../../src/house.ts';
import { createUser } from '../../src/platform/access/index.ts';
import { sql } from '../../src/platform/db/index.ts';
import { eager, linkIn, openTown } from '../journeys/town.ts';
import type { Town } from '../journeys/town.ts';
import { axeFindings } from '../support/axe.ts';
import { openBrowser, openPage, signIn } from '../support/browser.ts';
import { password, watch } from '../support/shown-house.ts';

// A dealer stands in somebody's yard with a phone. The mail came over a real mail server; its link opens in a real browser; nobody signs in.

let browser: Browser;
let town: Town;
let url: string;
let path: string;
let leadId: string;
let problems: string[];
let contexts: BrowserContext[];
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

beforeEach(async () => {
  // Now, as a browser keeps no cookie that ran out months ago.
  town = await openTown({ at: new Date().toISOString() });
  const { app } = await town.house.api();
  url = await app.listen({ host: '127.0.0.1', port: 0 });
  const receipt = await town.inquire(eager);
  const lead = await town.leadOf(receipt);
  leadId = lead.id;
  const address = lead.holder.id === town.partners.alpen ? 'leads@alpenpumpen.example' : 'leads@rheinpumpen.example';
  expect(town.lettersTo(address)).toHaveLength(1);
  path = linkIn(town.lettersTo(address)[0]!);
  problems = [];
  contexts = [];
});
afterEach(async () => {
  await Promise.all(contexts.map((context) => context.close()));
  await town?.close();
});

async function phone(dark = false): Promise<Page> {
  const opened = await openPage(browser, url, { phone: true, dark });
  contexts.push(opened.context);
  watch(opened.page, problems);
  return opened.page;
}

/** A picture of each step, where somebody wants to look at them. */
const pictures = process.env['BATON_PICTURES'];
async function picture(page: Page, name: string): Promise<void> {
  if (!pictures) return;
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: `${pictures}/${name}.png`, fullPage: true });
}

/** Counts what thumbs do. */
function thumbOn(page: Page): { tap(name: string): Promise<void>; taps: number } {
  const thumb = {
    taps: 0,
    async tap(name: string) {
      thumb.taps++;
      // What asks one thing more ends in dots, and opens.
      const target = name.endsWith('…') ? page.locator('summary', { hasText: name }) : page.getByRole('button', { name, exact: true });
      await target.locator('visible=true').first().tap();
    },
  };
  return thumb;
}
const fingerprint = () =>
  town.house.rows(sql`select (select count(*)::int from journal.fact) as facts, (select count(*)::int from followup.disposition) as verdicts, (select count(*)::int from followup.link_answer) as answers,
    (select count(*)::int from platform.audit) as audits, (select jsonb_agg(to_jsonb(k) order by k.id) from followup.link k) as links, (select jsonb_agg(to_jsonb(a) order by a.id) from distribute.assignment a) as custody`);
/** What pages complained about, but for what those who look at them (axe, the camera) may not do there: our pages load nothing and style nothing in line. */
const complaints = (): string[] => problems.filter((problem) => !/^(Applying inline style|Connecting to) .* Content Security Policy/.test(problem));
const lead = () => town.ok('marketing', 'GET', `/v1/leads/${leadId}`);

test('from the mail on a phone: accept, verdict, sale with its value, each in two taps at most; looking changes nothing', async () => {
  const page = await phone();
  const before = await fingerprint();
  // A mail program's scanner, and the partner who only looks.
  for (const method of ['GET', 'HEAD', 'GET'] as const) expect((await fetch(`${url}${path}`, { method })).status).toBe(200);
  await page.goto(path);
  await page.getByRole('heading', { name: 'Regula Wyss' }).waitFor();
  await page.getByText('left to accept').waitFor();
  await page.reload();
  await picture(page, '1-offered');
  expect(await axeFindings(page)).toEqual([]);
  expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  // What is done first is in view without scrolling, and large enough for a thumb.
  const accept = (await page.getByRole('button', { name: 'Accept this lead' }).boundingBox())!;
  expect(accept.y + accept.height).toBeLessThan(844);
  expect(accept.height).toBeGreaterThanOrEqual(44);
  expect(await fingerprint()).toEqual(before);
  expect(await page.context().cookies()).toEqual([]);

  let thumb = thumbOn(page);
  await thumb.tap('Accept this lead');
  await page.getByRole('status').getByText('Accepted: it is yours.').waitFor();
  expect(thumb.taps).toBeLessThanOrEqual(2);
  await town.settle();
  await expect.poll(async () => (await lead()).assignments[0].acceptedAt).not.toBeNull();
  await page.getByText('Yours since you accepted it').waitFor();
  await picture(page, '2-accepted');
  expect(await axeFindings(page)).toEqual([]);

  thumb = thumbOn(page);
  await thumb.tap('Hot');
  await page.getByRole('status').getByText('Noted: hot.').waitFor();
  expect(thumb.taps).toBeLessThanOrEqual(2);
  await page.getByText('You said: Hot').waitFor();
  expect(await page.getByRole('button', { name: 'Hot', exact: true }).getAttribute('aria-pressed')).toBe('true');
  await picture(page, '3-hot');

  thumb = thumbOn(page);
  await thumb.tap('Sold…');
  await page.getByLabel(/For how much/).fill('12.500,50');
  await picture(page, '4-for-how-much');
  expect(await axeFindings(page)).toEqual([]);
  await thumb.tap('Sold');
  await page.getByRole('status').getByText('Sold: congratulations!').waitFor();
  expect(thumb.taps).toBe(2);
  await page.getByText('You said: Sold').waitFor();
  await page.getByText('12,500.50').first().waitFor();
  await picture(page, '5-sold');
  expect(await axeFindings(page)).toEqual([]);

  await town.settle();
  const told = await lead();
  expect(told.lead.state).toBe('sale');
  expect(told.dispositions).toMatchObject([
    { verdict: 'sale', valueMinor: 1_250_050, via: 'link', current: true },
    { verdict: 'hot', via: 'link', current: false },
  ]);
  expect((await town.ok('administrator', 'GET', '/v1/verify')).breaks).toEqual([]);
  expect(complaints()).toEqual([]);
});

test('handed on to another phone it is recorded as such, the manager sees it on the lead’s page and ends the link', async () => {
  const page = await phone();
  await page.goto(path);
  await thumbOn(page).tap('Accept this lead');
  await page.getByRole('status').waitFor();
  const other = await phone(true);
  await other.goto(path);
  await other.getByText('Yours since you accepted it').waitFor();
  await picture(other, '6-another-phone-dark');
  const thumb = thumbOn(other);
  await thumb.tap('Bad…');
  await picture(other, '7-why-bad-dark');
  expect(await axeFindings(other)).toEqual([]);
  await thumb.tap('No budget');
  await other.getByRole('status').getByText('Noted: bad').waitFor();
  expect(thumb.taps).toBe(2);
  await town.settle();

  await createUser(town.house.cx, town.house.workspaceId, { name: 'Sam Manager', email: 'sam@testpumps.example', password, roles: ['sales_manager'] });
  const working = work(town.house.cx);
  try {
    const { page: desk, context } = await openPage(browser, url);
    contexts.push(context);
    watch(desk, problems);
    await signIn(desk, 'sam@testpumps.example', password);
    await desk.goto(`/leads/${leadId}`);
    const card = desk.locator('section', { has: desk.getByRole('heading', { name: 'Links without login' }) });
    await card.getByText('another browser: maybe handed on').waitFor();
    await card.getByText('Chrome on').first().waitFor();
    await desk.getByText('the mail may have been handed on').waitFor();
    await card.scrollIntoViewIfNeeded();
    await picture(desk, '8-lead-page');
    expect(await axeFindings(desk)).toEqual([]);
    await card.getByRole('button', { name: 'Revoke…' }).click();
    await desk.getByRole('button', { name: 'Revoke', exact: true }).click();
    await card.getByText('by Sam Manager').waitFor();
    await other.reload();
    await other.getByRole('heading', { name: 'This link no longer works' }).waitFor();
    await picture(other, '9-revoked-dark');
    expect(await other.content()).not.toContain('Wyss');
  } finally {
    await working.stop();
  }
  expect(complaints().filter((problem) => !/410/.test(problem))).toEqual([]);
});

test('not for me: two taps, and the next partner has it', async () => {
  const page = await phone();
  await page.goto(path);
  const thumb = thumbOn(page);
  const was = (await lead()).lead.holder.id as string;
  await thumb.tap('Not for me…');
  await picture(page, '10-not-for-me');
  await thumb.tap('Outside my area');
  await page.getByRole('heading', { name: 'This lead is with somebody else now' }).waitFor();
  expect(thumb.taps).toBe(2);
  await picture(page, '11-passed-on');
  await town.settle();
  await expect.poll(async () => (await lead()).lead.holder.id).not.toBe(was);
  expect(complaints()).toEqual([]);
});

test('once a week: everything overdue on one page, a tap each', async () => {
  const { house } = town;
  const page = await phone();
  await page.goto(path);
  await thumbOn(page).tap('Accept this lead');
  await page.getByRole('status').waitFor();
  const holderId = (await lead()).lead.holder.id as string;
  for (const one of [
    { ...eager, firstName: 'Beat', lastName: 'Zaugg', email: 'b.zaugg@molkereizaugg.example', company: 'Molkerei Zaugg', phone: '+41 31 300 44 55' },
    { ...eager, firstName: 'Lisa', lastName: 'Moser', email: 'lisa.moser@moserbau.example', company: 'Moser Bau AG', phone: '+41 31 300 66 77' },
  ])
    await town.inquire(one);
  // All of them with the same partner, accepted and worked; then nobody says what became of them.
  await house.write(async (tx) => {
    await tx.run(sql`update distribute.assignment set holder_id = ${holderId}, accepted_at = coalesce(accepted_at, started_at), first_followup_at = coalesce(first_followup_at, started_at), clock_at = null where ended_at is null`);
  });
  house.clock.advance(10 * 86_400_000);
  const part = (options: Intl.DateTimeFormatOptions): string => new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Zurich', ...options }).format(house.clock.now());
  const weekday = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].indexOf(part({ weekday: 'short' })) + 1;
  await town.ok('sales_manager', 'PUT', '/v1/settings/verdict-round', { on: true, weekday, hour: Number(part({ hour: '2-digit', hourCycle: 'h23' })), afterDays: 7 });
  await town.settle();
  const letter = town.letters.find(({ subject }) => subject === 'What became of 3 leads?')!;
  const asked = linkIn(letter);
  for (const method of ['GET', 'HEAD'] as const) expect((await fetch(`${url}${asked}`, { method })).status).toBe(200);
  await page.goto(asked);
  await page.getByRole('heading', { name: 'What became of these 3 leads?' }).waitFor();
  await picture(page, '12-round');
  expect(await axeFindings(page)).toEqual([]);
  expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  await page.getByRole('button', { name: 'Hot: Regula Wyss' }).tap();
  await page.getByRole('status').getByText('2 to go').waitFor();
  await page.locator('.asked-of', { hasText: 'Beat Zaugg' }).locator('summary', { hasText: 'Bad…' }).tap();
  await page.locator('.asked-of', { hasText: 'Beat Zaugg' }).getByRole('button', { name: 'No need' }).tap();
  await page.getByRole('status').getByText('1 to go').waitFor();
  await picture(page, '13-round-one-left');
  await page.locator('.asked-of', { hasText: 'Lisa Moser' }).locator('summary', { hasText: 'Sold…' }).tap();
  await page.locator('.asked-of', { hasText: 'Lisa Moser' }).getByLabel(/For how much/).fill('4200');
  await page.locator('.asked-of', { hasText: 'Lisa Moser' }).getByRole('button', { name: 'Sold', exact: true }).tap();
  await page.getByRole('heading', { name: 'All answered: thank you!' }).waitFor();
  await picture(page, '14-round-done');
  expect(await axeFindings(page)).toEqual([]);
  expect((await town.ok('sales_manager', 'GET', '/v1/verdict-rounds')).items).toMatchObject([{ asked: 3, answered: 3 }]);
  expect((await town.ok('administrator', 'GET', '/v1/verify')).breaks).toEqual([]);
  await createUser(house.cx, house.workspaceId, { name: 'Sam Manager', email: 'sam@testpumps.example', password, roles: ['sales_manager'] });
  const { page: desk, context } = await openPage(browser, url);
  contexts.push(context);
  await signIn(desk, 'sam@testpumps.example', password);
  await desk.goto('/verdict-rounds');
  await desk.getByText('3 of 3').waitFor();
  await picture(desk, '15-rounds-screen');
  expect(await axeFindings(desk)).toEqual([]);
  expect(complaints()).toEqual([]);
});
