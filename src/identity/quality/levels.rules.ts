/** How far a value known of a person can be trusted, and why. Reasons are data; the sentences stand in one place. */
export const levels = ['verified', 'plausible', 'doubtful', 'bad'] as const;
export type Level = (typeof levels)[number];

/** What is judged by itself. `life` is whether anything was heard of the person lately. */
export const groups = ['mail', 'phone', 'mobile', 'address', 'name', 'life'] as const;
export type Group = (typeof groups)[number];

export interface Finding {
  group: Group;
  code: keyof typeof says;
  level: Level;
  /** what the sentence speaks of: a country, a domain, a number of months */
  detail?: string;
}

const says = {
  confirmed: 'A person here confirmed it.',
  wrote: 'They wrote to us from it.',
  mailUnreadable: 'It is not a mail address.',
  disposable: 'A throw-away address, reachable now and not later.',
  bounced: 'Our last mail to it came back.',
  noDomain: 'There is no such domain: {}.',
  noMail: '{} takes no mail.',
  mailMadeUp: 'Typed to get past a form.',
  role: 'A shared mailbox: a desk reads it, not a person.',
  free: 'A private mailbox: it says nothing of the company.',
  phoneUnreadable: 'It is not a telephone number.',
  phoneUnread: 'It can be dialled as {}, but was read before the country was known.',
  phoneMadeUp: 'A number nobody has.',
  unassigned: 'Right in length, but from a block that is given to nobody in {}.',
  abroad: 'A number in {}, which is not where they live.',
  postcodeShape: 'Postcodes in {} do not look like that.',
  postcodeState: 'That postcode lies in {}.',
  postcodePlace: 'Others with that postcode live in {}.',
  noCountry: 'Without a country nobody can say whether it is right.',
  junk: 'It does not look like a name.',
  oneName: 'Only one of first and last name is known.',
  initial: 'Only an initial.',
  isCompany: 'It is the name of the company.',
  silent: 'Nothing was heard of them for {} months.',
} as const;

export const sentenceOf = ({ code, detail }: Pick<Finding, 'code' | 'detail'>): string => says[code].replace('{}', detail ?? '');

/**
 * What of it all stands. What is plainly wrong is wrong whoever confirmed it (a mailbox closes); else a confirmation stands over any doubt.
 */
export function levelOf(findings: readonly Finding[]): Level {
  const has = (level: Level): boolean => findings.some((one) => one.level === level);
  return has('bad') ? 'bad' : has('verified') ? 'verified' : has('doubtful') ? 'doubtful' : 'plausible';
}

const regions = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'code' });
/** A country's name in a sentence. */
export const countryName = (country: string): string => (/^[A-Z]{2}$/.test(country) ? (regions.of(country) ?? country) : country);
