/** What conditions may ask about: an inquiry, who sent it, for whom, and what was answered since. One flat record, named as people speak. */
import { parseEmail } from '../platform/values/email.rules.ts';
import type { Facts } from '../platform/values/criteria.rules.ts';
import { readIndustry } from '../platform/values/standard/read-industry.rules.ts';
import { readTitle } from '../platform/values/standard/read-title.rules.ts';
import { countryCode } from '../platform/values/postal-address.rules.ts';

export interface SubjectRow {
  inquiryId: string;
  occurredAt: Date;
  channel: string;
  fields: Record<string, unknown> & { custom?: Record<string, unknown> };
  sourceId: string | null;
  sourceName: string | null;
  sourceChannel: string | null;
  programId: string | null;
  programName: string | null;
  programChannel: string | null;
  personId: string;
  externalId: string | null;
  fullName: string | null;
  title: string | null;
  email: string | null;
  phone: string | null;
  mobileE164: string | null;
  street: string | null;
  postalCode: string | null;
  city: string | null;
  state: string | null;
  country: string | null;
  language: string | null;
  nameIsJunk: boolean;
  doNotContact: boolean;
  unsubscribed: boolean;
  organizationId: string | null;
  organizationName: string | null;
  organizationCountry: string | null;
  organizationState: string | null;
  organizationPostalCode: string | null;
  industry: string | null;
  organizationVertical: string | null;
  employees: number | null;
  annualRevenueMinor: number | null;
  isCustomer: boolean | null;
  /** What somebody here said this position and this business are; rules read what nobody spoke of. */
  saidPosition?: { level: string; function: string } | undefined;
  saidSector?: string | undefined;
}

export type FieldType = 'text' | 'number' | 'boolean' | 'instant' | 'country';

/** every field a condition may name, for the editor and for sentences */
export const fieldCatalogue: { field: string; label: string; type: FieldType }[] = [
  { field: 'email', label: 'mail', type: 'text' },
  { field: 'phone', label: 'phone', type: 'text' },
  { field: 'name', label: 'name', type: 'text' },
  { field: 'organization', label: 'company', type: 'text' },
  { field: 'externalId', label: 'number in the other system', type: 'text' },
  { field: 'country', label: 'country', type: 'country' },
  { field: 'state', label: 'state', type: 'text' },
  { field: 'postalCode', label: 'postcode', type: 'text' },
  { field: 'city', label: 'city', type: 'text' },
  { field: 'language', label: 'language', type: 'text' },
  { field: 'title', label: 'position', type: 'text' },
  { field: 'positionLevel', label: 'rank', type: 'text' },
  { field: 'positionFunction', label: 'what they do', type: 'text' },
  { field: 'industry', label: 'industry', type: 'text' },
  { field: 'sector', label: 'sector (NAICS)', type: 'text' },
  { field: 'vertical', label: 'vertical', type: 'text' },
  { field: 'employees', label: 'number of employees', type: 'number' },
  { field: 'annualRevenue', label: 'annual revenue', type: 'number' },
  { field: 'isCustomer', label: 'a customer already', type: 'boolean' },
  { field: 'businessMail', label: 'a company’s mail address', type: 'boolean' },
  { field: 'disposableMail', label: 'a throw-away mail address', type: 'boolean' },
  { field: 'junkName', label: 'a made-up name', type: 'boolean' },
  { field: 'doNotContact', label: 'a wish not to be contacted', type: 'boolean' },
  { field: 'unsubscribed', label: 'unsubscribed from mail', type: 'boolean' },
  { field: 'product', label: 'product', type: 'text' },
  { field: 'message', label: 'message', type: 'text' },
  { field: 'status', label: 'status in the other system', type: 'text' },
  { field: 'source', label: 'source', type: 'text' },
  { field: 'program', label: 'program', type: 'text' },
  { field: 'channel', label: 'channel', type: 'text' },
  { field: 'occurredAt', label: 'the inquiry', type: 'instant' },
  { field: 'inquiries', label: 'number of inquiries', type: 'number' },
  { field: 'budget', label: 'budget', type: 'text' },
  { field: 'authority', label: 'authority', type: 'text' },
  { field: 'need', label: 'need', type: 'text' },
  { field: 'timing', label: 'timing', type: 'text' },
];

export const labels: Record<string, string> = Object.fromEntries(fieldCatalogue.map((one) => [one.field, one.label]));

const said = (value: unknown): string | null => {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
};

export function subjectOf(row: SubjectRow, answers: Record<string, string | null> = {}, inquiries = 1): Facts {
  const { fields } = row;
  const mail = parseEmail(row.email);
  return {
    ...fields.custom,
    email: row.email,
    phone: row.phone ?? row.mobileE164,
    name: row.fullName,
    organization: row.organizationName,
    externalId: row.externalId ?? said(fields['externalId']),
    country: row.country ?? row.organizationCountry ?? countryCode(fields['country']) ?? null,
    state: row.state ?? row.organizationState,
    postalCode: row.postalCode ?? row.organizationPostalCode,
    city: row.city,
    language: row.language,
    title: row.title,
    // Asked seldom, and of many: read only where a condition does.
    get positionLevel() {
      return row.saidPosition?.level ?? (row.title === null ? null : readTitle(row.title).level);
    },
    get positionFunction() {
      return row.saidPosition?.function ?? (row.title === null ? null : readTitle(row.title).function);
    },
    get sector() {
      return row.saidSector ?? (row.industry === null ? null : readIndustry(row.industry).sector);
    },
    industry: row.industry,
    vertical: said(fields['vertical']) ?? row.organizationVertical,
    employees: row.employees,
    annualRevenue: row.annualRevenueMinor === null ? null : row.annualRevenueMinor / 100,
    isCustomer: row.isCustomer === true,
    businessMail: mail !== undefined && !mail.free && !mail.disposable,
    disposableMail: mail?.disposable === true,
    junkName: row.nameIsJunk,
    doNotContact: row.doNotContact,
    unsubscribed: row.unsubscribed,
    product: said(fields['product']),
    message: said(fields['message']),
    status: said(fields['status']),
    source: row.sourceName,
    program: row.programName,
    channel: row.programChannel ?? row.sourceChannel ?? row.channel,
    occurredAt: row.occurredAt,
    inquiries,
    budget: said(fields['budget']),
    authority: said(fields['authority']),
    need: said(fields['need']),
    timing: said(fields['timing']),
    ...Object.fromEntries(Object.entries(answers).filter(([, answer]) => answer !== null)),
  };
}
