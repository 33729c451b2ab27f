/**
 * The clocks of a hand-off: one instant to answer by, one for the first contact, one by which there were attempts enough, one for the verdict.
 *
 * Each instant was worked out when its clock began, in the holder's business time, and stands in the hand-off. A clock that ends unkept is a
 * breach at that very instant, however late somebody looks: what was answered after it, or passed on, or closed, broke it all the same. What
 * ended before its clock did broke nothing. What a hand-off brought back by an undo owed before it came back was its former's to keep.
 */

export const clockNames = ['accept', 'contact', 'attempts', 'verdict'] as const;
export type ClockName = (typeof clockNames)[number];

export interface Running {
  why: string;
  startedAt: Date;
  endedAt: Date | null;
  acceptedAt: Date | null;
  declinedAt: Date | null;
  firstFollowupAt: Date | null;
  respondBy: Date | null;
  followBy: Date | null;
  triesBy: Date | null;
  /** how many attempts are agreed by then; null: none */
  triesOwed: number | null;
  judgeBy: Date | null;
  /** of the clock to answer, then of the one to the first contact; null once reminded */
  remindAt: Date | null;
  triesRemindAt: Date | null;
  judgeRemindAt: Date | null;
  /** until when it rests: no clock ends meanwhile but those that had, and nobody is reminded */
  pausedAt: Date | null;
  pausedUntil: Date | null;
  /** the clocks known to have been broken */
  broken: readonly ClockName[];
}

/** What was done on a lead during a hand-off, as far as its attempts and its verdict go. */
export interface WorkDone {
  /** the first verdict that says something */
  verdictAt: Date | null;
  /** that nobody can be reached: what follows from it was tried in vain */
  gaveUp: boolean;
  /** contacts until the attempts were due, the verdict or the end, whichever was first */
  tries: number;
}

interface Clock {
  name: ClockName;
  dueAt: Date;
  remindAt: Date | null;
  /** null: not yet; 'not asked': nobody asks for it any more */
  keptAt: Date | null | 'not asked';
}

const earliest = (...dates: (Date | null)[]): Date | null => dates.reduce((least, date) => (date && (!least || date < least) ? date : least), null);

function clocksOf(held: Running, work: WorkDone | undefined): Clock[] {
  const clocks: Clock[] = [];
  const answeredAt = earliest(held.acceptedAt, held.declinedAt, held.firstFollowupAt);
  if (held.respondBy) clocks.push({ name: 'accept', dueAt: held.respondBy, remindAt: held.remindAt, keptAt: answeredAt });
  if (!held.acceptedAt) return clocks;
  if (held.followBy) clocks.push({ name: 'contact', dueAt: held.followBy, remindAt: held.remindAt, keptAt: held.firstFollowupAt });
  if (held.triesBy) clocks.push({ name: 'attempts', dueAt: held.triesBy, remindAt: held.triesRemindAt, keptAt: triedAt(held.triesBy, work, held.triesOwed) });
  if (held.judgeBy) clocks.push({ name: 'verdict', dueAt: held.judgeBy, remindAt: held.judgeRemindAt, keptAt: work?.verdictAt ?? null });
  return clocks;
}

/** A verdict in time ends the trying; one that says nobody can be reached does so only after the attempts agreed. */
function triedAt(triesBy: Date, work: WorkDone | undefined, owed: number | null): Clock['keptAt'] {
  if (owed === null) return 'not asked';
  if (!work) return null;
  if (work.verdictAt && work.verdictAt <= triesBy && !work.gaveUp) return 'not asked';
  return work.tries >= owed ? triesBy : null;
}

const inTime = ({ keptAt, dueAt }: Clock): boolean => keptAt === 'not asked' || (keptAt !== null && keptAt <= dueAt);
const isDone = ({ keptAt }: Clock): boolean => keptAt !== null;
/** Nobody takes an answer or a first contact back. */
export const isResponse = (name: ClockName): boolean => name === 'accept' || name === 'contact';
/** Given up before it was tried often enough: asked for when the attempts are due, also where nobody holds it any more. */
const gaveUpEarly = (held: Running, work: WorkDone | undefined): boolean =>
  work !== undefined && work.gaveUp && work.verdictAt !== null && held.triesBy !== null && work.verdictAt <= held.triesBy;

