import type { TellConsequences } from '../../capture/index.ts';
import { findAppendField, shownValue, type Values } from './append-fields.rules.ts';
import { tellValues } from './append.queries.ts';
import { findRun } from './append.store.ts';
import type { Unused } from './decide-value.rules.ts';
import { listDoubts } from './doubt.store.ts';

export const whyUnused: Record<Unused, string> = {
  unreadable: 'it cannot be read',
  verified: 'a person said what stands',
  same: 'it is what is known',
  unsure: 'not sure enough',
  old: 'too old',
  known: 'something else is known',
};

/** Which values the rows of a provider's file would bring, before and after, and which not and why. */
export const tellAppended: TellConsequences = async (tx, importId) => {
  const run = await findRun(tx, importId);
  if (!run) return [];
  const told = (await tellValues(tx, run.kind, run.id)).map(({ field: name, status, why, count, samples }) => {
    const field = findAppendField(run.kind, name)!;
    const shown = (values: Values | null): string => shownValue(field, values) ?? '–';
    const what = status === 'used' ? `${field.label}: appended` : `${field.label}: left, since ${whyUnused[why!]}`;
    return { what, count, samples: samples.map(({ subject, value, known }) => (status === 'used' ? `${subject}: ${shown(known)} → ${shown(value)}` : `${subject}: ${shown(known)}${value === null ? '' : `, not ${shown(value)}`}`)) };
  });
  const doubts = await listDoubts(tx, { runId: run.id, limit: 10_000 });
  const asked = { what: 'rows that may be about somebody known, for you to decide', count: doubts.length, samples: doubts.slice(0, 5).map(({ label, candidates }) => `${label} – ${candidates[0]?.name ?? ''}`) };
  return [...told, asked];
};
