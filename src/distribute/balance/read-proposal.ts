import type { Context } from '../../platform/context.ts';
import type { Tx } from '../../platform/db/index.ts';
import { cancelJob } from '../../platform/jobs/index.ts';
import { refuse } from '../../platform/refusal.ts';
import { compare, stayingOf } from './proposal.rules.ts';
import { findProposalWhole, listAcceptances, listProposals } from './proposal.queries.ts';
import type { ProposalSeen } from './proposal.queries.ts';

const shown = ({ jobId: _job, asked, ...one }: ProposalSeen) => ({ ...one, territories: asked.territories.map(({ name }) => name) });

export const readProposals = async (tx: Tx) => (await listProposals(tx)).map(shown);

const getSeen = async (tx: Tx, id: string): Promise<ProposalSeen> => (await listProposals(tx, id))[0] ?? refuse('not-found', 'distribute/no-such-proposal', 'There is no such proposal.');

/** Everything a screen tells of a proposal: today beside what is proposed, by territory and by unit, and what was accepted of it. */
export async function readProposal(tx: Tx, id: string) {
  const seen = await getSeen(tx, id);
  const whole = (await findProposalWhole(tx, id)) ?? refuse('not-found', 'distribute/no-such-proposal', 'There is no such proposal.');
  const { asked, units, result, notes, currency } = whole;
  const { territories: _all, stay: _stay, ...wish } = asked;
  const compared = compare(whole, result);
  const name = new Map(asked.territories.map((one) => [one.id, one.name]));
  const isStaying = stayingOf(asked);
  return {
    ...shown(seen),
    currency,
    asked: wish,
    sides: compared.territories,
    today: compared.today,
    proposed: compared.proposed,
    moves: compared.moves,
    notes: [...notes, ...(result?.sentences ?? [])],
    units: units.map((unit, u) => ({
      id: unit.id,
      lon: unit.position?.lon ?? null,
      lat: unit.position?.lat ?? null,
      today: unit.today,
      proposed: result ? asked.territories[result.of[u]!]!.id : null,
      stays: isStaying(unit),
      worked: unit.worked,
      figures: unit.figures,
    })),
    acceptances: (await listAcceptances(tx, id)).map(({ moved, changes, added, ...one }) => ({
      ...one,
      units: moved.map(({ unit }) => unit),
      changes: changes.map(({ territoryId, name, after }) => ({ territoryId, name, rules: after })),
      added: added.map((each) => each.name),
      between: [...new Set(moved.flatMap(({ from, to }) => [from, to]))].map((territoryId) => name.get(territoryId) ?? ''),
    })),
  };
}

export async function stopProposal(tx: Tx, cx: Context, id: string): Promise<boolean> {
  const { jobId, state } = await getSeen(tx, id);
  if (state !== 'waiting' && state !== 'running') return false;
  await cancelJob(tx, cx, jobId);
  return true;
}
