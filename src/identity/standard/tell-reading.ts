import type { z } from 'zod';
import type { Tx } from '../../platform/db/index.ts';
import { sectors } from '../../platform/values/standard/sectors.rules.ts';
import { functionNames, levelNames } from '../../platform/values/standard/title-names.rules.ts';
import type { positionRead, sectorRead } from './readings.contract.ts';
import { findRead } from './readings.queries.ts';

/** What a position is read as, for a person's page. */
export async function tellPosition(tx: Tx, title: string | null): Promise<z.infer<typeof positionRead>> {
  const read = (await findRead(tx, { title })).get('title');
  if (!read) return null;
  const { level, words } = read;
  const known = <Name extends string>(names: Record<Name, string>, code: Name | null): string | null => (code === null || code === 'unknown' ? null : names[code]);
  return {
    rank: known(levelNames, level),
    does: known(functionNames, read.function),
    words: [...new Set([words.level, words.function].filter((word) => word !== undefined))],
    isSaid: read.saidAt !== null,
    saidBy: read.saidByName,
  };
}

/** A company's sector: what its codes say counts before what it calls its business. */
export async function tellSector(tx: Tx, texts: { naics: string | null; sic: string | null; industry: string | null }): Promise<z.infer<typeof sectorRead>> {
  const read = await findRead(tx, texts);
  for (const from of ['naics', 'sic', 'industry'] as const) {
    const one = read.get(from);
    if (one?.sector) return { code: one.sector, label: sectors[one.sector], from, words: one.words.sector ? [one.words.sector] : [], isSaid: one.saidAt !== null, saidBy: one.saidByName };
  }
  return null;
}
