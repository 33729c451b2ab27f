import type { PeopleCut } from '../identity/index.ts';
import { sql } from '../platform/db/index.ts';

/** Whose leads people are now: of reps, of partners. */
export const holderCuts: PeopleCut[] = (['rep', 'partner'] as const).map((kind) => ({
  cut: kind,
  label: kind,
  rows: (workspaceId) => sql`select l.person_id, a.holder_id as key from distribute.assignment a join qualify.lead l on l.workspace_id = ${workspaceId} and l.id = a.lead_id
    join distribute.holder h on h.workspace_id = ${workspaceId} and h.id = a.holder_id and h.kind = ${kind} where a.workspace_id = ${workspaceId} and a.ended_at is null`,
  names: (workspaceId) => sql`select id, name from distribute.holder where workspace_id = ${workspaceId}`,
}));
