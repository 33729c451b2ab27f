/**
 * A launch check: the leads a program is expected to bring, week by week, poured into the room of those who would be given them. What finds no room waits and
 * is poured again the next week, before or beside what comes then: hot before warm before cold, one pool after the other, within a pool by shares, what one has
 * no room for going to the others. Leads are counted in fractions here, for they are expectations.
 *
 * expected so far = placed so far + waiting, in every week, in all and in every row.
 */
export const grades = ['hot', 'warm', 'cold'] as const;
export type Grade = (typeof grades)[number];

/** Leads that go the same way. */
export interface Kind {
  /** of all expected leads */
  share: number;
  grade: Grade;
  /** where they are counted: the first pool they are asked of */
  row: string;
  /** whom they are asked of, pool after pool */
  pools: readonly (readonly { holderId: string; weight: number }[])[];
}
export interface Room {
  holderId: string;
  /** leads a week in all, and of each grade; null or not there: no limit */
  perWeek: number | null;
  byGrade: Partial<Record<Grade, number>>;
  /** leads a week they are given anyway */
  usual: Record<Grade, number>;
  /** the part of each week they are there, from the first on */
  presence: readonly number[];
}
export interface Flow {
  expected: number;
  placed: number;
  backlog: number;
}
export interface Foreseen {
  /** as many weeks as leads come in, and then until nothing waits or the last week asked for */
  weeks: (Flow & { room: number })[];
  rows: Map<string, Flow[]>;
  /** by holder and week */
  given: Map<string, number[]>;
}

/** Less than this of a lead is none. */
const none = 1e-9;
/** Less than half a lead is not said to wait. */
const half = 0.5;

export const isWorked = ({ pools }: Pick<Kind, 'pools'>): boolean => pools.some((pool) => pool.length > 0);

/** Leads of the same grade that are asked of the same pools, put together. */
export function kindsOf(leads: readonly (Omit<Kind, 'share'> & { weight: number })[]): Kind[] {
  const whole = leads.reduce((sum, { weight }) => sum + weight, 0);
  const kinds = new Map<string, Kind>();
  for (const { weight, ...lead } of leads) {
    const key = JSON.stringify([lead.grade, lead.row, lead.pools]);
    const kind = kinds.get(key) ?? { ...lead, share: 0 };
    kind.share += weight / whole;
    kinds.set(key, kind);
  }
  return [...kinds.values()];
}

/** What somebody has left of a week: what they take less what they are given anyway, for the part of it they are there. */
export function roomIn(room: Room, week: number): Record<Grade | 'all', number> {
  const there = room.presence[week] ?? 1;
  const { hot, warm, cold } = room.usual;
  const free = (most: number | null | undefined, usual: number): number =>
    there === 0 ? 0 : most === null || most === undefined ? Infinity : Math.max(0, most - usual) * there;
  return {
    all: free(room.perWeek, hot + warm + cold),
    hot: free(room.byGrade.hot, hot),
    warm: free(room.byGrade.warm, warm),
    cold: free(room.byGrade.cold, cold),
  };
}

