import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { solveChallenge } from 'altcha-lib/v1';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestHouse } from '../../tests/support/house.ts';
import type { TestHouse } from '../../tests/support/house.ts';
import { trapField } from './form-page.rules.ts';

let house: TestHouse;
let key: string;
beforeAll(async () => {
  house = await openTestHouse();
  const program = await house.request('marketing', 'POST', '/v1/programs', { name: 'Pump <Days>' });
  key = (await house.request('marketing', 'GET', `/v1/programs/${program.json.id}/form`)).json.key;
});
afterAll(() => house.close());

interface Task {
  algorithm: string;
  challenge: string;
  salt: string;
  signature: string;
  maxnumber: number;
}
async function proof(task: Task): Promise<string> {
  const solution = await solveChallenge(task.challenge, task.salt, task.algorithm, task.maxnumber).promise;
  return Buffer.from(JSON.stringify({ algorithm: task.algorithm, challenge: task.challenge, number: solution!.number, salt: task.salt, signature: task.signature })).toString('base64');
}
const challenge = async (of = key): Promise<Task> => (await house.request(null, 'GET', `/f/${of}/config.json`)).json.challenge;
const send = (body: object, to = key) => house.request(null, 'POST', `/f/${to}`, body);
const plain = (body: Record<string, string>) => house.request(null, 'POST', `/f/${key}`, new URLSearchParams(body).toString(), { 'content-type': 'application/x-www-form-urlencoded' });
const inquiry = async (receipt: string) => (await house.request('marketing', 'GET', `/v1/inquiries/${receipt}`)).json;

