/**
 * What to talk about, so that nobody has to read the whole page before ringing: at most six sentences made of what is known, the nearest to a
 * conversation first. Each says where it comes from. What is not known is not made up; then there are fewer.
 *
 *   Anna Brandt asked twice, last at Food Expo; the company bought before, and a colleague asks, too →
 *   They wrote: “We need three pumps for a new line.” · Asked 2 times since 1 March · The company is a customer · Ines (HX 40) of the same company asked, too
 */
export interface TalkPoint {
  say: string;
  /** where it comes from */
  from: string;
}
export interface Talk {
  inquiries: readonly { at: Date; message: string | null; product: string | null; where: string | null }[];
  product: string | null;
  known: { budget: string | null; authority: string | null; need: string | null; timing: string | null };
  /** the latest first */
  activities: readonly { kind: string; at: Date; outcome: string | null; note: string | null; by: string | null }[];
  opportunities: readonly { name: string; stage: string; outcome: string; amount: string; closedAt: Date | null }[];
  /** of the company, over all times; null where nothing was bought, or the reader may not know */
  bought: { invoices: number; amount: string | null; lastOn: string } | null;
  /** others of the company who asked within the year, the latest first */
  colleagues: readonly { name: string; product: string | null; at: Date }[];
}
const pointsMost = 6;
const wordsMost = 220;

export function talkPoints(talk: Talk, dayOf: (at: Date | string) => string): TalkPoint[] {
  const points: (TalkPoint | false | undefined)[] = [wrote(talk, dayOf), spoken(talk, dayOf), cameBack(talk, dayOf), business(talk, dayOf), customer(talk, dayOf), colleagues(talk, dayOf), answered(talk)];
  return points.filter((point) => point !== false && point !== undefined).slice(0, pointsMost);
}

type DayOf = (at: Date | string) => string;

function wrote({ inquiries, product }: Talk, dayOf: DayOf): TalkPoint | undefined {
  const last = inquiries.findLast(({ message }) => message?.trim());
  if (!last) {
    const about = product ?? inquiries.findLast((one) => one.product)?.product;
    return about ? { say: `Interested in ${about}`, from: fromOf(inquiries.at(-1), dayOf) } : undefined;
  }
  // What another inquiry was about is not what these words are about.
  const about = last.product !== null && !last.message!.toLowerCase().includes(last.product.toLowerCase()) ? `, about ${last.product}` : '';
  return { say: `They wrote: “${short(last.message!)}”${about}`, from: fromOf(last, dayOf) };
}

function spoken({ activities }: Talk, dayOf: DayOf): TalkPoint | undefined {
  const last = activities.find(({ note }) => note?.trim());
  return last && { say: `Last said: “${short(last.note!)}”`, from: [last.kind, last.by, dayOf(last.at)].filter(Boolean).join(', ') };
}

function cameBack({ inquiries }: Talk, dayOf: DayOf): TalkPoint | undefined {
  if (inquiries.length < 2) return undefined;
  const asked = [...new Set(inquiries.flatMap(({ product }) => product ?? []))];
  return { say: `Asked ${inquiries.length} times since ${dayOf(inquiries[0]!.at)}${asked.length > 1 ? `: ${listed(asked)}` : ''}`, from: listed([...new Set(inquiries.flatMap(({ where }) => where ?? []))]) || 'their inquiries' };
}

function business({ opportunities }: Talk, dayOf: DayOf): TalkPoint | undefined {
  const open = opportunities.find(({ outcome }) => outcome === 'open');
  if (open) return { say: `“${open.name}” is open at ${open.stage}: ${open.amount}`, from: 'opportunities' };
  const ended = opportunities.find(({ closedAt }) => closedAt !== null);
  return ended && { say: `“${ended.name}” was ${ended.outcome}: ${ended.amount}`, from: `opportunities, ${dayOf(ended.closedAt!)}` };
}

const customer = ({ bought }: Talk, dayOf: DayOf): TalkPoint | undefined =>
  bought === null ? undefined : { say: `The company is a customer${bought.amount === null ? '' : `: bought for ${bought.amount}`}, last ${dayOf(bought.lastOn)}`, from: bought.invoices === 1 ? '1 invoice' : `${bought.invoices} invoices` };

function colleagues({ colleagues: others }: Talk, dayOf: DayOf): TalkPoint | undefined {
  if (others.length === 0) return undefined;
  const named = others.slice(0, 3).map(({ name, product }) => (product ? `${name} (${product})` : name));
  const more = others.length - named.length;
  return { say: `${listed(more > 0 ? [...named, `${more} more`] : named)} of the same company asked, too`, from: `last ${dayOf(others[0]!.at)}` };
}

function answered({ known }: Talk): TalkPoint | undefined {
  const said = Object.entries({ Budget: known.budget, Decides: known.authority, Need: known.need, When: known.timing }).flatMap(([label, value]) => (value?.trim() ? [`${label}: ${value.trim()}`] : []));
  return said.length === 0 ? undefined : { say: said.join(' · '), from: 'questions answered' };
}

const fromOf = (inquiry: Talk['inquiries'][number] | undefined, dayOf: DayOf): string => (inquiry ? [inquiry.where, dayOf(inquiry.at)].filter(Boolean).join(', ') : 'the lead');
const listed = (items: readonly string[]): string => (items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)!}`);

/** On one line, cut at a word. */
function short(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  if (line.length <= wordsMost) return line;
  const cut = line.slice(0, wordsMost);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), wordsMost / 2))} …`;
}
