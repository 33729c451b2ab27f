import { createTransport } from 'nodemailer';
import type { SendMailOptions } from 'nodemailer';
import type { Email } from 'postal-mime';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDoors } from '../../src/house.ts';
import { sql } from '../../src/platform/db/index.ts';
import type { OpenDoor } from '../../src/platform/room.ts';
import { answer, eager, linkIn, openTown } from './town.ts';
import type { Town } from './town.ts';

// The partner does not sign in anywhere. It answers the mail it got, as one answers a mail.

let town: Town;
let doors: OpenDoor[];
let offer: Email;
let leadId: string;
let partner: { id: string; address: string };
beforeEach(async () => {
  town = await openTown();
  doors = await openDoors(town.house.cx, { serve: true, work: true });
  const receipt = await town.inquire(eager);
  const lead = await town.leadOf(receipt);
  leadId = lead.id;
  partner = { id: lead.holder.id, address: lead.holder.id === town.partners.alpen ? 'leads@alpenpumpen.example' : 'leads@rheinpumpen.example' };
  offer = town.lettersTo(partner.address)[0]!;
});
afterEach(async () => {
  await Promise.all(doors.map((door) => door.stop()));
  await town.close();
});

const replyTo = (letter: Email): string => letter.replyTo![0]!.address!;
async function write(mail: SendMailOptions): Promise<void> {
  const transport = createTransport({ host: '127.0.0.1', port: doors[0]!.port!, ignoreTLS: true });
  try {
    await transport.sendMail({ from: `Urs Alder <${partner.address}>`, to: replyTo(offer), subject: `Re: ${offer.subject ?? ''}`, inReplyTo: offer.messageId, references: offer.messageId, ...mail });
  } finally {
    transport.close();
  }
  await town.settle();
  await town.settle();
}
const quoted = (): string => `\n\nAm Mo., 2. März 2026 um 09:04 Uhr schrieb Test Pumps <leads@in.test.example>:\n${(offer.text ?? '').split('\n').map((line) => `> ${line}`).join('\n')}`;
const lead = () => town.ok('marketing', 'GET', `/v1/leads/${leadId}`);
const links = () => town.ok('marketing', 'GET', `/v1/leads/${leadId}/links`);
const newestMail = async () => (await town.ok('marketing', 'GET', '/v1/lead-mails')).items[0];
const confirmations = (to = partner.address): Email[] => town.lettersTo(to).filter((letter) => letter.text?.includes('We read it as'));

