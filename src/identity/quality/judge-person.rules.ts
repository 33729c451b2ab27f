import { fold } from '../../platform/values/fold.rules.ts';
import { judgeMail, type MailKnown } from './judge-mail.rules.ts';
import { judgePhone } from './judge-phone.rules.ts';
import { hasPlace, judgePlace, type Place, type PostcodePlace } from './judge-place.rules.ts';
import { groups, levelOf, type Finding, type Group, type Level } from './levels.rules.ts';
import { allWeights, wantedWeights, type Wanted } from './wanted.rules.ts';

/** The next number makes the whole base be judged again: raise it when a rule changes. */
export const rulesVersion = 1;

export interface Judged extends Place {
  givenName: string | null;
  familyName: string | null;
  nameIsJunk: boolean;
  title: string | null;
  email: string | null;
  phone: string | null;
  phoneE164: string | null;
  mobileE164: string | null;
  organization: string | null;
  /** the last sign of life: an inquiry, a list that named them, a purchase */
  lastSeenAt: Date;
}

/** What is known besides the row: of the mail, of neighbours, what a person here confirmed. */
export interface Around extends MailKnown {
  neighbours: readonly PostcodePlace[];
  confirmed: ReadonlySet<Group>;
  now: Date;
  staleMonths: number;
}

export interface Judgement {
  /** null: nothing is known that could be judged */
  levels: Record<Group, Level | null>;
  findings: Finding[];
  /** 0 to 1: how much of what one wants to know is missing or bad, the useful weighing more */
  lacking: number;
  /** what is missing or bad, the most useful first */
  wanted: Wanted[];
  /** when time alone changes the answer */
  nextOn: Date | null;
}


export function judgePerson(one: Judged, around: Around): Judgement {
  const silent = monthsBetween(one.lastSeenAt, around.now);
  const findings: Finding[] = [
    ...(one.email === null ? [] : judgeMail(one.email, around)),
    ...judgePhone('phone', one.phone, one.phoneE164, one.country),
    ...judgePhone('mobile', null, one.mobileE164, one.country),
    ...judgePlace(one, around.neighbours),
    ...judgeName(one),
    ...(silent >= around.staleMonths
      ? [{ group: 'life', code: 'silent', level: silent >= 2 * around.staleMonths ? 'bad' : 'doubtful', detail: String(silent) } as const]
      : []),
    ...[...around.confirmed].map((group): Finding => ({ group, code: 'confirmed', level: 'verified' })),
  ];
  const known: Record<Group, boolean> = {
    mail: one.email !== null,
    phone: one.phone !== null || one.phoneE164 !== null,
    mobile: one.mobileE164 !== null,
    address: hasPlace(one),
    name: one.givenName !== null || one.familyName !== null,
    life: true,
  };
  const levels = Object.fromEntries(groups.map((group) => [group, known[group] ? levelOf(findings.filter((found) => found.group === group)) : null])) as Judgement['levels'];
  const wanted = wantedOf(one, levels);
  return {
    levels,
    findings: findings.filter(({ group }) => known[group]),
    lacking: wanted.reduce((sum, field) => sum + wantedWeights[field], 0) / allWeights,
    wanted,
    nextOn: silent >= 2 * around.staleMonths ? null : monthsAfter(one.lastSeenAt, silent >= around.staleMonths ? 2 * around.staleMonths : around.staleMonths),
  };
}

function wantedOf(one: Judged, level: Judgement['levels']): Wanted[] {
  const lacks = (group: Group): boolean => level[group] === null || level[group] === 'bad';
  const out: Wanted[] = [];
  if (lacks('mail')) out.push('mail');
  if (lacks('phone') && lacks('mobile')) out.push('phone');
  if (one.familyName === null || level.name === 'bad') out.push('name');
  if (one.organization === null) out.push('organization');
  if (one.country === null) out.push('country');
  if (one.title === null) out.push('title');
  if (one.postalCode === null || level.address === 'bad') out.push('postcode');
  return out;
}

function judgeName(one: Judged): Finding[] {
  const { givenName, familyName } = one;
  if (givenName === null && familyName === null) return [];
  if (one.nameIsJunk) return [{ group: 'name', code: 'junk', level: 'bad' }];
  const whole = fold([givenName, familyName].filter(Boolean).join(' '));
  if (one.organization !== null && whole.length > 3 && whole === fold(one.organization)) return [{ group: 'name', code: 'isCompany', level: 'doubtful' }];
  if (givenName === null || familyName === null) return [{ group: 'name', code: 'oneName', level: 'doubtful' }];
  return /^\p{L}\.?$/u.test(familyName.trim()) ? [{ group: 'name', code: 'initial', level: 'doubtful' }] : [];
}

/** whole months from one to the other, by the calendar in UTC */
function monthsBetween(from: Date, to: Date): number {
  const months = (to.getUTCFullYear() - from.getUTCFullYear()) * 12 + to.getUTCMonth() - from.getUTCMonth();
  return Math.max(0, monthsAfter(from, months) > to ? months - 1 : months);
}

/** the same day so many months later, or the month's last */
function monthsAfter(from: Date, months: number): Date {
  const first = new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + months, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  return new Date(first.getTime() + (Math.min(from.getUTCDate(), last) - 1) * 86_400_000 + (from.getTime() % 86_400_000));
}
