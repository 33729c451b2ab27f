/** The registrable part of a web or mail domain: `domainOf('https://www.shop.acme.co.uk/x')` → 'acme.co.uk'. */
import { parse } from 'tldts';
import { remembering } from '../platform/values/remember.rules.ts';

// pages on these belong to their tenants, not to the host
const hosts = new Set([
  'facebook.com',
  'linkedin.com',
  'twitter.com',
  'x.com',
  'instagram.com',
  'youtube.com',
  'google.com',
  'wixsite.com',
  'wordpress.com',
  'blogspot.com',
  'alibaba.com',
  'amazon.com',
  'ebay.com',
  'etsy.com',
]);

export function domainOf(raw: unknown): string | undefined {
  if (typeof raw !== 'string' || raw.length < 4 || raw.length > 500 || !raw.includes('.')) return undefined;
  return ownDomain(raw);
}

const ownDomain = remembering(50_000, (raw) => {
  const found = registrable(raw.trim().toLowerCase());
  return found !== undefined && /\.[a-z]{2,}|\.xn--/.test(found) && !hosts.has(found) ? found : undefined;
});

// under an ending the list of public suffixes does not know, 'com.ending' is nobody's company
const secondLevels = new Set(['com', 'co', 'net', 'org', 'edu', 'gov', 'ac', 'gob', 'gouv', 'or', 'ne']);

function registrable(text: string): string | undefined {
  const { domain, hostname, isIcann } = parse(text, { allowPrivateDomains: false, validateHostname: true });
  if (!domain || !hostname) return undefined;
  if (isIcann) return domain;
  const first = domain.slice(0, domain.indexOf('.'));
  if (hostname.length === domain.length || !(secondLevels.has(first) || first.length === 2)) return domain;
  const before = hostname.slice(0, hostname.length - domain.length - 1);
  return `${before.slice(before.lastIndexOf('.') + 1)}.${domain}`;
}
