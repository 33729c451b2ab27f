import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { openBrowser } from '../tests/support/browser.ts';
import { newDataDir, startServer } from '../tests/support/process.ts';
import { median, ms } from './support/results.ts';
import type { Row } from './support/results.ts';

const dist = join(import.meta.dirname, '../web/dist');

/** What a browser must load before it can paint: the scripts and styles that index.html names, with what they import at once. */
function entryKilobytes(): number {
  const page = readFileSync(join(dist, 'index.html'), 'utf8');
  const named = [...page.matchAll(/(?:src|href)="(\/assets\/[^"]+\.(?:js|css))"/g)].map((m) => m[1]!);
  return named.reduce((sum, path) => sum + gzipSync(readFileSync(join(dist, path))).length, 0) / 1024;
}

/** First contentful paint of the app with a cold cache, over several fresh browser contexts. */
export async function paint(small: boolean): Promise<Row[]> {
  if (!statSync(dist, { throwIfNoEntry: false }) || readdirSync(dist).length === 0)
    throw new Error('Build the web app first: npm run build.');
  const server = await startServer(newDataDir());
  const browser = await openBrowser();
  try {
    const times: number[] = [];
    for (let i = 0; i < (small ? 1 : 7); i++) {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
      const page = await context.newPage();
      await page.goto(`${server.url}/sign-in`, { waitUntil: 'load' });
      await page.getByRole('button', { name: 'Sign in' }).waitFor();
      await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length > 0);
      times.push(await page.evaluate(() => (performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN) / 1000));
      await context.close();
    }
    const first = median(times);
    const kilobytes = entryKilobytes();
    return [
      {
        what: 'first paint of the app, cold cache, local',
        n: `${times.length} fresh browsers`,
        measured: ms(first),
        yardstick: '–',
        ratio: '–',
        target: '< 1.5 s',
        met: first < 1.5,
      },
      {
        what: 'entry bundle, scripts and styles, gzipped',
        n: '1',
        measured: `${kilobytes.toFixed(0)} kB`,
        yardstick: '–',
        ratio: '–',
        target: '< 250 kB',
        met: kilobytes < 250,
      },
    ];
  } finally {
    await browser.close();
    await server.kill('SIGTERM');
    server.remove();
  }
}
