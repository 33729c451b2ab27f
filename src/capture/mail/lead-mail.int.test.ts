import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import type { SendMailOptions } from 'nodemailer';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { certificate, certificateKey } from '../../../tests/support/certificate.ts';
import { openTestHouse } from '../../../tests/support/house.ts';
import type { TestHouse } from '../../../tests/support/house.ts';
import { sql } from '../../platform/db/index.ts';
import { enqueueMail } from '../../platform/mail/index.ts';
import type { OpenDoor } from '../../platform/room.ts';
import { openSmtpReceiver } from './smtp-receiver.ts';

let house: TestHouse;
let door: OpenDoor;
let address: string;
let programId: string;
beforeAll(async () => {
  house = await openTestHouse({ config: { leadMailAddress: 'leads@in.example', leadSmtpPort: 0, leadMailMegabytesMax: 1 } });
  door = (await openSmtpReceiver(house.cx))!;
  const program = await house.request('marketing', 'POST', '/v1/programs', { name: 'Spring catalogue' });
  programId = program.json.id;
  address = (await house.request('marketing', 'POST', '/v1/lead-addresses', { programId })).json.address;
});
afterAll(async () => {
  await door.stop();
  await house.close();
});

const send = async (mail: SendMailOptions): Promise<string> => {
  const transport = createTransport({ host: '127.0.0.1', port: door.port!, ignoreTLS: true });
  try {
    return (await transport.sendMail({ from: 'Web <wordpress@site.example>', to: address, subject: 'Enquiry', ...mail })).response;
  } finally {
    transport.close();
  }
};
const mails = async () => (await house.request('marketing', 'GET', '/v1/lead-mails')).json.items as { id: string; state: string; nature: string; sentence: string | null; inquiries: number; imports: number; subject: string; programName: string | null; fromAddress: string | null }[];
const newest = async () => (await mails())[0]!;
const detail = async (id: string) => (await house.request('marketing', 'GET', `/v1/lead-mails/${id}`)).json;
const inquiry = async (id: string) => (await house.request('marketing', 'GET', `/v1/inquiries/${id}`)).json;

/** Speaks SMTP word by word; gives the answers. */
async function speak(lines: string[], port = door.port!): Promise<string[]> {
  const socket: Socket = connect(port, '127.0.0.1');
  const said: string[] = [];
  const queue = [...lines];
  await new Promise<void>((done, failed) => {
    socket.on('error', failed);
    socket.on('close', () => done());
    let rest = '';
    socket.on('data', (data) => {
      rest += String(data);
      for (let end = rest.indexOf('\r\n'); end !== -1; end = rest.indexOf('\r\n')) {
        const line = rest.slice(0, end);
        rest = rest.slice(end + 2);
        if (/^\d{3}-/.test(line)) continue;
        said.push(line);
        const next = queue.shift();
        if (next === undefined) socket.end();
        else socket.write(`${next}\r\n`);
      }
    });
  });
  return said.slice(1);
}

