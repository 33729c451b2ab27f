import { wilson } from '../wilson.rules.ts';
import { judgeList, listRule, type ListFigures, type Typical } from './judge-list.rules.ts';
import type { ListQuality } from './lists.contract.ts';
import type { ListRow } from './lists.queries.ts';

const day = 86_400_000;

/** What was counted, as figures that add up: every row delivered is good, out of reach, repeated or junk. */
function figuresOf(row: ListRow, now: Date) {
  const unread = Math.max(0, row.problems - row.mendedRows + row.mendedProblems);
  // What an import was told to leave has no sighting: where it only made new people, those it left were known.
  const leftOut = Math.max(0, row.rows - unread - row.people - row.again);
  const known = row.people - row.fresh;
  const delivered = Math.max(row.rows, row.people + row.again + unread);
  const junk = row.junk + unread;
  const bar = { good: row.good, outOfReach: row.outOfReach, repeated: delivered - row.good - row.outOfReach - junk, junk };
  return { unread, leftOut, known, delivered, bar, days: Math.max(0, Math.floor((now.getTime() - row.cameAt.getTime()) / day)) };
}

const perPiece = (costMinor: number | null, pieces: number): number | null => (costMinor === null || pieces === 0 ? null : Math.round(costMinor / pieces));

/** Lists with everything that is told of them, each judged against the others that are old enough. */
export function tellLists(rows: readonly ListRow[], saleMinor: number | null, now: Date): ListQuality[] {
  const all = rows.map((row) => ({ row, ...figuresOf(row, now) }));
  return all.map(({ row, unread, leftOut, known, delivered, bar, days }) => {
    const { people, fresh, again, reachable, junk, good, outOfReach, leads, qualified, sales, wonMinor, foreignSales, costMinor } = row;
    // Whoever asked is nearer to being a lead than a name: lists of inquiries and of people are not compared.
    const others = all.filter((one) => one.row !== row && one.row.kind === row.kind && one.days >= listRule.leadDays);
    const sum = (pick: (one: ListRow) => number): number => others.reduce((total, one) => total + pick(one.row), 0);
    const typical: Typical = { brought: sum((one) => one.fresh), leads: sum((one) => one.leadPeople), saleMinor };
    const figures: ListFigures = { delivered, repeated: bar.repeated, junk: bar.junk, good, brought: fresh, unjudged: row.unjudged, leads: row.leadPeople, sales, wonMinor, costMinor, days };
    const of = (n: number) => wilson(n, delivered);
    return {
      id: row.id,
      name: row.fileName,
      kind: row.kind,
      owner: row.owner,
      source: row.source,
      cameAt: row.cameAt.toISOString(),
      days,
      program: row.programId === null ? null : { id: row.programId, name: row.programName! },
      delivered,
      people,
      fresh,
      known,
      again,
      leftOut,
      unread,
      reachable,
      junk,
      good,
      outOfReach,
      bar,
      shares: {
        fresh: of(fresh),
        known: of(known + leftOut),
        again: of(again),
        junk: of(bar.junk),
        good: of(good),
        reachable: wilson(reachable, people),
        leads: wilson(row.leadPeople, fresh),
        sales: wilson(Math.min(sales, fresh), fresh),
      },
      leads,
      qualified,
      sales,
      foreignSales,
      wonMinor,
      costMinor,
      perGoodMinor: perPiece(costMinor, good),
      perLeadMinor: perPiece(costMinor, leads),
      returned: costMinor ? wonMinor / costMinor : null,
      ...judgeList(figures, typical),
    };
  });
}
