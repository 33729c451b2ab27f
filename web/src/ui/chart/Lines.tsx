import { useCallback } from 'react';
import { DataTable } from '../DataTable.tsx';
import { Canvas, axisLook, baseOption, type Palette } from './Canvas.tsx';
import { ChartFrame } from './ChartFrame.tsx';
import { Legend } from './Legend.tsx';

export interface Line {
  name: string;
  tone: string;
  values: (number | null)[];
}

/** Several shares over time on one axis, zero-based; `steps` are days, drawn at their true distance. */
export function Lines({ label, steps, lines, format, height = 240, most }: { label: string; steps: string[]; lines: Line[]; format: (value: number) => string; height?: number; most?: number }) {
  const option = useCallback(
    (colors: Palette) => {
      const axis = axisLook(colors);
      return {
        ...baseOption(colors),
        xAxis: { type: 'time', ...axis, splitLine: { show: false } },
        yAxis: { type: 'value', min: 0, ...(most === undefined ? {} : { max: most }), ...axis, axisLine: { show: false }, axisLabel: { ...axis.axisLabel, formatter: format } },
        tooltip: { ...baseOption(colors).tooltip, valueFormatter: (value: unknown) => (typeof value === 'number' ? format(value) : '–') },
        series: lines.map((line) => ({
          type: 'line',
          name: line.name,
          data: line.values.map((value, at) => [steps[at], value]),
          symbol: steps.length < 3 ? 'circle' : 'none',
          lineStyle: { width: 1.8, color: colors.of(`${line.tone}-fill`) },
          itemStyle: { color: colors.of(`${line.tone}-fill`) },
        })),
      };
    },
    [steps, lines, format, most],
  );
  const table = (
    <DataTable
      phone="scroll"
      caption={label}
      rows={steps.map((step, at) => ({ step, at }))}
      rowKey={(row) => row.step}
      columns={[
        { key: 'step', label: 'Day', render: (row) => row.step },
        ...lines.map((line) => ({
          key: line.name,
          label: line.name,
          align: 'end' as const,
          render: (row: { at: number }) => {
            const value = line.values[row.at];
            return value === null || value === undefined ? '–' : format(value);
          },
        })),
      ]}
    />
  );
  return (
    <ChartFrame label={label} table={table} height={height}>
      <Legend of={lines} />
      <Canvas label={label} height={height} option={option} />
    </ChartFrame>
  );
}
