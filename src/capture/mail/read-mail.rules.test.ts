import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { htmlText } from './html-text.rules.ts';
import { forwardedIn, ownWords, phonesIn } from './mail-forward.rules.ts';
import { addressIn } from './mail-message.rules.ts';
import { AUTO_REPLY, BOUNCE, BULK, OWN_MAIL } from './mail-nature.rules.ts';
import { isForm, readPairs } from './mail-pairs.rules.ts';
import { parseMail } from './parse-mail.ts';
import { listFiles, readMail } from './read-mail.rules.ts';
import type { MailReading } from './read-mail.rules.ts';

const mail = (headers: Record<string, string>, body: string): Buffer =>
  Buffer.from(`${Object.entries({ From: 'Web <wordpress@site.example>', To: 'leads@in.example', Subject: 'New message', 'Message-ID': '<1@site.example>', 'Content-Type': 'text/plain; charset=utf-8', ...headers }).map(([name, value]) => `${name}: ${value}`).join('\r\n')}\r\n\r\n${body.replaceAll(/\r?\n/g, '\r\n')}`);
const read = async (headers: Record<string, string>, body: string, release = false): Promise<MailReading> => readMail(await parseMail(mail(headers, body)), release);
const one = async (headers: Record<string, string>, body: string) => (await read(headers, body)).arrivals[0]!;
/** A mail with parts: the text first, then files as [name, type, text]. */
const parts = (headers: Record<string, string>, body: string, files: [string, string, string][]): Buffer =>
  mail({ ...headers, 'Content-Type': 'multipart/mixed; boundary=b1' }, ['--b1', 'Content-Type: text/plain; charset=utf-8', '', body, ...files.flatMap(([name, type, text]) => ['--b1', `Content-Type: ${type}; name="${name}"`, `Content-Disposition: attachment; filename="${name}"`, 'Content-Transfer-Encoding: base64', '', Buffer.from(text).toString('base64')]), '--b1--', ''].join('\n'));

