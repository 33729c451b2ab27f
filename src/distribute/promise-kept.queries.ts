import { sql } from '../platform/db/index.ts';
import type { Sql } from '../platform/db/index.ts';

// Of a hand-off `a`: whether what was promised was kept. null where it was not asked for: nothing was promised, its time still runs, or the lead
// was taken from its holder before.

/** By which instant a promise was due stands in the hand-off itself, so that no version and no calendar of today comes into it. */
export const promiseDue = (by: Sql, now: Date): Sql => sql`${by} < ${now} and (a.ended_at is null or a.ended_at >= ${by})`;

const answeredAt = sql`least(a.accepted_at, a.declined_at, a.first_followup_at)`;
/** Whether it was answered (accepted, declined or followed up) in time: one rule for the agreement, the loop, scorecards and the queue. */
export const acceptKept = (now: Date): Sql =>
  sql`case when a.respond_by is null then null when ${answeredAt} is not null then ${answeredAt} <= a.respond_by when ${promiseDue(sql`a.respond_by`, now)} then false end`;
