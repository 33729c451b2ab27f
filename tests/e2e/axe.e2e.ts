import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { agreeOn, plainTerms } from '../support/agreements.ts';
import { addTerritories, areas, plantCustomers } from '../support/areas.ts';
import { axeFindings } from '../support/axe.ts';
import type { Page } from 'playwright-core';
import { everyScreen, overflowOf, visit } from '../support/every-screen.ts';
import type { Shown } from '../support/every-screen.ts';
import { somebody } from '../support/persons.ts';
import { openShownHouse, watch } from '../support/shown-house.ts';
import type { ShownHouse } from '../support/shown-house.ts';

let shown: ShownHouse;
beforeAll(async () => {
  shown = await openShownHouse();
  await furnish(shown);
});
afterAll(() => shown?.close());

/** One of everything that has a page of its own: an import with a bad row, an opportunity, an invoice, a mail with a link in it. */
async function furnish({ house, lenaId }: ShownHouse): Promise<void> {
  const made = async (method: string, url: string, body: unknown, headers?: Record<string, string>): Promise<{ id: string }> => {
    const answer = await house.request('administrator', method, url, body, headers);
    expect([url, answer.status < 300, answer.text.slice(0, 200)]).toEqual([url, true, answer.text.slice(0, 200)]);
    return answer.json as { id: string };
  };
  const leads = (await house.request('marketing', 'GET', '/v1/leads')).json.items as { id: string }[];
  const step = { id: house.cx.ids.next(), what: 'Call about the quote', channel: 'call', afterDays: 0, attempts: 3, everyDays: 1, text: 'Ask for the flow rate.' };
  await made('PUT', '/v1/playbooks', { version: null, items: [{ id: house.cx.ids.next(), name: 'Asked for a quote', when: { all: [] }, steps: [step] }] });
  await made('POST', '/v1/opportunities', { name: 'Two dosing pumps', leadId: leads[0]!.id, amountMinor: 1_250_000 });
  await made('POST', `/v1/leads/${leads[1]!.id}/verdict`, { verdict: 'hot' });
  await made('POST', '/v1/suppressions', { channel: 'mail', list: 'Robinson list', lines: ['nobody@left.example', 'left.example'] });
  for (const { person } of (await house.request('marketing', 'GET', '/v1/leads')).json.items as { person: { id: string } }[])
    await made('POST', `/v1/people/${person.id}/consents`, { purpose: 'newsletter', channels: ['mail'], said: 'given', note: 'Said so at the fair' });
  await made('POST', '/v1/views', { name: 'Hot ones', screen: 'leads', query: { grade: 'hot' }, shared: true });
  await made('POST', `/v1/holders/${lenaId}/absences`, { startsOn: '2020-01-01', endsOn: '2020-01-02', note: 'Training' });
  for (const [kind, text] of [
    ['inquiries', 'Name,Mail,Date\nAda Koch,ada@koch.example,2026-02-03\nBruno Sel,bruno@sel.example,31.02.2026\n'],
    ['append-organizations', 'Company,City,Country,NAICS,Employees\nBrunner Pumpen AG,Winterthur,CH,333914,120\nBrunner Pumpenbau,Winterthur,CH,333914,30\n'],
    ['invoices', 'Invoice no,Date,Customer,Net\nR-1,2026-02-09,Brunner Pumpen AG,1250.00\n'],
    ['sell-through', `Sale date,Distributor,Item,Qty,Net amount,End customer\n${house.clock.now().toISOString().slice(0, 10)},Rohr & Ventil,471100,1,1250.00,Brunner Pumpen AG\n`],
  ] as const) {
    const boundary = 'a-boundary';
    const part = (name: string, rest: string, body: string): string =>
      `--${boundary}\r\ncontent-disposition: form-data; name="${name}"${rest}\r\n\r\n${body}\r\n`;
    const form = `${part('kind', '', kind)}${part('file', `; filename="${kind}.csv"\r\ncontent-type: text/csv`, text)}--${boundary}--\r\n`;
    const { id } = await made('POST', '/v1/imports', Buffer.from(form), { 'content-type': `multipart/form-data; boundary=${boundary}` });
    await made('POST', `/v1/imports/${id}/start`, {});
    await house.runJobs();
  }
  const provider = await made('POST', '/v1/append/providers', { name: 'A service', budgetMinor: 10_000, service: { url: 'https://append.example.com/', fields: { person: [], organization: ['sic'] } } });
  await made('POST', '/v1/append/requests', { kind: 'organization', fields: ['sic'], providerId: provider.id });
  const partner = await made('POST', '/v1/holders', { kind: 'partner', name: 'Northline', email: 'sales@northline.example' });
  for (const [name, organization] of [['Sofia Lind', 'Lind Vatten AB'], ['Piet Brunner', 'Brunner Pumpen AG']] as const)
    expect((await house.request({ role: 'partner', holderId: partner.id }, 'POST', '/v1/registrations', { name, organization, email: `${name.split(' ')[0]!.toLowerCase()}@lind.example`, wants: 'Three booster pumps' })).status).toBe(200);
  const script = [
    { id: 'hello', kind: 'say', text: 'Good morning. Is this a good moment?', next: 'when' },
    { id: 'when', kind: 'ask', text: 'When do you want to decide?', question: 'timing', choices: [{ label: 'This quarter', next: 'end' }], free: { next: 'end' } },
    { id: 'end', kind: 'end', text: 'My colleague calls you today.', ending: 'qualified' },
  ];
  const { id: scriptId } = await made('PUT', `/v1/calling/scripts/${crypto.randomUUID()}`, { name: 'Pumps, first call', steps: script });
  const calls = await made('POST', '/v1/calling/lists', { name: 'Fair visitors', scriptId, chosen: {}, fromHour: 0, untilHour: 24, perDayMost: 3, attemptsMost: 5, dealAnew: false });
  const { lead } = (await house.request('rep', 'POST', `/v1/calling/lists/${calls.id}/next`, {})).json as { lead: { leadId: string } };
  expect((await house.request('rep', 'POST', `/v1/calling/lists/${calls.id}/calls`, { leadId: lead.leadId, outcome: 'no_answer' })).status).toBe(200);
  const team = await made('POST', '/v1/teams', { name: 'Inside sales', holders: [{ holderId: lenaId, weight: 2 }] });
  const rule = { first: false, method: 'turns', promise: { hot: 20, warm: 60, cold: 240 }, otherwise: 'next' };
  const rules = [
    { ...rule, id: crypto.randomUUID(), name: 'Hot ones', when: { field: 'grade', op: 'equals', value: 'hot' }, pool: { kind: 'team', teamId: team.id } },
    { ...rule, id: crypto.randomUUID(), name: 'All the rest', when: { all: [] }, pool: { kind: 'desk' }, promise: null },
    { ...rule, id: crypto.randomUUID(), name: 'Nothing is left', when: { all: [] }, first: false, pool: { kind: 'territory' }, promise: null },
  ];
  await made('PUT', '/v1/routing/draft', { rules });
  await made('POST', '/v1/routing/simulations', { rules, months: 12 });
  const territories = [...(await addTerritories(house, 0)).values()];
  await plantCustomers(house);
  await made('POST', '/v1/territories/proposals', { territories, measures: [{ figure: 'customers', tolerance: 0.15 }], kind: 'postcode', digits: 2, centres: areas.centres });
  await house.runJobs();
  await house.scan();
  const desk = ((await house.request('administrator', 'GET', '/v1/holders?kind=desk')).json.items as { id: string }[])[0]!.id;
  const days = [{ on: '2027-01-01', name: 'New Year' }, { on: '2027-12-25', name: 'Christmas' }];
  await made('POST', '/v1/holidays', { name: 'Switzerland', country: 'CH', days, holderIds: [lenaId, desk] });
  await made('PATCH', `/v1/holders/${lenaId}`, { capacityByGrade: { hot: 1.5 }, openMost: 30 });
  // A lead that waits for a holder longer than agreed, at a desk that never closes.
  await made('PATCH', `/v1/holders/${desk}`, { calendar: { hours: {}, holidays: [] } });
  await made('PUT', '/v1/settings/response-promise', { ...(await house.request('administrator', 'GET', '/v1/settings/response-promise')).json, unassignedMost: 1 });
  await made('POST', `/v1/leads/${leads.at(-1)!.id}/assign`, { holderId: desk });
  await agreeOn(await somebody(house, 'Ines Marketing', ['marketing']), await somebody(house, 'Sven Sales', ['sales_manager']), plainTerms());
  await house.drain();
  house.clock.advance(120_000);
}

