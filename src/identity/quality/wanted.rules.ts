/** What one wants to know of everybody, and how much it helps to reach and place them. */
export const wantedWeights = { mail: 5, phone: 4, name: 3, organization: 3, country: 2, title: 2, postcode: 1 } as const;
export type Wanted = keyof typeof wantedWeights;
export const allWeights = Object.values(wantedWeights).reduce((sum: number, one) => sum + one, 0);
