/** What the territories of a division are called: as today where it can be told, else by number. */
import type { BalanceAsk } from './balance.rules.ts';
import type { Task } from './division.rules.ts';

/** The names units are fixed to first, then today's, those with the most units first, then numbers that are not taken. */
export function nameTerritories({ units, territories }: Pick<BalanceAsk, 'units' | 'territories'>): string[] {
  const count = (of: (unit: BalanceAsk['units'][number]) => string | null): string[] => {
    const many = new Map<string, number>();
    for (const unit of units) {
      const name = of(unit);
      if (name !== null) many.set(name, (many.get(name) ?? 0) + 1);
    }
    return [...many].toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).map(([name]) => name);
  };
  const names = [...new Set([...count(({ fixed }) => fixed), ...count(({ today }) => today)])].slice(0, territories);
  for (let number = 1; names.length < territories; number++) if (!names.includes(String(number))) names.push(String(number));
  return names.toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }));
}

/** The same division with territories renamed so that as much as can be stays: the assignment of most value, by the Hungarian method (Kuhn 1955). */
export function relabel(task: Task, of: Int32Array): Int32Array {
  const n = task.territories;
  const stays = Array.from({ length: n }, () => new Float64Array(n));
  for (const [u, own] of of.entries()) if (task.today[u]! >= 0) stays[own]![task.today[u]!]! += task.worth[u]!;
  const name = assign(stays);
  return of.map((own) => name[own]!);
}

/** By row, the column: each once, the sum as large as can be. */
export function assign(gain: readonly Float64Array[]): number[] {
  const n = gain.length;
  const [rowPrice, columnPrice] = [new Float64Array(n + 1), new Float64Array(n + 1)];
  const rowOf = new Int32Array(n + 1); // by column, from 1; 0 is none
  for (let row = 1; row <= n; row++) {
    const slack = new Float64Array(n + 1).fill(Infinity);
    const way = new Int32Array(n + 1);
    const used = new Uint8Array(n + 1);
    let column = 0;
    rowOf[0] = row;
    do {
      used[column] = 1;
      const own = rowOf[column]!;
      let [step, next] = [Infinity, 0];
      for (let c = 1; c <= n; c++) {
        if (used[c]) continue;
        const cost = -gain[own - 1]![c - 1]! - rowPrice[own]! - columnPrice[c]!;
        if (cost < slack[c]!) {
          slack[c] = cost;
          way[c] = column;
        }
        if (slack[c]! < step) [step, next] = [slack[c]!, c];
      }
      for (let c = 0; c <= n; c++) {
        if (used[c]) {
          rowPrice[rowOf[c]!]! += step;
          columnPrice[c]! -= step;
        } else slack[c]! -= step;
      }
      column = next;
    } while (rowOf[column] !== 0);
    for (; column !== 0; column = way[column]!) rowOf[column] = rowOf[way[column]!]!;
  }
  const columns = Array.from({ length: n }, () => 0);
  for (let c = 1; c <= n; c++) columns[rowOf[c]! - 1] = c - 1;
  return columns;
}