// Each size and each theme once: all four together take as long as everything else in a browser.
for (const look of [{ dark: false }, { phone: true, dark: true }]) {
  describe(`${look.phone ? 'phone' : 'desktop'}, ${look.dark ? 'dark' : 'light'}`, () => {
    test('axe finds nothing on any screen, and none is wider than the window', async () => {
      const { page, context, problems } = await shown.open('olga', look);
      const stranger = await shown.open(undefined, look);
      const screens = await everyScreen(context, shown.url);
      for (const name of [
        'leads-id',
        'people-id',
        'organizations-id',
        'organizations-appended',
        'append-id',
        'programs-id',
        'imports-id',
        'inquiries-id',
        'holders-id',
        'territories-balance-id',
        'opportunities-id',
        'invoices-id',
      ])
        expect(screens.map((screen) => screen.name)).toContain(name);
      const findings: Record<string, string[]> = {};
      const examine = async (seen: Page, { name, path }: Shown): Promise<void> => {
        await visit(seen, path);
        const found = await axeFindings(seen);
        const wide = await overflowOf(seen);
        if (wide > 0) found.push(`${wide} pixels wider than the window`);
        if (found.length > 0) findings[`${name} ${path}`] = found;
      };
      // Two at a time: while one waits for the server, the other is searched.
      const second = await context.newPage();
      watch(second, problems);
      const queue = screens.filter(({ bare }) => !bare);
      const inTurn = async (seen: Page): Promise<void> => {
        for (let one = queue.shift(); one; one = queue.shift()) await examine(seen, one);
      };
      await Promise.all([inTurn(page), inTurn(second)]);
      for (const one of screens.filter(({ bare }) => bare)) await examine(stranger.page, one);
      expect(findings).toEqual({});
      expect(problems).toEqual([]);
      await context.close();
      await stranger.context.close();
    });
  });
}
