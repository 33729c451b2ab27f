/** What a territory holds, beside what the others do: sums of places, each counted in the first territory that covers it. */
export const callClasses = ['A', 'B', 'C', 'prospect', 'lead'] as const;
export type CallClass = (typeof callClasses)[number];
export type CallNorms = Record<CallClass, number>;

/** A stated beginning, to be changed: monthly, every other month, twice a year, once a year; three calls for an open lead. */
export const defaultNorms: CallNorms = { A: 12, B: 6, C: 2, prospect: 1, lead: 3 };

/** Everybody of one place and class, summed. */
export interface PlaceSums {
  class: CallClass;
  count: number;
  worthMinor: number;
  potential: number | null;
}
export interface Figures {
  customers: number;
  worthMinor: number;
  prospects: number;
  openLeads: number;
  calls: number;
  potential: number | null;
}
export interface Profile<T> {
  territories: { territory: T; classes: Record<CallClass, number>; figures: Figures; index: Record<keyof Figures, number | null> }[];
  total: Figures;
  nowhere: Figures;
}

/** What everybody of a place and class adds to the figures of where they belong. */
export function addPlace(figures: Figures, place: PlaceSums, norms: CallNorms): void {
  figures[place.class === 'lead' ? 'openLeads' : place.class === 'prospect' ? 'prospects' : 'customers'] += place.count;
  figures.worthMinor += place.worthMinor;
  figures.calls += place.count * norms[place.class];
  if (figures.potential !== null) figures.potential += place.potential ?? 0;
}

/**
 * `where` says in which territory a place lies, by its position in the list; -1 where in none. An index of 100 is an even share of what lies in
 * territories that somebody works; one that nobody works has none.
 */
export function profileOf<T extends { isWorked: boolean }, P extends PlaceSums>(
  territories: readonly T[],
  places: readonly P[],
  where: (place: P) => number,
  norms: CallNorms,
  potential: boolean,
): Profile<T> {
  const empty = (): { classes: Record<CallClass, number>; figures: Figures } => ({
    classes: { A: 0, B: 0, C: 0, prospect: 0, lead: 0 },
    figures: { customers: 0, worthMinor: 0, prospects: 0, openLeads: 0, calls: 0, potential: potential ? 0 : null },
  });
  const own = territories.map(empty);
  const nowhere = empty();
  for (const place of places) {
    const { classes, figures } = own[where(place)] ?? nowhere;
    classes[place.class] += place.count;
    addPlace(figures, place, norms);
  }
  const names = Object.keys(nowhere.figures) as (keyof Figures)[];
  const sumOf = (some: readonly { figures: Figures }[]): Figures => {
    const sum = empty().figures;
    for (const { figures } of some) for (const name of names) if (sum[name] !== null) sum[name] += figures[name] ?? 0;
    return sum;
  };
  const isWorked = territories.map((territory) => territory.isWorked);
  const worked = own.filter((_, at) => isWorked[at]);
  const whole = sumOf(worked);
  const indexOf = ({ figures }: { figures: Figures }, at: number): Record<keyof Figures, number | null> =>
    Object.fromEntries(names.map((name) => [name, isWorked[at] && whole[name] ? (100 * figures[name]! * worked.length) / whole[name] : null])) as Record<keyof Figures, number | null>;
  return { territories: own.map((one, at) => ({ territory: territories[at]!, ...one, index: indexOf(one, at) })), total: sumOf(own), nowhere: nowhere.figures };
}
