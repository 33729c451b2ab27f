import { ChartFrame } from '../../ui/chart/ChartFrame.tsx';
import { useFormat } from '../../ui/format.ts';
import { DataTable } from '../../ui/index.tsx';
import css from './balance.module.css';
import { deviationSaid, figureSaid, figuresOf, kmSaid, type Figure, type Proposal } from './balance-words.ts';

type One = Proposal['sides'][number];

/** A bar a territory for what is proposed, a mark for what it holds today, a line for an even share. */
export function BalanceBars({ proposal, measure, label }: { proposal: Proposal; measure: Figure; label: string }) {
  const format = useFormat();
  const { sides, currency } = proposal;
  const shareOf = (deviation: number): number => Math.max(0, 1 + deviation);
  const now = ({ proposed, today }: One) => proposed ?? today;
  const most = Math.max(2, ...sides.flatMap((one) => [shareOf(one.today.deviations[measure]), shareOf(now(one).deviations[measure])]));
  const tolerance = proposal.asked.measures.find(({ figure }) => figure === measure)?.tolerance ?? 0.1;
  return (
    <ChartFrame label={`${label}: today and proposed`} table={<SidesTable proposal={proposal} only={measure} />}>
      <p className={`dim ${css.even}`}>
        The line is an even share{proposal.proposed ? ', the dotted mark what it is today' : ''}. Within {format.percent(tolerance, 0)} of it is fair.
      </p>
      <ul className={css.bars}>
        {sides.map((one) => {
          const { figures, deviations } = now(one);
          const off = deviations[measure];
          const tone = Math.abs(off) <= tolerance + 1e-9 ? 'sale' : off > 0 ? 'warm' : 'cold';
          return (
            <li key={one.territoryId}>
              <span className={css.name}>{one.name}</span>
              <span className={css.track} aria-hidden>
                <i style={{ width: `${(shareOf(off) / most) * 100}%`, background: `var(--${tone}-fill)` }} />
                {one.proposed && <u style={{ left: `${(shareOf(one.today.deviations[measure]) / most) * 100}%` }} />}
                <b style={{ left: `${(100 / most)}%` }} />
              </span>
              <span className={`num ${css.said}`}>
                {figureSaid(format, currency, measure, figures[measure])} <span className="dim">{deviationSaid(format, off)}</span>
              </span>
            </li>
          );
        })}
      </ul>
    </ChartFrame>
  );
}

/** Every figure of every territory, today over proposed. */
export function SidesTable({ proposal, only }: { proposal: Proposal; only?: Figure }) {
  const format = useFormat();
  const { currency } = proposal;
  const shown = figuresOf(proposal).filter(({ key }) => only === undefined || key === only);
  const pair = (was: string, is: string | undefined) =>
    is === undefined || is === was ? (
      was
    ) : (
      <>
        <span className="dim">{was} →</span> {is}
      </>
    );
  const hasPieces = proposal.today.contiguous !== null;
  const hasRadius = proposal.today.radiusKm !== null;
  const km = (value: number | null | undefined) => (value === null || value === undefined ? '–' : kmSaid(format, value));
  return (
    <DataTable
      caption={only ? 'Today and proposed, by territory, one measure' : 'Today and proposed, by territory'}
      rows={proposal.sides}
      rowKey={(row) => row.territoryId}
      columns={[
        { key: 'name', label: 'Territory', render: (row) => <span className="strong">{row.name}</span> },
        { key: 'units', label: 'Units', align: 'end', render: (row) => pair(format.number(row.today.units), row.proposed ? format.number(row.proposed.units) : undefined) },
        ...shown.flatMap(({ key, label }) => [
          {
            key,
            label,
            align: 'end' as const,
            render: (row: One) => pair(figureSaid(format, currency, key, row.today.figures[key]), row.proposed ? figureSaid(format, currency, key, row.proposed.figures[key]) : undefined),
          },
          ...(proposal.asked.measures.some(({ figure }) => figure === key)
            ? [
                {
                  key: `${key}-off`,
                  label: 'from even',
                  align: 'end' as const,
                  render: (row: One) => pair(deviationSaid(format, row.today.deviations[key]), row.proposed ? deviationSaid(format, row.proposed.deviations[key]) : undefined),
                },
              ]
            : []),
        ]),
        ...(hasPieces && !only
          ? [{ key: 'pieces', label: 'Pieces', align: 'end' as const, render: (row: One) => pair(String(row.today.pieces ?? '–'), row.proposed ? String(row.proposed.pieces ?? '–') : undefined) }]
          : []),
        ...(hasRadius && !only
          ? [
              { key: 'radius', label: 'Spread', hint: 'Root mean square distance of its units from its middle', align: 'end' as const, render: (row: One) => pair(km(row.today.radiusKm), row.proposed ? km(row.proposed.radiusKm) : undefined) },
              { key: 'tour', label: 'To drive', hint: 'A round trip through the middle of each unit where somebody is, as the crow flies', align: 'end' as const, render: (row: One) => pair(km(row.today.tourKm), row.proposed ? km(row.proposed.tourKm) : undefined) },
            ]
          : []),
      ]}
    />
  );
}
