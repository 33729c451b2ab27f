import { expect, test } from 'vitest';
import { buffersFor } from './memory.rules.ts';

const gigabyte = 1024 ** 3;

test.each([
  { what: 'a new base', onDisk: 40 * 1024 ** 2, memory: 24 * gigabyte, buffers: 128 },
  { what: 'a base of a million people', onDisk: 4 * gigabyte, memory: 24 * gigabyte, buffers: 512 },
  { what: 'a large base', onDisk: 400 * gigabyte, memory: 64 * gigabyte, buffers: 1024 },
  { what: 'a large base on a small machine', onDisk: 400 * gigabyte, memory: 4 * gigabyte, buffers: 512 },
  { what: 'a tiny machine', onDisk: 4 * gigabyte, memory: gigabyte / 2, buffers: 128 },
])('$what is given $buffers MB', ({ onDisk, memory, buffers }) => {
  expect(buffersFor(onDisk, memory)).toBe(buffers);
});
