/** What the words of the API and the rules behind it share. */
export const survivalRules = ['latest', 'fullest', 'first'] as const;
export type SurvivalRule = (typeof survivalRules)[number];

/** Groups of fields that stand or fall together: half of one address and half of another is neither. */
export const personGroups = ['name', 'title', 'email', 'phone', 'mobile', 'organization', 'address', 'language'] as const;
export type PersonGroup = (typeof personGroups)[number];
export type Survivorship = Record<PersonGroup, SurvivalRule>;

/** What a page of an organization says of it, in its order. */
export const organizationGroups = [
  'name', 'externalId', 'domain', 'website', 'phone', 'address', 'industry', 'vertical', 'employees', 'annualRevenueMinor', 'naics', 'sic', 'parent', 'language',
] as const;
export type OrganizationGroup = (typeof organizationGroups)[number];
