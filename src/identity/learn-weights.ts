import type { Scope } from '../platform/access/index.ts';
import type { Context } from '../platform/context.ts';
import { askAside } from './ask-aside.ts';
import type { SightedRows, StoredWeights } from './learn-person-weights.rules.ts';
import { loadSurroundings } from './candidates.store.ts';
import { sight } from './sight.rules.ts';
import { countToLearn, loadDecided, loadLatestSightings, saveWeights } from './weights.store.ts';

/** fewer sightings teach nothing; more add only time */
const sightingsLeast = 1000;
const sightingsMost = 12_000;

/**
 * Once a day: relearns what agreement is worth from the latest sightings and from what people decided about possible duplicates, when
 * there are a twentieth more of the ones or any of the others. The version in force stays where nothing better could be learned.
 */
export async function learnWeights(cx: Context, scope: Scope): Promise<number> {
  const found = await cx.db.read(scope, async (tx) => {
    const counts = await countToLearn(tx);
    const isMore = counts.sightings > counts.wasSightings * 1.05 || counts.decisions > counts.wasDecisions;
    if (counts.sightings < sightingsLeast || !isMore) return undefined;
    const [sightings, decided, { country }] = [
      await loadLatestSightings(tx, sightingsMost),
      await loadDecided(tx, 5000),
      await loadSurroundings(tx),
    ];
    return { counts, sightings, decided, country };
  });
  if (!found) return 0;
  const { counts, sightings, decided, country } = found;
  const sighted = sightings.map(({ fields }) => sight(fields, country));
  const named = sighted.map(({ name }) => (name?.junk === true ? undefined : name));
  const weights = await askAside<StoredWeights | undefined>(new URL('./learn-weights.worker.ts', import.meta.url), {
    people: sightings.map(({ personId }) => personId),
    decided,
    cells: [
      named.map((name) => name?.givenKey ?? ''),
      named.map((name) => name?.familyKey ?? ''),
      sighted.map(({ mail }) => mail?.address ?? ''),
      sighted.map(({ phones }) => phones[0] ?? ''),
      sighted.map(({ organization }) => organization?.key || organization?.domain || ''),
      sighted.map(({ streetKey }) => streetKey),
      sighted.map(({ postcode }) => postcode ?? ''),
      sighted.map(({ cityKey }) => cityKey),
      sighted.map(({ country: of }) => of ?? ''),
      sighted.map(({ title }) => title ?? ''),
    ],
  } satisfies SightedRows);
  if (!weights) return 0;
  await cx.db.write(scope, (tx) =>
    saveWeights(tx, {
      version: counts.version + 1,
      learnedAt: cx.clock.now(),
      sightings: counts.sightings,
      decisions: counts.decisions,
      weights,
    }),
  );
  return 0;
}
