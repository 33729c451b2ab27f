import type { Answer } from '../../api/contract.ts';

export type BulkRun = Answer<'GET /v1/bulk/:id'>;
type Subject = BulkRun['subject'];

export const setFields: Record<Subject, Record<string, string>> = {
  person: { title: 'Position', street: 'Street', postalCode: 'Postcode', city: 'City', state: 'State', country: 'Country', language: 'Language' },
  organization: {
    industry: 'Business', vertical: 'Vertical', employees: 'Employees', street: 'Street', postalCode: 'Postcode', city: 'City', state: 'State', country: 'Country', language: 'Language',
    naics: 'NAICS code', sic: 'SIC code', isCustomer: 'Customer',
  },
};
const { isCustomer: _isCustomer, ...organizationClears } = setFields.organization;
export const clearFields: Record<Subject, Record<string, string>> = {
  person: { ...setFields.person, email: 'Mail', phone: 'Phone', mobile: 'Mobile', organization: 'Company' },
  organization: { ...organizationClears, phone: 'Phone', website: 'Website' },
};
export const standardWords = {
  names: 'Names in one case are written like names',
  phones: 'Phones are written internationally, those not read yet included',
  places: 'States by their code, cities not in capitals, postcodes plainly',
  blanks: 'Blanks that say nothing are taken out',
} as const;

export function bulkSentence({ subject, action }: Pick<BulkRun, 'subject' | 'action'>): string {
  switch (action.do) {
    case 'set':
      return `${setFields[subject][action.field] ?? action.field} set to ${action.value === true ? 'yes' : action.value === false ? 'no' : `“${action.value}”`}`;
    case 'clear':
      return `${clearFields[subject][action.field] ?? action.field} cleared`;
    case 'custom':
      return action.value === null ? `Own field ${action.key} cleared` : `Own field ${action.key} set to “${action.value}”`;
    case 'standardise':
      return `Written in one way: ${action.what.join(', ')}`;
  }
}
