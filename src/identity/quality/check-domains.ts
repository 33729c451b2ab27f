import { Resolver } from 'node:dns/promises';
import type { Scope } from '../../platform/access/index.ts';
import type { Context } from '../../platform/context.ts';
import type { DomainState } from './judge-mail.rules.ts';
import { judgePeople } from './judge-people.ts';
import { loadDomainsDue, saveDomains } from './mail-domain.store.ts';

const batch = 100;
const again = { answered: 30 * 86_400_000, unanswered: 86_400_000 };

/**
 * What the name servers say of domains people give as theirs; null where nobody answers. Mail goes to a domain's mail exchangers (RFC 5321, 5.1), without
 * any to its own address; a lone "." says that it takes none (RFC 7505).
 * @param servers "system", or addresses of name servers, with their ports, parted by commas
 */
async function askDomain(servers: string, domain: string): Promise<DomainState | null> {
  const resolver = new Resolver({ timeout: 2000, tries: 2 });
  if (servers !== 'system') resolver.setServers(servers.split(',').map((one) => one.trim()));
  const answer = async <T>(ask: Promise<T[]>): Promise<T[] | 'no domain' | 'nothing' | null> => {
    try {
      return await ask;
    } catch (error) {
      const { code } = error as { code?: string };
      return code === 'ENOTFOUND' ? 'no domain' : code === 'ENODATA' ? 'nothing' : null;
    }
  };
  const exchangers = await answer(resolver.resolveMx(domain));
  if (exchangers === null) return null;
  if (exchangers === 'no domain') return 'no domain';
  if (exchangers !== 'nothing') return exchangers.some(({ exchange }) => exchange !== '' && exchange !== '.') ? 'mail' : 'no mail';
  const [four, six] = [await answer(resolver.resolve4(domain)), await answer(resolver.resolve6(domain))];
  if (Array.isArray(four) || Array.isArray(six)) return 'mail';
  return four === null || six === null ? null : 'no mail';
}

/** Asks about domains that are due, outside of any transaction, and judges anew whoever's mail it changes. Off unless the installation wants it. */
export async function checkDomains(cx: Context, scope: Scope): Promise<number> {
  const servers = cx.config.mailDomainDns;
  // The past asks nobody.
  if (servers === undefined || cx.replay) return 0;
  const domains = await cx.db.read(scope, (tx) => loadDomainsDue(tx, cx.clock.now(), batch));
  if (domains.length === 0) return 0;
  const states = await Promise.all(domains.map((domain) => askDomain(servers, domain)));
  await cx.db.write(scope, async (tx) => {
    const now = cx.clock.now();
    const people = await saveDomains(
      tx,
      domains.map((domain, at) => {
        const state = states[at] ?? null;
        return { domain, state, askAt: new Date(now.getTime() + (state === null ? again.unanswered : again.answered)) };
      }),
      now,
    );
    for (let at = 0; at < people.length; at += 1000) await judgePeople(tx, cx, people.slice(at, at + 1000));
  });
  return domains.length;
}
