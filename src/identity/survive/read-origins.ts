import type { Tx } from '../../platform/db/index.ts';
import { refuse } from '../../platform/refusal.ts';
import { loadSurroundings } from '../candidates.store.ts';
import { fromColumns, personFields, type PersonValues } from '../person-draft.rules.ts';
import { originsOf, type Origin } from './origins.rules.ts';
import { findShown, listSaid } from './origins.queries.ts';
import type { Verified } from './survive.rules.ts';

/** Where each value of a person came from, with the names of those who vouched for it. */
export async function readOrigins(tx: Tx, id: string): Promise<Origin[]> {
  const found = await findShown(tx, id);
  if (!found) refuse('not-found', 'identity/no-such-person', 'There is no such person here.');
  const { country } = await loadSurroundings(tx);
  const values = fromColumns<PersonValues>(found.row, personFields);
  const verified = found.row['verified'] as Verified | null;
  const origins = originsOf({ values, organization: found.organization, verified }, await listSaid(tx, found.id), country);
  return origins.map((one) => (one.verified ? { ...one, verified: { ...one.verified, by: found.names[one.verified.by] ?? one.verified.by } } : one));
}
