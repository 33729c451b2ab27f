/** A three- or four-column flow: nodes stacked per column, bands sorted so that they cross as little as the order allows. */
export interface FlowNode {
  id: string;
  label: string;
  column: number;
  tone: string;
  to?: string;
}
export interface FlowLink {
  from: string;
  into: string;
  value: number;
  to?: string;
}
export interface PlacedNode extends FlowNode {
  x: number;
  y: number;
  height: number;
  value: number;
}
export interface PlacedLink extends FlowLink {
  tone: string;
  path: string;
  width: number;
}

const gap = 11;
/** What a name needs from one to the next; two thin blocks stand apart so that their names do. */
const labelHeight = 16;
const gapAfter = (tall: number, next: number): number => Math.max(gap, labelHeight - (tall + next) / 2);

export function layOut(
  nodes: FlowNode[],
  links: FlowLink[],
  width: number,
  height: number,
  nodeWidth: number,
  labelRoom: number,
): { nodes: PlacedNode[]; links: PlacedLink[] } {
  const live = links.filter((link) => link.value > 0);
  const valueOf = (id: string) => Math.max(sum(live.filter((link) => link.from === id)), sum(live.filter((link) => link.into === id)));
  const shown = nodes.map((node) => ({ ...node, value: valueOf(node.id) })).filter((node) => node.value > 0);
  const columns = [...new Set(shown.map((node) => node.column))].sort((a, b) => a - b);
  const tallOf = (node: { value: number }, by: number) => Math.max(2, node.value * by);
  /** How high a column stands: its blocks, and the room between them for their names. */
  const heightOf = (members: { value: number }[], by: number) =>
    members.reduce((total, node, at) => {
      const next = members[at + 1];
      return total + tallOf(node, by) + (next ? gapAfter(tallOf(node, by), tallOf(next, by)) : 0);
    }, 0);
  const stacks = columns.map((column) => shown.filter((node) => node.column === column));
  // The largest scale at which every column still fits: heights grow with it, so halving the interval finds it.
  let [scale, tooMuch] = [0, height / Math.max(1, ...stacks.map(sum))];
  if (stacks.length === 0) tooMuch = 0;
  for (let round = 0; round < 30; round++) {
    const middle = (scale + tooMuch) / 2;
    if (stacks.every((members) => heightOf(members, middle) <= height)) scale = middle;
    else tooMuch = middle;
  }
  const last = columns.at(-1) ?? 0;
  const placed = new Map<string, PlacedNode>();
  for (const column of columns) {
    const members = shown.filter((node) => node.column === column);
    const used = heightOf(members, scale);
    // Bands that skip the middle pass above it: so the middle hangs low, as a rope does.
    let y = column === 0 || column === last ? (height - used) / 2 : height - used - Math.min(18, (height - used) / 4);
    const x = last === 0 ? 0 : (column / last) * (width - nodeWidth - labelRoom);
    members.forEach((node, index) => {
      const tall = tallOf(node, scale);
      placed.set(node.id, { ...node, x, y, height: tall });
      const next = members[index + 1];
      y += tall + (next ? gapAfter(tall, tallOf(next, scale)) : 0);
    });
  }
  const at = (id: string) => placed.get(id) as PlacedNode;
  const usable = live.filter((link) => placed.has(link.from) && placed.has(link.into));
  const starts = offsets(
    usable,
    (link) => link.from,
    (link) => (at(link.into).column === at(link.from).column + 1 ? at(link.into).y : at(link.into).y - height),
    scale,
  );
  const ends = offsets(
    usable,
    (link) => link.into,
    (link) => at(link.from).y + at(link.from).column,
    scale,
  );
  const out = usable.map((link) => {
    const [from, into] = [at(link.from), at(link.into)];
    const thick = Math.max(1, link.value * scale);
    const [x0, x1] = [from.x + nodeWidth, into.x];
    const y0 = from.y + (starts.get(link) ?? 0);
    const y1 = into.y + (ends.get(link) ?? 0);
    const mid = (x0 + x1) / 2;
    const path = `M${x0},${y0}C${mid},${y0} ${mid},${y1} ${x1},${y1}L${x1},${y1 + thick}C${mid},${y1 + thick} ${mid},${y0 + thick} ${x0},${y0 + thick}Z`;
    return { ...link, tone: into.column === last || into.tone === 'warm' ? into.tone : into.tone, path, width: thick };
  });
  return { nodes: [...placed.values()], links: out.sort((one, two) => two.width - one.width) };
}

function offsets(
  links: FlowLink[],
  side: (link: FlowLink) => string,
  order: (link: FlowLink) => number,
  scale: number,
): Map<FlowLink, number> {
  const out = new Map<FlowLink, number>();
  for (const id of new Set(links.map(side))) {
    let y = 0;
    for (const link of links.filter((one) => side(one) === id).sort((one, two) => order(one) - order(two))) {
      out.set(link, y);
      y += Math.max(1, link.value * scale);
    }
  }
  return out;
}

const sum = (entries: { value: number }[]): number => entries.reduce((total, entry) => total + entry.value, 0);
