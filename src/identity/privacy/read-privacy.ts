import { audit } from '../../platform/access/index.ts';
import type { Context } from '../../platform/context.ts';
import type { Tx } from '../../platform/db/index.ts';
import { refuse } from '../../platform/refusal.ts';
import { findPerson } from '../people.queries.ts';
import { nameOf } from '../read-people.ts';
import { lineOf } from './erasure-list.ts';
import { gatherSubject, tellSubject } from './personal-data.ts';
import { findCompany, findErasureOf, listErasures } from './privacy.queries.ts';

/** Everything kept of a person, noted in the audit: whoever hands it over can say so. */
export async function readPersonData(tx: Tx, cx: Context, personId: string) {
  const person = await findPerson(tx, personId);
  const subject = await gatherSubject(tx, personId);
  if (!person || !subject) refuse('not-found', 'identity/no-such-person', 'There is no such person here.');
  const chapters = await tellSubject(tx, subject);
  await audit(tx, cx, { what: 'person.dataRead', subjectId: person.id });
  return { id: person.id, name: nameOf(person), ...(await findCompany(tx)), madeAt: cx.clock.now().toISOString(), ids: subject.personIds, chapters };
}

/** What an erasure would take out, or that it was done. */
export async function readErasure(tx: Tx, personId: string) {
  const subject = await gatherSubject(tx, personId);
  if (!subject) refuse('not-found', 'identity/no-such-person', 'There is no such person here.');
  const erasure = (await findErasureOf(tx, subject.personIds)) ?? null;
  const told = erasure && erasure.state !== 'asked' ? [] : await tellSubject(tx, subject);
  return {
    erasure,
    chapters: told.map(({ key, title, rows }) => ({ key, title, count: rows.length })),
    openLeads: told.find(({ key }) => key === 'leads')?.rows.filter((row) => row['closedAt'] === null).length ?? 0,
  };
}

/** Every erasure as a line of the list kept beside the backups. */
export async function writeErasureList(tx: Tx): Promise<string> {
  const rows = await listErasures(tx, undefined, 1_000_000);
  return rows.map((row) => `${lineOf(row)}\n`).join('');
}
