import chromium from '@sparticuz/chromium';
import { chromium as playwright, type Browser, type BrowserContext, type Page } from 'playwright-core';

export const desktop = { width: 1440, height: 900 };
export const phone = { width: 390, height: 844 };

/** One real Chromium for a test file. Its own flag list is not used: it holds --single-process, which dies on the second page. */
export async function openBrowser(): Promise<Browser> {
  return playwright.launch({
    executablePath: await chromium.executablePath(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--force-color-profile=srgb'],
    headless: true,
  });
}

export interface PageOptions {
  phone?: boolean;
  dark?: boolean;
  /** With the worker that lets the app open offline; else it is kept out, since what goes through it no test can hold up. */
  worker?: boolean;
}

export async function openPage(
  browser: Browser,
  baseURL: string,
  options: PageOptions = {},
): Promise<{ page: Page; context: BrowserContext }> {
  const context = await browser.newContext({
    baseURL,
    viewport: options.phone ? phone : desktop,
    isMobile: options.phone,
    hasTouch: options.phone,
    deviceScaleFactor: options.phone ? 2 : 1,
    colorScheme: options.dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
    locale: 'en-GB',
    serviceWorkers: options.worker ? 'allow' : 'block',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  return { page, context };
}

export async function signIn(page: Page, email: string, password: string): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel('Mail address').fill(email);
  await page.locator('input[type=password]').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
}
