/** Groups of fields of a person that stand or fall together, as people call them. */
export const groupNames = {
  name: 'Name',
  title: 'Role',
  email: 'Mail',
  phone: 'Phone',
  mobile: 'Mobile',
  organization: 'Company',
  address: 'Address',
  language: 'Language',
} as const;

/** The same of an organization. */
export const organizationGroupNames = {
  name: 'Name',
  externalId: 'Known as',
  domain: 'Domain',
  website: 'Web',
  phone: 'Phone',
  address: 'Address',
  industry: 'Business',
  vertical: 'Vertical',
  employees: 'Employees',
  annualRevenueMinor: 'Annual sales',
  naics: 'NAICS code',
  sic: 'SIC code',
  parent: 'Part of',
  language: 'Language',
} as const;
