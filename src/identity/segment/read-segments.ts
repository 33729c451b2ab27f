import { getWorkspace } from '../../platform/access/index.ts';
import type { Scope } from '../../platform/access/index.ts';
import type { Context } from '../../platform/context.ts';
import type { Tx } from '../../platform/db/index.ts';
import { listCustomFields } from '../../platform/fields/index.ts';
import { refuse } from '../../platform/refusal.ts';
import { operatorsOf } from '../../platform/values/criteria-fields.rules.ts';
import type { Criteria } from '../../platform/values/criteria.rules.ts';
import { customText, type CustomField } from '../../platform/values/custom-field.rules.ts';
import { writeTableRow } from '../../platform/values/table-text.rules.ts';
import { listOrganizations } from '../organizations.queries.ts';
import { listPeople, loadPeopleRows } from '../people.queries.ts';
import { nameOf } from '../read-people.ts';
import { groupSentence } from '../quality/cuts.ts';
import { loadFieldsBehind } from './behind.ts';
import { loadSegmentFields, type SegmentFields } from './catalogue.ts';
import { previewSegment, sentenceOf } from './edit-segment.ts';
import type { SegmentSubject } from './field-source.ts';
import { readWhere } from './filter-by.ts';
import { loadMemberSheet, loadOrganizationRows, type MemberSheetRow } from './members.queries.ts';
import { findSegment, findSegmentCalled, listSegments, membersOf, type Segment } from './segment.store.ts';
import { noUuid } from '../../platform/values/uuid.rules.ts';

const shown = async (tx: Tx, segment: Segment, fields: SegmentFields) => ({ ...segment, sentence: await sentenceOf(tx, segment.criteria, fields) });

export async function readSegments(tx: Tx, subject: SegmentSubject | undefined) {
  const segments = await listSegments(tx, { subject });
  const fields = { person: await loadSegmentFields(tx, 'person'), organization: await loadSegmentFields(tx, 'organization') };
  const out = [];
  for (const one of segments) out.push(await shown(tx, one, fields[one.subject]));
  return out;
}

export async function readSegment(tx: Tx, id: string) {
  const segment = await getSegment(tx, id);
  return shown(tx, segment, await loadSegmentFields(tx, segment.subject));
}

async function getSegment(tx: Tx, id: string): Promise<Segment> {
  return (await findSegment(tx, id)) ?? refuse('not-found', 'identity/no-such-segment', 'There is no such segment here.');
}

export async function getSegmentCalled(tx: Tx, name: string): Promise<Segment> {
  return (await findSegmentCalled(tx, name)) ?? refuse('not-found', 'identity/no-such-segment', `There is no segment “${name}” here.`);
}

export async function readSegmentFields(tx: Tx, subject: SegmentSubject | 'lead') {
  const fields = subject === 'lead' ? await loadFieldsBehind(tx) : (await loadSegmentFields(tx, subject)).byName;
  return [...fields.values()].map(({ field, label, type, group, many, choices, of }) => ({
    field,
    label,
    type,
    group,
    many,
    choices,
    of,
    operators: [...operatorsOf[type]],
  }));
}

export interface Member {
  id: string;
  name: string;
  title: string | null;
  organization: string | null;
  email: string | null;
  phone: string | null;
  city: string | null;
  country: string | null;
  lastSeenAt: Date;
}

const personMember = (row: Awaited<ReturnType<typeof loadPeopleRows>>[number]): Member => ({
  id: row.id,
  name: nameOf(row),
  title: row.title,
  organization: row.organizationName,
  email: row.email,
  phone: row.phoneE164 ?? row.phone ?? row.mobileE164,
  city: row.city,
  country: row.country,
  lastSeenAt: row.lastSeenAt,
});
const organizationMember = (row: Awaited<ReturnType<typeof listOrganizations>>[number]): Member => ({
  id: row.id,
  name: row.name,
  title: row.vertical ?? row.industry,
  organization: null,
  email: null,
  phone: row.phone,
  city: row.city,
  country: row.country,
  lastSeenAt: row.lastSeenAt,
});

