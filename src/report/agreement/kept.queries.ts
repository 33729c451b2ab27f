import { acceptKept, promiseDue } from '../../distribute/index.ts';
import { givenUp, triesWithin, verdictWithin } from '../../followup/index.ts';
import type { Behind } from '../../identity/index.ts';
import { empty, join, sql } from '../../platform/db/index.ts';
import type { Sql, Tx } from '../../platform/db/index.ts';
import { leadsBehind } from '../cuts.queries.ts';
import type { Grade, HandOffCounts, HandOffPromise, LeadCounts, Piece } from './kept.rules.ts';

// What was promised of each hand-off and lead, and whether it was kept: null where it was not asked for (nothing was promised, its time still
// runs, or it was taken from its holder before), else yes or no. Figures count these rows and the lists behind them find the same ones.

const contactKept = (now: Date): Sql => sql`case when a.accepted_at is null then null
  when a.first_followup_at is not null then a.follow_by is null or a.first_followup_at <= a.follow_by when ${promiseDue(sql`a.follow_by`, now)} then false end`;
const verdictKept = (now: Date): Sql => sql`case when a.judge_by is null then null when v.at is not null then v.at <= a.judge_by when ${promiseDue(sql`a.judge_by`, now)} then false end`;
const attemptsKept = (now: Date): Sql => sql`case when a.tries_by is null then null
  when v.at <= a.tries_by then case when v.verdict = 'bad' and v.reason = ${givenUp} and a.tries_by < ${now} then t.tries >= a.tries_owed end when ${promiseDue(sql`a.tries_by`, now)} then t.tries >= a.tries_owed end`;

const gradeThen = sql`coalesce(a.grade, a.decided ->> 'grade', r.grade)`;