/** @param expected leads by week from the start on; @param weeksMost how far to look, at least as far as leads come */
export function foresee(expected: readonly number[], kinds: readonly Kind[], rooms: readonly Room[], weeksMost: number): Foreseen {
  const waiting = kinds.map(() => 0);
  const asked = new Set(kinds.flatMap(({ pools }) => pools.flatMap((pool) => pool.map(({ holderId }) => holderId))));
  const those = rooms.filter(({ holderId }) => asked.has(holderId));
  const found: Foreseen = { weeks: [], rows: new Map(kinds.map(({ row }) => [row, []])), given: new Map(those.map(({ holderId }) => [holderId, []])) };
  const deepest = Math.max(0, ...kinds.map(({ pools }) => pools.length));
  for (let week = 0; week < weeksMost && (week < expected.length || sum(waiting) >= half); week++) {
    const left = new Map(those.map((room) => [room.holderId, roomIn(room, week)]));
    const flows = new Map([...found.rows.keys()].map((row) => [row, { expected: 0, placed: 0, backlog: 0 }]));
    const room = sum([...left.values()].map(({ all, hot, warm, cold }) => Math.min(all, hot + warm + cold)));
    const given = new Map<string, number>();
    kinds.forEach(({ share, row }, i) => {
      const came = (expected[week] ?? 0) * share;
      waiting[i]! += came;
      flows.get(row)!.expected += came;
    });
    const before = [...waiting];
    for (const grade of grades)
      for (let depth = 0; depth < deepest; depth++) {
        const asks = kinds.flatMap(({ grade: of, pools }, i) => {
          const pool = pools[depth];
          return of === grade && pool ? [{ i, pool }] : [];
        });
        pour(asks, waiting, (holderId) => Math.min(left.get(holderId)?.all ?? 0, left.get(holderId)?.[grade] ?? 0), (holderId, part) => {
          const one = left.get(holderId)!;
          one.all -= part;
          one[grade] -= part;
          given.set(holderId, (given.get(holderId) ?? 0) + part);
        });
      }
    kinds.forEach(({ row }, i) => {
      const flow = flows.get(row)!;
      flow.placed += before[i]! - waiting[i]!;
      flow.backlog += waiting[i]!;
    });
    for (const [row, flow] of flows) found.rows.get(row)!.push(flow);
    for (const { holderId } of those) found.given.get(holderId)!.push(given.get(holderId) ?? 0);
    const all = [...flows.values()];
    found.weeks.push({ room, expected: sum(all.map((one) => one.expected)), placed: sum(all.map((one) => one.placed)), backlog: sum(waiting) });
  }
  return found;
}

/** Takes out of `waiting` what these can take, by shares among who has room, until all of it is placed or nobody asked has any. Each turn either ends it or fills somebody. */
function pour(
  asks: readonly { i: number; pool: Kind['pools'][number] }[],
  waiting: number[],
  roomOf: (holderId: string) => number,
  give: (holderId: string, part: number) => void,
): void {
  const filled = new Set<string>();
  for (;;) {
    const wishes: { i: number; holderId: string; part: number }[] = [];
    const wanted = new Map<string, number>();
    for (const { i, pool } of asks) {
      if (waiting[i]! <= none) continue;
      const open = pool.filter(({ holderId }) => !filled.has(holderId) && roomOf(holderId) > none);
      const weights = sum(open.map(({ weight }) => weight));
      for (const { holderId, weight } of open) {
        const part = (waiting[i]! * weight) / weights;
        wishes.push({ i, holderId, part });
        wanted.set(holderId, (wanted.get(holderId) ?? 0) + part);
      }
    }
    if (wishes.length === 0) return;
    const had = new Map([...wanted.keys()].map((holderId) => [holderId, roomOf(holderId)]));
    for (const { i, holderId, part } of wishes) {
      const fits = Math.min(1, had.get(holderId)! / wanted.get(holderId)!) * part;
      waiting[i] = Math.max(0, waiting[i]! - fits);
      give(holderId, fits);
    }
    for (const [holderId, wants] of wanted) if (wants >= had.get(holderId)!) filled.add(holderId);
  }
}

/** The week in which most wait, and the first one from which on nobody does; null where nobody ever waits, or somebody to the end. */
export function backlogOf(flows: readonly Flow[]): { most: number; mostIn: number | null; clearIn: number | null } {
  const most = Math.max(0, ...flows.map(({ backlog }) => backlog));
  if (most < half) return { most: 0, mostIn: null, clearIn: null };
  const last = flows.findLastIndex(({ backlog }) => backlog >= half);
  return { most, mostIn: flows.findIndex(({ backlog }) => backlog === most), clearIn: last + 1 < flows.length ? last + 1 : null };
}

/**
 * How many leads in all, coming in these parts by week, would find room at once: to half a lead in a week. Null where there is no end to the room. Kinds that nobody
 * is there for are to be left out of it, as less of them would help nobody.
 */
export function mostThatFits(arrivals: readonly number[], kinds: readonly Kind[], rooms: readonly Room[]): number | null {
  if (kinds.length === 0) return 0;
  const fits = (leads: number): boolean =>
    foresee(arrivals.map((part) => part * leads), kinds, rooms, arrivals.length).weeks.every(({ backlog }) => backlog < half);
  const endless = 1e6;
  if (fits(endless)) return null;
  let [low, high] = [0, endless];
  while (high - low > 0.25) {
    const middle = (low + high) / 2;
    if (fits(middle)) low = middle;
    else high = middle;
  }
  return Math.floor(low);
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);
