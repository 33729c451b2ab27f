import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { work } from '../../src/house.ts';
import { createUser } from '../../src/platform/access/index.ts';
import type { Role } from '../../src/platform/access/index.ts';
import { openBrowser, openPage, signIn } from './browser.ts';
import type { PageOptions } from './browser.ts';
import { openTestHouse } from './house.ts';
import type { TestHouse } from './house.ts';

export const password = 'correct horse battery';

/** A house that listens, with Lena the rep, Mara in marketing and a handful of leads; and a browser to look at it with. */
export interface ShownHouse {
  house: TestHouse;
  url: string;
  browser: Browser;
  lenaId: string;
  /** A page of a fresh browser profile, signed in. */
  open(
    who: 'lena' | 'mara' | 'olga' | undefined,
    options?: PageOptions,
  ): Promise<{ page: Page; context: BrowserContext; problems: string[] }>;
  close(): Promise<void>;
}

const enquirers = [
  ['Marta Keller', 'Brunner Pumpen AG', '+41 52 224 11 22', 'Please send a quote for three dosing pumps, needed by May.'],
  ['Tomas Okafor', 'Delta Cooling GmbH', '+41 44 512 33 44', 'We want a quote for two chilled water pumps this quarter.'],
  ['Ines Prado', 'Aguas del Sur SA', '+41 61 331 55 66', 'Quote for replacing two dosing pumps before summer.'],
  ['Ravi Menon', 'Harbour Dairy AG', '+41 31 998 77 88', 'Quote, please: hygienic pump, 40 m3 an hour.'],
  ['Lina Forsberg', 'Nordkraft AG', '+41 71 222 99 00', 'Budget is there, please call me about a quote.'],
] as const;

/** Somebody asks who is ready to buy, where Lena works. */
export async function enquire(house: TestHouse, given: { fullName: string; organization: string; email: string; message?: string } & Record<string, string>): Promise<void> {
  const answer = await house.request('marketing', 'POST', '/v1/inquiries', {
    message: 'Please send a quote.',
    country: 'CH',
    postalCode: '8400',
    product: 'Dosing pump',
    budget: 'yes',
    authority: 'decides',
    need: 'replacement',
    timing: 'this quarter',
    ...given,
  });
  if (answer.status >= 300) throw new Error(`posting an inquiry answered ${answer.status}: ${answer.text}`);
}

/** Whatever the page complains about is kept. */
export function watch(page: Page, problems: string[]): void {
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    // A 401 before sign-in is how the page learns that nobody is signed in.
    if (message.type() === 'error' && !/401/.test(message.text())) problems.push(`${message.text()} (${message.location().url})`);
  });
}

/**
 * A house of its own for every test of a file, and again when a test is tried once more: nothing that one changed is what another finds.
 * They share the browser. The answer tells which house the running test has.
 */
export function houseForEachTest(furnish?: (shown: ShownHouse) => Promise<void>): () => ShownHouse {
  let browser: Browser | undefined;
  let shown: ShownHouse | undefined;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  beforeEach(async () => {
    shown = await openShownHouse(browser);
    await furnish?.(shown);
  });
  afterEach(async () => {
    await shown?.close();
    shown = undefined;
  });
  afterAll(() => browser?.close());
  return () => shown!;
}

export async function openShownHouse(given?: Browser): Promise<ShownHouse> {
  const house = await openTestHouse({ at: new Date().toISOString(), config: { leadMailAddress: 'leads@in.pumps.example' } });
  const { app } = await house.api();
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  const add = (name: string, roles: Role[]) =>
    createUser(house.cx, house.workspaceId, { name, email: `${name.toLowerCase()}@pumps.example`, password, roles });
  await add('Mara', ['marketing']);
  await add('Olga', ['administrator']);
  const userId = await add('Lena', ['rep']);
  await house.drain();

  const expectOk = (answer: { status: number; text: string }, what: string): void => {
    if (answer.status >= 300) throw new Error(`${what} answered ${answer.status}: ${answer.text}`);
  };
  const holders = await house.request('administrator', 'GET', '/v1/holders');
  let lenaId = (holders.json.items as { id: string; userId: string | null }[]).find((one) => one.userId === userId)?.id;
  if (!lenaId) {
    const made = await house.request('administrator', 'POST', '/v1/holders', {
      kind: 'rep',
      name: 'Lena',
      email: 'lena@pumps.example',
      userId,
    });
    expectOk(made, 'adding the rep');
    lenaId = made.json.id as string;
  }
  expectOk(
    await house.request('administrator', 'POST', '/v1/territories', {
      name: 'Everywhere',
      rules: {},
      holders: [{ holderId: lenaId, weight: 1 }],
    }),
    'adding the territory',
  );
  const program = await house.request('marketing', 'POST', '/v1/programs', { name: 'Pump configurator', channel: 'Web' });
  expectOk(program, 'adding the program');
  for (const [fullName, organization, phone, message] of enquirers) {
    await enquire(house, {
      fullName,
      organization,
      phone,
      message,
      email: `${fullName.toLowerCase().replace(' ', '.')}@${organization.split(' ')[0]!.toLowerCase()}.example`,
      city: 'Winterthur',
      title: 'Head of procurement',
      program: 'Pump configurator',
      source: 'Web site',
    });
  }
  await house.drain();
  const working = work(house.cx);
  const browser = given ?? (await openBrowser());
  const contexts: BrowserContext[] = [];

  return {
    house,
    url,
    browser,
    lenaId,
    async open(who, options) {
      const opened = await openPage(browser, url, options);
      contexts.push(opened.context);
      const problems: string[] = [];
      watch(opened.page, problems);
      if (who) await signIn(opened.page, `${who}@pumps.example`, password);
      return { ...opened, problems };
    },
    async close() {
      await (given ? Promise.all(contexts.map((context) => context.close())) : browser.close());
      await working.stop();
      await house.close();
    },
  };
}
