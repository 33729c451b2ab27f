import { readReceipt } from '../../capture/index.ts';
import { behindLead } from '../../identity/index.ts';
import { sql } from '../../platform/db/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { Money } from '../../platform/values/money.rules.ts';
import { isUuid } from '../../platform/values/uuid.rules.ts';

/** Leads by their id, or the receipt of any inquiry of theirs. */
export async function findLeadsNamed(tx: Tx, texts: readonly string[]): Promise<Map<string, string>> {
  const ids = texts.filter((text) => isUuid(text.toLowerCase()));
  const receipts = new Map(texts.flatMap((text) => (isUuid(text.toLowerCase()) ? [] : [[text, readReceipt(text)] as const])));
  const written = [...new Set([...receipts.values()].filter((one) => one !== undefined))];
  const byId = ids.length === 0 ? [] : await tx.rows<{ id: string }>(sql`select id from qualify.lead where workspace_id = ${tx.scope.workspaceId} and id = any(${ids}::uuid[])`);
  const byReceipt =
    written.length === 0
      ? []
      : await tx.rows<{ receipt: string; leadId: string }>(sql`select i.receipt, li.lead_id from capture.inquiry i
          join qualify.lead_inquiry li on li.workspace_id = i.workspace_id and li.inquiry_id = i.id
          where i.workspace_id = ${tx.scope.workspaceId} and i.receipt = any(${written}::text[])`);
  const known = new Set(byId.map(({ id }) => id));
  const named = new Map(byReceipt.map(({ receipt, leadId }) => [receipt, leadId]));
  return new Map(
    texts.flatMap((text) => {
      const lower = text.toLowerCase();
      const leadId = known.has(lower) ? lower : named.get(receipts.get(text) ?? '');
      return leadId === undefined ? [] : [[text, leadId] as const];
    }),
  );
}

export const countKnownLeads = async (tx: Tx, texts: string[]): Promise<number> => (await findLeadsNamed(tx, texts)).size;

/** Whose file it is, where a partner brought it, and by which clock its days are meant. */
export const findFileHolder = (tx: Tx, importId: string): Promise<{ holderId: string; timeZone: string } | undefined> =>
  tx.maybe(sql`select f.holder_id, h.time_zone from followup.partner_file f join distribute.holder h on h.workspace_id = f.workspace_id and h.id = f.holder_id
    where f.workspace_id = ${tx.scope.workspaceId} and f.import_id = ${importId}`);

export const listFileIds = async (tx: Tx, holderId: string, limit: number): Promise<string[]> =>
  (await tx.rows<{ importId: string }>(sql`select import_id from followup.partner_file where workspace_id = ${tx.scope.workspaceId} and holder_id = ${holderId} order by import_id desc limit ${limit}`)).map(({ importId }) => importId);

/** Leads whose verdict an import gave and nobody has taken back since, with who was judged anew. */
export const findVerdictsOf = (tx: Tx, importId: string): Promise<{ leadId: string; current: boolean; verdict: string; now: string | null; name: string | null }[]> =>
  tx.rows(sql`select distinct on (d.lead_id) d.lead_id, d.current, d.verdict, c.verdict as now, p.full_name as name from followup.disposition d
    left join followup.disposition c on c.workspace_id = d.workspace_id and c.lead_id = d.lead_id and c.current
    join qualify.lead l on l.workspace_id = d.workspace_id and l.id = d.lead_id
    ${behindLead(sql`l`)}
    where d.workspace_id = ${tx.scope.workspaceId} and d.import_id = ${importId} and d.undone_at is null order by d.lead_id, d.current desc, d.at desc`);

/** What the verdicts tried of an import would be, by verdict, with the money of the sales: of each currency its own sum. */
export const countTried = (tx: Tx, importId: string, since: string): Promise<{ verdict: string; count: number; sums: Money[]; samples: string[] }[]> =>
  tx.rows(sql`with tried as (
      select d.verdict, d.value_minor, d.currency, p.full_name
    from followup.disposition d join qualify.lead l on l.workspace_id = d.workspace_id and l.id = d.lead_id
    ${behindLead(sql`l`)}
    where d.workspace_id = ${tx.scope.workspaceId} and d.import_id = ${importId} and d.id > ${since} and d.current
    )
    select t.verdict, count(*)::int as count, coalesce((array_agg(t.full_name) filter (where t.full_name is not null))[1:5], '{}') as samples,
      coalesce((select jsonb_agg(jsonb_build_object('currency', m.currency, 'minor', m.minor) order by m.currency) from (
        select x.currency, sum(x.value_minor) as minor from tried x where x.verdict = t.verdict and x.value_minor > 0 group by x.currency) m), '[]') as sums
    from tried t group by t.verdict order by t.verdict`);

/** Leads with a next step. */
export const findPlanned = async (tx: Tx, leadIds: readonly string[]): Promise<Set<string>> =>
  new Set(
    (await tx.rows<{ leadId: string }>(sql`select lead_id from followup.next_action where workspace_id = ${tx.scope.workspaceId} and lead_id = any(${leadIds}::uuid[])`)).map(({ leadId }) => leadId),
  );

/** Leads whose next step an import set, and nobody since. */
export const findStepsOf = async (tx: Tx, importId: string): Promise<string[]> =>
  (
    await tx.rows<{ leadId: string }>(sql`select distinct n.lead_id from followup.disposition d
      join followup.next_action n on n.workspace_id = d.workspace_id and n.lead_id = d.lead_id and n.set_by is null and n.set_at = d.at
      where d.workspace_id = ${tx.scope.workspaceId} and d.import_id = ${importId} and d.undone_at is null and d.current`)
  ).map(({ leadId }) => leadId);

export interface ListedLead {
  leadId: string;
  receipt: string | null;
  offeredOn: string;
  person: string | null;
  organization: string | null;
  phone: string | null;
  email: string | null;
  city: string | null;
  country: string | null;
  product: string | null;
  message: string | null;
  verdict: string | null;
}
/** The leads a holder has to work, those without a verdict first, as far as whoever asks may see them. */
export const listHeldLeads = (tx: Tx, holderId: string, limit: number): Promise<ListedLead[]> =>
  tx.rows(sql`select l.id as lead_id, i.receipt, to_char(a.started_at at time zone h.time_zone, 'YYYY-MM-DD') as offered_on, p.full_name as person, o.name as organization, coalesce(p.phone, p.phone_e164, p.mobile_e164) as phone, p.email,
      coalesce(p.city, o.city) as city, coalesce(l.country, p.country) as country, coalesce(l.product, i.fields->>'product') as product, i.fields->>'message' as message, d.verdict
    from distribute.assignment a
    join distribute.holder h on h.workspace_id = a.workspace_id and h.id = a.holder_id
    join qualify.lead l on l.workspace_id = a.workspace_id and l.id = a.lead_id
    ${behindLead(sql`l`)}
    left join capture.inquiry i on i.workspace_id = l.workspace_id and i.id = l.inquiry_id
    left join followup.disposition d on d.workspace_id = l.workspace_id and d.lead_id = l.id and d.current
    where a.workspace_id = ${tx.scope.workspaceId} and a.holder_id = ${holderId} and a.ended_at is null
    order by d.verdict is not null, a.started_at, l.id limit ${limit}`);
