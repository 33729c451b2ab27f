import { audit } from '../../platform/access/index.ts';
import type { Context } from '../../platform/context.ts';
import type { Tx } from '../../platform/db/index.ts';
import { refuse } from '../../platform/refusal.ts';
import { lookAgainAt } from '../segment/keep-segments.ts';
import { isReadingField } from './keep-readings.ts';
import { read, readingRules } from './reading.rules.ts';
import { findReading, saySo, takeBack } from './readings.store.ts';
import type { SaidReading } from './readings.contract.ts';

const get = async (tx: Tx, kind: 'title' | 'industry', said: string) =>
  (await findReading(tx, kind, said)) ?? refuse('not-found', 'identity/no-such-text', `Nobody here has “${said.slice(0, 60)}” as ${kind === 'title' ? 'position' : 'business'}.`);

/** A person says once what a position or a business is: everybody who has it, and whoever comes with it, follows. */
export async function sayReading(tx: Tx, cx: Context, given: SaidReading): Promise<void> {
  const one = await get(tx, given.kind, given.said);
  const said = given.kind === 'title' ? { level: given.level, function: given.function, sector: null } : { level: null, function: null, sector: given.sector };
  await saySo(tx, { ...one, ...said, words: {} }, cx.clock.now());
  await audit(tx, cx, { what: 'reading.said', detail: { ...said, kind: given.kind, of: one.said } });
  await lookAgainAt(tx, cx, { everybody: true }, isReadingField);
}

/** Back to what the rules read. */
export async function unsayReading(tx: Tx, cx: Context, kind: 'title' | 'industry', said: string): Promise<void> {
  const one = await get(tx, kind, said);
  await takeBack(tx, { ...one, ...read(kind, one.said) }, readingRules);
  await audit(tx, cx, { what: 'reading.unsaid', detail: { kind, of: one.said } });
  await lookAgainAt(tx, cx, { everybody: true }, isReadingField);
}
