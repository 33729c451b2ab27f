export interface Reason {
  label: string;
  detail: string | null;
  points: number | null;
}

/** Reasons as any room stores them, in one shape: lists of sentences, of {label, points, detail}, or an object of named facts. */
export function reasonsOf(stored: unknown): Reason[] {
  if (stored === null || stored === undefined) return [];
  if (typeof stored === 'string') return [{ label: stored, detail: null, points: null }];
  if (Array.isArray(stored)) return stored.flatMap(reasonsOf);
  if (typeof stored !== 'object') return [{ label: String(stored), detail: null, points: null }];
  const one = stored as Record<string, unknown>;
  const text = (key: string): string | null => (typeof one[key] === 'string' && one[key] !== '' ? one[key] : null);
  const number = (key: string): number | null => (typeof one[key] === 'number' ? one[key] : null);
  const label = text('label') ?? text('what') ?? text('field') ?? text('name') ?? text('sentence');
  if (label)
    return [
      {
        label,
        detail: text('detail') ?? text('why') ?? text('said') ?? text('sentence') ?? text('value'),
        points: number('points') ?? number('weight'),
      },
    ];
  return Object.entries(one).flatMap(([key, value]): Reason[] => {
    if (value === null || value === undefined) return [];
    if (Array.isArray(value)) return value.flatMap(reasonsOf);
    return [{ label: key, detail: typeof value === 'object' ? JSON.stringify(value) : String(value), points: null }];
  });
}
