import { expect, it } from 'vitest';
import { readApart } from './read-apart.ts';

const mail = (body: string): Buffer => Buffer.from(`From: Ann <ann@firm.example>\r\nSubject: Pumps\r\n\r\n${body}`);

it('gives up on a mail that wears its reader out, and reads the next one', async () => {
  const wearing = readApart(mail(`${' '.repeat(2_000_000)}x`), false, 300);
  const plain = readApart(mail('A quote for two pumps, please.'), false);
  await expect(wearing).rejects.toThrow('it is built so intricately that it could not be read within 0.3 seconds');
  expect((await plain).reading).toMatchObject({ nature: 'person', arrivals: [{ fields: { email: 'ann@firm.example' } }] });
  expect((await readApart(mail('And one for later.'), false)).text).toContain('And one for later.');
});
