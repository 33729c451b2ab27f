import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import PostalMime from 'postal-mime';
import type { Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { expect } from 'vitest';
import { openTestHouse } from '../support/house.ts';
import type { Answer, TestHouse } from '../support/house.ts';

/** A small company, told once and used by every story: two partners on one territory, one rep, one program, and a real mail server. */
export interface Town {
  house: TestHouse;
  /** Every mail that really went over the wire, in order. */
  letters: Email[];
  lettersTo(address: string): Email[];
  programId: string;
  formKey: string;
  sourceName: string;
  partners: { alpen: string; rhein: string };
  repId: string;
  /** Posts an inquiry through the program's form key, as a website would, and lets the house do its work. */
  inquire(fields: Record<string, unknown>): Promise<{ id: string; receipt: string }>;
  /** Uploads a file as a marketer does, looks at its preview, sets what is to be set, and runs it to its end. */
  bringIn(name: string, kind: string, text: string, settings?: object): Promise<Answer['json']>;
  /** Lets the house do what there is to do now. */
  settle(): Promise<void>;
  /** Lets time pass, doing what falls due on the way, hour by hour. */
  pass(hours: number, everyHours?: number): Promise<void>;
  /** Calls the API and insists that it went well. */
  ok(as: Parameters<TestHouse['request']>[0], method: string, url: string, body?: unknown): Promise<Answer['json']>;
  /** The lead that this receipt became. */
  leadOf(receipt: { id: string }): Promise<Answer['json']>;
  close(): Promise<void>;
}

export async function openTown(given: { at?: string } = {}): Promise<Town> {
  const letters: Email[] = [];
  const post = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData(stream, _session, done) {
      const read = async (): Promise<void> => {
        const parts: Buffer[] = [];
        for await (const part of stream) parts.push(part as Buffer);
        letters.push(await PostalMime.parse(Buffer.concat(parts)));
      };
      // eslint-disable-next-line promise/no-callback-in-promise
      void read().then(() => done(), done);
    },
  });
  const server = post.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  // A Monday morning in Zürich.
  const house = await openTestHouse({
    at: given.at ?? '2026-03-02T08:00:00Z',
    config: { smtpUrl: `smtp://127.0.0.1:${port}?tls=off`, publicUrl: 'https://baton.test.example', leadMailAddress: 'leads@in.test.example', leadSmtpPort: 0 },
  });

  const ok: Town['ok'] = async (as, method, url, body) => {
    const answer = await house.request(as, method, url, body);
    if (answer.status >= 300) throw new Error(`${method} ${url} answered ${answer.status}: ${answer.text}`);
    return answer.json;
  };

  const program = await ok('marketing', 'POST', '/v1/programs', {
    name: 'Spring catalogue',
    externalId: 'P-1',
    channel: 'Website',
    status: 'active',
    startsOn: '2026-02-01',
    budgetMinor: 1_000_000,
    goalInquiries: 100,
    goalLeads: 60,
    goalSales: 5,
  });
  await ok('marketing', 'POST', `/v1/programs/${program.id}/costs`, { onDate: '2026-02-10', amountMinor: 500_000, note: 'Printing' });
  const holder = (name: string, kind: string, email: string): Promise<{ id: string }> =>
    ok('sales_manager', 'POST', '/v1/holders', { name, kind, email, country: 'CH', timeZone: 'Europe/Zurich', capacityPerWeek: 500 });
  const alpen = await holder('Alpenpumpen AG', 'partner', 'leads@alpenpumpen.example');
  const rhein = await holder('Rheinpumpen GmbH', 'partner', 'leads@rheinpumpen.example');
  const rep = await holder('Nora Keller', 'rep', 'nora.keller@testpumps.example');
  await ok('sales_manager', 'POST', '/v1/territories', {
    name: 'Switzerland',
    rules: { countries: ['CH'] },
    position: 1,
    holders: [
      { holderId: alpen.id, weight: 1 },
      { holderId: rhein.id, weight: 1 },
    ],
  });
  await ok('sales_manager', 'POST', '/v1/territories', {
    name: 'Germany',
    rules: { countries: ['DE'] },
    position: 2,
    holders: [{ holderId: rep.id, weight: 1 }],
  });
  await house.drain();

  // The subscribers first, so that the clocks see, and the mail sends, what came of it.
  const settle = async (): Promise<void> => {
    await house.drain();
    await house.scan();
  };
  const town: Town = {
    house,
    settle,
    letters,
    lettersTo: (address) => letters.filter((letter) => letter.to?.some((to) => to.address === address)),
    programId: program.id,
    formKey: program.formKey,
    sourceName: 'Website',
    partners: { alpen: alpen.id, rhein: rhein.id },
    repId: rep.id,
    async inquire(fields) {
      const answer = await house.request(null, 'POST', `/v1/inquiries?key=${program.formKey}`, fields);
      expect(answer.status).toBe(202);
      await settle();
      return answer.json;
    },
    async bringIn(name, kind, text, settings) {
      const edge = 'edge-of-part';
      const part = (head: string, content: string): string => `--${edge}\r\ncontent-disposition: form-data; ${head}\r\n\r\n${content}\r\n`;
      const body = `${part('name="kind"', kind)}${part(`name="file"; filename="${name}"\r\ncontent-type: text/csv`, text)}--${edge}--\r\n`;
      const given = await house.request('marketing', 'POST', '/v1/imports', Buffer.from(body), {
        'content-type': `multipart/form-data; boundary=${edge}`,
      });
      if (given.status !== 200) throw new Error(`The upload answered ${given.status}: ${given.text}`);
      const path = `/v1/imports/${given.json.id}`;
      if (settings) await ok('marketing', 'PUT', path, { settings });
      const preview = await ok('marketing', 'POST', `${path}/preview`);
      await ok('marketing', 'POST', `${path}/start`);
      await house.runJobs();
      await settle();
      return { ...(await ok('marketing', 'GET', path)), preview };
    },
    async pass(hours, everyHours = 1) {
      for (let passed = 0; passed < hours; passed += everyHours) {
        house.clock.advance(3_600_000 * everyHours);
        await settle();
      }
    },
    ok,
    async leadOf(receipt) {
      const { items } = await ok('marketing', 'GET', '/v1/leads?limit=200');
      const own = items.filter((lead: { inquiryId: string }) => lead.inquiryId === receipt.id);
      expect(own).toHaveLength(1);
      return own[0];
    },
    async close() {
      await house.close();
      await new Promise<void>((done) => post.close(() => done()));
    },
  };
  return town;
}