describe('the mail of a form', () => {
  const languages: Record<string, [string, Record<string, string>]> = {
    English: ['Name: Ann Lee\nE-Mail: ann@firm.example\nCompany: Firm Ltd\nPhone: +44 20 7946 0000\nMessage: We need a pump.\nIt must be quiet.', { fullName: 'Ann Lee', email: 'ann@firm.example', organization: 'Firm Ltd', phone: '+44 20 7946 0000', message: 'We need a pump.\nIt must be quiet.' }],
    German: ['Vorname: Jörg\nNachname: Müller\nE-Mail-Adresse: j@firma.example\nFirma: Müller GmbH\nPLZ: 8400\nOrt: Winterthur\nNachricht: Bitte um Angebot', { givenName: 'Jörg', familyName: 'Müller', email: 'j@firma.example', organization: 'Müller GmbH', postalCode: '8400', city: 'Winterthur', message: 'Bitte um Angebot' }],
    French: ['Prénom : Zoé\nNom de famille : Favre\nCourriel : zoe@sarl.example\nSociété : Favre SARL\nTéléphone : 022 555 00 00', { givenName: 'Zoé', familyName: 'Favre', email: 'zoe@sarl.example', organization: 'Favre SARL', phone: '022 555 00 00' }],
    Spanish: ['Nombre completo: Luz Ruiz\nCorreo electrónico: luz@sl.example\nEmpresa: Ruiz SL\nMensaje: ¿Precio?', { fullName: 'Luz Ruiz', email: 'luz@sl.example', organization: 'Ruiz SL', message: '¿Precio?' }],
    Portuguese: ['Nome completo: Rui Sá\nEndereço de email: rui@lda.example\nTelemóvel: +351 912 345 678', { fullName: 'Rui Sá', email: 'rui@lda.example', mobile: '+351 912 345 678' }],
    Dutch: ['Voornaam: Bas\nAchternaam: Vos\nE-mailadres: bas@bv.example\nBedrijf: Vos BV\nBericht: Bel mij', { givenName: 'Bas', familyName: 'Vos', email: 'bas@bv.example', organization: 'Vos BV', message: 'Bel mij' }],
    Italian: ['Nome e cognome: Ida Riva\nIndirizzo email: ida@srl.example\nAzienda: Riva srl\nRichiesta: Un preventivo', { fullName: 'Ida Riva', email: 'ida@srl.example', organization: 'Riva srl', message: 'Un preventivo' }],
  };
  for (const [language, [text, fields]] of Object.entries(languages))
    test(`in ${language}`, async () => {
      const reading = await read({}, text);
      expect(reading.nature).toBe('form');
      expect(reading.arrivals[0]!.fields).toMatchObject(fields);
    });

  test('the value on the next line, labels in bold, links written twice, what has no word of ours kept', async () => {
    const { fields } = await one({}, 'A visitor wrote:\n\n*Name:*\nAnn Lee\n*Email:* ann@firm.example <mailto:ann@firm.example>\n*Pump size:* DN 80\nutm_source: fair\n');
    expect(fields).toMatchObject({ fullName: 'Ann Lee', email: 'ann@firm.example', custom: { 'Pump size': 'DN 80', text: 'A visitor wrote:' } });
    expect((await one({}, 'Name: Ann\nEmail: a@b.example\nutm_source: fair')).source).toBe('fair');
  });
  test('labels and answers taking turns', async () => {
    expect((await one({}, 'You have a new answer\n\nFirst name\nAnn\n\nEmail\nann@firm.example\n\nCompany\nFirm Ltd\n')).fields).toMatchObject({ givenName: 'Ann', email: 'ann@firm.example', organization: 'Firm Ltd' });
  });
  test('an HTML table, a definition list, and entities', async () => {
    const table = '<html><head><style>td{}</style></head><body><p>New enquiry</p><table><tr><th>Name</th><td><b>J&ouml;rg</b> &amp; Co</td></tr><tr><td>E-Mail</td><td><a href="mailto:j@x.example">j@x.example</a></td></tr><tr><td>Message</td><td>Line 1<br>Line 2</td></tr></table></body></html>';
    expect((await one({ 'Content-Type': 'text/html; charset=utf-8' }, table)).fields).toMatchObject({ fullName: 'Jörg & Co', email: 'j@x.example', message: 'Line 1\nLine 2' });
    const list = '<dl><dt>Name</dt><dd>Ann</dd><dt>E-Mail</dt><dd>ann@x.example</dd></dl>';
    expect((await one({ 'Content-Type': 'text/html' }, list)).fields).toMatchObject({ fullName: 'Ann', email: 'ann@x.example' });
  });
  test('the site that sent it is not the lead, an address to answer to is', async () => {
    const { fields } = await one({ 'Reply-To': 'Ann Lee <ann@firm.example>' }, 'Company: Firm Ltd\nMessage: Call me\n');
    expect(fields).toMatchObject({ email: 'ann@firm.example', fullName: 'Ann Lee' });
    expect((await one({ From: 'info@our-site.example', 'Reply-To': 'noreply@our-site.example' }, 'Name: Ann\nPhone: 044 555 00 00')).fields.email).toBeUndefined();
  });
  test('nobody says from outside who he is elsewhere or whose he is', async () => {
    const { fields } = await one({}, 'Name: Ann\nEmail: a@b.example\nLead owner: Bob\nExternal id: 17');
    expect(fields).toMatchObject({ custom: { ownerName: 'Bob', externalId: '17' } });
    expect(fields.ownerName ?? fields.externalId).toBeUndefined();
  });
  test('character sets, quoted-printable and encoded subjects', async () => {
    const raw = Buffer.concat([mail({ From: '=?iso-8859-1?Q?J=F6rg_M=FCller?= <j@x.example>', Subject: '=?UTF-8?B?R3LDvMOfZQ==?=', 'Content-Type': 'text/plain; charset=windows-1252', 'Content-Transfer-Encoding': '8bit' }, ''), Buffer.from('Wir brauchen f\xfcnf Pumpen f\xfcr 3 \x80', 'latin1')]);
    expect(readMail(await parseMail(raw)).arrivals[0]!.fields).toMatchObject({ fullName: 'Jörg Müller', message: 'Grüße\n\nWir brauchen fünf Pumpen für 3 €' });
    expect((await one({ 'Content-Transfer-Encoding': 'quoted-printable' }, 'Name: J=C3=B6rg\nEmail: j@x.example')).fields.fullName).toBe('Jörg');
  });
});

