import type { AgreementContent } from '../qualify/index.ts';

type Terms = Omit<AgreementContent, 'definitionVersion'>;

/** What marketing and sales of the demo company promised each other, a year ago and again in the summer, sized for so many inquiries in eighteen months. */
export function agreementsFor(inquiries: number): { daysAgo: number; note: string; terms: Terms }[] {
  const month = inquiries / 18;
  const some = (share: number): number => Math.max(1, Math.round((month * share) / 5) * 5);
  const hour = 60;
  // As long as the promise was before: what changes with the second version is what nobody had promised yet.
  const hot = { acceptMinutes: 8 * hour, contactMinutes: 16 * hour, verdictMinutes: null, attempts: null, attemptsMinutes: null };
  const warm = { ...hot, acceptMinutes: 24 * hour, contactMinutes: 40 * hour };
  const cold = { ...hot, acceptMinutes: 32 * hour, contactMinutes: 64 * hour };
  const first: Terms = {
    kinds: [{ id: 'hot', name: 'Ready to buy', grade: 'hot', where: null, leadsMin: some(0.04), leadsMax: null, sharePercent: null }],
    marketing: { leadsMin: some(0.4), leadsMax: null, rightPercent: 80, wrongReasons: ['Wrong contact data', 'Student, competitor or supplier'], completePercent: null, complete: [] },
    sales: { hot: { ...hot, verdictMinutes: 120 * hour }, warm, cold, keptPercent: 80 },
    breach: { remindAtPercent: 70, redirectsMax: 3 },
  };
  const second: Terms = {
    ...first,
    kinds: [
      { ...first.kinds[0]!, leadsMin: some(0.05), sharePercent: 8 },
      {
        id: 'heads',
        name: 'Heads and chiefs',
        grade: null,
        where: { field: 'position.level', op: 'in', value: ['chief', 'vp', 'director'] },
        leadsMin: some(0.06),
        leadsMax: null,
        sharePercent: null,
      },
    ],
    marketing: {
      ...first.marketing,
      leadsMin: some(0.45),
      leadsMax: some(0.9),
      rightPercent: 85,
      wrongReasons: [...first.marketing.wrongReasons, 'Outside our range'],
      completePercent: 75,
      complete: ['email', 'phone', 'organization'],
    },
    sales: {
      hot: { ...first.sales.hot, verdictMinutes: 80 * hour, attempts: 2, attemptsMinutes: 120 * hour },
      warm: { ...warm, verdictMinutes: 160 * hour, attempts: 2, attemptsMinutes: 160 * hour },
      cold,
      keptPercent: 85,
    },
  };
  return [
    { daysAgo: 380, note: 'The first one: who answers, and how fast', terms: first },
    { daysAgo: 150, note: 'After the half-year: verdicts, attempts, and complete leads', terms: second },
  ];
}
