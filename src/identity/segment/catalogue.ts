import { empty, join, raw, sql, type Catalogue, type Column, type Sql, type Tx } from '../../platform/db/index.ts';
import { listCustomFields } from '../../platform/fields/index.ts';
import type { Field } from '../../platform/values/criteria-fields.rules.ts';
import type { CustomField } from '../../platform/values/custom-field.rules.ts';
import { segmentSources, type RowField, type SegmentSubject, type SubjectRows } from './field-source.ts';
import { inquiryFields, ownFields, ownSource, type OwnField } from './own-fields.ts';

/** Everything a segment of this subject may ask, in the order it is offered. */
export interface SegmentFields {
  subject: SegmentSubject;
  own: OwnField[];
  rows: RowField[];
  byName: Map<string, Field>;
}

const everySource = () => [ownSource, ...segmentSources()];

export async function loadSegmentFields(tx: Tx, subject: SegmentSubject): Promise<SegmentFields> {
  const custom = await listCustomFields(tx, { retired: true });
  return segmentFieldsOf(subject, custom);
}

function segmentFieldsOf(subject: SegmentSubject, custom: readonly CustomField[]): SegmentFields {
  const own = ownFields(subject, custom);
  const rows = [...everySource().flatMap((source) => source.fields), ...inquiryFields(custom)].filter(
    (one) => subject === 'organization' || one.field !== 'people.count',
  );
  return { subject, own, rows, byName: new Map([...own, ...rows].map((one) => [one.field, one])) };
}

/** Whom to look at: everybody, or these subjects (`family`: they and whoever was merged into them, as rows may name any of them). */
export interface Only {
  ids: readonly string[];
  family: readonly string[];
}

/** What is known of `p` and `o` beside their rows. */
export const aside = {
  position: (workspaceId: string): Sql =>
    sql`left join identity.reading rt on rt.workspace_id = ${workspaceId} and rt.kind = 'title' and rt.key = identity.said_key(p.title)`,
  quality: (workspaceId: string): Sql => sql`left join identity.quality q on q.workspace_id = ${workspaceId} and q.person_id = p.id`,
  // What an organization's codes say counts before what it is called.
  sector: (workspaceId: string): Sql => sql`left join identity.reading rn on rn.workspace_id = ${workspaceId} and rn.kind = 'naics' and rn.key = identity.said_key(o.naics)
      left join identity.reading rs on rs.workspace_id = ${workspaceId} and rs.kind = 'sic' and rs.key = identity.said_key(o.sic)
      left join identity.reading ri on ri.workspace_id = ${workspaceId} and ri.kind = 'industry' and ri.key = identity.said_key(o.industry)`,
};

/** The fields as SQL: `p` is the person, `o` the organization (a person's own, or the subject). */
export function catalogueOf(fields: SegmentFields, workspaceId: string, only?: Only): Catalogue {
  const { subject } = fields;
  const id = subject === 'person' ? sql`p.id` : sql`o.id`;
  const columns = new Map<string, Column>(fields.own.map((one) => [one.field, one.column]));
  const joins: Catalogue['joins'] & Map<string, { sql: Sql; after?: string }> = new Map();
  const rows: Catalogue['rows'] & Map<string, { from: Sql; id: Sql }> = new Map();

  if (subject === 'person') {
    // The person's row may name an organization that was merged since.
    joins.set('organization', {
      sql: sql`left join identity.organization o0 on o0.workspace_id = ${workspaceId} and o0.id = p.organization_id
        left join identity.organization o on o.workspace_id = ${workspaceId} and o.id = case when o0.survivor_id is null then o0.id else o0.survivor_id end`,
    });
    joins.set('position', { sql: aside.position(workspaceId) });
    joins.set('quality', { sql: aside.quality(workspaceId) });
  }
  joins.set('sector', { sql: aside.sector(workspaceId), ...(subject === 'person' ? { after: 'organization' } : {}) });
  const known = new Map(everySource().flatMap((source) => source.rows.map((one) => [one.name, one] as const)));
  const source = (name: string): { from: Sql; id: Sql } => {
    const found = rows.get(name) ?? rowsOf(known.get(name)!, subject, workspaceId, only);
    rows.set(name, found);
    return found;
  };
  for (const one of fields.rows) {
    if ('value' in one) {
      source(one.rows);
      columns.set(one.field, { type: one.type, sql: one.value, rows: one.rows, ...(one.kept ? { kept: one.kept } : {}) });
      continue;
    }
    columns.set(one.field, { type: one.type, sql: raw(`${one.rows}.${one.sum}`), join: one.rows, ...(one.zero ? { zero: true } : {}) });
    if (!joins.has(one.rows)) {
      const from = source(one.rows);
      const sums = Object.entries(known.get(one.rows)!.sums).map(([name, sum]) => sql`${sum} as ${raw(name)}`);
      const alias = raw(one.rows);
      joins.set(one.rows, {
        sql: sql`left join (select ${from.id} as id, ${join(sums, ', ')} ${from.from} group by 1) ${alias} on ${alias}.id = ${id}`,
      });
    }
  }
  return { id, columns, joins, rows };
}

/** Rows name people by the ids they had then: the few that were merged since are looked up and counted for their survivors. */
function rowsOf(rows: SubjectRows, subject: SegmentSubject, workspaceId: string, only: Only | undefined): { from: Sql; id: Sql } {
  const own = subject === 'person' ? rows.person : rows.organization;
  return {
    from: sql`from ${rows.from(workspaceId)}
      left join (select id, survivor_id from identity.${raw(subject)} where workspace_id = ${workspaceId} and survivor_id is not null) merged on merged.id = ${own}
      where ${rows.where(workspaceId)} and ${own} is not null${only ? sql` and ${own} = any(${only.family}::uuid[])` : empty}`,
    id: sql`case when merged.id is null then ${own} else merged.survivor_id end`,
  };
}
