// A picture of every screen with the demo company: desktop and phone, light and dark, into ./screens/.
//   npm run screens                       starts a temporary house with the demo company
//   npm run screens -- --url http://127.0.0.1:7700 --email a@b.example --password ...   uses a running one
//   npm run screens -- --only queue,loop
import { mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { openBrowser, openPage, signIn } from '../tests/support/browser.ts';
import { openDemoHouse } from '../tests/support/demo-house.ts';

const { values } = parseArgs({
  options: {
    url: { type: 'string' },
    email: { type: 'string' },
    password: { type: 'string' },
    only: { type: 'string' },
    out: { type: 'string', default: 'screens' },
  },
});
const root = join(import.meta.dirname, '..');
const out = resolve(root, values.out);
mkdirSync(out, { recursive: true });

const house = values.url
  ? { url: values.url, email: values.email ?? '', password: values.password ?? '', close: async () => {} }
  : await openDemoHouse({ say: (line) => process.stderr.write(`${line}\n`) });

const wanted = values.only?.split(',');
const browser = await openBrowser();
let taken = 0;
try {
  const routes = await routesOf(browser);
  for (const phone of [false, true]) {
    for (const dark of [false, true]) {
      const { page, context } = await openPage(browser, house.url, { phone, dark });
      await signIn(page, house.email, house.password);
      for (const { name, path } of routes) {
        if (wanted && !wanted.some((one) => name.startsWith(one))) continue;
        await visit(page, path);
        const file = `${name}${phone ? '-phone' : ''}${dark ? '-dark' : ''}.png`;
        await page.screenshot({ path: join(out, file) });
        taken++;
      }
      await context.close();
    }
  }
} finally {
  await browser.close();
  await house.close();
}
process.stdout.write(`${taken} pictures in ${out}\n`);

async function visit(page: Page, path: string): Promise<void> {
  await page.goto(path, { waitUntil: 'load' });
  await page.locator('#root').waitFor();
  await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached', timeout: 15_000 }).catch(() => undefined);
  await page.waitForTimeout(450);
}

/** The registered screens, read from the rooms themselves; a path with an id gets the first one its list links to. */
async function routesOf(engine: Browser): Promise<{ name: string; path: string }[]> {
  const patterns = registered();
  const { page, context } = await openPage(engine, house.url);
  const routes: { name: string; path: string }[] = [{ name: 'sign-in', path: '/sign-in' }];
  await signIn(page, house.email, house.password);
  for (const pattern of patterns) {
    const name = pattern.slice(1).replaceAll(/[/$]+/g, '-');
    if (!pattern.includes('$')) {
      routes.push({ name, path: pattern });
      continue;
    }
    const list = pattern.slice(0, pattern.indexOf('/$'));
    await visit(page, list);
    const hrefs = await page.locator(`a[href^="${list}/"]`).evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
    const fits = new RegExp(`^${pattern.replaceAll(/\$\w+/g, '(?!new)[^/?]+')}$`);
    const found = [...new Set(hrefs)].filter((one) => fits.test(one));
    for (const path of pattern === '/reports/$name' ? found : found.slice(0, 1))
      routes.push({ name: pattern === '/reports/$name' ? path.slice(1).replace('/', '-') : name, path });
  }
  const first = await firstLeadOfQueue(page);
  if (first) routes.push({ name: 'queue-lead', path: first });
  await context.close();
  return routes;
}

async function firstLeadOfQueue(page: Page): Promise<string | undefined> {
  await visit(page, '/queue');
  const href = await page
    .locator('article h2 a[href^="/leads/"]')
    .first()
    .getAttribute('href', { timeout: 3000 })
    .catch(() => null);
  return href ? `/queue?lead=${href.split('/').at(-1)}` : undefined;
}

function registered(): string[] {
  const folder = join(root, 'web/src/rooms');
  const rooms = ['access', 'capture', 'distribute', 'followup', 'identity', 'lead', 'nurture', 'platform', 'qualify', 'report', 'revenue'];
  return rooms.flatMap((room) => {
    let text = '';
    try {
      text = readFileSync(join(folder, room, 'routes.tsx'), 'utf8');
    } catch {
      return [];
    }
    return [...text.matchAll(/\{[^{}]*?path: '([^']+)'[^{}]*\}/g)].flatMap((found) => (found[0].includes('bare: true') ? [] : [found[1]!]));
  });
}