describe('a mail handed on', () => {
  const colleague = { From: 'Cole League <cole@us.example>' };
  const inner = 'Guten Tag\n\nwir brauchen zwei Pumpen.\n\n-- \nJonas Weber\nTel: +41 44 555 66 77';
  const styles: Record<string, [string, string]> = {
    Gmail: ['Fwd: Pumpen', `Please take this one.\n\n---------- Forwarded message ---------\nFrom: Jonas Weber <jonas@firma.example>\nDate: Mon, 2 Mar 2026 at 09:12\nSubject: Pumpen\nTo: <info@us.example>\n\n\n${inner}`],
    Outlook: ['WG: Pumpen', `Bitte übernehmen\n\nVon: Jonas Weber <jonas@firma.example>\nGesendet: Montag, 2. März 2026 09:12\nAn: info@us.example\nBetreff: Pumpen\n\n${inner}`],
    'old Outlook': ['WG: Pumpen', `-----Ursprüngliche Nachricht-----\nVon: Weber, Jonas [mailto:jonas@firma.example]\nGesendet: Montag, 2. März 2026 09:12\nAn: info@us.example\nBetreff: Pumpen\n\n${inner}`],
    Apple: ['Fwd: Pumpen', `Begin forwarded message:\n\n> From: Jonas Weber <jonas@firma.example>\n> Subject: Pumpen\n> Date: 2 March 2026 at 09:12:00 CET\n> To: info@us.example\n> \n${inner.split('\n').map((line) => `> ${line}`).join('\n')}`],
    French: ['TR : Pumpen', `De : Jonas Weber <jonas@firma.example>\nEnvoyé : lundi 2 mars 2026 09:12\nÀ : info@us.example\nObjet : Pumpen\n\n${inner}`],
  };
  for (const [style, [Subject, text]] of Object.entries(styles))
    test(`by ${style}`, async () => {
      const reading = await read({ ...colleague, Subject }, text);
      expect(reading.nature).toBe('forward');
      expect(reading.arrivals[0]!.fields).toMatchObject({ fullName: 'Jonas Weber', email: 'jonas@firma.example', phone: '+41 44 555 66 77', message: 'Pumpen\n\nGuten Tag\n\nwir brauchen zwei Pumpen.', custom: { forwardedBy: 'Cole League <cole@us.example>' } });
      expect(reading.arrivals[0]!.problem).toBeUndefined();
    });
  test('the first writer outside the house is meant, and a form handed on is a form', () => {
    const twice = 'From: Bea <bea@us.example>\nSent: Tuesday\nTo: Cole\nSubject: FW: Pumps\n\nFor you\n\nFrom: Ann <ann@firm.example>\nSent: Monday\nTo: Bea\nSubject: Pumps\n\nWe need pumps';
    expect(forwardedIn(twice, 'FW: Pumps', 'cole@us.example')).toMatchObject({ from: { address: 'ann@firm.example' }, body: 'We need pumps' });
  });
  test('a form that was handed on', async () => {
    const { fields } = await one({ ...colleague, Subject: 'Fwd: form' }, 'FYI\n---------- Forwarded message ----------\nFrom: Web <wordpress@site.example>\nDate: Monday\nSubject: form\nTo: <info@us.example>\n\nName: Ann Lee\nE-Mail: ann@firm.example\nMessage: Hi\n');
    expect(fields).toMatchObject({ fullName: 'Ann Lee', email: 'ann@firm.example', message: 'Hi', custom: { forwarderNote: 'FYI' } });
  });
  test('as an attachment', async () => {
    const raw = mail({ ...colleague, 'Content-Type': 'multipart/mixed; boundary=b1' }, `--b1\nContent-Type: text/plain\n\nSee below\n--b1\nContent-Type: message/rfc822\nContent-Disposition: attachment\n\nFrom: Ann <ann@firm.example>\nSubject: Pumps\n\nWe need pumps\n--b1--\n`);
    expect(readMail(await parseMail(raw)).arrivals[0]!.fields).toMatchObject({ email: 'ann@firm.example', message: 'Pumps\n\nWe need pumps', custom: { forwardedBy: 'Cole League <cole@us.example>', forwarderNote: 'See below' } });
  });
  test('an answer is not handed on: its writer is the person', async () => {
    const { fields } = await one({ From: 'Ann <ann@firm.example>', Subject: 'AW: Offer' }, 'Yes please\n\nVon: Cole <cole@us.example>\nGesendet: Montag\nAn: Ann\nBetreff: Offer\n\nDo you want it?');
    expect(fields).toMatchObject({ email: 'ann@firm.example', message: 'AW: Offer\n\nYes please' });
  });
});

