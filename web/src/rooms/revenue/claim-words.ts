import type { Item } from '../../api/contract.ts';

type Claim = Item<'GET /v1/claims'>;

export const proofNames: Record<Claim['proof'], string> = { 'sell-through': 'Sell-through', warranty: 'Warranty card', rebate: 'Rebate claim' };
export const stateNames: Record<Claim['state'], { label: string; tone: string }> = {
  credited: { label: 'Credited', tone: 'sale' },
  known: { label: 'Counted already', tone: 'quiet' },
  ask: { label: 'To decide', tone: 'warm' },
  none: { label: 'No lead', tone: 'quiet' },
  apart: { label: 'None of the leads', tone: 'quiet' },
};
export const reportedNames: Record<NonNullable<Claim['reported']>, string> = { bad: 'bad', dont_know: 'don’t know', silent: 'nothing' };

export const buyerOf = (claim: Claim): string => claim.said['organization'] ?? claim.said['fullName'] ?? claim.organization?.name ?? claim.person?.name ?? claim.said['email'] ?? 'Somebody';
