import type { Answer } from '../../api/contract.ts';

export type Seen = Answer<'GET /v1/agreement'>;
export type Version = NonNullable<Seen['inForce']>;
export type Terms = Omit<Version['content'], 'definitionVersion'>;
export type Kind = Terms['kinds'][number];
export type Owed = Terms['sales']['hot'];
export type Promised = Answer<'GET /v1/settings/response-promise'>;

export const grades = ['hot', 'warm', 'cold'] as const;
export type Side = 'marketing' | 'sales';
export const sideLabels: Record<Side, string> = { marketing: 'Marketing', sales: 'Sales' };

export const knownFields = [
  { value: 'email', label: 'Mail address' },
  { value: 'phone', label: 'Phone' },
  { value: 'title', label: 'Position' },
  { value: 'organization', label: 'Company' },
  { value: 'country', label: 'Country' },
  { value: 'product', label: 'Product' },
];

/** What a first draft begins with: the promise as it is set today, and nothing nobody has said yet. */
export function firstTerms(promise: Promised): Terms {
  const owed = (grade: (typeof grades)[number]): Owed => ({
    acceptMinutes: promise[grade],
    contactMinutes: promise.followup[grade],
    verdictMinutes: null,
    attempts: null,
    attemptsMinutes: null,
  });
  return {
    kinds: [],
    marketing: { leadsMin: null, leadsMax: null, rightPercent: null, wrongReasons: [], completePercent: null, complete: [] },
    sales: { hot: owed('hot'), warm: owed('warm'), cold: owed('cold'), keptPercent: 90 },
    breach: { remindAtPercent: promise.remindAtPercent, redirectsMax: promise.redirectsMax },
  };
}
