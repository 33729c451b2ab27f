import { useComputedColorScheme } from '@mantine/core';
import type { EChartsCoreOption, EChartsType } from 'echarts/core';
import { useEffect, useRef } from 'react';
import css from './chart.module.css';

export interface Palette {
  of: (token: string) => string;
}

/** Draws an ECharts option with the house's colours; the option is made from a palette so that both themes hold. */
export function Canvas({
  label,
  height,
  option,
  onPick,
}: {
  label: string;
  height: number;
  option: (palette: Palette) => EChartsCoreOption;
  onPick?: (at: { series: number; index: number }) => void;
}) {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType>(undefined);
  const pick = useRef(onPick);
  const scheme = useComputedColorScheme('light');
  useEffect(() => {
    pick.current = onPick;
  });
  useEffect(() => {
    let gone = false;
    let observer: ResizeObserver | undefined;
    void import('./echarts.ts').then(({ init }) => {
      if (gone || !box.current) return;
      const made = init(box.current, undefined, { renderer: 'svg' });
      chart.current = made;
      made.on('click', (event) => pick.current?.({ series: event.seriesIndex ?? 0, index: event.dataIndex ?? 0 }));
      made.setOption(option(palette()));
      observer = new ResizeObserver(() => made.resize());
      observer.observe(box.current);
    });
    return () => {
      gone = true;
      observer?.disconnect();
      chart.current?.dispose();
      chart.current = undefined;
    };
    // The option is applied by the effect below; here only the drawing surface is made.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);
  useEffect(() => {
    chart.current?.setOption(option(palette()), { notMerge: true });
  }, [option, scheme]);
  return <div ref={box} className={css.canvas} style={{ height, cursor: onPick ? 'pointer' : undefined }} role="img" aria-label={label} />;
}

function palette(): Palette {
  const style = getComputedStyle(document.documentElement);
  return { of: (token) => style.getPropertyValue(`--${token}`).trim() };
}

export const baseOption = (colors: Palette) => ({
  animationDuration: 250,
  textStyle: { fontFamily: "'Inter Variable', system-ui, sans-serif", fontSize: 12, color: colors.of('ink-2') },
  grid: { left: 8, right: 12, top: 12, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
  tooltip: {
    trigger: 'axis',
    backgroundColor: colors.of('surface'),
    borderColor: colors.of('line'),
    borderWidth: 1,
    padding: [6, 10],
    textStyle: { color: colors.of('ink'), fontSize: 12 },
    extraCssText: 'box-shadow: var(--overlay-shadow); border-radius: 7px;',
  },
});

export const axisLook = (colors: Palette) => ({
  axisLine: { lineStyle: { color: colors.of('line') } },
  axisTick: { show: false },
  axisLabel: { color: colors.of('ink-2'), fontSize: 12 },
  splitLine: { lineStyle: { color: colors.of('grid-line') } },
});
