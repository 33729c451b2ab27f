import { useCallback } from 'react';
import { DataTable } from '../DataTable.tsx';
import { useGo } from '../../shell/address.ts';
import { Canvas, axisLook, baseOption, type Palette } from './Canvas.tsx';
import { ChartFrame } from './ChartFrame.tsx';
import { Legend } from './Legend.tsx';

export interface Bar {
  label: string;
  value: number | null;
  /** The fitted or compared line at this bar. */
  line?: number | null;
  /** A second line, thinner: what others found. */
  beside?: number | null;
  note?: string;
  to?: string;
  tone?: string;
}

/** Zero-based bars, optionally with a fitted line through them. */
export function BarsAndLine({
  label,
  bars,
  format,
  valueName,
  lineName,
  besideName,
  height = 220,
}: {
  label: string;
  bars: Bar[];
  format: (value: number) => string;
  valueName: string;
  lineName?: string;
  besideName?: string;
  height?: number;
}) {
  const go = useGo();
  const option = useCallback(
    (colors: Palette) => {
      const axis = axisLook(colors);
      return {
        ...baseOption(colors),
        xAxis: { type: 'category', data: bars.map((bar) => bar.label), ...axis, splitLine: { show: false } },
        yAxis: { type: 'value', min: 0, ...axis, axisLine: { show: false }, axisLabel: { ...axis.axisLabel, formatter: format } },
        tooltip: { ...baseOption(colors).tooltip, valueFormatter: (value: unknown) => (typeof value === 'number' ? format(value) : '–') },
        series: [
          {
            type: 'bar',
            name: valueName,
            barMaxWidth: 30,
            data: bars.map((bar) => ({
              value: bar.value,
              itemStyle: { color: colors.of(`${bar.tone ?? 'cold'}-fill`), borderRadius: [3, 3, 0, 0] },
            })),
          },
          ...(lineName
            ? [
                {
                  type: 'line',
                  name: lineName,
                  data: bars.map((bar) => bar.line ?? null),
                  smooth: 0.3,
                  symbol: 'none',
                  lineStyle: { type: 'dashed', width: 1.8, color: colors.of('hot-fill') },
                  itemStyle: { color: colors.of('hot-fill') },
                },
              ]
            : []),
          ...(besideName
            ? [
                {
                  type: 'line',
                  name: besideName,
                  data: bars.map((bar) => bar.beside ?? null),
                  smooth: 0.3,
                  symbol: 'none',
                  lineStyle: { type: 'dotted', width: 1.8, color: colors.of('dont-know-fill') },
                  itemStyle: { color: colors.of('dont-know-fill') },
                },
              ]
            : []),
        ],
      };
    },
    [bars, format, valueName, lineName, besideName],
  );
  const table = (
    <DataTable
      phone="scroll"
      caption={label}
      rows={bars}
      rowKey={(bar) => bar.label}
      columns={[
        { key: 'label', label: '', render: (bar) => bar.label, to: (bar) => bar.to },
        { key: 'value', label: valueName, align: 'end', render: (bar) => (bar.value === null ? '–' : format(bar.value)) },
        ...(lineName
          ? [
              {
                key: 'line',
                label: lineName,
                align: 'end' as const,
                render: (bar: Bar) => (bar.line === null || bar.line === undefined ? '–' : format(bar.line)),
              },
            ]
          : []),
        ...(besideName
          ? [
              {
                key: 'beside',
                label: besideName,
                align: 'end' as const,
                render: (bar: Bar) => (bar.beside === null || bar.beside === undefined ? '–' : format(bar.beside)),
              },
            ]
          : []),
        ...(bars.some((bar) => bar.note) ? [{ key: 'note', label: '', render: (bar: Bar) => bar.note ?? '' }] : []),
      ]}
    />
  );
  const hasLinks = bars.some((bar) => bar.to);
  return (
    <ChartFrame label={label} table={table} height={height}>
      {besideName && <Legend of={[{ name: valueName, tone: 'cold' }, ...(lineName ? [{ name: lineName, tone: 'hot' }] : []), { name: besideName, tone: 'dont-know' }]} />}
      <Canvas
        label={label}
        height={height}
        option={option}
        onPick={
          hasLinks
            ? ({ index }) => {
                const to = bars[index]?.to;
                if (to) go(to);
              }
            : undefined
        }
      />
    </ChartFrame>
  );
}
