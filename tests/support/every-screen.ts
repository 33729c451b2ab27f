import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';

export interface Shown {
  name: string;
  path: string;
  /** Outside the app: a page of its own that needs no sign-in. */
  bare?: boolean;
}

const folder = join(import.meta.dirname, '../../web/src/rooms');

interface Listed {
  items: { id: string; name?: string; [key: string]: unknown }[];
}

/**
 * Every screen there is: those the rooms register, each with the fullest example the API knows where the address holds an id, the tabs of
 * the larger ones, and the pages that people see without signing in. `context` is signed in as somebody who may see everything.
 */
export async function everyScreen(context: BrowserContext, baseURL: string): Promise<Shown[]> {
  const ask = async <T = Listed>(path: string): Promise<T> => (await context.request.get(`${baseURL}${path}`)).json() as Promise<T>;
  const first = async (path: string): Promise<string | undefined> => (await ask(path)).items?.[0]?.id;
  const most = async (path: string, of: (item: never) => number): Promise<string | undefined> =>
    (await ask(path)).items?.toSorted((one, other) => of(other as never) - of(one as never))[0]?.id;
  /** A proposal is divided in the background: it is looked at once it is there. */
  const divided = async (id: string | undefined): Promise<string | undefined> => {
    for (let look = 0; look < 120 && id !== undefined; look++) {
      const { state } = await ask<{ state: string }>(`/v1/territories/proposals/${id}`);
      if (state !== 'waiting' && state !== 'running') break;
      await new Promise((after) => setTimeout(after, 500));
    }
    return id;
  };

  const leads = (
    await ask<{ items: { id: string; person: { id: string }; organization: { id: string } | null }[] }>('/v1/leads?state=hot&sort=score')
  ).items;
  const lead = leads.find(({ organization }) => organization) ?? (await ask<{ items: typeof leads }>('/v1/leads')).items[0];
  const programs = (await ask('/v1/programs?limit=200')).items;
  const program = programs.find((one) => one.name?.includes('AquaTechnik'))?.id ?? programs[0]?.id;
  const rep = (await ask<{ items: { id: string; kind: string }[] }>('/v1/holders')).items.find(({ kind }) => kind === 'rep')?.id;
  const shared = (await ask<{ items: { id: string; holders: unknown[] }[] }>('/v1/territories')).items.find(({ holders }) => holders.length > 1)?.id;
  const views = (await ask<{ items: { query: Record<string, string> }[] }>('/v1/views?screen=leads')).items;
  const ids: Record<string, string | undefined> = {
    '/leads/$id': lead?.id,
    '/people/$id': lead?.person.id,
    '/organizations/$id': lead?.organization?.id ?? (await first('/v1/organizations')),
    '/programs/$id': program,
    '/segments/$id': await first('/v1/segments'),
    '/bulk/$id': await first('/v1/bulk'),
    '/lead-changes/$id': await first('/v1/lead-changes'),
    '/append/$id': await first('/v1/append/runs?limit=1'),
    '/imports/$id': await most('/v1/imports', (one: { counts: { problem: number } }) => one.counts.problem),
    '/lists/$id': await most('/v1/lists', (one: { leads: number }) => one.leads),
    '/lead-mail/$id': await first('/v1/lead-mails?limit=1'),
    '/inquiries/$id': await first('/v1/inquiries?limit=1'),
    '/holders/$id': rep,
    '/calling/$id': await first('/v1/calling/lists'),
    '/scorecards/$id': rep,
    '/routing/$id': await first('/v1/routing/simulations'),
    '/territories/balance/$id': await divided(await first('/v1/territories/proposals')),
    '/opportunities/$id': await most(
      '/v1/opportunities?outcome=open&limit=200',
      (one: { amountMinor: number; probability: number }) => one.amountMinor * one.probability,
    ),
    '/claims/$id': (await first('/v1/claims?state=credited&reported=any&limit=1')) ?? (await first('/v1/claims?limit=1')),
    '/invoices/$id': (await first('/v1/invoices?matchedBy=receipt&limit=1')) ?? (await first('/v1/invoices?limit=1')),
  };

  const screens: Shown[] = registered().flatMap(({ pattern, bare }): Shown[] => {
    const name = pattern.slice(1).replaceAll(/[/$]+/g, '-');
    if (pattern === '/reports/$name')
      return ['source', 'where-assigned', 'status-update', 'status-tracking', 'what-works'].map((one) => ({
        name: `reports-${one}`,
        path: `/reports/${one}`,
      }));
    if (!pattern.includes('$')) return [{ name, path: pattern, ...(bare ? { bare } : {}) }];
    const id = ids[pattern];
    return id ? [{ name, path: pattern.replace('$id', id) }] : [];
  });
  const run = ids['/append/$id'];
  const appendedTo = run === undefined ? undefined : (await ask<{ items: { subjectId: string; kind: string }[] }>(`/v1/append/runs/${run}/values?limit=1`)).items[0];
  const more: [string, string, unknown][] = [
    ['organizations-appended', `/organizations/${appendedTo?.subjectId}`, appendedTo?.kind === 'organization'],
    ['duplicates-organizations', '/duplicates?kind=organizations&status=open', true],
    ['programs-form', `/programs/${program}?part=form`, program],
    ['programs-launch', `/programs/${program}?part=launch`, program],
    ['programs-list', `/programs/${program}?part=lists`, program],
    ['agreement-draft', '/agreement?part=draft', true],
    ['agreement-first', '/agreement?version=1', true],
    ['money-return', '/money?part=return', true],
    ['claims-distributors', '/claims?part=distributors', true],
    ['claims-list', '/claims?part=list', true],
    ['money-unattributed', '/money?part=unattributed', true],
    ['opportunities-list', '/opportunities?as=list', true],
    ['nurture-ended', '/nurture?state=ended', true],
    ['leads-view', `/leads?${new URLSearchParams(views[0]?.query).toString()}`, views[0]],
    ['calling-progress', `/calling/${ids['/calling/$id']}?part=progress`, ids['/calling/$id']],
    ['queue-rep', `/queue?holderId=${rep}`, rep],
    ['holders-even-territory', `/holders/even?kind=territory&id=${shared}`, shared],
    ['scorecards-reps', '/scorecards?kind=rep', true],
    ['nothing-here', '/no/such/screen', true],
  ];
  for (const [name, path, is] of more) if (is) screens.push({ name, path });

  // The pages that come by mail and the form, which need no sign-in.
  if (program) {
    const { key } = await ask<{ key: string }>(`/v1/programs/${program}/form`);
    screens.push({ name: 'form', path: `/f/${key}`, bare: true });
  }
  const mails = (await ask<{ items: { textBody?: string; id: string }[] }>('/v1/mail?limit=200')).items ?? [];
  const links = { 'partner-link': /\/l\/[\w.~-]+/, unsubscribe: /\/u\/[\w.~-]+/ };
  for (const [name, pattern] of Object.entries(links)) {
    for (const mail of mails) {
      const text = mail.textBody ?? JSON.stringify(await ask(`/v1/mail/${mail.id}`));
      const found = pattern.exec(text);
      if (!found) continue;
      screens.push({ name, path: found[0], bare: true });
      break;
    }
  }
  return screens;
}

