import { describe, expect, it } from 'vitest';
import { isPublicAddress, problemWithUrl } from './allowed-address.ts';

describe('where the house may call', () => {
  it.each(['8.8.8.8', '93.184.216.34', '2606:4700::1111'])('%s is public', (address) => expect(isPublicAddress(address)).toBe(true));
  it.each(['127.0.0.1', '10.1.2.3', '172.31.0.1', '192.168.0.1', '169.254.169.254', '100.64.0.1', '0.0.0.0', '::1', '::', '::ffff:10.0.0.1', '::ffff:8.8.8.8', 'fd00::1', 'fe80::1', '64:ff9b::a00:1', 'localhost', ''])('%s is not', (address) =>
    expect(isPublicAddress(address)).toBe(false),
  );
  it.each([
    ['https://api.example.com/v2', undefined],
    ['http://api.example.com/v2', /https/],
    ['ftp://api.example.com', /https/],
    ['not an address', /https/],
    ['https://user:key@api.example.com', /key apart/],
    ['https://127.0.0.1/x', /no public address/],
    ['https://[::1]:8443/x', /no public address/],
    // The ways of writing 127.0.0.1 that browsers and Node understand.
    ['https://2130706433/', /no public address/],
    ['https://0x7f.1/', /no public address/],
    ['http://localhost:9/x', undefined],
  ])('%s', (url, problem) => {
    const found = problemWithUrl(url, ['localhost']);
    if (problem === undefined) expect(found).toBeUndefined();
    else expect(found).toMatch(problem);
  });
});
