import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addressKey, addressOf, keyBeginning, readAddress, sameKeyOf } from './lead-address.rules.ts';

const base = 'leads@in.example';
const workspace = '0192f3a4-5b6c-7d8e-9f01-23456789abcd';

test('an address is read back however it is written, and its key says where to look', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 11, maxLength: 11 }), fc.uuid(), (random, workspaceId) => {
      const key = addressKey(workspaceId, random);
      expect(key.startsWith(keyBeginning(workspaceId))).toBe(true);
      const address = addressOf(base, key);
      for (const written of [address, address.toUpperCase(), ` ${address} `, `${key}@in.example`]) expect(readAddress(base, written)).toEqual({ key });
      expect(readAddress(base, address.replace('in.example', 'in.example.org'))).toBeUndefined();
    }),
  );
});

test('the bare address is the company’s; everything else is nobody’s', () => {
  expect(readAddress(base, 'LEADS@in.example')).toEqual({ key: undefined });
  for (const none of ['sales@in.example', 'leads+@in.example', 'leads+short@in.example', 'leads+0123456789abcdeu@in.example', 'leads@elsewhere.example', '', '@in.example']) expect(readAddress(base, none)).toBeUndefined();
});

test('the same mail is known whatever servers add on the way; another body is another mail', () => {
  const mail = (lines: string[], body = 'Hello\r\n'): Buffer => sameKeyOf(Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body}`));
  const own = ['Message-ID: <1@x>', 'Date: Mon, 2 Mar 2026 09:00:00 +0100', 'From: Ann <a@b.example>', 'Subject: A long', ' subject'];
  const first = mail(own);
  expect(mail(['Received: from x', '\tby y', 'Delivered-To: z@in.example', ...own, 'X-Spam: no'])).toEqual(first);
  expect(mail(own, 'Hello')).toEqual(first);
  expect(sameKeyOf(Buffer.from(`${own.join('\n')}\n\nHello\n`))).toEqual(first);
  expect(mail(own, 'Hello again\r\n')).not.toEqual(first);
  expect(mail(own.with(0, 'Message-ID: <2@x>'))).not.toEqual(first);
  expect(keyBeginning(workspace)).toHaveLength(5);
});
