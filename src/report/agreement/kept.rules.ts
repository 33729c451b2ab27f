/**
 * Whether each side kept what it promised, month by month.
 *
 * A month is cut where one version of the agreement ends and the next begins; each piece is judged by its own version, and the month is the sum
 * of its pieces. What is owed in numbers (leads a month) is owed for the part of the month a version held, up to now; what is owed in shares is
 * owed of what was asked for in the piece. A promise nobody could keep or break yet (its time still runs) is not asked for.
 *
 * Example. Version 1 from 1 March: at least 40 leads, each promise kept for 90%. Version 2 from 16 April: at least 60 leads, 80%. April has 30 days:
 * it owes 40 × 15/30 + 60 × 15/30 = 50 leads. Of 20 hand-offs under version 1 and 10 under version 2 that were to be accepted, 18 and 7 were in
 * time: 25 of 30 (83%), where 18 + 8 = 26 were owed. April was not kept by one.
 */
import type { AgreementContent } from '../../qualify/index.ts';

export interface Version {
  version: number;
  fromAt: Date;
  untilAt: Date | null;
  content: AgreementContent;
}
export interface Span {
  fromAt: Date;
  untilAt: Date;
}
export interface Month extends Span {
  /** '2026-04' */
  month: string;
  fromOn: string;
  toOn: string;
}
export interface Piece extends Span {
  /** its place */
  piece: number;
  /** the place of its month */
  of: number;
  version: Version;
  /** of its month, from 0 to 1 */
  part: number;
}

/** The pieces of these months (or of any spans) up to `now`, in time. */
export function piecesOf(versions: readonly Version[], months: readonly Span[], now: Date): Piece[] {
  const pieces: Piece[] = [];
  months.forEach((month, of) => {
    for (const version of versions) {
      const fromMs = Math.max(month.fromAt.getTime(), version.fromAt.getTime());
      const untilMs = Math.min(month.untilAt.getTime(), version.untilAt?.getTime() ?? Infinity, now.getTime());
      if (fromMs >= untilMs) continue;
      const part = (untilMs - fromMs) / (month.untilAt.getTime() - month.fromAt.getTime());
      pieces.push({ piece: pieces.length, of, version, part, fromAt: new Date(fromMs), untilAt: new Date(untilMs) });
    }
  });
  return pieces;
}

export const handOffPromises = ['accept', 'contact', 'attempts', 'verdict'] as const;
export type HandOffPromise = (typeof handOffPromises)[number];
export type Grade = 'hot' | 'warm' | 'cold';
const grades: readonly Grade[] = ['hot', 'warm', 'cold'];

export interface Count {
  asked: number;
  kept: number;
}
export interface HandOffCounts extends Record<HandOffPromise, Count> {
  piece: number;
  grade: Grade;
}
export interface LeadCounts {
  piece: number;
  leads: number;
  right: Count;
  complete: Count;
  /** leads of each kind, by its id */
  kinds: Record<string, number>;
}

export interface KeptMonth extends Count {
  month: string;
  isOver: boolean;
  /** how many had to be kept; null: nothing was promised */
  owed: number | null;
  owedMax: number | null;
  /** null: nothing was asked for, or it is too early to say */
  holds: boolean | null;
  drill: Record<string, string>;
}
export interface Kept {
  key: string;
  side: 'marketing' | 'sales';
  label: string;
  /** shares count what was kept of what was asked for; numbers count leads */
  unit: 'share' | 'leads';
  months: KeptMonth[];
  total: KeptMonth;
  /** what is promised now to each grade, and how it was kept over all these months */
  grades: (Count & { grade: Grade; minutes: number | null; attempts: number | null; drill: Record<string, string> })[];
}

const labels: Record<HandOffPromise | 'leads' | 'right' | 'complete', string> = {
  leads: 'Leads brought',
  right: 'Leads that were right',
  complete: 'Leads that were complete',
  accept: 'Accepted or declined in time',
  contact: 'Contacted in time',
  attempts: 'Tried often enough',
  verdict: 'Judged in time',
};

interface Tally {
  asked: number;
  kept: number;
  owed: number | null;
  owedMax: number | null;
}
const plus = (a: number | null, b: number | null): number | null => (a === null && b === null ? null : (a ?? 0) + (b ?? 0));
const add = (sum: Tally, one: Tally): Tally => ({ asked: sum.asked + one.asked, kept: sum.kept + one.kept, owed: plus(sum.owed, one.owed), owedMax: plus(sum.owedMax, one.owedMax) });
const nothing: Tally = { asked: 0, kept: 0, owed: null, owedMax: null };