describe('the receiver', () => {
  test('keeps what is for us before it says so, and refuses all else', async () => {
    const said = await speak(['EHLO x.example', 'MAIL FROM:<a@b.example>', 'RCPT TO:<somebody@elsewhere.example>', 'RCPT TO:<leads+0000000000000000@in.example>', `RCPT TO:<${address.toUpperCase()}>`, 'DATA', 'From: Ann <ann@b.example>\r\nSubject: Hi\r\n\r\nHello\r\n.', 'QUIT']);
    expect(said.map((line) => line.slice(0, 3))).toEqual(['250', '250', '550', '550', '250', '354', '250', '221']);
    expect(await newest()).toMatchObject({ state: 'waiting', programName: 'Spring catalogue' });
    await house.scan();
    expect(await newest()).toMatchObject({ state: 'read', nature: 'person', inquiries: 1, fromAddress: 'ann@b.example' });
  });
  test('says 552 to what is too large, declared or not', async () => {
    expect((await speak(['EHLO x', 'MAIL FROM:<a@b.example> SIZE=2000000', 'QUIT']))[1]).toMatch(/^552/);
    const before = (await mails()).length;
    await expect(send({ text: 'x'.repeat(1_200_000) })).rejects.toMatchObject({ responseCode: 552 });
    const line = `${'x'.repeat(900)}\r\n`;
    const said = await speak(['EHLO x', 'MAIL FROM:<a@b.example>', `RCPT TO:<${address}>`, 'DATA', `Subject: x\r\n\r\n${line.repeat(1300)}.`, 'QUIT']);
    expect(said[4]).toMatch(/^552/);
    expect(await mails()).toHaveLength(before);
  });
  test('asks whoever sends too many in a minute to come again later', async () => {
    const other = (await openSmtpReceiver(house.cx))!;
    const said = await speak(['EHLO x', ...Array.from({ length: 301 }, () => ['MAIL FROM:<a@b.example>', 'RSET']).flat(), 'QUIT'], other.port!);
    await other.stop();
    const answers = said.slice(1, -1).filter((_, n) => n % 2 === 0).map((line) => line.slice(0, 3));
    expect([answers.slice(0, 300).every((code) => code === '250'), answers[300]]).toEqual([true, '451']);
  });
  test('speaks TLS once asked to (STARTTLS), with the certificate it was given, and takes the mail over it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'baton-tls-'));
    const [leadSmtpCertificate, leadSmtpKey] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
    await Promise.all([writeFile(leadSmtpCertificate, certificate), writeFile(leadSmtpKey, certificateKey)]);
    const other = (await openSmtpReceiver({ ...house.cx, config: { ...house.cx.config, leadSmtpCertificate, leadSmtpKey } }))!;
    const over = (ca: string | undefined, servername: string) =>
      createTransport({ host: '127.0.0.1', port: other.port!, requireTLS: true, tls: { servername, ...(ca ? { ca } : {}) } }).sendMail({ from: 'Web <wordpress@site.example>', to: address, subject: 'Sealed', text: 'Name: Sealed Letter\nE-Mail: sealed@firm.example' });
    try {
      // Without TLS nothing is hidden from who listens; one that offers none is left when TLS is asked for.
      await expect(createTransport({ host: '127.0.0.1', port: door.port!, requireTLS: true }).sendMail({ from: 'a@b.example', to: address, text: 'x' })).rejects.toThrow();
      expect((await speak(['EHLO x', 'STARTTLS'], door.port!))[1]).toMatch(/^5/);
      await expect(over(undefined, 'in.example')).rejects.toMatchObject({ code: expect.stringMatching(/TLS|SOCKET|SELF_SIGNED/) });
      await expect(over(certificate, 'elsewhere.example')).rejects.toThrow();
      expect((await over(certificate, 'in.example')).response).toContain('It is kept');
    } finally {
      await other.stop();
      await rm(folder, { recursive: true });
    }
    await house.scan();
    expect(await house.rows(sql`select fields->>'fullName' as name from capture.inquiry where fields->>'email' = 'sealed@firm.example'`)).toMatchObject([{}]);
  });
  test('takes no password and relays nothing', async () => {
    const said = await speak(['EHLO x', 'AUTH PLAIN AGEAYg==', 'MAIL FROM:<a@in.example>', 'RCPT TO:<victim@elsewhere.example>', 'QUIT']);
    expect(said[1]).toMatch(/^5/);
    expect(said[3]).toMatch(/^550/);
  });
  test('the same mail twice is one, by whichever of our addresses; an address that ended takes nothing', async () => {
    const general = (await house.request('marketing', 'POST', '/v1/lead-addresses', {})).json as { id: string; address: string };
    const mail = { text: 'Name: Twice Told\nE-Mail: twice@firm.example', messageId: '<same@site.example>', date: new Date('2026-03-02T08:00:00Z') };
    await send(mail);
    expect(await send(mail)).toContain('already');
    expect(await send({ ...mail, to: [address, general.address, 'leads@in.example'] })).toContain('already');
    await house.scan();
    expect((await house.rows<{ n: number }>(sql`select count(*) as n from capture.inquiry where fields->>'email' = 'twice@firm.example'`))[0]!.n).toBe(1);
    expect((await house.request('marketing', 'DELETE', `/v1/lead-addresses/${general.id}`)).status).toBe(200);
    await expect(send({ to: general.address, text: 'x' })).rejects.toMatchObject({ responseCode: 550 });
  });
});

