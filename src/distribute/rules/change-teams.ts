import { append } from '../../journal/index.ts';
import type { Context } from '../../platform/context.ts';
import type { Tx } from '../../platform/db/index.ts';
import { refuse } from '../../platform/refusal.ts';
import { wakeDesk } from '../custody.store.ts';
import { listRulesets } from './ruleset.store.ts';
import { listTeams, type TeamRow } from './team.queries.ts';
import { removeTeam, saveTeam, saveTeamHolders } from './team.store.ts';

export interface TeamChange {
  name?: string | undefined;
  holders?: { holderId: string; weight: number }[] | undefined;
}

/** Adds a team, or changes one. What its members are owed of each other stays. */
export async function changeTeam(tx: Tx, cx: Context, id: string | null, change: TeamChange): Promise<TeamRow> {
  const before = id === null ? undefined : ((await listTeams(tx)).find((team) => team.id === id) ?? noSuchTeam());
  const teamId = before?.id ?? cx.ids.next();
  await saveTeam(tx, teamId, change.name ?? before?.name ?? 'Team');
  if (change.holders) await saveTeamHolders(tx, teamId, change.holders);
  await noteTeam(tx, cx, teamId);
  return (await listTeams(tx)).find((team) => team.id === teamId)!;
}

export async function dropTeam(tx: Tx, cx: Context, id: string): Promise<void> {
  const inForce = (await listRulesets(tx)).find((row) => row.publishedAt !== null);
  const by = inForce?.rules.find(({ pool }) => pool.kind === 'team' && pool.teamId === id);
  if (by) refuse('conflict', 'distribute/team-in-use', `The rule “${by.name}” gives leads to this team. Publish rules without it first.`);
  if ((await removeTeam(tx, id)) === 0) noSuchTeam();
  await noteTeam(tx, cx, id);
}

const noSuchTeam = (): never => refuse('not-found', 'distribute/no-such-team', 'There is no such team.');

async function noteTeam(tx: Tx, cx: Context, teamId: string): Promise<void> {
  await append(tx, cx, [{ type: 'team.changed', chainId: teamId, subjectId: teamId, data: { teamId } }]);
  await wakeDesk(tx, cx.clock.now());
}
