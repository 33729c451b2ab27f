import { findContactable, findSegmentMembers, mayContact } from '../../identity/index.ts';
import { getWorkspace } from '../../platform/access/index.ts';
import type { Context } from '../../platform/context.ts';
import type { Tx } from '../../platform/db/index.ts';
import { refuse } from '../../platform/refusal.ts';
import type { Chosen } from './calling.contract.ts';
import { countCallers, countOutcomes, listLists } from './calling.queries.ts';
import type { ListSeen } from './calling.queries.ts';
import { addTargets, countHours, findList, listCandidates, saveList } from './calling.store.ts';
import type { ListRow } from './calling.store.ts';
import { getScript } from './keep-scripts.ts';
import { zonesOf } from './zones.rules.ts';

const leadsMost = 20_000;
type Terms = Pick<ListRow, 'name' | 'scriptId' | 'fromHour' | 'untilHour' | 'perDayMost' | 'attemptsMost' | 'dealAnew'>;

/** Makes a calling list of the open leads that meet the choice now; who may not be called is left out and counted. */
export async function makeList(tx: Tx, cx: Context, given: Terms & { chosen: Chosen }) {
  const list: ListRow = { id: cx.ids.next(), ...given, leftOut: 0, madeAt: cx.clock.now(), closedAt: null };
  await checkTerms(tx, list);
  await saveList(tx, list);
  await fillList(tx, cx, list.id);
  cx.live.publish(tx, 'calling');
  return readList(tx, list.id);
}

async function checkTerms(tx: Tx, { scriptId, fromHour, untilHour }: Terms): Promise<void> {
  await getScript(tx, scriptId);
  if (fromHour >= untilHour)
    refuse('invalid', 'followup/calling-hours', 'Nobody could be called: the last hour has to come after the first.');
}

export async function changeList(tx: Tx, cx: Context, id: string, { closed, ...patch }: Partial<Terms> & { closed?: boolean | undefined }) {
  const was = await getList(tx, id);
  const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
  const list: ListRow = {
    ...was,
    ...given,
    closedAt: closed === undefined ? was.closedAt : closed ? (was.closedAt ?? cx.clock.now()) : null,
  };
  await checkTerms(tx, list);
  await saveList(tx, list);
  cx.live.publish(tx, 'calling');
  return readList(tx, id);
}

export const getList = async (tx: Tx, id: string): Promise<ListRow> =>
  (await findList(tx, id)) ?? refuse('not-found', 'followup/no-such-call-list', 'There is no such calling list.');

/** Adds what meets the list's choice by now. */
export async function fillList(tx: Tx, cx: Context, id: string): Promise<{ added: number; leftOut: number }> {
  const list = await getList(tx, id);
  const members = list.chosen.segmentId ? await findSegmentMembers(tx, list.chosen.segmentId) : undefined;
  const found = await listCandidates(tx, id, list.chosen, members, leadsMost);
  const people = await findContactable(tx, [...new Set(found.map(({ personId }) => personId))]);
  const may = found.filter(({ personId }) => {
    const person = people.get(personId);
    return person && mayContact(person, 'call').may;
  });
  const { timeZone } = await getWorkspace(tx);
  const added = await addTargets(
    tx,
    id,
    may.map((one) => ({ leadId: one.leadId, zones: zonesOf(one.country, one.state, timeZone).join(' ') })),
    cx.clock.now(),
  );
  const leftOut = found.length - may.length;
  await saveList(tx, { ...list, leftOut });
  return { added, leftOut };
}

const shown = ({ chosen, chosenNames, ...list }: ListSeen) => ({ ...list, chosenWords: inWords(chosen, chosenNames) });

function inWords(chosen: Chosen, names: ListSeen['chosenNames']): string {
  const gone = 'one that is no longer there';
  const parts = [
    chosen.segmentId && `in the segment “${names.segment ?? gone}”`,
    chosen.importId && `of the file “${names.import ?? gone}”`,
    chosen.programId && `of the program “${names.program ?? gone}”`,
    chosen.holderId && `held by ${names.holder ?? gone}`,
    chosen.grade && `graded ${chosen.grade}`,
    chosen.country && `in ${chosen.country}`,
  ].filter(Boolean);
  return `Open leads${parts.length > 0 ? ` ${parts.join(', ')}` : ''}`;
}

export const readLists = async (tx: Tx) => ({ items: (await listLists(tx)).map(shown) });

async function readList(tx: Tx, id: string) {
  const [list] = await listLists(tx, id);
  return shown(list ?? refuse('not-found', 'followup/no-such-call-list', 'There is no such calling list.'));
}

export async function readListPage(tx: Tx, id: string) {
  const list = await readList(tx, id);
  return {
    list,
    script: await getScript(tx, list.scriptId),
    outcomes: await countOutcomes(tx, id),
    hours: await countHours(tx, { listId: id }),
    callers: await countCallers(tx, id),
  };
}
