/** The learned weights of a workspace, and what they are learned from. */
import { sql } from '../platform/db/index.ts';
import type { Tx } from '../platform/db/index.ts';
import { readStoredWeights, type SightedRows, type StoredWeights } from './learn-person-weights.rules.ts';
import { defaultWeights, type Weights } from './person-weights.rules.ts';
import type { SightedFields } from './sight.rules.ts';

const kept = new Map<string, Weights>();

/** The weights of a version; versions never change, so each is read once by a process. */
export async function loadWeights(tx: Tx, version: number): Promise<Weights> {
  if (version === 0) return defaultWeights;
  const { workspaceId } = tx.scope;
  const known = kept.get(workspaceId);
  if (known?.version === version) return known;
  const { weights } = await tx.one<{ weights: StoredWeights }>(
    sql`select weights from identity.match_weights where workspace_id = ${workspaceId} and version = ${version}`,
  );
  const read = readStoredWeights(version, weights);
  if (kept.size > 200) kept.clear();
  kept.set(workspaceId, read);
  return read;
}

export function countToLearn(
  tx: Tx,
): Promise<{ version: number; sightings: number; decisions: number; wasSightings: number; wasDecisions: number }> {
  const { workspaceId } = tx.scope;
  return tx.one(sql`select coalesce(w.version, 0) as version, coalesce(w.sightings, 0) as was_sightings, coalesce(w.decisions, 0) as was_decisions,
      (select count(*) from identity.sighting s where s.workspace_id = ${workspaceId} and s.withdrawn_at is null) as sightings,
      (select count(*) from identity.possible_duplicate d where d.workspace_id = ${workspaceId} and d.status <> 'open') as decisions
    from (select 1) one left join lateral (
      select version, sightings, decisions from identity.match_weights where workspace_id = ${workspaceId} order by version desc limit 1) w on true`);
}

/** The latest sightings, as they were written, with the person each was taken for. */
export function loadLatestSightings(tx: Tx, most: number): Promise<{ personId: string; fields: SightedFields }[]> {
  const { workspaceId } = tx.scope;
  return tx.rows(sql`select coalesce(m.survivor_id, s.person_id) as person_id, i.fields
    from (select person_id, inquiry_id from identity.sighting
      where workspace_id = ${workspaceId} and withdrawn_at is null and inquiry_id is not null order by id desc limit ${most}) s
    join capture.inquiry i on i.workspace_id = ${workspaceId} and i.id = s.inquiry_id
    left join identity.identity_map m on m.workspace_id = ${workspaceId} and m.old_id = s.person_id and m.kind = 'person'`);
}

export function loadDecided(tx: Tx, most: number): Promise<SightedRows['decided']> {
  return tx.rows(sql`select person_id, other_id, status = 'joined' as same from identity.possible_duplicate
    where workspace_id = ${tx.scope.workspaceId} and status <> 'open' order by decided_at desc nulls last limit ${most}`);
}

export async function saveWeights(
  tx: Tx,
  row: { version: number; learnedAt: Date; sightings: number; decisions: number; weights: StoredWeights },
): Promise<void> {
  const { workspaceId } = tx.scope;
  await tx.run(sql`insert into identity.match_weights (workspace_id, version, learned_at, sightings, decisions, weights)
    values (${workspaceId}, ${row.version}, ${row.learnedAt}, ${row.sightings}, ${row.decisions}, ${JSON.stringify(row.weights)}::jsonb)
    on conflict do nothing`);
}
