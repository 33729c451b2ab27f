import { useRouter } from '@tanstack/react-router';
import { useLayoutEffect, useRef, useState, type MouseEvent, type ReactNode } from 'react';
import { useFormat } from '../format.ts';
import { DataTable } from '../DataTable.tsx';
import { ChartFrame } from './ChartFrame.tsx';
import css from './chart.module.css';
import { layOut, type FlowLink, type FlowNode } from './sankey-layout.ts';

/** Where everything went. Each band and each block is a link to the leads inside it. */
export function Sankey({
  label,
  nodes,
  links,
  height = 350,
  unit = 'inquiries',
}: {
  label: string;
  nodes: FlowNode[];
  links: FlowLink[];
  height?: number;
  unit?: string;
}) {
  const format = useFormat();
  const router = useRouter();
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  const [tip, setTip] = useState<{ x: number; y: number; text: ReactNode }>();
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const nodeWidth = 12;
  const isNarrow = width < 560;
  const lastColumn = Math.max(...nodes.map((node) => node.column));
  const longest = Math.max(0, ...nodes.filter((node) => node.column === lastColumn).map((node) => shortLabel(node.label, isNarrow).length));
  const labelRoom = longest * 6.3 + (isNarrow ? 8 : 48);
  const drawn = width > 0 ? layOut(nodes, links, width, height, nodeWidth, labelRoom) : { nodes: [], links: [] };
  const nameOf = (id: string) => nodes.find((node) => node.id === id)?.label ?? id;
  const open = (to: string | undefined) => (event: MouseEvent) => {
    if (!to || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    router.history.push(to);
  };
  const show = (text: ReactNode) => (event: MouseEvent) => {
    const frame = box.current?.getBoundingClientRect();
    if (frame) setTip({ x: Math.min(event.clientX - frame.left + 12, frame.width - 210), y: event.clientY - frame.top + 14, text });
  };
  const table = (
    <DataTable
      caption={label}
      rows={links.filter((link) => link.value > 0)}
      rowKey={(link) => `${link.from}-${link.into}`}
      columns={[
        { key: 'from', label: 'From', render: (link) => nameOf(link.from) },
        { key: 'into', label: 'To', render: (link) => nameOf(link.into) },
        {
          key: 'value',
          label: unit,
          align: 'end',
          render: (link) => format.number(link.value),
          to: (link) => link.to,
          sort: (link) => link.value,
        },
      ]}
    />
  );
  return (
    <ChartFrame label={label} table={table} height={height}>
      <div ref={box} style={{ position: 'relative', height: height + 16 }} onMouseLeave={() => setTip(undefined)}>
        {width > 0 && (
          <svg
            className={css.sankey}
            width={width}
            height={height + 16}
            viewBox={`0 -8 ${width} ${height + 16}`}
            role="group"
            aria-label={label}
          >
            {drawn.links.map((link) => (
              <a
                key={`${link.from}-${link.into}`}
                href={link.to}
                onClick={open(link.to)}
                aria-label={`${nameOf(link.from)} to ${nameOf(link.into)}: ${format.number(link.value)} ${unit}`}
              >
                <path
                  className={css.band}
                  d={link.path}
                  fill={`var(--${link.tone}-band)`}
                  onMouseMove={show(
                    <>
                      {nameOf(link.from)} → {nameOf(link.into)} <b className="num">{format.number(link.value)}</b>
                    </>,
                  )}
                />
              </a>
            ))}
            {drawn.nodes.map((node) => (
              <a key={node.id} href={node.to} onClick={open(node.to)} aria-label={`${node.label}: ${format.number(node.value)} ${unit}`}>
                <rect
                  x={node.x}
                  y={node.y}
                  width={nodeWidth}
                  height={node.height}
                  rx={2}
                  fill={`var(--${node.tone}-fill)`}
                  onMouseMove={show(
                    <>
                      {node.label} <b className="num">{format.number(node.value)}</b>
                    </>,
                  )}
                />
              </a>
            ))}
            {drawn.nodes.map((node) => (
              <text key={node.id} x={node.x + nodeWidth + 6} y={node.y + node.height / 2} dominantBaseline="central">
                {shortLabel(node.label, isNarrow)}
                {!isNarrow && (
                  <tspan fill="var(--ink-3)" dx={5}>
                    {format.short(node.value)}
                  </tspan>
                )}
              </text>
            ))}
          </svg>
        )}
        {tip && (
          <div className={css.tip} style={{ left: tip.x, top: tip.y }}>
            {tip.text}
          </div>
        )}
      </div>
    </ChartFrame>
  );
}

const shortLabel = (label: string, isNarrow: boolean): string =>
  isNarrow && label.length > 14 ? `${label.slice(0, 12).trimEnd()}…` : label;
