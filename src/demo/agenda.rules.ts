/** What will happen, soonest first: a binary heap, since a company's future is written out of order and read in order. */
export interface Agenda<T> {
  add(at: Date, what: T): void;
  /** Takes everything due at or before this instant, in order of time; equal times in the order they were added. */
  takeUntil(at: Date): { at: Date; what: T }[];
  size(): number;
}

export function agendaOf<T>(): Agenda<T> {
  const heap: { time: number; order: number; what: T }[] = [];
  let order = 0;
  const before = (a: number, b: number): boolean => {
    const [x, y] = [heap[a]!, heap[b]!];
    return x.time < y.time || (x.time === y.time && x.order < y.order);
  };
  const swap = (a: number, b: number): void => {
    [heap[a], heap[b]] = [heap[b]!, heap[a]!];
  };
  function takeFirst(): { time: number; order: number; what: T } {
    const first = heap[0]!;
    const last = heap.pop()!;
    if (heap.length > 0) {
      heap[0] = last;
      for (let at = 0; ;) {
        const left = 2 * at + 1;
        let least = at;
        if (left < heap.length && before(left, least)) least = left;
        if (left + 1 < heap.length && before(left + 1, least)) least = left + 1;
        if (least === at) break;
        swap(at, least);
        at = least;
      }
    }
    return first;
  }
  return {
    add(at, what) {
      heap.push({ time: at.getTime(), order: order++, what });
      for (let child = heap.length - 1; child > 0;) {
        const parent = (child - 1) >> 1;
        if (!before(child, parent)) break;
        swap(child, parent);
        child = parent;
      }
    },
    takeUntil(at) {
      const due: { at: Date; what: T }[] = [];
      while (heap.length > 0 && heap[0]!.time <= at.getTime()) {
        const { time, what } = takeFirst();
        due.push({ at: new Date(time), what });
      }
      return due;
    },
    size: () => heap.length,
  };
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

type Pace = readonly (readonly [left: number, step: number])[];

/** How long a step may be with this much left until today. */
const calm: Pace = [
  [180 * day, 8 * day],
  [45 * day, 4 * day],
  [14 * day, 2 * day],
  [5 * day, day],
  [1.5 * day, 6 * hour],
  [6 * hour, 2 * hour],
  [0, 20 * minute],
];
/** For tests, which want the whole but not every hour of it. */
const hurried: Pace = [
  [30 * day, 10 * day],
  [2 * day, 2 * day],
  [0, 8 * hour],
];

/**
 * The instants at which the simulated company pauses to let the house work: every eight days long ago, closer together towards today,
 * so that what is recent was answered, reminded and redirected as promptly as it would have been in life.
 */
export function* paces(from: Date, to: Date, inHurry = false): Generator<Date> {
  const pace = inHurry ? hurried : calm;
  const end = to.getTime();
  let at = from.getTime();
  while (at < end) {
    const step = pace.find(([left]) => end - at > left)![1];
    at = Math.min(end, at + step);
    yield new Date(at);
  }
}
