import { useCallback } from 'react';
import { useGo } from '../../shell/address.ts';
import { DataTable } from '../DataTable.tsx';
import { Canvas, axisLook, baseOption, type Palette } from './Canvas.tsx';
import { ChartFrame } from './ChartFrame.tsx';
import { Legend } from './Legend.tsx';

export interface Layer {
  name: string;
  tone: string;
  values: number[];
}

/** How a whole changes its make-up over time, e.g. verdicts by week. */
export function StackedArea({
  label,
  steps,
  layers,
  format = String,
  height = 240,
  to,
}: {
  label: string;
  steps: string[];
  layers: Layer[];
  format?: (value: number) => string;
  height?: number;
  to?: (step: number, layer: number) => string | undefined;
}) {
  const go = useGo();
  const option = useCallback(
    (colors: Palette) => {
      const axis = axisLook(colors);
      return {
        ...baseOption(colors),
        xAxis: { type: 'category', boundaryGap: false, data: steps, ...axis, splitLine: { show: false } },
        yAxis: { type: 'value', min: 0, ...axis, axisLine: { show: false }, axisLabel: { ...axis.axisLabel, formatter: format } },
        series: layers.map((layer) => ({
          type: 'line',
          name: layer.name,
          stack: 'whole',
          data: layer.values,
          symbol: 'none',
          triggerLineEvent: true,
          lineStyle: { width: 1, color: colors.of(`${layer.tone}-fill`) },
          itemStyle: { color: colors.of(`${layer.tone}-fill`) },
          areaStyle: { color: colors.of(`${layer.tone}-fill`), opacity: 0.62 },
        })),
      };
    },
    [steps, layers, format],
  );
  const table = (
    <DataTable
      phone="scroll"
      caption={label}
      rows={steps.map((step, at) => ({ step, at }))}
      rowKey={(row) => row.step}
      columns={[
        { key: 'step', label: '', render: (row) => row.step },
        ...layers.map((layer, index) => ({
          key: layer.name,
          label: layer.name,
          align: 'end' as const,
          render: (row: { at: number }) => format(layer.values[row.at] ?? 0),
          to: (row: { at: number }) => to?.(row.at, index),
        })),
      ]}
    />
  );
  return (
    <ChartFrame label={label} table={table} height={height}>
      <Legend of={layers} />
      <Canvas
        label={label}
        height={height}
        option={option}
        onPick={
          to
            ? ({ series, index }) => {
                const target = to(index, series);
                if (target) go(target);
              }
            : undefined
        }
      />
    </ChartFrame>
  );
}
