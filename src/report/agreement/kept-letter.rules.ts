import type { Kept, KeptMonth } from './kept.rules.ts';

const percent = (share: number): string => `${Math.round(share * 100)}%`;

function line({ label, unit }: Kept, { asked, kept, owed, owedMax, holds }: KeptMonth): string {
  const promised =
    unit === 'share'
      ? asked > 0 && `${percent((owed ?? 0) / asked)} promised`
      : [owed !== null && `at least ${Math.floor(owed + 1e-9)} promised`, owedMax !== null && `at most ${Math.ceil(owedMax - 1e-9)}`].filter(Boolean).join(', ');
  const was = unit === 'leads' ? `${kept}` : asked > 0 ? `${kept} of ${asked} (${percent(kept / asked)})` : 'nothing was asked for';
  return `  ${label}: ${[was, promised].filter(Boolean).join(', ')}${holds === null ? '' : holds ? ': kept' : ': NOT kept'}`;
}

/** What both sides are told when a month is over: each promise, and whether it was kept. */
export function keptLetter(monthName: string, month: string, promises: readonly Kept[], address: string): { subject: string; text: string } {
  const of = (side: Kept['side']): { promise: Kept; cell: KeptMonth }[] =>
    promises.flatMap((promise) => (promise.side === side ? promise.months.filter((cell) => cell.month === month).map((cell) => ({ promise, cell })) : []));
  const broken = [...of('marketing'), ...of('sales')].filter(({ cell }) => cell.holds === false).length;
  const part = (title: string, side: Kept['side']): string[] => {
    const lines = of(side).map(({ promise, cell }) => line(promise, cell));
    return lines.length > 0 ? [title, ...lines, ''] : [];
  };
  return {
    subject: `What was kept in ${monthName}: ${broken === 0 ? 'all of it' : `${broken} ${broken === 1 ? 'promise' : 'promises'} not`}`,
    text: [
      `What marketing and sales promised each other for ${monthName}, and what was kept.`,
      '',
      ...part('Marketing', 'marketing'),
      ...part('Sales', 'sales'),
      'What still has time is not counted yet. Every figure with the leads behind it:',
      `${address}/agreement/kept`,
    ].join('\n'),
  };
}