describe('the hosted form', () => {
  it('is a plain page under a strict policy, with nothing inline and everything escaped', async () => {
    const page = await house.request(null, 'GET', `/f/${key}?utm_source=Fair&x="><script>1</script>`);
    expect(page.status).toBe(200);
    expect(page.headers['content-security-policy']).toContain("script-src 'self'");
    expect(page.headers['content-security-policy']).not.toContain('unsafe');
    expect(page.text).toContain('Pump &lt;Days&gt;');
    expect(page.text).not.toMatch(/<script(?! src=)|style="|onclick/);
    expect(page.text).toContain('utm_source=Fair');
    expect((await house.request(null, 'GET', '/f/f_nonsense')).status).toBe(404);
  });

  it('keeps the words of the boxes somebody ticked, not what anybody claims to have agreed to', async () => {
    const program = (await house.request('marketing', 'POST', '/v1/programs', { name: 'News' })).json.id as string;
    const { key: to, form } = (await house.request('marketing', 'GET', `/v1/programs/${program}/form`)).json;
    const box = (purpose: string) => ({ name: `consent_${purpose}`, label: `Yes to ${purpose}`, type: 'checkbox', consent: { purpose, channels: ['mail', 'phone'] } });
    const saved = await house.request('marketing', 'PUT', `/v1/programs/${program}/form`, { ...form, fields: [...form.fields, box('newsletter'), box('offers')] });
    expect(saved.status, saved.text).toBe(200);
    const altcha = await proof(await challenge(to));
    const claim = [{ purpose: 'service', channels: ['mail'], text: 'Anything' }];
    const { receipt } = (await send({ fullName: 'Cleo Box', email: 'cleo@box.example', consent_newsletter: 'yes', consents: claim, landing_url: 'https://x.io/news', altcha }, to)).json;
    expect((await inquiry(receipt)).fields.consents).toMatchObject([{ purpose: 'newsletter', channels: ['mail', 'phone'], text: 'Yes to newsletter', url: 'https://x.io/news' }]);
    await house.drain();
    const [person] = (await house.request('marketing', 'GET', '/v1/people?q=cleo')).json.items;
    const { sayings, standing } = (await house.request('marketing', 'GET', `/v1/people/${person.id}/consents`)).json;
    expect(standing).toHaveLength(2);
    expect(sayings[0]).toMatchObject({ source: 'form', receipt, evidence: { text: 'Yes to newsletter', textVersion: expect.stringMatching(/^[0-9a-f]{12}$/) } });
  });

  it('takes a proven form once, thanks with the receipt, and refuses the same proof again', async () => {
    const altcha = await proof(await challenge());
    const form = { fullName: 'Ada Byron', email: 'ada@form.example', altcha, landing_url: 'https://x.io/?utm_source=Fair', first_touch: JSON.stringify({ url: 'https://x.io/?utm_source=Ad', parameters: { utm_source: 'Ad' } }), externalId: 'STOLEN' };
    const sent = await plain(form);
    expect(sent.status).toBe(200);
    const receipt = /<strong>(.*?)<\/strong>/.exec(sent.text)![1]!;
    expect(await inquiry(receipt)).toMatchObject({
      status: 'parsed', channel: 'form', programName: 'Pump <Days>', sourceName: 'Fair', externalId: null, firstTouch: { source: 'ad' }, lastTouch: { source: 'fair' },
      fields: { fullName: 'Ada Byron', email: 'ada@form.example', custom: { externalId: 'STOLEN' } },
    });
    const again = await plain({ ...form, email: 'other@form.example' });
    expect(again.status).toBe(409);
    expect(again.text).toContain(receipt);
  });

  it('keeps but holds back what comes without a proof, with a forged or borrowed one, or fell into the trap', async () => {
    const other = await house.request('marketing', 'POST', '/v1/programs', { name: 'Other' });
    const otherKey = (await house.request('marketing', 'GET', `/v1/programs/${other.json.id}/form`)).json.key;
    const good = await proof(await challenge());
    const forged = Buffer.from(JSON.stringify({ ...JSON.parse(Buffer.from(good, 'base64').toString()), salt: 'x' })).toString('base64');
    const cases: [object, RegExp][] = [
      [{ email: 'a@form.example' }, /proof of work/],
      [{ email: 'b@form.example', altcha: forged }, /proof of work/],
      [{ email: 'c@form.example', altcha: await proof(await challenge(otherKey)) }, /proof of work/],
      [{ email: 'd@form.example', altcha: good, [trapField]: 'x' }, /never see/],
    ];
    const ids: string[] = [];
    for (const [body, why] of cases) {
      const { status, json } = await send(body);
      expect(status).toBe(202);
      const held = await inquiry(json.receipt);
      expect(held).toMatchObject({ status: 'quarantined', problem: expect.stringMatching(why) });
      ids.push(held.id);
    }
    // A plain replay leaves them; a person lets them through.
    expect((await house.request('marketing', 'POST', '/v1/quarantine/replay', { ids })).json).toEqual({ replayed: 0, released: 0, still: 4 });
    expect((await house.request('marketing', 'POST', '/v1/quarantine/replay', { ids, release: true })).json).toEqual({ replayed: 4, released: 4, still: 0 });
    for (let i = 0; i < 10; i++) await send({ email: 'flood@form.example' });
    expect((await send({ email: 'flood@form.example' })).status).toBe(429);
    expect((await send({ email: 'fine@form.example', altcha: await proof(await challenge()) })).status).toBe(202);
  });

  it('serves strangers’ pages: open to other origins, the fields as they were configured', async () => {
    const script = await house.request(null, 'GET', `/embed.js?key=${key}`);
    expect(script.headers).toMatchObject({ 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' });
    const programs = await house.request('marketing', 'GET', '/v1/programs?q=Pump');
    const { id } = programs.json.items[0];
    const { form } = (await house.request('marketing', 'GET', `/v1/programs/${id}/form`)).json;
    const put = await house.request('marketing', 'PUT', `/v1/programs/${id}/form`, { ...form, title: 'Ask us', fields: [{ name: 'email', label: 'Mail', type: 'email', required: true }, { name: 'size', label: 'Size', type: 'select', options: ['S', 'M'] }] });
    expect(put.json.snippet).toContain(`/embed.js?key=${key}`);
    const config = await house.request(null, 'GET', `/f/${key}/config.json`);
    expect(config.json.form.fields.map(({ name }: { name: string }) => name)).toEqual(['email', 'size']);
    expect((await house.request('marketing', 'PUT', `/v1/programs/${id}/form`, { ...form, fields: [form.fields[0], form.fields[0]] })).status).toBe(422);
    await house.request('marketing', 'PUT', `/v1/programs/${id}/form`, { ...form, active: false });
    expect((await house.request(null, 'GET', `/f/${key}`)).status).toBe(410);
    await house.request('marketing', 'PUT', `/v1/programs/${id}/form`, { ...form, active: true });
  });

  it('has a script that works the proof out and remembers the first touch', async () => {
    const script = readFileSync(join(import.meta.dirname, 'public/baton-form.js'), 'utf8');
    const task = await challenge();
    const stored = new Map<string, string>();
    const store = { getItem: (name: string) => stored.get(name) ?? null, setItem: (name: string, value: string) => void stored.set(name, value) };
    const visit = (href: string, referrer: string) => {
      const elements: Record<string, { value: string }> = { altcha: { value: '' } };
      const form = { elements, append: (input: { name: string; value: string }) => (elements[input.name] = input), getAttribute: () => JSON.stringify(task), addEventListener: () => {}, querySelector: () => null };
      const url = new URL(href);
      runInNewContext(script, {
        document: { currentScript: null, readyState: 'complete', referrer, querySelector: () => form, createElement: () => ({}) },
        location: { href, search: url.search, origin: url.origin }, window: { localStorage: store, sessionStorage: store }, URL, URLSearchParams, btoa, setTimeout,
      });
      return elements;
    };
    const first = visit('https://x.io/a?utm_source=Fair', 'https://google.com/');
    await expect.poll(() => first['altcha']!.value, { timeout: 10_000 }).not.toBe('');
    expect((await send({ email: 'js@form.example', altcha: first['altcha']!.value })).status).toBe(202);
    // A link inside the site is no touch, even with campaign parameters on it.
    const second = visit('https://x.io/b?utm_source=Banner', 'https://x.io/a');
    expect(JSON.parse(second['first_touch']!.value).parameters.utm_source).toBe('Fair');
    expect(JSON.parse(stored.get('baton.last_touch')!).parameters.utm_source).toBe('Fair');
  });
});
