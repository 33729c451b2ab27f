export { MoneyByMonth } from './MoneyByMonth.tsx';
export { Sankey } from './Sankey.tsx';
export { BarsAndLine, type Bar } from './BarsAndLine.tsx';
export { Lines, type Line } from './Lines.tsx';
export { StackedArea, type Layer } from './StackedArea.tsx';
export { Bullets, type BulletRow } from './Bullet.tsx';
export { DotIntervals, type DotRow } from './DotInterval.tsx';
export type { FlowLink, FlowNode } from './sankey-layout.ts';
