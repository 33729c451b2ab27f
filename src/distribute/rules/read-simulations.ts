import { cancelJob } from '../../platform/jobs/index.ts';
import type { Context } from '../../platform/context.ts';
import type { Tx } from '../../platform/db/index.ts';
import { decodeCursor, paged } from '../../platform/http/cursor.rules.ts';
import { refuse } from '../../platform/refusal.ts';
import { listHolders } from '../distribute.queries.ts';
import { listSimulated, listSimulations, type SimulationSeen } from './simulation.queries.ts';
import type { Simulated } from './simulate.rules.ts';

const shown = ({ rules, jobId: _job, ...one }: SimulationSeen) => ({ ...one, count: rules.length });

export const readSimulations = async (tx: Tx) => (await listSimulations(tx)).map((one) => ({ ...shown(one), result: undefined }));

const getOne = async (tx: Tx, id: string): Promise<SimulationSeen> =>
  (await listSimulations(tx, id))[0] ??
  refuse('not-found', 'distribute/no-such-simulation', 'There is no such dry run; only the last ten are kept.');

const namesOf = async (tx: Tx, cx: Context): Promise<Map<string, string>> =>
  new Map((await listHolders(tx, cx.clock.now(), {})).map(({ id, name }) => [id, name]));

export async function readSimulation(tx: Tx, cx: Context, id: string) {
  const one = await getOne(tx, id);
  if (!one.result) return { ...shown(one), result: null };
  const holders = await namesOf(tx, cx);
  const rules = new Map(one.rules.map((rule) => [rule.id, rule.name]));
  const took = new Set(one.result.rules.map(({ ruleId }) => ruleId));
  return {
    ...shown(one),
    result: {
      ...one.result,
      loads: one.result.loads.map((load) => ({ ...load, name: holders.get(load.holderId) ?? 'somebody who is gone' })),
      rules: one.result.rules.map((rule) => ({ ...rule, name: rules.get(rule.ruleId) ?? '' })),
      idle: one.rules.filter((rule) => !took.has(rule.id)).map((rule) => ({ id: rule.id, name: rule.name })),
    },
  };
}

export async function stopSimulation(tx: Tx, cx: Context, id: string): Promise<boolean> {
  const { jobId, state } = await getOne(tx, id);
  if (state !== 'waiting' && state !== 'running') return false;
  await cancelJob(tx, cx, jobId);
  return true;
}

export interface Asked {
  holderId?: string | undefined;
  ruleId?: string | undefined;
  came?: Simulated['end'] | undefined;
  moved?: boolean | undefined;
  cursor?: string | undefined;
  limit: number;
}

export async function readSimulated(tx: Tx, cx: Context, id: string, asked: Asked) {
  const { rules } = await getOne(tx, id);
  const [at, lead] = decodeCursor(asked.cursor) ?? [];
  const after = typeof at === 'string' && typeof lead === 'string' ? { at, id: lead } : undefined;
  const rows = await listSimulated(tx, id, { ...asked, after, limit: asked.limit + 1 });
  const holders = await namesOf(tx, cx);
  const names = new Map(rules.map((rule) => [rule.id, rule.name]));
  const name = (holderId: string | null): string | null => (holderId === null ? null : (holders.get(holderId) ?? 'somebody who is gone'));
  return paged(
    rows,
    asked.limit,
    (row) => [row.at.toISOString(), row.leadId],
    ({ holderId, wasHolderId, ruleId, ...row }) => ({
      ...row,
      holder: name(holderId),
      was: name(wasHolderId),
      rule: ruleId === null ? null : (names.get(ruleId) ?? null),
    }),
  );
}