describe('what comes of a mail', () => {
  test('a form becomes an inquiry of the program, and its original is read with it', async () => {
    await send({ subject: 'Form', text: 'Name: Ann Lee\nE-Mail: ann@lee.example\nMessage: A quote, please\nLead owner: Mallory' });
    await house.scan();
    const mail = await detail((await newest()).id);
    const [one] = mail.inquiryItems;
    expect(await inquiry(one.id)).toMatchObject({ channel: 'mail', programId, status: 'parsed', fields: { fullName: 'Ann Lee', email: 'ann@lee.example', message: 'A quote, please', custom: { ownerName: 'Mallory' } } });
    expect((await house.request('marketing', 'GET', `/v1/inquiries/${one.id}/raw`)).json).toMatchObject({ type: 'message/rfc822', text: expect.stringContaining('Name: Ann Lee') });
    expect(mail.original).toContain('Subject: Form');
  });
  test('cards: one inquiry each', async () => {
    await send({ text: 'From the fair', attachments: [{ filename: 'cards.vcf', content: [1, 2, 3].map((n) => `BEGIN:VCARD\nVERSION:3.0\nFN:Card ${n}\nEMAIL:card${n}@fair.example\nEND:VCARD\n`).join('') }] });
    await house.scan();
    expect(await newest()).toMatchObject({ nature: 'cards', inquiries: 3, state: 'read' });
  });
  test('a plain list is brought in; one that is not plain waits, and marketing is told; a list of parts is left alone', async () => {
    const list = (header: string, rows: string[]) => ({ filename: 'leads.csv', content: `${header}\n${rows.join('\n')}\n` });
    await send({ text: 'Leads from the fair', attachments: [list('First name,Last name,E-mail,Company,Lead owner', ['Ida,Riva,ida@riva.example,Riva srl,Mallory', 'Bas,Vos,bas@vos.example,Vos BV,Mallory'])] });
    await house.scan();
    await house.runJobs();
    const done = await detail((await newest()).id);
    expect(done).toMatchObject({ state: 'read', nature: 'list', inquiries: 0, imports: 1, importItems: [{ fileName: 'leads.csv', status: 'finished' }] });
    const made = (await house.request('marketing', 'GET', `/v1/inquiries?importId=${done.importItems[0].id}`)).json.items as { programId: string; fields: { email: string; ownerName?: string } }[];
    expect(made.map(({ fields, programId: of }) => [fields.email, fields.ownerName, of]).toSorted()).toEqual([['bas@vos.example', undefined, programId], ['ida@riva.example', undefined, programId]]);

    await house.request('administrator', 'POST', '/v1/users', { name: 'Marta', email: 'marta@pumps.example', roles: ['marketing'] });
    await house.write((tx) => tx.run(sql`update platform.app_user set status = 'active' where email = 'marta@pumps.example'`));
    await send({ text: 'More', attachments: [{ ...list('aa,bb,cc,dd,ee,ff', ['x1,y1,ida@riva2.example,z1,u1,v1', 'x2,y2,bas@vos2.example,z2,u2,v2']), filename: 'odd.csv' }] });
    await house.scan();
    expect(await newest()).toMatchObject({ state: 'held', nature: 'list', imports: 1, sentence: expect.stringContaining('waits for somebody') });
    expect((await house.mails()).filter(({ kind }) => kind === 'import').map(({ toAddress, subject }) => [toAddress, subject])).toContainEqual(['marta@pumps.example', 'A list waits: odd.csv']);

    await send({ from: 'Jo Parts <jo@parts.example>', subject: 'Quote', text: 'Please quote these.', attachments: [{ ...list('Part,Quantity,Material', ['P5 impeller,4,steel', 'P7 seal,9,rubber']), filename: 'parts.csv' }] });
    await house.scan();
    const quote = await newest();
    expect(quote).toMatchObject({ state: 'read', nature: 'person', inquiries: 1, imports: 0, sentence: expect.stringContaining('no list of people') });
  });
  test('a list that cannot be read puts the mail in quarantine with the reason', async () => {
    await send({ from: 'Cole <cole@us.example>', text: 'Leads', attachments: [{ filename: 'old.xls', content: Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 1, 2, 3, 4]) }] });
    await house.scan();
    expect(await newest()).toMatchObject({ state: 'held', nature: 'unread', sentence: expect.stringMatching(/old\.xls.*Excel file of the old kind/) });
    const held = (await house.request('marketing', 'GET', '/v1/inquiries?status=quarantined')).json.items[0];
    expect(held).toMatchObject({ channel: 'mail', problem: expect.stringContaining('old.xls') });
  });
  test('an automatic answer waits in quarantine, a replay leaves it, a release takes it in, and twice changes nothing', async () => {
    await send({ from: 'Ann <away@firm.example>', subject: 'Out of office', text: 'Back on Monday', headers: { 'Auto-Submitted': 'auto-replied' } });
    await house.scan();
    const mail = await detail((await newest()).id);
    expect(mail).toMatchObject({ state: 'held', inquiryItems: [{ status: 'quarantined', problem: expect.stringContaining('automatic') }] });
    const ids = [mail.inquiryItems[0].id];
    const replay = async (release?: boolean) => (await house.request('marketing', 'POST', '/v1/quarantine/replay', { ids, ...(release ? { release } : {}) })).json;
    expect(await replay()).toEqual({ replayed: 0, released: 0, still: 1 });
    expect(await replay(true)).toEqual({ replayed: 1, released: 1, still: 0 });
    expect(await replay(true)).toEqual({ replayed: 0, released: 0, still: 0 });
    expect(await inquiry(ids[0])).toMatchObject({ status: 'parsed', programId, fields: { email: 'away@firm.example' } });
    expect(await detail(mail.id)).toMatchObject({ state: 'read', inquiryItems: [{ status: 'parsed' }] });
  });
  test('a bounce of our own mail is noted in the outbox and is no inquiry', async () => {
    const id = await house.write((tx) => enqueueMail(tx, house.cx, { kind: 'test', to: 'gone@firm.example', subject: 'Offer', text: 'x' }));
    await house.write((tx) => tx.run(sql`update platform.mail set state = 'sent' where id = ${id}`));
    const report = (own: string) => `From: MAILER-DAEMON@mx.example\r\nSubject: Undelivered\r\nMessage-ID: <${own}b@mx>\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b1\r\n\r\n--b1\r\nContent-Type: text/plain\r\n\r\nFailed\r\n--b1\r\nContent-Type: message/delivery-status\r\n\r\nFinal-Recipient: rfc822; gone@firm.example\r\nAction: failed\r\nDiagnostic-Code: smtp; 550 5.1.1 No such user\r\n\r\n--b1\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: <${own}@baton>\r\nSubject: Offer\r\n\r\nx\r\n--b1--\r\n`;
    await send({ raw: report(id), envelope: { from: '', to: [address] } });
    await house.scan();
    expect(await newest()).toMatchObject({ state: 'read', nature: 'bounce', inquiries: 0, sentence: expect.stringContaining('gone@firm.example') });
    const outbox = await house.mails();
    expect(outbox.find((mail) => mail.id === id)).toMatchObject({ state: 'failed' });
    await send({ raw: report('0192f3a4-5b6c-7d8e-9f01-23456789abcd'), envelope: { from: '', to: [address] } });
    await house.scan();
    expect(await newest()).toMatchObject({ state: 'held', nature: 'held' });
  });
  test('whatever comes is kept and settled: bytes of no mail at all, too', async () => {
    await send({ raw: Buffer.concat([Buffer.from('\r\n\r\n'), Buffer.from([0, 1, 2, 255, 254, 0])]), envelope: { from: 'a@b.example', to: [address] } });
    await house.scan();
    expect(await newest()).toMatchObject({ state: 'held', inquiries: 1 });
    expect((await house.request('administrator', 'GET', '/v1/lead-mails?state=waiting')).json.items).toEqual([]);
  });
});
