/**
 * Which promise a hand-off is given under. The agreement both sides signed is its one home: from the moment a version takes force it says how
 * long holders have; before the first, the setting does. A hand-off keeps the promise of the instant it was given, also for clocks that start
 * later: what is accepted under a new version but was given under the old one has the old time for its first contact.
 */
import type { BusinessClock } from './business-hours.rules.ts';
import { completePromise, deadline } from './response.rules.ts';
import type { ResponsePromise } from './response.rules.ts';
import type { Grade } from './route.rules.ts';

/** What distribute reads of a signed version. */
export interface Agreed {
  version: number;
  fromMs: number;
  sales: Record<Grade, { acceptMinutes: number; contactMinutes: number; verdictMinutes: number | null; attempts: number | null; attemptsMinutes: number | null }>;
  breach: { remindAtPercent: number; redirectsMax: number };
  /** why a lead was none, where marketing promised how many are right */
  wrongReasons?: readonly string[];
}
export interface Promises {
  promise: Partial<ResponsePromise> | null;
  /** in time */
  agreed: readonly Agreed[];
}

export const agreedAt = ({ agreed }: Pick<Promises, 'agreed'>, at: Date): Agreed | undefined => agreed.findLast(({ fromMs }) => fromMs <= at.getTime());

/** The promise by the moment something is given; worked out once for each version. */
export function promisesOf(given: Promises): (at: Date) => ResponsePromise {
  const setting = completePromise(given.promise);
  const made = new Map<number, ResponsePromise>();
  return (at) => {
    const agreed = agreedAt(given, at);
    if (!agreed) return setting;
    let promise = made.get(agreed.version);
    if (!promise) made.set(agreed.version, (promise = promiseIn(agreed, setting)));
    return promise;
  };
}

function promiseIn({ sales, breach }: Agreed, setting: ResponsePromise): ResponsePromise {
  const by = (what: 'acceptMinutes' | 'contactMinutes') => ({ hot: sales.hot[what], warm: sales.warm[what], cold: sales.cold[what] });
  return { ...setting, ...by('acceptMinutes'), followup: by('contactMinutes'), ...breach };
}

/** Whether two promises differ in what an agreement says; what else the setting holds is changed there. */
export const differsInAgreed = (a: ResponsePromise, b: ResponsePromise): boolean =>
  grades.some((grade) => a[grade] !== b[grade] || a.followup[grade] !== b.followup[grade]) || a.remindAtPercent !== b.remindAtPercent || a.redirectsMax !== b.redirectsMax;
const grades: readonly Grade[] = ['hot', 'warm', 'cold'];

export interface OwedAfterAccepting {
  judgeBy: Date | null;
  judgeRemindAt: Date | null;
  triesBy: Date | null;
  triesRemindAt: Date | null;
  triesOwed: number | null;
}

/** By when, accepted at `from`, a lead has to have its verdict and its attempts, and when to remind of it; null where none is agreed. */
export function owedAfterAccepting(agreed: Agreed | undefined, grade: Grade, clock: BusinessClock, from: Date): OwedAfterAccepting {
  const owed = agreed?.sales[grade];
  const by = (minutes: number | null | undefined) => (!agreed || minutes === null || minutes === undefined ? null : deadline(minutes, agreed.breach.remindAtPercent, clock, from));
  const [verdict, attempts] = [by(owed?.verdictMinutes), by(owed?.attemptsMinutes)];
  return { judgeBy: verdict?.dueAt ?? null, judgeRemindAt: verdict?.remindAt ?? null, triesBy: attempts?.dueAt ?? null, triesRemindAt: attempts?.remindAt ?? null, triesOwed: attempts ? (owed?.attempts ?? null) : null };
}
