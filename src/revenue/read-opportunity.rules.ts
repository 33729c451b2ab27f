import { outcomeOfStage, probabilityOf, type Outcome, type Stage } from './stage.rules.ts';

// A row of a file of opportunities, as far as it can be read without asking anybody.

export interface ReadOpportunity {
  row: number;
  externalId: string | null;
  naturalKey: string | null;
  name: string;
  ownerName: string | null;
  ownerId: string | null;
  stage: string;
  outcome: Outcome;
  probability: number;
  amountMinor: number;
  currency: string;
  openedAt: Date | null;
  closeAt: Date | null;
  lostReason: string | null;
  segment: string | null;
  leadRef: string | null;
  contactRef: string | null;
  email: string | null;
  accountRef: string | null;
  accountName: string | null;
  programRef: string | null;
  sourceName: string | null;
}

export type Values = Record<string, unknown>;
export const textOf = (values: Values, key: string): string | null => {
  const value = values[key];
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
};
export const dateOf = (values: Values, key: string): Date | null => (values[key] instanceof Date ? values[key] : null);
export const moneyIn = (values: Values, key: string): { minor: number; currency: string } | null => {
  const value = values[key] as { minor?: unknown; currency?: unknown } | undefined;
  return value && typeof value.minor === 'number' && typeof value.currency === 'string'
    ? { minor: value.minor, currency: value.currency }
    : null;
};

/** Undefined when the row names nothing at all. */
export function readOpportunity(row: number, values: Values, stages: readonly Stage[], currency: string): ReadOpportunity | undefined {
  const externalId = textOf(values, 'externalId');
  const said = textOf(values, 'stage');
  const status = textOf(values, 'status');
  // A word of its own for the outcome ("Forecast: Won") is believed over the stage, unless it says nothing.
  const byStatus = status ? outcomeOfStage(status) : 'open';
  const outcome: Outcome = byStatus !== 'open' ? byStatus : said ? outcomeOfStage(said) : values['isWon'] === true ? 'won' : 'open';
  const stage = said ?? (outcome === 'won' ? 'Won' : outcome === 'lost' ? 'Lost' : (stages[0]?.name ?? 'Qualification'));
  const amount = moneyIn(values, 'amount');
  const openedAt = dateOf(values, 'openedAt');
  const leadRef = textOf(values, 'leadRef');
  const contactRef = textOf(values, 'contactRef');
  const email = textOf(values, 'email');
  const accountRef = textOf(values, 'accountRef');
  const accountName = textOf(values, 'accountName');
  const name = textOf(values, 'name') ?? accountName ?? (externalId ? `Opportunity ${externalId}` : null);
  if (!name) return undefined;
  const who = [leadRef, contactRef, email, accountRef, accountName].map((part) => part?.toLowerCase() ?? '').join('/');
  const probability = typeof values['probability'] === 'number' ? values['probability'] : null;
  return {
    row,
    externalId,
    naturalKey: externalId ? null : `${name.toLowerCase()}|${who}|${openedAt ? openedAt.toISOString() : ''}`,
    name,
    ownerName: textOf(values, 'owner'),
    ownerId: textOf(values, 'ownerRef'),
    stage,
    outcome,
    // A file may say 0.2 for a fifth.
    probability: probabilityOf(
      stage,
      outcome,
      probability !== null && probability > 0 && probability < 1 ? probability * 100 : probability,
      stages,
    ),
    amountMinor: amount?.minor ?? 0,
    currency: amount?.currency ?? currency,
    openedAt,
    closeAt: dateOf(values, 'closeAt'),
    lostReason: outcome === 'lost' ? textOf(values, 'lostReason') : null,
    segment: textOf(values, 'segment'),
    leadRef,
    contactRef,
    email,
    accountRef,
    accountName,
    programRef: textOf(values, 'programRef'),
    sourceName: textOf(values, 'source'),
  };
}

export interface KnownByKey {
  id: string;
  naturalKey: string | null;
  ordinal: number;
  lastImportId: string | null;
}

/**
 * Which known row each row of a file is. Rows without an id are told by what they say; of several that are alike in every word the n-th of the
 * file is the n-th known, so that importing a file again changes nothing and twins are two.
 */
export function pairTwins<T extends { naturalKey: string | null }>(
  rows: readonly T[],
  known: readonly KnownByKey[],
  importId: string,
): { row: T; knownId: string | null; ordinal: number }[] {
  const used = new Set<string>();
  const next = new Map<string, number>();
  const byKey = new Map<string, KnownByKey[]>();
  for (const one of known) {
    if (one.naturalKey === null) continue;
    byKey.set(
      one.naturalKey,
      [...(byKey.get(one.naturalKey) ?? []), one].sort((a, b) => a.ordinal - b.ordinal),
    );
  }
  return rows.map((row) => {
    if (row.naturalKey === null) return { row, knownId: null, ordinal: 1 };
    const twins = byKey.get(row.naturalKey) ?? [];
    const free = twins.find((one) => one.lastImportId !== importId && !used.has(one.id));
    if (free) {
      used.add(free.id);
      return { row, knownId: free.id, ordinal: free.ordinal };
    }
    const ordinal = Math.max(next.get(row.naturalKey) ?? 0, ...twins.map((one) => one.ordinal), 0) + 1;
    next.set(row.naturalKey, ordinal);
    return { row, knownId: null, ordinal };
  });
}
