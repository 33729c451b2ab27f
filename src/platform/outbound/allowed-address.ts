/** Where the house may call on somebody's say-so: public addresses, and what the installation names. Closes the way to its own network. */
import { BlockList, isIP } from 'node:net';

/** Two lists: in one, Node looks an IPv4 address up among the IPv6 nets as well, where all of them are. */
const inside = { 4: new BlockList(), 6: new BlockList() };
for (const [net, bits] of [
  ['0.0.0.0', 8], ['10.0.0.0', 8], ['100.64.0.0', 10], ['127.0.0.0', 8], ['169.254.0.0', 16], ['172.16.0.0', 12], ['192.0.0.0', 24], ['192.0.2.0', 24], ['192.88.99.0', 24], ['192.168.0.0', 16],
  ['198.18.0.0', 15], ['198.51.100.0', 24], ['203.0.113.0', 24], ['224.0.0.0', 4], ['240.0.0.0', 4],
] as const)
  inside[4].addSubnet(net, bits, 'ipv4');
for (const [net, bits] of [['::', 96], ['::ffff:0:0', 96], ['64:ff9b::', 96], ['100::', 64], ['2001::', 23], ['2001:db8::', 32], ['2002::', 16], ['fc00::', 7], ['fe80::', 10], ['ff00::', 8]] as const)
  inside[6].addSubnet(net, bits, 'ipv6');

/** Whether an address belongs to the public internet. An IPv4 address dressed as IPv6, or carried in one, does not. */
export const isPublicAddress = (address: string): boolean => {
  const family = isIP(address);
  return (family === 4 && !inside[4].check(address, 'ipv4')) || (family === 6 && !inside[6].check(address, 'ipv6'));
};

/**
 * What stands against calling an address, as a sentence; undefined where nothing does. `privateHosts`: host names and addresses the
 * installation allows although they are its own. Others are called by https only, and the addresses their names lead to are looked at again
 * when the connection is made.
 */
export function problemWithUrl(text: string, privateHosts: readonly string[]): string | undefined {
  const url = URL.parse(text);
  if (!url || !['http:', 'https:'].includes(url.protocol)) return 'The address must begin with https://.';
  if (url.username !== '' || url.password !== '') return 'The address must not hold a name or password; give the key apart.';
  const host = hostOf(url);
  if (privateHosts.includes(host)) return undefined;
  if (url.protocol !== 'https:') return 'The address must begin with https://.';
  if (isIP(host) !== 0 && !isPublicAddress(host)) return `${host} is no public address. Whoever runs this installation can allow it with BATON_PRIVATE_HOSTS.`;
  return undefined;
}
/** The host as it is compared: small letters, without the brackets of IPv6. */
export const hostOf = (url: URL): string => url.hostname.toLowerCase().replace(/^\[|\]$/g, '');
