import type { Context } from '../../platform/context.ts';
import { compileCriteria, type Sql, type Tx } from '../../platform/db/index.ts';
import { refuse } from '../../platform/refusal.ts';
import { criteria } from '../../platform/values/criteria.contract.ts';
import type { Criteria } from '../../platform/values/criteria.rules.ts';
import { problemsOf } from '../../platform/values/criteria-fields.rules.ts';
import { catalogueOf, loadSegmentFields } from './catalogue.ts';
import type { SegmentSubject } from './field-source.ts';
import { findSegment, membersOf } from './segment.store.ts';

/** The members as a select of ids; refused where the segment is not there or is of something else. */
export async function segmentMembers(tx: Tx, subject: SegmentSubject, id: string): Promise<Sql> {
  const segment = await findSegment(tx, id);
  if (!segment) refuse('not-found', 'identity/no-such-segment', 'There is no such segment here.');
  if (segment.subject !== subject)
    refuse('invalid', 'identity/segment-subject', `“${segment.name}” is a segment of ${segment.subject === 'person' ? 'people' : 'organizations'}.`);
  return membersOf(tx.scope.workspaceId, segment);
}

/** The members of any segment, and what they are: for lists of what belongs to people and organizations. */
export async function findSegmentMembers(tx: Tx, id: string): Promise<{ subject: SegmentSubject; ids: Sql }> {
  const segment = await findSegment(tx, id);
  if (!segment) refuse('not-found', 'identity/no-such-segment', 'There is no such segment here.');
  return { subject: segment.subject, ids: membersOf(tx.scope.workspaceId, segment) };
}

/** Conditions given in an address. Only what stands in the row itself (and its organization's): a page is to come at once. */
export async function conditionsOf(tx: Tx, cx: Context, subject: SegmentSubject, json: string): Promise<{ joins: Sql; where: Sql }> {
  const fields = await loadSegmentFields(tx, subject);
  const own = new Map(fields.own.map((one) => [one.field, one]));
  const asked = readWhere(json);
  const problems = problemsOf(asked, own);
  if (problems.length > 0) refuse('invalid', 'identity/where', problems.join(' '));
  return compileCriteria(asked, catalogueOf({ ...fields, rows: [] }, tx.scope.workspaceId), cx.clock.now());
}

export function readWhere(json: string): Criteria {
  const read = criteria.safeParse(jsonOf(json));
  if (!read.success) refuse('invalid', 'identity/where', 'These conditions cannot be read. They are JSON: {"field": …, "op": …, "value": …}.');
  return read.data;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
