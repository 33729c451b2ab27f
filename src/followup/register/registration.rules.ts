/** What a partner types when it registers a lead of its own: what is missing or unreadable, and when two say the same. */
import { parseEmail } from '../../platform/values/email.rules.ts';
import { parsePhone } from '../../platform/values/phone.rules.ts';
import { countryCode } from '../../platform/values/postal-address.rules.ts';

export interface Said {
  name: string;
  organization: string;
  email: string;
  phone: string;
  city: string;
  country: string;
  wants: string;
}
const saidFields = ['name', 'organization', 'email', 'phone', 'city', 'country', 'wants'] as const satisfies readonly (keyof Said)[];

export interface Problem {
  field: keyof Said;
  sentence: string;
}

/** Every reason why nobody could tell from this who it is or what they want. `home`: in which country a number without a prefix is read. */
export function problemsOf(said: Said, home: string | null): Problem[] {
  const problems: Problem[] = [];
  const add = (field: keyof Said, sentence: string): void => void problems.push({ field, sentence });
  if (!said.name && !said.organization) add('name', 'Say who it is: a person, a company, or both.');
  const country = said.country ? countryCode(said.country) : undefined;
  if (said.country && !country) add('country', `We know no country “${said.country}”. Choose one of the list.`);
  if (!said.email && !said.phone) add('email', 'Give a mail address or a phone number: without one nobody can tell whom you mean.');
  if (said.email && !parseEmail(said.email)) add('email', `“${said.email}” is no mail address. Write it as name@company.com.`);
  if (said.phone && !parsePhone(said.phone, country ?? home ?? undefined))
    add('phone', `“${said.phone}” is no number we can read. Write it with its country, as +49 30 901820.`);
  if (!said.wants) add('wants', 'Say in a sentence what they want.');
  return problems;
}

/** What makes two registrations of one partner the same: who it is and what they want, however it is written. */
export const sameness = (said: Said): string =>
  JSON.stringify(
    saidFields.map((field) =>
      field === 'email' ? (parseEmail(said.email)?.key ?? said.email) : said[field].toLowerCase().replaceAll(/\s+/g, ' '),
    ),
  );

export interface RegistrationSettings {
  days: number;
}
export const defaultSettings: RegistrationSettings = { days: 90 };

/** The check tells who has whom: nobody shall comb the base with it. */
export const dailyMost = 50;

export const protectedUntil = (from: Date, { days }: RegistrationSettings): Date => new Date(from.getTime() + days * 86_400_000);