describe('a stranger’s own mail', () => {
  test('From is the person, the phone where a word says so, the quotation is left out', async () => {
    const { fields } = await one({ From: 'Weber, Jonas <Jonas@Firma.example>', Subject: 'Question' }, 'How loud is the P5?\n\nBest\nJonas\nMobile: +41 79 555 66 77 | Tel. 044 555 66 77\n\nOn Mon, 2 Mar 2026 at 09:12, Cole <cole@us.example> wrote:\n> Hello\n> there');
    expect(fields).toEqual({ fullName: 'Jonas Weber', email: 'jonas@firma.example', mobile: '+41 79 555 66 77', phone: '044 555 66 77', message: expect.stringMatching(/^Question\n\nHow loud is the P5\?[\s\S]*044 555 66 77$/) as string });
  });
  test('a machine that says nothing of anybody waits', async () => {
    expect((await one({ Subject: 'Backup done' }, 'All files were copied.')).problem).toMatch(/machine/);
  });
  test('what is not read is named', async () => {
    const reading = readMail(await parseMail(parts({ From: 'a@b.example' }, 'Hello', [['plan.pdf', 'application/pdf', '%PDF'], ['winmail.dat', 'application/ms-tnef', 'x']])));
    expect(reading.arrivals[0]!.fields.custom).toMatchObject({ attachments: ['plan.pdf'] });
    expect(reading.sentences.join()).toContain('winmail.dat');
  });
});

describe('files', () => {
  const card = (n: number): string => `BEGIN:VCARD\nVERSION:3.0\nN:Weber;Jonas ${n}\nFN:Jonas ${n} Weber\nORG:Firma AG\nEMAIL:j${n}@firma.example\nTEL;TYPE=CELL:+41 79 555 66 77\nEND:VCARD\n`;
  test('each card is an inquiry, and many are a list', async () => {
    const reading = readMail(await parseMail(parts({ From: 'Cole <cole@us.example>' }, 'From the fair', [['cards.vcf', 'text/vcard', card(1) + card(2)]])));
    expect(reading.nature).toBe('cards');
    expect(reading.arrivals.map(({ fields }) => [fields.email, fields.organization, fields.mobile, fields.custom?.['sentBy']])).toEqual([1, 2].map((n) => [`j${n}@firma.example`, 'Firma AG', '+41 79 555 66 77', 'Cole <cole@us.example>']));
    const many = await parseMail(parts({}, '', [['cards.vcf', 'text/vcard', Array.from({ length: 101 }, (_, n) => card(n)).join('')]]));
    expect(listFiles(many).map(({ name }) => name)).toEqual(['cards.vcf']);
  });
  test('tables are lists; records in JSON are inquiries, attached or as the text', async () => {
    expect(listFiles(await parseMail(parts({}, '', [['a.csv', 'text/csv', 'x'], ['b.xlsx', 'application/octet-stream', 'x'], ['c.pdf', 'application/pdf', 'x']]))).map(({ name }) => name)).toEqual(['a.csv', 'b.xlsx']);
    expect(readMail(await parseMail(parts({}, '', [['lead.json', 'application/json', '{"email":"a@b.example","first_name":"Ann"}']]))).arrivals[0]!.fields).toMatchObject({ email: 'a@b.example', givenName: 'Ann' });
    expect((await one({}, '[{"email":"a@b.example"},{"email":"c@d.example"}]')).fields.email).toBe('a@b.example');
  });
});

