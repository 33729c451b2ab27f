import type { Context } from '../../platform/context.ts';
import { compileCriteria, sql, type Catalogue, type Sql, type Tx } from '../../platform/db/index.ts';
import { listCustomFields } from '../../platform/fields/index.ts';
import { refuse } from '../../platform/refusal.ts';
import { problemsOf } from '../../platform/values/criteria-fields.rules.ts';
import { aside } from './catalogue.ts';
import { readWhere } from './filter-by.ts';
import { fieldsBehind, type OwnField } from './own-fields.ts';

/** Rows of another room, called `x` in `from`, with the ids (before or after merges) of whom each is about, and of the inquiry it began with. */
export interface RowsOf {
  from: Sql;
  id: Sql;
  person: Sql;
  organization: Sql;
  inquiry: Sql;
}

/** The ids of those rows whose people and organizations fit, as a select. */
export type Behind = (rows: RowsOf) => Sql;

/** The inquiries themselves, those nobody was recognised in included. */
export const inquiriesBehind: RowsOf = {
  from: sql`capture.inquiry x left join identity.sighting xs on xs.workspace_id = x.workspace_id and xs.inquiry_id = x.id and xs.withdrawn_at is null`,
  id: sql`x.id`,
  person: sql`xs.person_id`,
  organization: sql`xs.organization_id`,
  inquiry: sql`x.id`,
};

/**
 * Conditions of an address (Criteria as JSON) on whoever is behind leads, inquiries and sales: the same fields, compiler and words as for lists of
 * people, so that a figure and the list behind it find the same. Not for partners: refused (`forbidden`); refused (`invalid`) where a field is unknown.
 */
export const conditionsBehind = async (tx: Tx, cx: Context, json: string): Promise<Behind> => (await readerOfConditions(tx, cx))(json);

/** For many of them: the fields are read once. */
export async function readerOfConditions(tx: Tx, cx: Context): Promise<(json: string) => Behind> {
  if (tx.scope.holderId !== undefined) refuse('forbidden', 'identity/where', 'Conditions on people and companies are not for partners.');
  const { workspaceId } = tx.scope;
  const fields = await loadFieldsBehind(tx);
  const columns = new Map([...fields].map(([field, { column }]) => [field, column]));
  return (json) => {
    const asked = readWhere(json);
    const problems = problemsOf(asked, fields);
    if (problems.length > 0) refuse('invalid', 'identity/where', problems.join(' '));
    return (rows) => {
      const { joins, where } = compileCriteria(asked, { id: rows.id, columns, joins: joinsOf(workspaceId, rows), rows: new Map() }, cx.clock.now());
      return sql`select ${rows.id} from ${rows.from}${joins} where x.workspace_id = ${workspaceId} and ${where}`;
    };
  };
}

export const loadFieldsBehind = async (tx: Tx): Promise<Map<string, OwnField>> =>
  new Map(fieldsBehind(await listCustomFields(tx, { retired: true })).map((one) => [one.field, one]));

const joinsOf = (workspaceId: string, { person, organization, inquiry }: RowsOf): Catalogue['joins'] =>
  new Map([
    [
      'person',
      {
        sql: sql`left join identity.person p0 on p0.workspace_id = ${workspaceId} and p0.id = ${person}
          left join identity.person p on p.workspace_id = ${workspaceId} and p.id = case when p0.survivor_id is null then p0.id else p0.survivor_id end`,
      },
    ],
    [
      'organization',
      {
        sql: sql`left join identity.organization o0 on o0.workspace_id = ${workspaceId} and o0.id = ${organization}
          left join identity.organization o on o.workspace_id = ${workspaceId} and o.id = case when o0.survivor_id is null then o0.id else o0.survivor_id end`,
      },
    ],
    ['inquiry', { sql: sql`left join capture.inquiry i on i.workspace_id = ${workspaceId} and i.id = ${inquiry}` }],
    ['position', { sql: aside.position(workspaceId), after: 'person' }],
    ['quality', { sql: aside.quality(workspaceId), after: 'person' }],
    ['sector', { sql: aside.sector(workspaceId), after: 'organization' }],
  ]);
