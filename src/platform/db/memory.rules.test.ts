import { expect, test } from 'vitest';
import { buffersFor, logFor } from './memory.rules.ts';

const gigabyte = 1024 ** 3;

test.each([
  { what: 'a new base', onDisk: 40 * 1024 ** 2, memory: 24 * gigabyte, buffers: 128 },
  { what: 'a base of a million people', onDisk: 4 * gigabyte, memory: 24 * gigabyte, buffers: 512 },
  { what: 'a large base', onDisk: 400 * gigabyte, memory: 64 * gigabyte, buffers: 512 },
  { what: 'a large base on a small machine', onDisk: 400 * gigabyte, memory: 3 * gigabyte, buffers: 384 },
  { what: 'a tiny machine', onDisk: 4 * gigabyte, memory: gigabyte / 2, buffers: 128 },
])('$what is given $buffers MB', ({ onDisk, memory, buffers }) => {
  expect(buffersFor(onDisk, memory)).toBe(buffers);
});

test.each([
  { what: 'a new base', onDisk: 40 * 1024 ** 2, free: 100 * gigabyte, log: 2048 },
  { what: 'a base of a million people', onDisk: 3 * gigabyte, free: 100 * gigabyte, log: 6144 },
  { what: 'a large base', onDisk: 400 * gigabyte, free: 500 * gigabyte, log: 8192 },
  { what: 'a large base on a disk that is nearly full', onDisk: 400 * gigabyte, free: 32 * gigabyte, log: 4096 },
  { what: 'a full disk', onDisk: 400 * gigabyte, free: gigabyte, log: 2048 },
])('$what logs $log MB between two checkpoints', ({ onDisk, free, log }) => {
  expect(logFor(onDisk, free)).toBe(log);
});
