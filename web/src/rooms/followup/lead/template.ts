/** What a template may name of a lead, as people write it. */
export interface Filling {
  name: string;
  company: string;
  product: string;
  me: string;
  'our company': string;
}
export const placeholders: readonly (keyof Filling)[] = ['name', 'company', 'product', 'me', 'our company'];

/** Puts what is known in the place of {name} and the like; what is not known leaves its place empty, and anything else in braces stays. */
export const fill = (text: string, filling: Filling): string => text.replaceAll(/\{([a-z ]+)\}/gi, (whole, written: string) => {
    const key = placeholders.find((one) => one === written.trim().toLowerCase());
    return key ? filling[key] : whole;
  });

/** The address that opens the mail program with everything in it. */
export const mailTo = (address: string, { subject, text }: { subject: string; text: string }): string =>
  `mailto:${encodeURIComponent(address).replaceAll('%40', '@')}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(text.replaceAll(/\r?\n/g, '\r\n'))}`;
