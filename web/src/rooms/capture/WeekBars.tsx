const [width, height, gap] = [4, 22, 1];

/** A small bar for each week, all rows of a table on one scale. */
export function WeekBars({ label, values, most, said }: { label: string; values: readonly number[]; most: number; said: (value: number) => string }) {
  const across = Math.max(1, values.length * (width + gap));
  return (
    <svg role="img" aria-label={`${label}: ${values.map(said).join(', ')}`} width={across} height={height} viewBox={`0 0 ${across} ${height}`} style={{ maxWidth: '100%', verticalAlign: 'middle' }}>
      {values.map((value, week) => {
        const tall = most > 0 ? Math.max(1, (value / most) * height) : 1;
        return <rect key={week} x={week * (width + gap)} y={height - tall} width={width} height={tall} fill={value >= 0.5 ? 'var(--hot-fill)' : 'var(--line)'} />;
      })}
    </svg>
  );
}