describe('a partner answers by mail', () => {
  it('what it wrote is filed with the lead, and no verdict is set before somebody said yes on the page', async () => {
    expect(replyTo(offer)).toMatch(/^leads\+[0-9a-z]{47}@in\.test\.example$/);
    await write({ text: `Verkauft für 12'500 EUR, Lieferung im April.\n\nFreundliche Grüsse\nUrs Alder\nAlpenpumpen AG${quoted()}` });
    const filed = await lead();
    expect(filed.activities).toMatchObject([{ kind: 'note', via: 'mail', note: "Verkauft für 12'500 EUR, Lieferung im April.", outcome: 'Answer by mail: proposes “Sold for EUR 12,500.00”' }]);
    expect(filed.dispositions).toEqual([]);
    expect(filed.lead).toMatchObject({ closedAt: null, firstFollowupAt: null });
    expect(await newestMail()).toMatchObject({ state: 'read', nature: 'reply', inquiries: 0, leadId, sentence: expect.stringContaining('asked to confirm') });
    expect((await town.ok('marketing', 'GET', '/v1/inquiries')).items).toHaveLength(1);

    const [ask] = confirmations();
    expect(ask).toMatchObject({ subject: `Re: ${offer.subject ?? ''}` });
    expect(ask!.headers.find(({ key }) => key === 'auto-submitted')?.value).toBe('auto-replied');
    expect(replyTo(ask!)).toBe(replyTo(offer));
    const path = linkIn(ask!);
    const { app } = await town.house.api();
    for (const method of ['GET', 'HEAD', 'GET'] as const) expect((await app.inject({ method, url: path })).statusCode).toBe(200);
    expect((await lead()).dispositions).toEqual([]);
    const page = (await app.inject({ method: 'GET', url: path })).body;
    expect(page).toContain('Yes: Sold for EUR 12,500.00');
    const proposal = /name="proposal" value="([^"]+)"/.exec(page)![1]!;
    expect(await answer(town, path, { do: 'confirm', proposal })).toContain('Sold: congratulations!');
    expect((await lead()).dispositions).toMatchObject([{ verdict: 'sale', valueMinor: 1_250_000, currency: 'EUR', via: 'mail', current: true }]);
    expect((await links()).proposals).toMatchObject([{ state: 'confirmed', verdict: 'sale' }]);
    // Said once is said: the same form again changes nothing.
    expect(await answer(town, path, { do: 'confirm', proposal })).toContain('That did not work');
    expect((await town.ok('administrator', 'GET', '/v1/verify')).breaks).toEqual([]);
  });

  it('a note is a note; a second verdict stands for the first; one that was not meant is left', async () => {
    await write({ text: `Sie ist bis Mittwoch in Lissabon, ich rufe dann an.${quoted()}` });
    expect(confirmations()).toEqual([]);
    await write({ text: `Warm${quoted()}`, messageId: '<a@northline.example>' });
    await write({ text: `Doch nicht.\n`, messageId: '<b@northline.example>' });
    await write({ text: `Schlecht: kein Budget${quoted()}`, messageId: '<c@northline.example>' });
    const { proposals } = await links();
    expect(proposals.map((one: { verdict: string; state: string }) => [one.verdict, one.state])).toEqual([['bad', 'open'], ['warm', 'replaced']]);
    expect((await lead()).activities).toHaveLength(4);
    expect(await answer(town, linkIn(confirmations().at(-1)!), { do: 'leave', proposal: proposals[0].id })).toContain('Left as it is');
    expect((await lead()).dispositions).toEqual([]);
  });

  it('whoever lost the answer’s address is known by the mail that is answered', async () => {
    await write({ to: 'leads@in.test.example', text: `Heiß, will Besuch${quoted()}` });
    expect(await newestMail()).toMatchObject({ nature: 'reply', leadId });
    expect((await links()).proposals).toMatchObject([{ verdict: 'hot', state: 'open', reason: 'will Besuch' }]);
  });

  it('handed on within the house it is filed as such; a stranger’s waits for a person, who may let it in', async () => {
    const domain = partner.address.split('@')[1]!;
    await write({ from: `Nina Rossi <nina@${domain}>`, text: `Hot${quoted()}` });
    const [link] = (await links()).items;
    expect(link.answers).toMatchObject([{ did: 'hot', via: 'mail', known: 'other' }]);
    expect((await lead()).timeline.map((entry: { sentence: string }) => entry.sentence).join(' ')).toContain('the mail may have been handed on');
    // The question goes to the partner's own address, not to whoever wrote.
    expect(confirmations()).toHaveLength(1);
    expect(confirmations(`nina@${domain}`)).toEqual([]);

    await write({ from: 'Somebody <somebody@gmail.com>', text: `Sold 1${quoted()}` });
    const held = await newestMail();
    expect(held).toMatchObject({ state: 'held', nature: 'reply', leadId: null, sentence: expect.stringContaining('somebody@gmail.com is not known') });
    expect((await lead()).activities).toHaveLength(1);
    await town.ok('marketing', 'POST', `/v1/lead-mails/${held.id}/read`, { release: true });
    await town.settle();
    expect(await newestMail()).toMatchObject({ state: 'read', leadId });
    expect((await lead()).activities).toHaveLength(2);
    expect((await town.ok('marketing', 'GET', '/v1/inquiries')).items.filter((one: { status: string }) => one.status === 'quarantined')).toEqual([]);
    expect((await town.ok('administrator', 'GET', '/v1/verify')).breaks).toEqual([]);
  });

  it('nobody answers a machine, and two that answer each other come to rest', async () => {
    await write({ subject: 'Automatische Antwort: Hot lead', headers: { 'Auto-Submitted': 'auto-replied' }, text: 'Ich bin am Montag zurück. Sold 100' });
    expect(await newestMail()).toMatchObject({ state: 'read', nature: 'reply', leadId, sentence: expect.stringContaining('Nobody wrote it') });
    expect((await lead()).activities).toEqual([]);
    expect(confirmations()).toEqual([]);
    // A mail of our own that came back is one, too.
    await write({ messageId: offer.messageId!, text: 'Sold 100' });
    expect(confirmations()).toEqual([]);
    for (let round = 0; round < 8; round++) await write({ text: `hot ${round}`, messageId: `<loop-${round}@x.example>` });
    expect(confirmations()).toHaveLength(5);
    expect((await lead()).activities).toHaveLength(8);
  });

  it('a revoked link takes no answer, and a forged address is refused', async () => {
    const key = replyTo(offer);
    const forged = key.replace(/.@/, (end) => (end === '0@' ? '1@' : '0@'));
    await expect(write({ to: forged, text: 'Sold 100' })).rejects.toMatchObject({ responseCode: 550 });

    const { items } = await links();
    await town.ok('sales_manager', 'DELETE', `/v1/links/${items[0].id}`);
    await write({ text: `Sold 100${quoted()}` });
    expect(await newestMail()).toMatchObject({ state: 'held', sentence: expect.stringContaining('revoked') });
    expect((await lead()).activities).toEqual([]);
  });

  it('after the lead passed on it is kept as a note and asks nothing', async () => {
    await answer(town, linkIn(offer), { do: 'decline', reason: 'No time now' });
    await write({ text: `Sold 200${quoted()}` });
    expect(await newestMail()).toMatchObject({ state: 'read', leadId, sentence: expect.stringContaining('no longer theirs') });
    expect((await lead()).activities).toMatchObject([{ kind: 'note', note: 'Sold 200' }]);
    expect((await links()).proposals).toEqual([]);
    expect(confirmations()).toEqual([]);
    expect((await town.ok('administrator', 'GET', '/v1/verify')).breaks).toEqual([]);
  });

  it('what was written is erased with the person it is about', async () => {
    await write({ text: `Bad: Frau Wyss ist krank${quoted()}` });
    const { person } = await lead();
    await town.ok('administrator', 'POST', `/v1/people/${person.id}/erasure`, { name: person.fullName, remembers: false });
    await town.house.runJobs();
    await town.settle();
    const left = await town.house.rows<{ words: string | null; note: string | null; bytes: number }>(sql`select p.words, (select max(a.note) from followup.activity a) as note, (select sum(m.bytes)::int from capture.lead_mail m) as bytes from followup.proposal p`);
    expect(left).toEqual([{ words: null, note: null, bytes: 0 }]);
  });
});
