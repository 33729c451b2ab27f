import { addDays, dateIn, startOfDay } from '../platform/values/period.rules.ts';
import { workerOf } from './worker.rules.ts';
import type { Held } from './worker.rules.ts';

/**
 * The token of a no-login link: workspace and link id, then a signature, all url-safe. The row keeps a hash of the whole, so neither a
 * stolen database nor a guessed id opens a lead, and the same link can be written again into a reminder without keeping it.
 */
export interface LinkAddress {
  workspaceId: string;
  linkId: string;
}

export function tokenBody({ workspaceId, linkId }: LinkAddress): string {
  return Buffer.from(`${workspaceId}${linkId}`.replaceAll('-', ''), 'hex').toString('base64url');
}

export function writeToken(address: LinkAddress, sign: (text: string) => string): string {
  const body = tokenBody(address);
  return `${body}.${sign(body)}`;
}

/** The address in a token whose signature holds; undefined for anything else. */
export function readToken(token: string, verify: (text: string, signature: string) => boolean): LinkAddress | undefined {
  const dot = token.indexOf('.');
  if (dot < 0) return undefined;
  const body = token.slice(0, dot);
  if (!verify(body, token.slice(dot + 1))) return undefined;
  const hex = Buffer.from(body, 'base64url').toString('hex');
  if (hex.length !== 64) return undefined;
  return { workspaceId: asUuid(hex.slice(0, 32)), linkId: asUuid(hex.slice(32)) };
}

function asUuid(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** When a link that holds for so many days runs out: at the end of the last of them, where its holder is. */
export const endOfDays = (from: Date, days: number, timeZone: string): Date => startOfDay(addDays(dateIn(from, timeZone), days + 1), timeZone);
/** The last day on which what runs out then still holds. */
export const lastDayOf = (expiresAt: Date): Date => new Date(expiresAt.getTime() - 1);

export type LinkState = 'good' | 'expired' | 'revoked' | 'passed-on' | 'withdrawn';

/** What a link is worth now. One whose lead closed, or waits in nurture, still takes a change of mind from who worked it last. */
export function linkState(
  link: { holderId: string; expiresAt: Date; revokedAt: Date | null },
  lead: Held & { fate: string | null },
  now: Date,
): LinkState {
  if (lead.fate === 'withdrawn' || lead.fate === 'merged') return 'withdrawn';
  if (workerOf(lead) !== link.holderId) return 'passed-on';
  if (link.revokedAt) return 'revoked';
  return now >= link.expiresAt ? 'expired' : 'good';
}
