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
