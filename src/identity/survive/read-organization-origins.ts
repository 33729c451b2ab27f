import type { Tx } from '../../platform/db/index.ts';
import { refuse } from '../../platform/refusal.ts';
import { loadSurroundings } from '../candidates.store.ts';
import { findShownOrganization, listNamedBy, listSaidOfOrganization } from './organization-origins.queries.ts';
import { organizationOrigins, type OrganizationOrigin } from './organization-origins.rules.ts';
import type { Verified } from './survive.rules.ts';

const namedMost = 20;

/** Where each value of an organization came from, with the names of those who vouched for it, and the latest that named it. */
export async function readOrganizationOrigins(tx: Tx, id: string) {
  const found = await findShownOrganization(tx, id);
  if (!found) refuse('not-found', 'identity/no-such-organization', 'There is no such organization here.');
  const [{ country }, said, named] = await Promise.all([loadSurroundings(tx), listSaidOfOrganization(tx, found.id), listNamedBy(tx, found.id, namedMost)]);
  const { row, names, importId, list, at } = found;
  const madeBy = importId === null ? null : { at, inquiryId: null, receipt: null, importId, list, runId: null, provider: null };
  const origins = organizationOrigins({ row, verified: row['verified'] as Verified | null, madeBy }, said, country);
  return {
    items: origins.map((one): OrganizationOrigin => (one.verified ? { ...one, verified: { ...one.verified, by: names[one.verified.by] ?? one.verified.by } } : one)),
    named: named.map(({ total: _, ...one }) => one),
    namedTimes: named[0]?.total ?? 0,
  };
}
