import { sql } from '../../platform/db/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { DomainState } from './judge-mail.rules.ts';

/** Domains nobody asked about yet are asked about from now on. */
export async function noteDomains(tx: Tx, domains: readonly string[], now: Date): Promise<void> {
  if (domains.length === 0) return;
  await tx.run(sql`insert into identity.mail_domain (workspace_id, domain, ask_at) select ${tx.scope.workspaceId}, d, ${now} from unnest(${domains}::text[]) d on conflict do nothing`);
}

export async function loadDomainsDue(tx: Tx, now: Date, limit: number): Promise<string[]> {
  const rows = await tx.rows<{ domain: string }>(sql`select domain from identity.mail_domain
    where workspace_id = ${tx.scope.workspaceId} and ask_at <= ${now} order by ask_at limit ${limit}`);
  return rows.map((row) => row.domain);
}

/** Notes what was answered (null: nobody answered) and when to ask again; returns the people whose mail's domain is another than it was thought to be. */
export async function saveDomains(tx: Tx, answers: readonly { domain: string; state: DomainState | null; askAt: Date }[], now: Date): Promise<string[]> {
  const { workspaceId } = tx.scope;
  const rows = await tx.rows<{ id: string }>(sql`
    with given as materialized (select * from unnest(${answers.map((one) => one.domain)}::text[], ${answers.map((one) => one.state)}::text[], ${answers.map((one) => one.askAt)}::timestamptz[])
        as g (domain, state, ask_at)),
    was as materialized (select d.domain, d.state from given g join identity.mail_domain d on d.workspace_id = ${workspaceId} and d.domain = g.domain),
    written as (
      update identity.mail_domain d set state = coalesce(g.state, d.state), ask_at = g.ask_at, checked_at = case when g.state is null then d.checked_at else ${now} end
      from given g where d.workspace_id = ${workspaceId} and d.domain = g.domain)
    select q.person_id as id from given g join was w on w.domain = g.domain and coalesce(w.state, 'mail') <> coalesce(g.state, w.state, 'mail')
    join identity.quality q on q.workspace_id = ${workspaceId} and q.mail_domain = g.domain`);
  return rows.map((row) => row.id);
}
