import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axeFindings } from '../support/axe.ts';
import { openShownHouse } from '../support/shown-house.ts';
import type { ShownHouse } from '../support/shown-house.ts';

let shown: ShownHouse;
beforeAll(async () => {
  shown = await openShownHouse();
});
afterAll(() => shown?.close());

const folder = join(import.meta.dirname, '../../web/src/rooms');

/** Every registered screen that needs no id, and a lead for those that do. */
function paths(): string[] {
  return readdirSync(folder).flatMap((room) => {
    let text: string;
    try {
      text = readFileSync(join(folder, room, 'routes.tsx'), 'utf8');
    } catch {
      return [];
    }
    return [...text.matchAll(/path: '([^'$]+)'/g)].map((found) => found[1]!);
  });
}

for (const look of [{ dark: false }, { dark: true }, { phone: true, dark: false }]) {
  describe(`${look.phone ? 'phone' : 'desktop'}, ${look.dark ? 'dark' : 'light'}`, () => {
    test('axe finds nothing on any screen', async () => {
      const { page, context, problems } = await shown.open('olga', look);
      const leads = await shown.house.request('marketing', 'GET', '/v1/leads?limit=1');
      const findings: Record<string, string[]> = {};
      for (const path of [
        '/sign-in',
        ...paths().filter((one) => one !== '/sign-in'),
        `/leads/${leads.json.items[0].id}`,
        `/queue?holderId=${shown.lenaId}`,
      ]) {
        await page.goto(path, { waitUntil: 'load' });
        await page.locator('h1, h2').first().waitFor({ state: 'attached' });
        await page
          .locator('[aria-busy="true"]')
          .first()
          .waitFor({ state: 'detached' })
          .catch(() => undefined);
        await page.waitForTimeout(250);
        const found = await axeFindings(page);
        if (found.length > 0) findings[path] = found;
        const width = await page.evaluate('document.documentElement.scrollWidth');
        if (look.phone && Number(width) > 390) findings[path] = [...(findings[path] ?? []), `the page is ${String(width)} wide on a phone`];
      }
      expect(findings).toEqual({});
      expect(problems).toEqual([]);
      await context.close();
    });
  });
}
