import type { Context } from '../../platform/context.ts';
import type { Tx } from '../../platform/db/index.ts';
import { enqueueJob, findOpenJob } from '../../platform/jobs/index.ts';
import { refuse } from '../../platform/refusal.ts';
import { fieldLabels, wantedFields, whereLevel, whereMissing, whereOutOfReach, whereReachable, whereWhole } from './board.rules.ts';
import { groupSentence, peopleCuts } from './cuts.ts';
import { groups, levels } from './levels.rules.ts';
import { measureJob } from './measure-quality.ts';
import { listDays, listGroups, nobody, type DayRow } from './measure.store.ts';

const daysMost = 1100;
const monthDays = 30;

const countsOf = ({ people, reachable, whole, known }: Pick<DayRow, 'people' | 'reachable' | 'whole' | 'known'>) => ({ people, reachable, whole, known });
const badOf = (row: DayRow): Record<string, number> => Object.fromEntries(groups.map((group) => [group, row.levels[group].bad]));

export async function readBoard(tx: Tx, group: string | undefined) {
  const of = group === undefined ? null : await groupSentence(tx, group);
  const [cut, key] = group === undefined ? ['all', nobody] : (group.split('.') as [string, string]);
  const days = await listDays(tx, cut, key, daysMost);
  const last = days.at(-1);
  return {
    measuredAt: last?.measuredAt ?? null,
    of,
    measuring: (await findOpenJob(tx, measureJob)) !== undefined,
    ...countsOf(last ?? { people: 0, reachable: 0, whole: 0, known: {} as DayRow['known'] }),
    where: { reachable: whereReachable, outOfReach: whereOutOfReach, whole: whereWhole },
    fields: wantedFields.map((field) => ({ field, label: fieldLabels[field], known: last?.known[field] ?? 0, missing: whereMissing(field) })),
    levels: groups.map((one) => ({ group: one, levels: levels.map((level) => ({ level, people: last?.levels[one][level] ?? 0, where: whereLevel(one, level) })) })),
    days: days.map((day) => ({ on: day.onDate, ...countsOf(day), bad: badOf(day) })),
    cuts: peopleCuts().map(({ cut: name, label }) => ({ cut: name, label })),
  };
}

export async function readGroups(tx: Tx, name: string) {
  const cut = peopleCuts().find((one) => one.cut === name);
  if (!cut) refuse('invalid', 'identity/cut', `People are told apart by ${peopleCuts().map((one) => one.cut).join(', ')}.`);
  return (await listGroups(tx, cut, monthDays)).map((row) => ({ key: row.key, group: `${name}.${row.key}`, name: row.name, ...countsOf(row), bad: badOf(row), before: row.before }));
}

export async function startMeasuring(tx: Tx, cx: Context): Promise<{ jobId: string }> {
  return { jobId: (await findOpenJob(tx, measureJob))?.id ?? (await enqueueJob(tx, cx, measureJob, {})) };
}
