import { useCallback } from 'react';
import { useGo } from '../../shell/address.ts';
import { DataTable } from '../DataTable.tsx';
import { Canvas, axisLook, baseOption, type Palette } from './Canvas.tsx';
import { ChartFrame } from './ChartFrame.tsx';
import css from './chart.module.css';

export interface MonthOfMoney {
  label: string;
  spent: number;
  earned: number;
  sales: number;
  to: string;
}

/** Two bars a month on one axis: what went out, what came in. */
export function MoneyByMonth({
  label,
  months,
  format,
  height = 240,
}: {
  label: string;
  months: MonthOfMoney[];
  format: (value: number) => string;
  height?: number;
}) {
  const go = useGo();
  const option = useCallback(
    (colors: Palette) => {
      const axis = axisLook(colors);
      const bar = (name: string, token: string, values: number[]) => ({
        type: 'bar',
        name,
        data: values,
        barMaxWidth: 16,
        barGap: '12%',
        itemStyle: { color: colors.of(token), borderRadius: [2, 2, 0, 0] },
      });
      return {
        ...baseOption(colors),
        tooltip: { ...baseOption(colors).tooltip, valueFormatter: (value: unknown) => format(Number(value)) },
        xAxis: { type: 'category', data: months.map((month) => month.label), ...axis, splitLine: { show: false } },
        yAxis: { type: 'value', min: 0, ...axis, axisLine: { show: false }, axisLabel: { ...axis.axisLabel, formatter: format } },
        series: [
          bar(
            'Spent',
            'quiet-fill',
            months.map((month) => month.spent),
          ),
          bar(
            'Earned',
            'sale-fill',
            months.map((month) => month.earned),
          ),
        ],
      };
    },
    [months, format],
  );
  const table = (
    <DataTable
      phone="scroll"
      caption={label}
      rows={months}
      rowKey={(month) => month.label}
      columns={[
        { key: 'month', label: 'Month', render: (month) => month.label },
        { key: 'spent', label: 'Spent', align: 'end', render: (month) => format(month.spent) },
        { key: 'earned', label: 'Earned', align: 'end', render: (month) => format(month.earned), to: (month) => month.to },
        { key: 'sales', label: 'Sales', align: 'end', render: (month) => month.sales, to: (month) => month.to },
      ]}
    />
  );
  return (
    <ChartFrame label={label} table={table} height={height}>
      <div className={css.legend}>
        <span style={{ ['--swatch' as string]: 'var(--quiet-fill)' }}>Spent</span>
        <span style={{ ['--swatch' as string]: 'var(--sale-fill)' }}>Earned</span>
      </div>
      <Canvas
        label={label}
        height={height - 26}
        option={option}
        onPick={({ index }) => {
          const to = months[index]?.to;
          if (to) go(to);
        }}
      />
    </ChartFrame>
  );
}
