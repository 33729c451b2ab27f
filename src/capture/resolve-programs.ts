import type { Tx } from '../platform/db/index.ts';
import { findProgramsBy } from './program.queries.ts';

/** Program ids by the texts that name them: an id wins over an external id, that over a name; among equal names the newest. */
export async function resolvePrograms(tx: Tx, texts: Iterable<string>): Promise<Map<string, string>> {
  const wanted = [...texts];
  if (wanted.length === 0) return new Map();
  const byId = new Map<string, string>();
  const byExternalId = new Map<string, string>();
  const byName = new Map<string, string>();
  for (const { id, externalId, name } of await findProgramsBy(tx, wanted)) {
    byId.set(id, id);
    if (externalId !== null) byExternalId.set(externalId, id);
    if (!byName.has(name.toLowerCase())) byName.set(name.toLowerCase(), id);
  }
  const out = new Map<string, string>();
  for (const text of wanted) {
    const id = byId.get(text.toLowerCase()) ?? byExternalId.get(text) ?? byName.get(text.toLowerCase());
    if (id) out.set(text, id);
  }
  return out;
}
