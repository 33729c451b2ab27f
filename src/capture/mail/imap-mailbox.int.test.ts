import type { AddressInfo } from 'node:net';
import hoodiecrow from 'hoodiecrow-imap';
import type { ImapServer } from 'hoodiecrow-imap';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestHouse } from '../../../tests/support/house.ts';
import type { TestHouse } from '../../../tests/support/house.ts';
import { emptyMailbox, openImapMailbox, readMailbox } from './imap-mailbox.ts';

let house: TestHouse;
let server: ImapServer;
let url: string;
let address: string;
let programId: string;
beforeAll(async () => {
  server = hoodiecrow({ plugins: ['ID', 'UIDPLUS', 'MOVE', 'LITERALPLUS', 'UNSELECT', 'NAMESPACE'], storage: { INBOX: { messages: [] }, '': { folders: { Done: { messages: [] } } } } });
  await new Promise<void>((listening) => server.listen(0, listening));
  url = `imap://testuser:testpass@127.0.0.1:${(server.server.address() as AddressInfo).port}/INBOX?tls=off`;
  house = await openTestHouse({ config: { leadMailAddress: 'leads@in.example', leadImapUrl: url, leadImapSeconds: 1, leadMailMegabytesMax: 1 } });
  programId = (await house.request('marketing', 'POST', '/v1/programs', { name: 'Fair' })).json.id;
  address = (await house.request('marketing', 'POST', '/v1/lead-addresses', { programId })).json.address;
});
afterAll(async () => {
  await house.close();
  await new Promise<void>((closed) => server.close(closed));
});

const put = (n: number, to: string, text = `Name: Imap ${n}\r\nE-Mail: imap${n}@firm.example`, date = new Date('2026-02-20T10:00:00Z')): void =>
  server.appendMessage('INBOX', [], date, `From: Web <wordpress@site.example>\r\nTo: ${to}\r\nSubject: Form ${n}\r\nMessage-ID: <imap${n}@site.example>\r\n\r\n${text}\r\n`);
const mails = async () => (await house.request('marketing', 'GET', '/v1/lead-mails')).json.items as { subject: string; via: string; programName: string | null; id: string }[];
const flags = (path: string): string[][] => server.getMailbox(path).messages.map((message) => message.flags);

test('what is unread is kept, then marked as read; whose it is says the address, else it is the company’s', async () => {
  put(1, address);
  put(2, 'Sales <info@company.example>');
  const passedOver = new Set<number>();
  expect(await emptyMailbox(house.cx, readMailbox(url), passedOver)).toBe(2);
  expect(flags('INBOX').every((of) => of.includes('\\Seen'))).toBe(true);
  expect(await emptyMailbox(house.cx, readMailbox(url), passedOver)).toBe(0);
  await house.scan();
  expect((await mails()).map(({ subject, via, programName }) => [subject, via, programName]).toSorted()).toEqual([['Form 1', 'imap', 'Fair'], ['Form 2', 'imap', null]]);
  // When it came into the mailbox is when it happened.
  const inquiries = (await house.request('marketing', 'GET', '/v1/inquiries')).json.items as { occurredAt: string; receivedAt: string }[];
  expect(inquiries.map(({ occurredAt }) => occurredAt.slice(0, 10))).toEqual(['2026-02-20', '2026-02-20']);
});

test('the same mail again is not another; what was kept before the mark was set is not taken twice', async () => {
  for (const message of server.getMailbox('INBOX').messages) message.flags = [];
  expect(await emptyMailbox(house.cx, readMailbox(url), new Set())).toBe(0);
  expect(flags('INBOX').every((of) => of.includes('\\Seen'))).toBe(true);
  expect(await mails()).toHaveLength(2);
});

test('with a folder for what is done they are moved there, read ones too; what is too large stays', async () => {
  put(3, address, 'x'.repeat(1_200_000));
  expect(await emptyMailbox(house.cx, readMailbox(`${url}&done=Done`), new Set())).toBe(0);
  expect(server.getMailbox('INBOX').messages.map(({ raw }) => raw.length > 1_000_000)).toEqual([true]);
  expect(server.getMailbox('Done').messages).toHaveLength(2);
});

test('the house looks by itself, and a mailbox that cannot be reached costs nothing', async () => {
  const lost = await openImapMailbox({ ...house.cx, config: { ...house.cx.config, leadImapUrl: 'imap://testuser:wrong@127.0.0.1:1/INBOX?tls=off' } });
  const door = (await openImapMailbox(house.cx))!;
  put(4, address);
  await expect.poll(async () => (await mails()).length, { timeout: 15_000 }).toBe(3);
  await Promise.all([door.stop(), lost!.stop()]);
  expect(await openImapMailbox({ ...house.cx, config: { ...house.cx.config, leadImapUrl: undefined } })).toBeUndefined();
});
