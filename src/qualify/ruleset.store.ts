import { sql } from '../platform/db/index.ts';
import type { Tx } from '../platform/db/index.ts';
import type { Criteria } from '../platform/values/criteria.rules.ts';
import { defaultDefinition, defaultQuestions, defaultScoring, type Question } from './defaults.rules.ts';
import type { ScoringScheme } from './score.rules.ts';

export interface Bodies {
  definition: Criteria;
  scoring: ScoringScheme;
  questions: Question[];
}
export type RulesetKind = keyof Bodies;

export interface Ruleset<T> {
  version: number;
  body: T;
  madeAt: Date | null;
  madeBy: string | null;
  note: string | null;
}

/** version 1 is what the house came with */
const defaults: Bodies = { definition: defaultDefinition, scoring: defaultScoring, questions: defaultQuestions };

const columns = sql`r.kind, r.version, r.body, r.made_at, coalesce(u.name, r.made_by::text) as made_by, r.note
  from qualify.ruleset r left join platform.app_user u on u.workspace_id = r.workspace_id and u.id = r.made_by`;

export async function loadRulesets(tx: Tx): Promise<{ [K in RulesetKind]: Ruleset<Bodies[K]> }> {
  const rows = await tx.rows<Ruleset<never> & { kind: RulesetKind }>(
    sql`select distinct on (r.kind) ${columns} where r.workspace_id = ${tx.scope.workspaceId} order by r.kind, r.version desc`,
  );
  const current = <K extends RulesetKind>(kind: K): Ruleset<Bodies[K]> =>
    rows.find((row) => row.kind === kind) ?? { version: 1, body: defaults[kind], madeAt: null, madeBy: null, note: 'As delivered' };
  return { definition: current('definition'), scoring: current('scoring'), questions: current('questions') };
}

export function listRulesets<K extends RulesetKind>(tx: Tx, kind: K): Promise<Ruleset<Bodies[K]>[]> {
  return tx.rows(
    sql`select ${columns} where r.workspace_id = ${tx.scope.workspaceId} and r.kind = ${kind} order by r.version desc limit 100`,
  );
}

export async function insertRuleset(tx: Tx, kind: RulesetKind, body: unknown, note: string | null, at: Date): Promise<number> {
  const { version } = await tx.one<{
    version: number;
  }>(sql`insert into qualify.ruleset (workspace_id, kind, version, body, note, made_at, made_by)
    values (${tx.scope.workspaceId}, ${kind},
      1 + greatest(1, (select max(version) from qualify.ruleset where workspace_id = ${tx.scope.workspaceId} and kind = ${kind})),
      ${JSON.stringify(body)}, ${note}, ${at}, ${tx.scope.userId ?? null}) returning version`);
  return version;
}
