import type { Item } from '../../api/contract.ts';

export type WhyErased = Item<'GET /v1/erasures'>['why'];
export const whyWords: Record<WhyErased, string> = {
  asked: 'They asked for it',
  objected: 'They objected to being kept',
  'no longer needed': 'It is no longer needed',
  unlawful: 'It should never have been kept',
  retention: 'A retention rule',
  other: 'Another reason',
};
/** What somebody may choose; rules choose for themselves. */
export const erasureReasons = (Object.keys(whyWords) as WhyErased[]).filter((why) => why !== 'retention').map((value) => ({ value, label: whyWords[value] }));
