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

/** Of an organization. */
export const organizationGroupNames = {
  name: 'Name',
  domain: 'Domain',
  website: 'Web site',
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
  externalId: 'Known as',
} as const;
