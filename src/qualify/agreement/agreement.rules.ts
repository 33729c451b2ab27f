/**
 * The agreement between marketing and sales: what it holds, whose signature counts, and which version holds when.
 *
 * A version is a draft until both sides have signed the same words. It holds from its first instant until that of the next, and what was given
 * in between is judged by it for good: versions are found by instants alone (`inForceAt`), so that a later one cannot reach back.
 *
 * Example: version 1 from 1 March, version 2 from 16 April. A hand-off of 10 April, accepted on 20 April, is judged by version 1.
 */
import type { Criteria } from '../../platform/values/criteria.rules.ts';

export const grades = ['hot', 'warm', 'cold'] as const;
export type Grade = (typeof grades)[number];
export const sides = ['marketing', 'sales'] as const;
export type Side = (typeof sides)[number];

/** A kind of lead that sales wants: of a grade, of people and companies that fit, or both. */
export interface Kind {
  /** stays the same from version to version, so that its months can be compared */
  id: string;
  name: string;
  grade: Grade | null;
  /** on the person and company behind a lead */
  where: Criteria | null;
  leadsMin: number | null;
  leadsMax: number | null;
  /** at least so many percent of all leads */
  sharePercent: number | null;
}

/** What a holder owes each lead of a grade; all in business minutes of the holder. */
export interface Owed {
  acceptMinutes: number;
  /** from accepting, as are the next two */
  contactMinutes: number;
  verdictMinutes: number | null;
  attempts: number | null;
  attemptsMinutes: number | null;
}

/** What can be asked to be known of a lead. */
export const completeFields = ['email', 'phone', 'title', 'organization', 'country', 'product'] as const;
export type CompleteField = (typeof completeFields)[number];

export interface Content {
  /** of the definition of a lead, which stays where it is */
  definitionVersion: number;
  kinds: Kind[];
  marketing: {
    leadsMin: number | null;
    leadsMax: number | null;
    /** of the leads judged, so many are right: not thrown out for one of these reasons */
    rightPercent: number | null;
    wrongReasons: string[];
    completePercent: number | null;
    complete: CompleteField[];
  };
  sales: Record<Grade, Owed> & { /** each promise is kept for at least so many percent of hand-offs */ keptPercent: number };
  breach: { remindAtPercent: number; redirectsMax: number };
}

/** What cannot be signed because it contradicts itself, a sentence each. */
export function problemsWith({ kinds, marketing, sales }: Content): string[] {
  const problems: string[] = [];
  const range = (what: string, { leadsMin, leadsMax }: { leadsMin: number | null; leadsMax: number | null }): void => {
    if (leadsMin !== null && leadsMax !== null && leadsMin > leadsMax) problems.push(`${what}: at least ${leadsMin} and at most ${leadsMax} cannot both hold.`);
  };
  range('Leads a month', marketing);
  for (const kind of kinds) {
    range(kind.name, kind);
    if (kind.leadsMin === null && kind.leadsMax === null && kind.sharePercent === null) problems.push(`${kind.name}: say how many, or which share.`);
    if (kind.grade === null && kind.where === null) problems.push(`${kind.name}: say of which grade, or of whom.`);
  }
  if (new Set(kinds.map(({ id }) => id)).size < kinds.length) problems.push('Two kinds have the same id.');
  if (kinds.reduce((sum, { sharePercent, where }) => sum + (where === null ? (sharePercent ?? 0) : 0), 0) > 100)
    problems.push('The shares of the grades are more than all leads.');
  if ((marketing.completePercent === null) !== (marketing.complete.length === 0)) problems.push('What has to be known of a lead, and of how many, belong together.');
  if (marketing.rightPercent !== null && marketing.wrongReasons.length === 0) problems.push('Say for which reasons a lead counts as wrong.');
  for (const grade of grades)
    if ((sales[grade].attempts === null) !== (sales[grade].attemptsMinutes === null)) problems.push(`${grade}: attempts, and within how long, belong together.`);
  return problems;
}

export interface InForce {
  version: number;
  fromAt: Date;
}

/** The versions that hold or held, in time, each with its end: where the next begins. One that began as another did never held. */
export function heldVersions<T extends InForce>(signed: readonly T[]): (T & { untilAt: Date | null })[] {
  const inTime = signed.toSorted((a, b) => a.fromAt.getTime() - b.fromAt.getTime() || a.version - b.version);
  return inTime.flatMap((one, i) => {
    const untilAt = inTime[i + 1]?.fromAt ?? null;
    return untilAt !== null && untilAt <= one.fromAt ? [] : [{ ...one, untilAt }];
  });
}

/** The version by which something given at this instant is judged. */
export const inForceAt = <T extends InForce>(signed: readonly T[], at: Date): (T & { untilAt: Date | null }) | undefined =>
  heldVersions(signed).findLast(({ fromAt }) => fromAt <= at);

const signs: Record<Side, readonly string[]> = { marketing: ['marketing', 'administrator'], sales: ['sales_manager', 'administrator'] };

export interface Signer {
  id: string;
  roles: readonly string[];
}
export interface Signed {
  side: Side;
  userId: string;
}

/**
 * Why somebody may not sign for a side, in a sentence; null: they may. Nobody signs for both, except where nobody else could sign at all.
 * `signers`: all who can sign in and might sign for either side.
 */
export function reasonNotToSign(side: Side, who: Signer | undefined, signed: readonly Signed[], signers: readonly Signer[]): string | null {
  if (who === undefined) return 'An agreement is signed by a person who is signed in, not by a token.';
  if (signed.some((one) => one.side === side)) return `It is signed for ${side} already.`;
  if (!who.roles.some((role) => signs[side].includes(role)))
    return side === 'marketing' ? 'Marketing signs this: somebody with the role marketing.' : 'Sales signs this: somebody with the role sales manager.';
  const others = signers.filter(({ id, roles }) => id !== who.id && roles.some((role) => signs.marketing.includes(role) || signs.sales.includes(role)));
  if (others.length > 0 && signed.some(({ userId }) => userId === who.id)) return 'You have signed for the other side: somebody else signs for this one.';
  return null;
}

/** From when it holds once both have signed: its day, but not before the second signature. */
export const beginsAt = (startsOn: Date | null, lastSignedAt: Date): Date => (startsOn !== null && startsOn > lastSignedAt ? startsOn : lastSignedAt);
