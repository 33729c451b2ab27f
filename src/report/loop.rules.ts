import { stateLabels, states, type State } from './state.rules.ts';

// The picture of the loop: channel → who holds it → what became of it. Every inquiry is in exactly one band of each column, so both
// columns add up to what was received.

export interface LoopCell {
  channel: string | null;
  holderKind: string | null;
  state: State;
  inquiries: number;
}

export interface LoopNode {
  id: string;
  label: string;
  column: 0 | 1 | 2;
  count: number;
  drill: Record<string, string>;
}

export interface LoopLink {
  from: string;
  to: string;
  count: number;
  drill: Record<string, string>;
}

const holderLabels: Record<string, string> = { rep: 'Reps', partner: 'Partners', nurture: 'Nurture', desk: 'The desk' };
const holderOrder = ['desk', 'nurture', 'rep', 'partner'];

export interface Loop {
  received: number;
  nodes: LoopNode[];
  links: LoopLink[];
}

export function loopOf(cells: readonly LoopCell[], period: Record<string, string>): Loop {
  const nodes = new Map<string, LoopNode>();
  const links = new Map<string, LoopLink>();
  const node = (id: string, label: string, column: 0 | 1 | 2, count: number, drill: Record<string, string>): void => {
    const found = nodes.get(id);
    if (found) found.count += count;
    else nodes.set(id, { id, label, column, count, drill: { ...period, ...drill } });
  };
  const link = (from: string, to: string, count: number, drill: Record<string, string>): void => {
    const key = `${from} ${to}`;
    const found = links.get(key);
    if (found) found.count += count;
    else links.set(key, { from, to, count, drill: { ...period, ...drill } });
  };
  let received = 0;
  for (const cell of cells) {
    if (cell.inquiries === 0) continue;
    received += cell.inquiries;
    const channel = cell.channel ?? '';
    const from = `channel:${channel}`;
    const to = `state:${cell.state}`;
    node(from, channel || '(no channel)', 0, cell.inquiries, { channel });
    node(to, stateLabels[cell.state], 2, cell.inquiries, { state: cell.state });
    const kind = holderOrder.includes(cell.holderKind ?? '') ? cell.holderKind! : null;
    if (!kind) link(from, to, cell.inquiries, { channel, state: cell.state });
    else {
      const by = `holder:${kind}`;
      node(by, holderLabels[kind]!, 1, cell.inquiries, { holderKind: kind });
      link(from, by, cell.inquiries, { channel, holderKind: kind });
      link(by, to, cell.inquiries, { holderKind: kind, state: cell.state });
    }
  }
  const place = (one: LoopNode): number =>
    one.column === 2
      ? states.indexOf(one.drill['state'] as State)
      : one.column === 1
        ? holderOrder.indexOf(one.drill['holderKind']!)
        : -one.count;
  // What is as large stands in one order whatever the database answered first: reloading must not shuffle the picture.
  const sorted = [...nodes.values()].sort((a, b) => a.column - b.column || place(a) - place(b) || (a.id < b.id ? -1 : 1));
  const at = new Map(sorted.map(({ id }, index) => [id, index]));
  return {
    received,
    nodes: sorted,
    links: [...links.values()].sort((a, b) => b.count - a.count || at.get(a.from)! - at.get(b.from)! || at.get(a.to)! - at.get(b.to)!),
  };
}
