// A picture of every screen with the demo company: desktop and phone, light and dark, into ./screens/.
//   npm run screens                       starts a temporary house with the demo company
//   npm run screens -- --url http://127.0.0.1:7700 --email a@b.example --password ...   uses a running one
//   npm run screens -- --only queue,loop --looks desktop,phone-dark
import { mkdirSync } from 'node:fs';
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

const browser = await openBrowser();
const wide: string[] = [];
let taken = 0;

async function picture(page: Page, name: string): Promise<void> {
  if ((await overflowOf(page)) > 0) wide.push(name);
  await page.screenshot({ path: join(out, `${name}.png`) });
  taken++;
}

/** The set-up page stands only in a house that nobody has set up yet. */
async function pictureSetUp(url: string): Promise<void> {
  if (!wanted('setup')) return;
  for (const { suffix, ...look } of looks) {
    const { page, context } = await openPage(browser, new URL(url).origin, look);
    await visit(page, url);
    await picture(page, `setup${suffix}`);
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
  for (const { suffix, ...look } of looks) {
    const { page, context } = await openPage(browser, house.url, look);
    const { page: stranger, context: outside } = await openPage(browser, house.url, look);
    await signIn(page, house.email, house.password);
    screens ??= (await screensOf(context)).filter(({ name }) => wanted(name));
    for (const { name, path, bare } of screens) {
      const shown = bare ? stranger : page;
      await visit(shown, path);
      await picture(shown, `${name}${suffix}`);
    }
    await context.close();
    await outside.close();
  }
} finally {
  await browser.close();
  await house.close();
}
process.stdout.write(`${taken} pictures in ${out}\n`);
if (wide.length > 0) process.stdout.write(`Wider than the window: ${wide.join(', ')}\n`);

async function screensOf(context: BrowserContext): Promise<Shown[]> {
  return (await everyScreen(context, house.url)).filter(({ name }) => name !== 'setup');
}
