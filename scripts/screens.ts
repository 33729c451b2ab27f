// A picture of every screen with the demo company: desktop and phone, light and dark, into ./screens/.
//   npm run screens                       starts a temporary house with the demo company
//   npm run screens -- --url http://127.0.0.1:7700 --email a@b.example --password ...   uses a running one
//   npm run screens -- --only queue,loop --looks desktop,phone-dark
//   npm run screens -- --missing          takes only what is not in the folder yet
// A screen that fails is tried twice more on a fresh page; what fails even then is named at the end, and the rest is there.
import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { BrowserContext, Page } from 'playwright-core';
import { openBrowser, openPage, signIn } from '../tests/support/browser.ts';
import { openDemoHouse } from '../tests/support/demo-house.ts';
import { everyScreen, overflowOf, visit, type Shown } from '../tests/support/every-screen.ts';

const { values } = parseArgs({
  options: {
    url: { type: 'string' },
    email: { type: 'string' },
    password: { type: 'string' },
    only: { type: 'string' },
    looks: { type: 'string' },
    missing: { type: 'boolean', default: false },
    inquiries: { type: 'string', default: '3000' },
    out: { type: 'string', default: 'screens' },
  },
});
const out = resolve(import.meta.dirname, '..', values.out);
mkdirSync(out, { recursive: true });

const looks = [
  { name: 'desktop', suffix: '', phone: false, dark: false },
  { name: 'desktop-dark', suffix: '-dark', phone: false, dark: true },
  { name: 'phone', suffix: '-phone', phone: true, dark: false },
  { name: 'phone-dark', suffix: '-phone-dark', phone: true, dark: true },
].filter(({ name }) => values.looks === undefined || values.looks.split(',').includes(name));
const wanted = (name: string): boolean => values.only === undefined || values.only.split(',').some((one) => name.startsWith(one));

const fileOf = (name: string): string => join(out, `${name}.png`);
/** Patience for a machine that does other things beside. */
const waitMs = 60_000;

const began = performance.now();
const browser = await openBrowser();
const wide: string[] = [];
const failed: string[] = [];
let taken = 0;

async function picture(page: Page, path: string, name: string): Promise<void> {
  await visit(page, path);
  if ((await overflowOf(page)) > 0) wide.push(name);
  await page.screenshot({ path: fileOf(name) });
  taken++;
}

async function pictureOf(context: BrowserContext, path: string, name: string): Promise<void> {
  if (values.missing && existsSync(fileOf(name))) return;
  for (let tries = 1; ; tries++) {
    const page = await context.newPage();
    page.setDefaultTimeout(waitMs);
    try {
      return await picture(page, path, name);
    } catch (error) {
      process.stderr.write(`${name}, try ${tries}: ${(error as Error).message.split('\n')[0]}\n`);
      if (tries === 3) {
        failed.push(name);
        return;
      }
    } finally {
      await page.close().catch(() => undefined);
    }
  }
}

/** The set-up page stands only in a house that nobody has set up yet. */
async function pictureSetUp(url: string): Promise<void> {
  if (!wanted('setup')) return;
  for (const { suffix, ...look } of looks) {
    const { context } = await openPage(browser, new URL(url).origin, look);
    await pictureOf(context, url, `setup${suffix}`);
    await context.close();
  }
}

const house = values.url
  ? { url: values.url, email: values.email ?? '', password: values.password ?? '', close: async () => {} }
  : await openDemoHouse({
      inquiries: Number(values.inquiries),
      say: (line) => process.stderr.write(`${line}\n`),
      beforeSetUp: pictureSetUp,
    });
try {
  let screens: Shown[] | undefined;
  for (const { name: lookName, suffix, ...look } of looks) {
    const { page, context } = await openPage(browser, house.url, look);
    const { context: outside } = await openPage(browser, house.url, look);
    page.setDefaultTimeout(waitMs);
    await signIn(page, house.email, house.password);
    screens ??= (await everyScreen(context, house.url)).filter(({ name }) => name !== 'setup' && wanted(name));
    const queue = [...screens];
    // Two at a time: while one waits for the server, the other is drawn.
    const work = async (): Promise<void> => {
      for (let one = queue.shift(); one; one = queue.shift())
        await pictureOf(one.bare ? outside : context, one.path, `${one.name}${suffix}`);
    };
    await Promise.all([work(), work()]);
    await context.close();
    await outside.close();
    process.stderr.write(`${lookName}: ${taken} pictures after ${Math.round((performance.now() - began) / 1000)} s\n`);
  }
} finally {
  await browser.close();
  await house.close();
}
process.stdout.write(`${taken} pictures in ${out}, in ${Math.round((performance.now() - began) / 1000)} s\n`);
if (wide.length > 0) process.stdout.write(`Wider than the window: ${wide.join(', ')}\n`);
if (failed.length > 0) {
  process.stdout.write(`Not taken: ${failed.join(', ')}\n`);
  process.exitCode = 1;
}
