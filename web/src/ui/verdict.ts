/** The colours that carry meaning. The word or letter always stands beside the colour. */
export const verdictLooks = {
  hot: { letter: 'H', label: 'Hot', tone: 'hot' },
  warm: { letter: 'W', label: 'Warm', tone: 'warm' },
  cold: { letter: 'C', label: 'Cold', tone: 'cold' },
  bad: { letter: 'B', label: 'Bad', tone: 'bad' },
  lost: { letter: 'L', label: 'Lost', tone: 'bad' },
  sale: { letter: 'S', label: 'Sale', tone: 'sale' },
  sold: { letter: 'S', label: 'Sold', tone: 'sale' },
  dont_know: { letter: '?', label: "Don't know", tone: 'dont-know' },
  open: { letter: '', label: 'Open', tone: 'open' },
  working: { letter: '', label: 'Being worked', tone: 'open' },
  waiting: { letter: '', label: 'Waiting for a holder', tone: 'hot' },
  nurture: { letter: '', label: 'Nurture', tone: 'warm' },
  withdrawn: { letter: '', label: 'Withdrawn', tone: 'bad' },
  customer: { letter: '', label: 'Customer', tone: 'sale' },
} as const;

export type VerdictName = keyof typeof verdictLooks;
export type Tone = (typeof verdictLooks)[VerdictName]['tone'];
export const toneVar = (tone: string, part?: 'soft' | 'fill' | 'band'): string => `var(--${tone}${part ? `-${part}` : ''})`;
