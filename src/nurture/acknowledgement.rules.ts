export interface Acknowledgement {
  on: boolean;
  subject: string;
  text: string;
}

/** The answer an enquirer gets at once, until somebody writes a better one. */
export const defaultAcknowledgement: Acknowledgement = {
  on: true,
  subject: 'Thank you for writing to {company}',
  text: 'Hello {name},\n\nthank you for your inquiry. It is with us under the number {receipt}, and somebody will get in touch with you soon.\n\nKind regards\n{company}\n',
};

/** Fills in what is known; what is not known leaves no hole in the sentence. */
export function fillIn(
  template: string,
  values: { name: string | null; company: string; product: string | null; receipt: string },
): string {
  return template
    .replaceAll(/ ?\{name\}/g, () => (values.name ? ` ${values.name}` : ''))
    .replaceAll(/\{(company|product|receipt)\}/g, (_, key: 'company' | 'product' | 'receipt') => values[key] ?? '')
    .replaceAll(/[ \t]+([,.\n])/g, '$1')
    .trimStart();
}
