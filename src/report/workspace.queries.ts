import { sql } from '../platform/db/index.ts';
import type { Tx } from '../platform/db/index.ts';

export interface Workspace {
  name: string;
  currency: string;
  locale: string;
  timeZone: string;
}

export async function findWorkspace(tx: Tx): Promise<Workspace> {
  return tx.one<Workspace>(sql`select name, currency, locale, time_zone from platform.workspace where id = ${tx.scope.workspaceId}`);
}

export interface NameMaps {
  sources: Map<string, string>;
  programs: Map<string, { name: string; channel: string | null }>;
  holders: Map<string, { name: string; kind: string }>;
  territories: Map<string, string>;
}

/** The names of the small tables; there are tens or hundreds of each. */
export async function loadNames(tx: Tx): Promise<NameMaps> {
  const { workspaceId } = tx.scope;
  const rows = await tx.rows<{ what: string; id: string; name: string; more: string | null }>(sql`
    select 'source' as what, id, name, channel as more from capture.source where workspace_id = ${workspaceId}
    union all select 'program', id, name, channel from capture.program where workspace_id = ${workspaceId}
    union all select 'holder', id, name, kind from distribute.holder where workspace_id = ${workspaceId}
    union all select 'territory', id, name, null from distribute.territory where workspace_id = ${workspaceId}`);
  const names: NameMaps = { sources: new Map(), programs: new Map(), holders: new Map(), territories: new Map() };
  for (const { what, id, name, more } of rows) {
    if (what === 'source') names.sources.set(id, name);
    else if (what === 'program') names.programs.set(id, { name, channel: more });
    else if (what === 'holder') names.holders.set(id, { name, kind: more ?? 'rep' });
    else names.territories.set(id, name);
  }
  return names;
}