/** What the rooms' own lists of screens say. */
function registered(): { pattern: string; bare: boolean }[] {
  return readdirSync(folder).flatMap((room) => {
    let text = '';
    try {
      text = readFileSync(join(folder, room, 'routes.tsx'), 'utf8');
    } catch {
      return [];
    }
    return [...text.matchAll(/\{[^{}]*?path: '([^']+)'[^{}]*\}/g)].map((found) => ({
      pattern: found[1]!,
      bare: found[0].includes('bare: true'),
    }));
  });
}

/** Goes there and waits until it stands still: loaded, nothing busy, the letters there, and no change in the page for a quarter second. */
export async function visit(page: Page, path: string): Promise<void> {
  await page.goto(path, { waitUntil: 'load' });
  await page.locator('h1, h2, main').first().waitFor({ state: 'attached' });
  await page
    .locator('[aria-busy="true"]')
    .first()
    .waitFor({ state: 'detached', timeout: 15_000 })
    .catch(() => undefined);
  await page.evaluate(standsStill);
}

const standsStill = `document.fonts.ready.then(() => new Promise((still) => {
  const begun = performance.now();
  let last = begun;
  const observer = new MutationObserver(() => (last = performance.now()));
  observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  const look = () => {
    const now = performance.now();
    if (now - last < 250 && now - begun < 5000) return setTimeout(look, 50);
    observer.disconnect();
    still();
  };
  look();
}))`;

/** What sticks out at the side: pages wider than the window, and how far. */
export const overflowOf = (page: Page): Promise<number> =>
  page.evaluate("Math.max(...[document.documentElement, document.querySelector('main')].filter(Boolean).map((one) => one.scrollWidth - one.clientWidth))") as Promise<number>;
