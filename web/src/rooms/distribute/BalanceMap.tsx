import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { ChartFrame } from '../../ui/chart/ChartFrame.tsx';
import { useFormat } from '../../ui/format.ts';
import { Chip, DataTable, Row } from '../../ui/index.tsx';
import css from './balance.module.css';
import { figureSaid, type Figure, type Proposal } from './balance-words.ts';

/** A tone and a shape each, so that nobody has to tell colours apart: seven and three have no divisor in common. */
const tones = ['cold', 'warm', 'sale', 'dont-know', 'hot', 'open', 'bad'];
const shapes = ['round', 'square', 'diamond'] as const;
const width = 1000;
const edge = 40;

type Unit = Proposal['units'][number];
type When = 'today' | 'proposed';

/** Units where they lie, as large as what is in them and in the colour of their territory: today, and as proposed. */
export function BalanceMap({ proposal, measure, label }: { proposal: Proposal; measure: Figure; label: string }) {
  const format = useFormat();
  const [chosen, setWhen] = useState<When>('proposed');
  const [only, setOnly] = useState<string>();
  const when: When = proposal.proposed ? chosen : 'today';
  const placed = proposal.units.filter((unit) => unit.lon !== null && unit.lat !== null);
  const { height, at } = project(placed);
  const most = Math.max(1, ...placed.map(({ figures }) => figures[measure]));
  const order = new Map(proposal.sides.map(({ territoryId }, n) => [territoryId, n]));
  const name = new Map(proposal.sides.map((one) => [one.territoryId, one.name]));
  const drawn = placed.toSorted((a, b) => b.figures[measure] - a.figures[measure]);
  const own = (unit: Unit): string => (when === 'proposed' ? unit.proposed : null) ?? unit.today;
  const moves = (unit: Unit): boolean => unit.proposed !== null && unit.proposed !== unit.today;
  const said = (unit: Unit): string =>
    `${unit.id}, ${name.get(own(unit)) ?? ''}${moves(unit) ? ` (${when === 'today' ? `goes to ${name.get(unit.proposed!) ?? ''}` : `was ${name.get(unit.today) ?? ''}`})` : ''}: ${figureSaid(format, proposal.currency, measure, unit.figures[measure])}`;
  return (
    <ChartFrame
      label={`Map of units by ${label.toLowerCase()}`}
      table={
        <DataTable
          phone="scroll"
          caption={`Units by ${label.toLowerCase()}`}
          rows={drawn}
          rowKey={(row) => row.id}
          columns={[
            { key: 'unit', label: 'Unit', render: (row) => row.id },
            { key: 'today', label: 'Today', render: (row) => name.get(row.today) ?? '' },
            { key: 'proposed', label: 'Proposed', render: (row) => (row.proposed === null ? '–' : (name.get(row.proposed) ?? '')) },
            { key: 'value', label, align: 'end', render: (row) => figureSaid(format, proposal.currency, measure, row.figures[measure]) },
          ]}
        />
      }
    >
      <Row between>
        {proposal.proposed && (
          <SegmentedControl
            size="xs"
            aria-label="The map shows"
            data={[
              { value: 'today', label: 'Today' },
              { value: 'proposed', label: 'Proposal' },
            ]}
            value={when}
            onChange={setWhen}
          />
        )}
        <span className="dim" style={{ fontSize: 12 }}>
          A ring: the unit changes hands.
        </span>
      </Row>
      <svg className={css.map} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={`${placed.length} units, ${when === 'today' ? 'as they are today' : 'as proposed'}, coloured by territory`}>
        {drawn.map((unit) => {
          const n = order.get(own(unit)) ?? 0;
          const { x, y } = at(unit);
          const r = 4 + 20 * Math.sqrt(Math.max(0, unit.figures[measure]) / most);
          return (
            <g key={unit.id} data-dim={(only !== undefined && own(unit) !== only) || undefined}>
              <title>{said(unit)}</title>
              {moves(unit) && <circle cx={x} cy={y} r={r + 5} className={css.ring} />}
              <Mark n={n} x={x} y={y} r={r} />
            </g>
          );
        })}
      </svg>
      <div className={css.measures} role="group" aria-label="Show one territory">
        {proposal.sides.map(({ territoryId, name }, n) => (
          <Chip key={territoryId} aria-pressed={only === territoryId} onClick={() => setOnly(only === territoryId ? undefined : territoryId)}>
            <svg width={12} height={12} viewBox="-7 -7 14 14" aria-hidden className={css.key}>
              <Mark n={n} x={0} y={0} r={6} />
            </svg>
            {name}
          </Chip>
        ))}
      </div>
    </ChartFrame>
  );
}

function Mark({ n, x, y, r }: { n: number; x: number; y: number; r: number }) {
  const shape = shapes[n % shapes.length]!;
  const style = { fill: `var(--${tones[n % tones.length]!}-fill)` };
  const half = r * 0.886; // a square of a circle's size
  return shape === 'round' ? (
    <circle cx={x} cy={y} r={r} style={style} />
  ) : (
    <rect x={x - half} y={y - half} width={2 * half} height={2 * half} style={style} transform={shape === 'diamond' ? `rotate(45 ${x} ${y})` : undefined} />
  );
}

/** Degrees to the picture: a degree of longitude as long as it is in the middle of the map. */
function project(units: readonly Unit[]): { height: number; at: (unit: Unit) => { x: number; y: number } } {
  const [lons, lats] = [units.map(({ lon }) => lon ?? 0), units.map(({ lat }) => lat ?? 0)];
  const span = (values: readonly number[]): [number, number] => values.reduce<[number, number]>(([low, high], value) => [Math.min(low, value), Math.max(high, value)], [Infinity, -Infinity]);
  const [[west, east], [south, north]] = [span(lons), span(lats)];
  const shrink = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const [wide, tall] = [Math.max(0.01, (east - west) * shrink), Math.max(0.01, north - south)];
  const scale = Math.min((width - 2 * edge) / wide, 700 / tall);
  const left = (width - wide * scale) / 2;
  return { height: tall * scale + 2 * edge, at: ({ lon, lat }) => ({ x: left + ((lon ?? 0) - west) * shrink * scale, y: edge + (north - (lat ?? 0)) * scale }) };
}