function piecesTable(pieces: readonly Piece[]): Sql {
  const rows = pieces.map(({ piece, fromAt, untilAt, version: { version, content } }) => ({
    piece,
    version,
    from_at: fromAt,
    until_at: untilAt,
    wrong: content.marketing.wrongReasons,
    is_judged: content.marketing.rightPercent !== null,
    complete: content.marketing.completePercent === null ? null : content.marketing.complete,
  }));
  return sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as p (piece int, version int, from_at timestamptz, until_at timestamptz, wrong jsonb, is_judged boolean, complete jsonb)`;
}

/** Hand-offs to whoever works leads, by the piece they were given in. What an undo gave back is the former hand-off going on. */
function handOffs(workspaceId: string, pieces: readonly Piece[], now: Date): Sql {
  return sql`select p.piece, a.lead_id, ${gradeThen} as grade, ${acceptKept(now)} as accept, ${contactKept(now)} as contact, ${attemptsKept(now)} as attempts, ${verdictKept(now)} as verdict
    from ${piecesTable(pieces)}
    join distribute.assignment a on a.workspace_id = ${workspaceId} and a.started_at >= p.from_at and a.started_at < p.until_at and a.respond_by is not null and a.why <> 'restored'
    join report.lead_row r on r.workspace_id = a.workspace_id and r.lead_id = a.lead_id and r.counted
    left join lateral (${verdictWithin}) v on true
    left join lateral (${triesWithin}) t on true`;
}

export interface KindBehind {
  id: string;
  version: number;
  grade: Grade | null;
  /** who has to be behind it; undefined: anybody */
  behind: Behind | undefined;
}

const isKind = (kinds: readonly KindBehind[], id: string): Sql =>
  sql`(${join(
    kinds
      .filter((kind) => kind.id === id)
      .map(
        ({ version, grade, behind }) =>
          sql`(p.version = ${version}${grade === null ? empty : sql` and ${gradeThen} = ${grade}`}${behind ? sql` and a.lead_id in (${behind(leadsBehind)})` : empty})`,
      ),
    ' or ',
  )})`;

const known = (field: string, column: Sql): Sql => sql`(not p.complete ? ${field} or nullif(${column}, '') is not null)`;
const isComplete = sql`case when p.complete is not null then ${join(
  [
    known('email', sql`r.email`),
    known('phone', sql`r.phone`),
    known('title', sql`r.title`),
    known('organization', sql`r.organization_name`),
    known('country', sql`r.country`),
    known('product', sql`r.product`),
  ],
  ' and ',
)} end`;
const isRight = sql`case when p.is_judged and r.verdict <> 'dont_know' then not (r.verdict = 'bad' and p.wrong ? coalesce(r.verdict_reason, '')) end`;

/** The leads marketing passed to sales, each with its first custody, by the piece it began in. */
function leadsPassed(workspaceId: string, pieces: readonly Piece[], more: Sql): Sql {
  return sql`select p.piece, a.lead_id, ${isRight} as "right", ${isComplete} as complete${more}
    from ${piecesTable(pieces)}
    join distribute.assignment a on a.workspace_id = ${workspaceId} and a.started_at >= p.from_at and a.started_at < p.until_at and a.sequence = 1
    join report.lead_row r on r.workspace_id = a.workspace_id and r.lead_id = a.lead_id and r.counted`;
}

/** One statement, whatever the number of months and versions. */
export async function countHandOffs(tx: Tx, pieces: readonly Piece[], now: Date): Promise<HandOffCounts[]> {
  if (pieces.length === 0) return [];
  const count = (key: HandOffPromise): Sql => {
    const column = { accept: sql`h.accept`, contact: sql`h.contact`, attempts: sql`h.attempts`, verdict: sql`h.verdict` }[key];
    return sql`json_build_object('asked', count(${column}), 'kept', count(*) filter (where ${column}))`;
  };
  return tx.rows<HandOffCounts>(sql`select h.piece, h.grade, ${count('accept')} as accept, ${count('contact')} as contact, ${count('attempts')} as attempts, ${count('verdict')} as verdict
    from (${handOffs(tx.scope.workspaceId, pieces, now)}) h group by h.piece, h.grade`);
}

/** One statement, whatever the number of months, versions and kinds. */
export async function countLeadsPassed(tx: Tx, pieces: readonly Piece[], kinds: readonly KindBehind[]): Promise<LeadCounts[]> {
  if (pieces.length === 0) return [];
  const ids = [...new Set(kinds.map(({ id }) => id))];
  const flags = ids.length === 0 ? empty : sql`, array[${join(ids.map((id) => isKind(kinds, id)))}] as kinds`;
  const counts = ids.length === 0 ? sql`'{}'::int[]` : sql`array[${join(ids.map((_, i) => sql`count(*) filter (where l.kinds[${i + 1}])`))}]::int[]`;
  const rows = await tx.rows<Omit<LeadCounts, 'kinds'> & { kinds: number[] }>(sql`select l.piece, count(*)::int as leads,
      json_build_object('asked', count(l.right), 'kept', count(*) filter (where l.right)) as "right",
      json_build_object('asked', count(l.complete), 'kept', count(*) filter (where l.complete)) as complete, ${counts} as kinds
    from (${leadsPassed(tx.scope.workspaceId, pieces, flags)}) l group by l.piece`);
  return rows.map((row) => ({ ...row, kinds: Object.fromEntries(ids.map((id, i) => [id, row.kinds[i] ?? 0])) }));
}

/** Leads `r` of a list that a figure counts. `grade`: as it was when it was given. */
export function whereHandOff(workspaceId: string, pieces: readonly Piece[], now: Date, asked: { promise: HandOffPromise; grade: Grade | undefined; kept: boolean | undefined }): Sql {
  if (pieces.length === 0) return sql`false`;
  const column = { accept: sql`h.accept`, contact: sql`h.contact`, attempts: sql`h.attempts`, verdict: sql`h.verdict` }[asked.promise];
  return sql`r.lead_id in (select h.lead_id from (${handOffs(workspaceId, pieces, now)}) h where ${whether(column, asked.kept)}${asked.grade ? sql` and h.grade = ${asked.grade}` : empty})`;
}

export function wherePassed(workspaceId: string, pieces: readonly Piece[], asked: { what: 'leads' | 'right' | 'complete'; kept: boolean | undefined }): Sql {
  if (pieces.length === 0) return sql`false`;
  const column = { leads: sql`true`, right: sql`l.right`, complete: sql`l.complete` }[asked.what];
  return sql`r.lead_id in (select l.lead_id from (${leadsPassed(workspaceId, pieces, empty)}) l where ${whether(column, asked.kept)})`;
}

/** `kept`: of the kind; false: the others. */
export function whereKind(workspaceId: string, pieces: readonly Piece[], kinds: readonly KindBehind[], id: string, kept: boolean | undefined): Sql {
  if (pieces.length === 0 || !kinds.some((kind) => kind.id === id)) return sql`false`;
  return sql`r.lead_id in (select l.lead_id from (${leadsPassed(workspaceId, pieces, sql`, ${isKind(kinds, id)} as kind`)}) l where ${whether(sql`l.kind`, kept ?? true)})`;
}

const whether = (column: Sql, kept: boolean | undefined): Sql => (kept === undefined ? sql`${column} is not null` : kept ? column : sql`not ${column}`);