/** The first no-login link of a letter: the path on our own server, whatever the public address. */
export function linkIn(letter: Email): string {
  const link =
    /https:\/\/baton\.test\.example(\/[^\s"<>)]+)/.exec(letter.text ?? '') ??
    /https:\/\/baton\.test\.example(\/[^\s"<>)]+)/.exec(letter.html ?? '');
  if (!link) throw new Error(`No link in this letter:\n${letter.text ?? letter.html}`);
  return link[1]!;
}

/** Follows a no-login link as a browser would: looks at the page, then sends one of its forms. Answers with the page that comes back. */
export async function answer(town: Town, path: string, fields: Record<string, string>): Promise<string> {
  const { app } = await town.house.api();
  const page = await app.inject({ method: 'GET', url: path });
  expect(page.statusCode).toBe(200);
  const key = /name="key" value="([^"]+)"/.exec(page.body)?.[1];
  if (!key) throw new Error(`The page has no form:\n${page.body}`);
  const sent = await app.inject({
    method: 'POST',
    url: path,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams({ key, ...fields }).toString(),
  });
  expect([200, 303]).toContain(sent.statusCode);
  await town.settle();
  const next = sent.headers.location;
  return next ? (await app.inject({ method: 'GET', url: next })).body : sent.body;
}

/** Someone in Bern who wants two pumps soon. */
export const eager = {
  firstName: 'Regula',
  lastName: 'Wyss',
  email: 'regula.wyss@wasserbern.example',
  company: 'Wasser Bern AG',
  title: 'Leiterin Betrieb',
  phone: '+41 31 300 12 34',
  street: 'Wasserwerkgasse 4',
  zip: '3011',
  city: 'Bern',
  country: 'Switzerland',
  product: 'HX 40',
  message: 'Please quote two pumps, delivery in April.',
  budget: 'approved',
  timing: 'within 3 months',
  consent: true,
  utm_source: 'search',
  utm_medium: 'cpc',
  utm_campaign: 'pumps-ch',
};

/** As eager, from another town and company. */
export const german = {
  ...eager,
  firstName: 'Jens',
  lastName: 'Albrecht',
  email: 'jens.albrecht@klaerwerk-ulm.example',
  company: 'Klärwerk Ulm GmbH',
  phone: '+49 731 22 33 44',
  country: 'Germany',
  zip: '89073',
  city: 'Ulm',
  street: 'Donaustraße 3',
};
