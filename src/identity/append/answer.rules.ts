/** Whether the rows of a bureau's answer still belong to their keys: a file sorted column by column, or shifted by a row, tells of everybody something that is true of somebody else. */
import { readValue } from '../match/value.rules.ts';
import { levelOf } from '../match/levels.rules.ts';
import { domainOf } from '../domain.rules.ts';

export interface Named {
  name: string | null;
  domain: string | null;
}
/** true, false, or undefined where the row says nothing to check by. One of the two agreeing is enough: companies are renamed, and have many sites. */
export function isAboutTheSame(kind: 'person' | 'organization', said: Named, known: Named): boolean | undefined {
  const [a, b] = [domainOf(said.domain), known.domain ?? undefined];
  if (a !== undefined && a === b) return true;
  const read = (name: string | null) => readValue(kind === 'person' ? 'text' : 'organization', name ?? '');
  const [x, y] = [read(said.name), read(known.name)];
  if (x === undefined || y === undefined) return a === undefined || b === undefined ? undefined : false;
  // 'text' and 'organization' have six levels; the last is "different"
  return levelOf('organization', x, y) < 6;
}

/** From so many rows that can be checked on, a fifth of them naming somebody else is no chance. */
const checkedMin = 5;
const strayMost = 0.2;

export const isShifted = (checked: number, stray: number): boolean => checked >= checkedMin && stray > checked * strayMost;
