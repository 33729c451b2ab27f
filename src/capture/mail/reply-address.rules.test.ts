import fc from 'fast-check';
import { expect, test } from 'vitest';
import { keyBeginning, readAddress } from './lead-address.rules.ts';
import { readReplyKey, replyAddress, replyKey, signLetters } from './reply-address.rules.ts';

const signature = Buffer.alloc(32, 7).toString('base64url');

test('the address of an answer is read back however it is written, and says whose it is, what it answers, and that we made it', () => {
  fc.assert(
    fc.property(fc.uuid(), fc.uuid(), fc.uint8Array({ minLength: 32, maxLength: 32 }), (workspaceId, id, bytes) => {
      const signed = Buffer.from(bytes).toString('base64url');
      const key = replyKey(workspaceId, id, signed);
      const address = replyAddress('leads@in.example', key);
      expect(address).toBe(`leads+${key}@in.example`);
      for (const written of [address, address.toUpperCase(), `${key}@in.example`]) {
        const read = readAddress('leads@in.example', written);
        expect(readReplyKey(read!.key!)).toEqual({ beginning: keyBeginning(workspaceId), id, signature: signLetters(signed) });
      }
    }),
  );
});

test('what is no key of ours is none', () => {
  const key = replyKey('0192f3a4-5b6c-7d8e-9f01-23456789abcd', '0192f3a4-5b6c-7d8e-9f01-23456789abce', signature);
  expect(readReplyKey(key.slice(1))).toBeUndefined();
  expect(readReplyKey(`${key.slice(0, 5)}${'z'.repeat(26)}${key.slice(31)}`)).toBeUndefined();
  expect(readAddress('leads@in.example', `leads+${key}x@in.example`)).toBeUndefined();
  expect(readAddress('leads@in.example', `leads+${key.slice(0, -1)}u@in.example`)).toBeUndefined();
});

test('an address longer than may be written leaves out the part before the plus sign', () => {
  const key = 'a'.repeat(47);
  expect(replyAddress('enquiries-worldwide@in.example', key)).toBe(`${key}@in.example`);
  expect(replyAddress('enquiries-world@in.example', key).split('@')[0]).toHaveLength(63);
});
