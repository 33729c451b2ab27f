import { readReceipt } from '../capture/index.ts';
import type { Tx } from '../platform/db/index.ts';
import { parseEmail } from '../platform/values/email.rules.ts';
import { organizationKey } from '../platform/values/organization-name.rules.ts';
import {
  findInquiriesByReceipt,
  findOfInquiries,
  findOrganizations,
  findPeopleByExternalId,
  findPeopleByMail,
} from './customers.queries.ts';

export interface Reference {
  leadRef: string | null;
  contactRef: string | null;
  email: string | null;
  accountRef: string | null;
  accountName: string | null;
}

export interface Customer {
  inquiryId: string | null;
  leadId: string | null;
  personId: string | null;
  organizationId: string | null;
}

export const mailKeyOf = (email: string | null): string | null => (email ? (parseEmail(email)?.key ?? null) : null);

/** Who each row is about: its lead's receipt or id first, then the contact's id, the mail address, the account's id, the company's name. */
export async function findCustomers(
  tx: Tx,
  rows: readonly Reference[],
  inquiryByExternalId: ReadonlyMap<string, string>,
): Promise<Customer[]> {
  const some = (of: (row: Reference) => string | null): string[] => [...new Set(rows.flatMap((row) => of(row) ?? []))];
  const receipts = some((row) => (row.leadRef ? (readReceipt(row.leadRef) ?? null) : null));
  const byReceipt = new Map((await findInquiriesByReceipt(tx, receipts)).map((one) => [one.receipt, one.inquiryId]));
  const inquiryOf = (row: Reference): string | null =>
    row.leadRef ? (inquiryByExternalId.get(row.leadRef) ?? byReceipt.get(readReceipt(row.leadRef) ?? '') ?? null) : null;
  const inquiries = await findOfInquiries(tx, some(inquiryOf));
  // A lead's id may also be known as a person's (a list of people imported as such).
  const people = await findPeopleByExternalId(tx, [
    ...some((row) => row.contactRef),
    ...some((row) => (inquiryOf(row) ? null : row.leadRef)),
  ]);
  const mails = await findPeopleByMail(
    tx,
    some((row) => mailKeyOf(row.email)),
  );
  const organizations = await findOrganizations(
    tx,
    some((row) => row.accountRef),
    some((row) => (row.accountName ? organizationKey(row.accountName) : null)),
  );
  return rows.map((row) => {
    const inquiryId = inquiryOf(row);
    const inquiry = inquiryId ? inquiries.get(inquiryId) : undefined;
    const person =
      (row.contactRef ? people.get(row.contactRef) : undefined) ??
      (row.leadRef ? people.get(row.leadRef) : undefined) ??
      mails.get(mailKeyOf(row.email) ?? '');
    const organization =
      (row.accountRef ? organizations.byExternalId.get(row.accountRef) : undefined) ??
      (row.accountName ? organizations.byName.get(organizationKey(row.accountName)) : undefined);
    return {
      inquiryId,
      leadId: inquiry?.leadId ?? null,
      personId: inquiry?.personId ?? person?.personId ?? null,
      organizationId: inquiry?.organizationId ?? person?.organizationId ?? organization ?? null,
    };
  });
}