export interface Looked {
  broken: { clock: ClockName; dueAt: Date }[];
  remind: ClockName[];
  /** the clock of an answer or a first contact has ended, and it still waits: it passes on */
  passesOn: boolean;
  /** when to look again */
  clockAt: Date | null;
}

/** What a hand-off's clocks ask for now. `work` has to be given where `asksForWork` says so. */
export function lookAt(held: Running, work: WorkDone | undefined, now: Date): Looked {
  const clocks = clocksOf(held, work);
  const gaveUp = gaveUpEarly(held, work);
  const rests = held.endedAt === null && held.pausedUntil !== null && held.pausedUntil > now;
  const untilOf = ({ name }: Clock): Date => (rests ? held.pausedAt! : held.endedAt && held.endedAt < now && !(name === 'attempts' && gaveUp) ? held.endedAt : now);
  const isOver = (clock: Clock): boolean => clock.dueAt <= untilOf(clock) && (held.why !== 'restored' || clock.dueAt > held.startedAt);
  const waiting = held.endedAt || rests ? [] : clocks.filter((clock) => !isDone(clock));
  const running = held.endedAt
    ? clocks.filter((clock) => clock.name === 'attempts' && gaveUp && !inTime(clock)).map((clock) => ({ ...clock, remindAt: null }))
    : clocks.filter((clock) => !isResponse(clock.name) || !isDone(clock));
  return {
    broken: clocks.filter((clock) => isOver(clock) && !inTime(clock) && !held.broken.includes(clock.name)).map(({ name, dueAt }) => ({ clock: name, dueAt })),
    remind: waiting.filter(({ remindAt, dueAt }) => remindAt && remindAt <= now && now < dueAt).map(({ name }) => name),
    passesOn: waiting.some((clock) => isResponse(clock.name) && clock.dueAt <= now),
    clockAt: rests ? held.pausedUntil : earliest(...running.flatMap(({ remindAt, dueAt }) => [remindAt, dueAt].filter((at) => at !== null && at > now))),
  };
}

export interface ShownClock {
  clock: ClockName;
  dueAt: Date;
  state: 'kept' | 'broken' | 'running' | 'resting' | 'not-asked';
}

/** How each clock stands, for people. What is over and was not looked at yet is told as what it will be. */
export function showClocks(held: Running, work: WorkDone | undefined, now: Date): ShownClock[] {
  const breaks = new Set([...held.broken, ...lookAt(held, work, now).broken.map(({ clock }) => clock)]);
  return clocksOf(held, work).map((clock) => {
    const state = breaks.has(clock.name) ? 'broken' : clock.keptAt === 'not asked' ? 'not-asked' : clock.keptAt ? 'kept' : held.endedAt ? 'not-asked' : held.pausedUntil && held.pausedUntil > now ? 'resting' : 'running';
    return { clock: clock.name, dueAt: clock.dueAt, state };
  });
}

/**
 * The next instant that matters, by what stands in the hand-off alone, also one that is over and that nobody noticed. An attempt or a verdict
 * may be taken back, so those clocks are looked at when they end whatever was done.
 */
export function nextClock(held: Running): Date | null {
  const left = clocksOf(held, undefined).filter((clock) => !held.broken.includes(clock.name) && (!isResponse(clock.name) || !inTime(clock)));
  return earliest(held.pausedUntil, ...left.flatMap((clock) => [isDone(clock) ? null : clock.remindAt, clock.dueAt]));
}

/** Whether what became of the lead has to be known before `lookAt` can tell. */
export function asksForWork(held: Running, now: Date): boolean {
  if (held.acceptedAt === null) return false;
  return (held.endedAt !== null && held.triesBy !== null) || [held.triesRemindAt, held.triesBy, held.judgeRemindAt, held.judgeBy].some((at) => at !== null && at <= now);
}
