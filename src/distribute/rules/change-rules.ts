import { append } from '../../journal/index.ts';
import { audit } from '../../platform/access/index.ts';
import type { Context } from '../../platform/context.ts';
import type { Tx } from '../../platform/db/index.ts';
import { listCustomFields } from '../../platform/fields/index.ts';
import { refuse } from '../../platform/refusal.ts';
import { problemsOf, type Field } from '../../platform/values/criteria-fields.rules.ts';
import { explainCriteria } from '../../platform/values/criteria.rules.ts';
import { leadFieldsOf, loadLeadFacts, readRules } from '../../qualify/index.ts';
import { loadHolders, loadTerritories, takeDeck } from '../books.store.ts';
import { withWhere } from '../places/where-is.ts';
import { wakeDesk } from '../custody.store.ts';
import { atWork } from '../place-leads.ts';
import type { Books } from '../route.rules.ts';
import { routedBy } from './books-of-rules.ts';
import { listOwnLeads } from './own-leads.queries.ts';
import { prove, type OwnLead, type Proof } from './prove.rules.ts';
import { compileRules, type RoutingRule } from './routing-rule.rules.ts';
import { countTaken, dropDraft, findRuleset, listRulesets, publishDraft, saveDraft, type RulesetRow } from './ruleset.store.ts';
import { listTeams } from './team.queries.ts';

const day = 86_400_000;
/** So many of the latest leads of a year are tried on a draft. */
const ownMax = 3000;

export interface Routing {
  inForce: RulesetRow | null;
  draft: RulesetRow | null;
  versions: (Omit<RulesetRow, 'rules'> & { count: number })[];
  sentences: Record<string, string>;
  taken: Record<string, number>;
  fields: Field[];
  tiers: string[];
  certificates: string[];
}

const loadFields = async (tx: Tx): Promise<Field[]> => leadFieldsOf(await listCustomFields(tx));
const labelsOf = (fields: readonly Field[]): Record<string, string> => Object.fromEntries(fields.map((one) => [one.field, one.label]));

export async function readRouting(tx: Tx, cx: Context): Promise<Routing> {
  const all = await listRulesets(tx);
  const now = cx.clock.now();
  const fields = await loadFields(tx);
  const holders = await loadHolders(tx, now, now);
  const draft = all.find((row) => row.publishedAt === null) ?? null;
  const inForce = all.find((row) => row.publishedAt !== null) ?? null;
  const labels = labelsOf(fields);
  return {
    inForce,
    draft,
    versions: all.map(({ rules, ...row }) => ({ ...row, count: rules.length })),
    sentences: Object.fromEntries(
      [...(inForce?.rules ?? []), ...(draft?.rules ?? [])].map((rule) => [rule.id, explainCriteria(rule.when, labels)]),
    ),
    taken: Object.fromEntries((await countTaken(tx, new Date(now.getTime() - 30 * day))).map(({ ruleId, leads }) => [ruleId, leads])),
    fields,
    tiers: [...new Set(holders.flatMap(({ tier }) => tier ?? []))].toSorted(),
    certificates: [...new Set(holders.flatMap(({ certificates }) => certificates.map(({ name }) => name)))].toSorted(),
  };
}

export const getVersion = async (tx: Tx, version: number): Promise<RulesetRow> =>
  (await findRuleset(tx, version)) ?? refuse('not-found', 'distribute/no-such-version', 'There is no such version of the routing rules.');

export async function draftRules(tx: Tx, cx: Context, rules: readonly RoutingRule[], note: string | null): Promise<number> {
  if (new Set(rules.map((rule) => rule.id)).size < rules.length) refuse('invalid', 'distribute/rule-ids', 'Two rules have the same id.');
  return saveDraft(tx, rules, note, cx.clock.now());
}

export const throwDraftAway = async (tx: Tx): Promise<boolean> => (await dropDraft(tx)) > 0;

/** Deals every kind of lead the conditions can tell apart, and the latest of the company's own, by these rules, as if nobody were away or full. */
export async function checkRules(tx: Tx, cx: Context, rules: readonly RoutingRule[]): Promise<Proof & { problems: string[] }> {
  const now = cx.clock.now();
  const fields = await loadFields(tx);
  const byName = new Map(fields.map((one) => [one.field, one]));
  const teams = new Set((await listTeams(tx)).map(({ id }) => id));
  const problems = rules.flatMap(({ name, when, pool }) => [
    ...problemsOf(when, byName).map((problem) => `${name}: ${problem}`),
    ...(pool.kind === 'team' && !teams.has(pool.teamId) ? [`${name}: its team was taken away. Choose another.`] : []),
  ]);
  const compiled = compileRules(0, rules);
  const books = await idealBooks(tx, now, await routedBy(tx, compiled));
  const own = await ownLeadsOf(tx, new Date(now.getTime() - 365 * day), compiled.fields, books.territories);
  const { definition } = await readRules(tx);
  return { problems, ...prove(books, definition.body, own, now, labelsOf(fields)) };
}

/** As if nobody were away. */
export async function idealBooks(tx: Tx, now: Date, routing: Books['routing']): Promise<Books> {
  const holders = await loadHolders(tx, now, now);
  return {
    holders: holders.map((holder) => ({ ...atWork(holder), away: [], startsMs: [] })),
    territories: (await loadTerritories(tx)).map((territory) => ({ ...territory, holders: territory.holders ?? [] })),
    balances: [],
    relationships: new Map(),
    deskId: '',
    routing,
  };
}

async function ownLeadsOf(tx: Tx, since: Date, fields: readonly string[], territories: Books['territories']): Promise<OwnLead[]> {
  const rows = await withWhere(tx, territories, await listOwnLeads(tx, since, ownMax));
  const facts = await loadLeadFacts(tx, rows, fields);
  return rows.map((row) => {
    const about = facts.get(row.leadId)!;
    const said = about.facts['organization'] ?? about.facts['name'];
    return {
      leadId: row.leadId,
      name: typeof said === 'string' ? said : 'a lead without a name',
      facts: about.facts,
      lead: row,
    };
  });
}

/**
 * Puts the draft in force for every lead dealt from now on. Refused where a lead could get nowhere. Rules without a rule are none: then
 * relationships and territories decide alone, as before there were any.
 */
export async function publishRules(tx: Tx, cx: Context, note: string | null): Promise<number> {
  await takeDeck(tx); // nobody deals meanwhile
  const draft = (await listRulesets(tx)).find((row) => row.publishedAt === null);
  if (!draft) refuse('not-found', 'distribute/no-draft', 'There is no draft to publish.');
  if (draft.rules.length > 0) {
    const { problems, uncovered } = await checkRules(tx, cx, draft.rules);
    if (problems.length > 0) refuse('invalid', 'distribute/rules-problems', problems.slice(0, 5).join(' '));
    const [first] = uncovered;
    if (first)
      refuse(
        'conflict',
        'distribute/rules-uncovered',
        `With these rules a lead could get nowhere, for example ${first.example}: ${first.why}. Give what is left to somebody, or to the desk, by a last rule.`,
      );
  }
  const at = cx.clock.now();
  const { version } = (await publishDraft(tx, note, at))!;
  await audit(tx, cx, { what: 'distribute.rulesPublished', detail: { version } });
  const { workspaceId } = tx.scope;
  await append(tx, cx, [{ type: 'routing.published', chainId: workspaceId, subjectId: workspaceId, data: { version } }]);
  await wakeDesk(tx, at);
  return version;
}