/** What was promised, and what was kept of it. `versions` in time. */
export function keepingOf(
  given: { versions: readonly Version[]; months: readonly Month[]; pieces: readonly Piece[]; now: Date },
  handOffs: readonly HandOffCounts[],
  leads: readonly LeadCounts[],
): Kept[] {
  const { versions, months, pieces, now } = given;
  const latest = versions.at(-1)?.content;
  const leadsIn = new Map(leads.map((one) => [one.piece, one]));
  const all: Record<string, string> = months.length > 0 ? { from: months[0]!.fromOn, to: months.at(-1)!.toOn } : {};

  const keeping = (key: string, side: Kept['side'], label: string, unit: Kept['unit'], tallyOf: (piece: Piece) => Tally | null, byGrade: Kept['grades'] = []): Kept[] => {
    const tallies = pieces.map((piece) => ({ of: piece.of, tally: tallyOf(piece) }));
    if (tallies.every(({ tally }) => tally === null)) return [];
    const summed = (of: (place: number) => boolean): Tally => tallies.reduce((sum, one) => (one.tally && of(one.of) ? add(sum, one.tally) : sum), nothing);
    const shown = (tally: Tally, isOver: boolean, month: string, drill: Record<string, string>): KeptMonth => ({
      month,
      isOver,
      ...tally,
      holds: unit === 'share' ? holdsShare(tally) : holdsNumber(tally, isOver),
      drill: { ...drill, promise: key },
    });
    return [
      {
        key,
        side,
        label,
        unit,
        months: months.map((month, i) => shown(summed((of) => of === i), month.untilAt <= now, month.month, { from: month.fromOn, to: month.toOn })),
        total: shown(summed(() => true), false, '', all),
        grades: byGrade,
      },
    ];
  };
  const share = (percent: number | null, count: Count | undefined): Tally | null =>
    percent === null ? null : { asked: count?.asked ?? 0, kept: count?.kept ?? 0, owed: ((count?.asked ?? 0) * percent) / 100, owedMax: null };
  const number = ({ leadsMin, leadsMax }: { leadsMin: number | null; leadsMax: number | null }, kept: number, part: number): Tally | null =>
    leadsMin === null && leadsMax === null ? null : { asked: kept, kept, owed: leadsMin === null ? null : leadsMin * part, owedMax: leadsMax === null ? null : leadsMax * part };

  const kindIds = [...new Set(versions.toReversed().flatMap(({ content }) => content.kinds.map(({ id }) => id)))];
  const kindIn = ({ content }: Version, id: string) => content.kinds.find((kind) => kind.id === id);
  const nameOf = (id: string): string => kindIn(versions.findLast((version) => kindIn(version, id))!, id)!.name;
  const kinds = kindIds.flatMap((id) => [
    ...keeping(`kind.${id}`, 'marketing', nameOf(id), 'leads', ({ piece, version, part }) => {
      const kind = kindIn(version, id);
      return kind ? number(kind, leadsIn.get(piece)?.kinds[id] ?? 0, part) : null;
    }),
    ...keeping(`share.${id}`, 'marketing', `${nameOf(id)}, of all leads`, 'share', ({ piece, version }) => {
      const found = leadsIn.get(piece);
      return share(kindIn(version, id)?.sharePercent ?? null, { asked: found?.leads ?? 0, kept: found?.kinds[id] ?? 0 });
    }),
  ]);
  const marketing = [
    ...keeping('leads', 'marketing', labels.leads, 'leads', ({ piece, version, part }) => number(version.content.marketing, leadsIn.get(piece)?.leads ?? 0, part)),
    ...kinds,
    ...keeping('right', 'marketing', labels.right, 'share', ({ piece, version }) => share(version.content.marketing.rightPercent, leadsIn.get(piece)?.right)),
    ...keeping('complete', 'marketing', labels.complete, 'share', ({ piece, version }) => share(version.content.marketing.completePercent, leadsIn.get(piece)?.complete)),
  ];

  const gradeIn = (key: HandOffPromise, grade: Grade): Kept['grades'][number] => {
    const owed = latest?.sales[grade];
    const count = sumOf(handOffs.filter((one) => one.grade === grade).map((one) => one[key]));
    const minutes = { accept: owed?.acceptMinutes, contact: owed?.contactMinutes, attempts: owed?.attemptsMinutes, verdict: owed?.verdictMinutes }[key];
    return { ...count, grade, minutes: minutes ?? null, attempts: key === 'attempts' ? (owed?.attempts ?? null) : null, drill: { ...all, promise: `${key}.${grade}` } };
  };
  const sales = handOffPromises.flatMap((key) =>
    keeping(
      key,
      'sales',
      labels[key],
      'share',
      ({ piece, version }) => {
        const { sales: owes } = version.content;
        const isPromised = key === 'accept' || key === 'contact' || grades.some((grade) => (key === 'verdict' ? owes[grade].verdictMinutes : owes[grade].attempts) !== null);
        return isPromised ? share(owes.keptPercent, sumOf(handOffs.filter((one) => one.piece === piece).map((one) => one[key]))) : null;
      },
      grades.map((grade) => gradeIn(key, grade)),
    ),
  );
  return [...marketing, ...sales];
}

const sumOf = (counts: readonly Count[]): Count => counts.reduce((sum, one) => ({ asked: sum.asked + one.asked, kept: sum.kept + one.kept }), { asked: 0, kept: 0 });

/** A hair is allowed for what does not divide: 90% of 10 is 9. */
const hair = 1e-9;
const holdsShare = ({ asked, kept, owed }: Tally): boolean | null => (asked === 0 || owed === null ? null : kept >= owed - hair);
/** Leads are whole: 12.4 owed are 12, and half a lead is none. Too many are too many at once, too few only at the end. */
const holdsNumber = ({ kept, owed, owedMax }: Tally, isOver: boolean): boolean | null =>
  owedMax !== null && isOver && kept > Math.ceil(owedMax - hair) ? false : !isOver ? null : owed === null || kept >= Math.floor(owed + hair);
