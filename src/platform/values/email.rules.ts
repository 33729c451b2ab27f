/**
 * A mail address as people type it, and the key under which two spellings of one mailbox meet.
 *
 *   parseEmail(' "Ann" <Ann.Lee+news@GoogleMail.com>. ')
 *   → { address: 'ann.lee+news@googlemail.com', key: 'annlee@gmail.com', domain: 'googlemail.com', free: true, … }
 *
 * The address is what we write to (never altered beyond case and blanks); the key is only compared.
 */
import disposableDomains from 'disposable-email-domains/index.json' with { type: 'json' };
import freeDomains from 'free-email-domains/domains.json' with { type: 'json' };
import roleNames from 'role-based-email-addresses';

export interface Email {
  address: string;
  key: string;
  local: string;
  domain: string;
  /** thrown away after one use: reachable now, not later */
  disposable: boolean;
  /** a mailbox provider for the public: the domain says nothing about the employer */
  free: boolean;
  /** info@, sales@ …: a desk, not a person, so it cannot identify anybody by itself */
  role: boolean;
}

const disposable = new Set<string>(disposableDomains);
const free = new Set<string>([
  ...freeDomains,
  ...'bol.com.br uol.com.br terra.com.br ig.com.br orange.fr wanadoo.fr free.fr laposte.net sfr.fr t-online.de'.split(' '),
  ...'web.de gmx.de gmx.net gmx.at gmx.ch freenet.de arcor.de bluewin.ch libero.it virgilio.it tin.it alice.it'.split(' '),
  ...'telefonica.net ono.com btinternet.com sky.com talktalk.net virginmedia.com ntlworld.com comcast.net verizon.net'.split(' '),
  ...'att.net sbcglobal.net bellsouth.net cox.net charter.net shaw.ca rogers.com sympatico.ca bigpond.com optusnet.com.au'.split(' '),
  ...'qq.com 163.com 126.com sina.com naver.com hanmail.net daum.net mail.ru yandex.ru wp.pl o2.pl onet.pl'.split(' '),
  ...'seznam.cz email.cz telenet.be skynet.be ziggo.nl kpnmail.nl planet.nl xs4all.nl home.nl rediffmail.com'.split(' '),
  ...'proton.me protonmail.com icloud.com me.com mac.com googlemail.com live.com msn.com aol.com ymail.com'.split(' '),
]);
const roles = new Set<string>([
  ...(roleNames as readonly string[]),
  ...'kontakt contacto contato verkauf vertrieb einkauf buchhaltung zentrale ventas vendas vente ventes'.split(' '),
  ...'commercial commerciale vendite acquisti compras achats accueil empfang reception post mail email enquiries'.split(' '),
]);

const shape =
  /^[a-z0-9!#$%&'*+/=?^_`{|}~\u0080-\uffff-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~\u0080-\uffff-]+)*\.?@([a-z0-9\u0080-\uffff]([a-z0-9\u0080-\uffff-]{0,61}[a-z0-9\u0080-\uffff])?\.)+([a-z\u0080-\uffff]{2,63}|xn--[a-z0-9-]{1,59})$/;

export function parseEmail(raw: unknown): Email | undefined {
  if (typeof raw !== 'string' || raw.length > 320) return undefined;
  const address = tidy(raw);
  if (address.length > 254 || !shape.test(address)) return undefined;
  const at = address.lastIndexOf('@');
  const local = address.slice(0, at);
  const domain = address.slice(at + 1);
  if (local.length > 64) return undefined;
  return {
    address,
    key: keyOf(local, domain),
    local,
    domain,
    disposable: disposable.has(domain),
    free: free.has(domain),
    role: isRole(local),
  };
}

const alreadyTidy = /^[a-z0-9][a-z0-9._+-]*@[a-z0-9.-]*[a-z]$/;

/** what is around an address in real files: names, mailto:, brackets, quotes, a closing full stop, a second address */
function tidy(raw: string): string {
  let text = raw.trim().toLowerCase();
  if (alreadyTidy.test(text)) return text;
  if (text.includes('<')) text = /<([^<>]+)>/.exec(text)?.[1]?.trim() ?? text;
  if (text.startsWith('mailto:')) text = text.slice(7).replace(/\?.*$/, '');
  if (!text.includes('@'))
    text = text.replace(/\s*[([{]\s*(?:at|a)\s*[)\]}]\s*/, '@').replace(/\s*[([{]\s*(?:dot|punkt|point)\s*[)\]}]\s*/g, '.');
  if (/[;,\s]/.test(text)) {
    text = text.replace(/\s*([@.])\s*/g, '$1');
    text = text.split(/[;,\s]+/).find((part) => part.includes('@')) ?? text;
  }
  return text.replace(/^['"<([]+/, '').replace(/['">)\].,;:]+$/, '');
}

function keyOf(local: string, domain: string): string {
  const plus = local.indexOf('+');
  let name = plus > 0 ? local.slice(0, plus) : local;
  let host = domain;
  if (host === 'googlemail.com') host = 'gmail.com';
  if (host === 'gmail.com') name = name.replaceAll('.', '');
  return `${name}@${host}`;
}

function isRole(local: string): boolean {
  const plus = local.indexOf('+');
  let end = plus > 0 ? plus : local.length;
  while (end > 0 && local.charCodeAt(end - 1) >= 48 && local.charCodeAt(end - 1) <= 57) end--;
  return roles.has(local.slice(0, end));
}

export function isFreeMailDomain(domain: string): boolean {
  return free.has(domain) || disposable.has(domain);
}