describe('never a lead', () => {
  const cases: [string, Record<string, string>, string, string][] = [
    ['a bounce', { From: 'MAILER-DAEMON@mx.example', Subject: 'Undelivered Mail Returned to Sender' }, 'Your message could not be delivered.', BOUNCE],
    ['a report', { 'Content-Type': 'multipart/report; report-type=delivery-status; boundary=b1' }, '--b1\nContent-Type: text/plain\n\nFailed\n--b1\nContent-Type: message/delivery-status\n\nFinal-Recipient: rfc822; x@y.example\nAction: failed\n--b1--', BOUNCE],
    ['an automatic answer', { From: 'Ann <ann@firm.example>', 'Auto-Submitted': 'auto-replied' }, 'I am away', AUTO_REPLY],
    ['an absence', { From: 'Ann <ann@firm.example>', Subject: 'Abwesenheitsnotiz: Pumpen' }, 'Ich bin bis Montag weg.', AUTO_REPLY],
    ['our own', { 'Message-ID': '<0192f3a4-5b6c-7d8e-9f01-23456789abcd@baton>' }, 'Name: Ann\nEmail: a@b.example', OWN_MAIL],
    ['a circular', { From: 'news@shop.example', 'List-Unsubscribe': '<https://shop.example/u>' }, 'Spring sale!', BULK],
  ];
  for (const [what, headers, text, why] of cases)
    test(what, async () => {
      const reading = await read(headers, text);
      expect(reading).toMatchObject({ nature: 'held', arrivals: [{ problem: why }] });
      expect((await read(headers, text, true)).nature).not.toBe('held');
    });
  test('but a form may be sent by a machine', async () => {
    expect((await read({ 'Auto-Submitted': 'auto-generated', 'List-Unsubscribe': '<x>' }, 'Name: Ann\nEmail: a@b.example')).nature).toBe('form');
  });
  test('and what a mail server says of its being genuine counts for nothing', async () => {
    expect((await read({ From: 'Ann <ann@firm.example>', 'Authentication-Results': 'mx; spf=fail; dkim=fail' }, 'Hi')).nature).toBe('person');
  });
});

describe('whatever comes', () => {
  const word = fc.stringMatching(/^[A-Za-zäöüé]{2,12}$/);
  test('a form of any values is read back, in whatever order its lines stand', () => {
    fc.assert(
      fc.property(fc.record({ fullName: word, organization: word, city: word }), fc.constantFrom(':', ' :', '=', '\t'), fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }), (said, sign, order) => {
        const lines = [`Name${sign} ${said.fullName}`, `Company${sign} ${said.organization}`, `City${sign} ${said.city}`, `E-Mail${sign} x@y.example`];
        const pairs = readPairs(order.map((n) => lines[n]).join('\n'));
        expect(isForm(pairs)).toBe(true);
        expect(pairs.values).toEqual({ ...said, email: 'x@y.example' });
      }),
    );
  });
  test('no text, no HTML and no bytes make it fail', async () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300, unit: 'binary' }), (text) => {
        readPairs(text);
        ownWords(text);
        phonesIn(text);
        addressIn(text);
        forwardedIn(text, text, text);
        expect(htmlText(`<b>${text}`)).not.toMatch(/<b>/);
      }),
    );
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), fc.constantFrom('', 'From: a@b.example\r\n\r\n', 'Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n'), async (bytes, head) => {
        const reading = readMail(await parseMail(Buffer.concat([Buffer.from(head), bytes])));
        expect(reading.arrivals.length).toBeGreaterThan(0);
      }),
    );
  });
  test('nothing is lost of what a person wrote', () => {
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 8 }), (words) => {
        expect(ownWords(words.join(' ')).text).toBe(words.join(' '));
      }),
    );
  });
});