export async function readMembers(tx: Tx, id: string, page: { after: { lastSeenAt: string; id: string } | undefined; limit: number }): Promise<Member[]> {
  const segment = await getSegment(tx, id);
  const among = membersOf(tx.scope.workspaceId, segment);
  return segment.subject === 'person'
    ? (await listPeople(tx, { ...page, among })).map(personMember)
    : (await listOrganizations(tx, { ...page, among })).map(organizationMember);
}

/** The conditions of a list as people say them. */
export async function readSentence(tx: Tx, subject: SegmentSubject | 'lead', given: { where?: string | undefined; group?: string | undefined }): Promise<string> {
  const parts = [];
  if (given.group !== undefined) parts.push(await groupSentence(tx, given.group));
  if (given.where !== undefined) {
    const fields = subject === 'lead' ? { byName: await loadFieldsBehind(tx) } : await loadSegmentFields(tx, subject);
    parts.push(await sentenceOf(tx, readWhere(given.where), fields));
  }
  return parts.join(', and ');
}

export async function readPreview(tx: Tx, cx: Context, given: { subject: SegmentSubject; criteria: Criteria }) {
  const { sample, ...preview } = await previewSegment(tx, cx, given);
  const rows = given.subject === 'person' ? (await loadPeopleRows(tx, sample)).map(personMember) : (await loadOrganizationRows(tx, sample)).map(organizationMember);
  return { ...preview, sample: rows.toSorted((a, b) => b.lastSeenAt.getTime() - a.lastSeenAt.getTime()) };
}

const sheetPage = 5000;
const columns: Record<SegmentSubject, [string, keyof MemberSheetRow][]> = {
  person: [
    ['Id', 'id'],
    ['Number', 'externalId'],
    ['First name', 'givenName'],
    ['Last name', 'familyName'],
    ['Position', 'title'],
    ['Mail', 'email'],
    ['Phone', 'phone'],
    ['Mobile', 'mobile'],
    ['Company', 'organization'],
    ['Street', 'street'],
    ['Postcode', 'postalCode'],
    ['City', 'city'],
    ['State', 'state'],
    ['Country', 'country'],
    ['Language', 'language'],
    ['May be written to', 'mayMail'],
    ['May be called', 'mayCall'],
  ],
  organization: [
    ['Id', 'id'],
    ['Number', 'externalId'],
    ['Company', 'organization'],
    ['Domain', 'domain'],
    ['Phone', 'phone'],
    ['Street', 'street'],
    ['Postcode', 'postalCode'],
    ['City', 'city'],
    ['State', 'state'],
    ['Country', 'country'],
    ['Business', 'industry'],
    ['Vertical', 'vertical'],
    ['Employees', 'employees'],
  ],
};

/** All members with what is known of them, page by page, so that a segment of a million needs no memory. */
export async function* membersFile(cx: Context, scope: Scope, segment: Segment): AsyncGenerator<string> {
  const { custom, currency } = await cx.db.read(scope, async (tx) => ({
    custom: await listCustomFields(tx, { subject: segment.subject }),
    currency: (await getWorkspace(tx)).currency,
  }));
  const shownColumns = columns[segment.subject];
  // The mark tells spreadsheets that it is UTF-8.
  yield '\uFEFF' + writeTableRow([...shownColumns.map(([label]) => label), ...custom.map(({ label }) => label)], ',');
  let after = noUuid;
  for (;;) {
    const page = await cx.db.read(scope, (tx) => loadMemberSheet(tx, segment, after, sheetPage));
    if (page.length > 0) yield page.map((row) => writeTableRow([...shownColumns.map(([, key]) => cell(row[key])), ...customCells(row, custom, currency)], ',')).join('');
    const last = page.at(-1);
    if (!last || page.length < sheetPage) return;
    after = last.id;
  }
}

const cell = (value: MemberSheetRow[keyof MemberSheetRow]): string =>
  value === null || value === undefined ? '' : typeof value === 'boolean' ? (value ? 'yes' : 'no') : typeof value === 'object' ? '' : String(value);
const customCells = (row: MemberSheetRow, custom: readonly CustomField[], currency: string): string[] =>
  custom.map((field) => customText(field, row.custom?.[field.key], currency));
