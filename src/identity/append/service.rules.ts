/** What a service is asked, and how its answer is read; docs/append.md is the contract. */
import { createHash } from 'node:crypto';
import type { Saying } from './doubt.store.ts';

export interface Question {
  kind: string;
  who: Readonly<Record<string, string | null>>;
  fields: readonly string[];
}
/** The same for the same question, whatever the order of its parts. */
export function questionHash({ kind, who, fields }: Question): string {
  const known = Object.entries(who).filter(([, word]) => word !== null && word !== '').toSorted(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256').update(JSON.stringify([kind, fields.toSorted(), known])).digest('base64url');
}

/**
 * The key a service is asked with. `env:NAME` stands for one that the installation keeps in its environment (`kept`), for one address only: whoever may set up
 * services in the app cannot send it elsewhere.
 */
export function keyFor(said: string, url: string, kept: Readonly<Record<string, { origin: string; key: string }>>): { key: string } | { problem: string } {
  const name = /^env:(\w+)$/.exec(said)?.[1];
  if (name === undefined) return { key: said };
  const found = Object.hasOwn(kept, name) ? kept[name] : undefined;
  if (!found) return { problem: `This installation keeps no key BATON_APPEND_KEY_${name}.` };
  return found.origin === new URL(url).origin ? { key: found.key } : { problem: `The key BATON_APPEND_KEY_${name} is for ${found.origin} only.` };
}

/** The answer by key; keys that were not asked are passed over, fields that were not asked are left out. undefined where it is no answer to the contract. */
export function readAnswer(text: string, asked: ReadonlyMap<string, readonly string[]>): Map<string, Saying[]> | undefined {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  const items = typeof json === 'object' && json !== null ? (json as { items?: unknown }).items : undefined;
  if (!Array.isArray(items)) return undefined;
  const out = new Map<string, Saying[]>();
  for (const item of items as unknown[]) {
    if (typeof item !== 'object' || item === null) return undefined;
    const { key, values, confidence, asOf } = item as Record<string, unknown>;
    const fields = typeof key === 'string' ? asked.get(key) : undefined;
    if (fields === undefined || typeof values !== 'object' || values === null) continue;
    const sure = typeof confidence === 'number' && confidence >= 0 && confidence <= 1 ? confidence : null;
    const day = typeof asOf === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(asOf) && !Number.isNaN(Date.parse(asOf)) ? asOf : null;
    out.set(
      key as string,
      Object.entries(values).flatMap(([field, value]): Saying[] => (fields.includes(field) && value !== null && value !== undefined && value !== '' ? [{ field, value, confidence: sure, asOf: day }] : [])),
    );
  }
  return out;
}

/** How many more questions a budget pays for. */
export const affordable = (budgetMinor: number | null, spentMinor: number, priceThousandMinor: number): number =>
  budgetMinor === null || priceThousandMinor === 0 ? Infinity : Math.max(0, Math.floor(((budgetMinor - spentMinor) * 1000) / priceThousandMinor));

/** What a status other than 200 means: ask again, give up for now, or never like this. */
export function meaningOf(status: number): 'answer' | 'again' | 'refused' {
  if (status === 200) return 'answer';
  return status === 408 || status === 425 || status === 429 || status >= 500 ? 'again' : 'refused';
}
export const refusalSentence = (status: number): string =>
  status === 401 || status === 403
    ? `The service does not take the key (${status}).`
    : status >= 300 && status < 400
      ? `The service answers from elsewhere (${status}); redirects are not followed. Give the address it names.`
      : `The service refuses the question (${status}).`;
