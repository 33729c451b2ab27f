/**
 * By what people are told apart on the board of data quality: what brought them, and who holds them. Identity knows the first; later rooms hand
 * over the second, so that identity need not know them (house.ts).
 */
import { sql, type Sql, type Tx } from '../../platform/db/index.ts';
import { refuse } from '../../platform/refusal.ts';
import { isUuid } from '../../platform/values/uuid.rules.ts';
import { listSentence, peopleOfList } from './list-people.ts';

export interface PeopleCut {
  cut: string;
  /** of one: "source" */
  label: string;
  /** select person_id, key: a person may be under several keys, and be named by an id from before a merge */
  rows(workspaceId: string): Sql;
  /** select id, name: what the keys are called */
  names(workspaceId: string): Sql;
}

const arrivals = (workspaceId: string, key: 'source_id' | 'program_id'): Sql =>
  key === 'source_id'
    ? sql`select s.person_id, i.source_id as key from identity.sighting s join capture.inquiry i on i.workspace_id = ${workspaceId} and i.id = s.inquiry_id
        where s.workspace_id = ${workspaceId} and s.withdrawn_at is null and i.source_id is not null`
    : sql`select s.person_id, i.program_id as key from identity.sighting s join capture.inquiry i on i.workspace_id = ${workspaceId} and i.id = s.inquiry_id
        where s.workspace_id = ${workspaceId} and s.withdrawn_at is null and i.program_id is not null`;

const known: PeopleCut[] = [
  {
    cut: 'source',
    label: 'source',
    rows: (workspaceId) => arrivals(workspaceId, 'source_id'),
    names: (workspaceId) => sql`select id, name from capture.source where workspace_id = ${workspaceId}`,
  },
  {
    cut: 'program',
    label: 'program',
    rows: (workspaceId) => arrivals(workspaceId, 'program_id'),
    names: (workspaceId) => sql`select id, name from capture.program where workspace_id = ${workspaceId}`,
  },
  {
    cut: 'list',
    label: 'list',
    rows: (workspaceId) => sql`select s.person_id, s.import_id as key from identity.sighting s where s.workspace_id = ${workspaceId} and s.withdrawn_at is null and s.import_id is not null
      union all select id, import_id from identity.person where workspace_id = ${workspaceId} and import_id is not null`,
    names: (workspaceId) => sql`select id, file_name as name from capture.import where workspace_id = ${workspaceId}`,
  },
];

export const peopleCuts = (): readonly PeopleCut[] => known;

/** Called once, by house.ts. */
export function knowPeopleCuts(given: readonly PeopleCut[]): void {
  known.push(...given);
}

/** `source.ID` as it stands in an address. */
function readGroup(text: string): { cut: PeopleCut; key: string } {
  const [name, key] = text.split('.');
  const cut = known.find((one) => one.cut === name);
  if (!cut || !isUuid(key)) refuse('invalid', 'identity/group', 'This group cannot be read. It is written as source.ID, program.ID, list.ID, rep.ID or partner.ID, or list-all.ID, list-new.ID or list-known.ID.');
  return { cut, key };
}

/** Who is in a group, as a select of ids of those they are now. */
export function peopleOfGroup(tx: Tx, text: string): Sql {
  const { workspaceId } = tx.scope;
  const list = peopleOfList(workspaceId, text);
  if (list) return list;
  const { cut, key } = readGroup(text);
  return sql`select case when g.survivor_id is null then g.id else g.survivor_id end from (${cut.rows(workspaceId)}) r
    join identity.person g on g.workspace_id = ${workspaceId} and g.id = r.person_id where r.key = ${key}`;
}

/** "the source is Hall 4" */
export async function groupSentence(tx: Tx, text: string): Promise<string> {
  const list = await listSentence(tx, text);
  if (list !== undefined) return list;
  const { cut, key } = readGroup(text);
  const found = await tx.maybe<{ name: string }>(sql`select name from (${cut.names(tx.scope.workspaceId)}) n where id = ${key}`);
  return `the ${cut.label} is ${found?.name ?? 'one that is gone'}`;
}
