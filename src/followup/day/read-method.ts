import type { Tx } from '../../platform/db/index.ts';
import { decayOf, halvedAfterMinutes, publishedCurve } from './decay.rules.ts';
import type { Fitted } from './decay-fit.rules.ts';
import { findDecays, listSourceNames } from './decay.store.ts';

/** An answer within five minutes, half an hour, an hour, four hours, a day, three days, a week. */
const minutes = [5, 30, 60, 240, 1440, 4320, 10_080];
/** A hot lead, as the queue counts it. */
const hotChance = 0.3;
const published: Fitted = { ...publishedCurve, low: publishedCurve.exponent, high: publishedCurve.exponent, ownShare: 0, leads: 0, good: 0 };

/** Every curve the queue goes by, with what it says about a hot lead; the sources with the most history first. */
export async function readMethod(tx: Tx) {
  const found = await findDecays(tx);
  const sources = found?.decays.sources ?? [];
  const names = new Map((await listSourceNames(tx, sources.map(({ sourceId }) => sourceId))).map(({ id, name }) => [id, name]));
  return {
    fittedAt: found?.fittedAt ?? null,
    minutes,
    published: shown(published),
    company: shown(found?.decays.company ?? published),
    sources: sources.flatMap(({ sourceId, ...fitted }) => (names.has(sourceId) ? [{ sourceId, sourceName: names.get(sourceId)!, ...shown(fitted) }] : [])),
  };
}

function shown(fitted: Fitted) {
  const half = halvedAfterMinutes(hotChance, fitted);
  return {
    exponent: Math.round(fitted.exponent * 100) / 100,
    low: fitted.low,
    high: fitted.high,
    floorPercent: Math.round(fitted.floor * 100),
    leads: fitted.leads,
    good: fitted.good,
    ownPercent: Math.round(fitted.ownShare * 100),
    halvesAfterMinutes: half === null ? null : Math.round(half * 10) / 10,
    leftPercent: minutes.map((waited) => Math.round(decayOf(hotChance, waited, fitted) * 100)),
  };
}
