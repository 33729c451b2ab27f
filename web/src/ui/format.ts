import { minorDigits } from './currency.ts';
import { useMemo } from 'react';
import { useMaybeSession } from '../api/session.ts';

/** Money, numbers and time the way this company reads them. */
export interface Format {
  money(minor: number | null | undefined, currency?: string | null): string;
  /** What one of many costs: with its cents while it is small. */
  price(minor: number | null | undefined, currency?: string | null): string;
  /** Short: € 1.92M, for tiles and axes. */
  moneyShort(minor: number | null | undefined, currency?: string | null): string;
  number(value: number | null | undefined): string;
  decimal(value: number | null | undefined, digits: number): string;
  short(value: number | null | undefined): string;
  percent(share: number | null | undefined, digits?: number): string;
  times(ratio: number | null | undefined): string;
  date(at: Date | string | null | undefined): string;
  time(at: Date | string | null | undefined): string;
  dateTime(at: Date | string | null | undefined): string;
  /** As people say it: 09:12, yesterday 16:40, Thu 14:20, 12 Mar, 12 Mar 2025. */
  when(at: Date | string | null | undefined, now?: Date): string;
  /** Today in the company's zone, 'YYYY-MM-DD'. */
  today(now?: Date): string;
}

const none = '–';
const isDay = /^\d{4}-\d\d-\d\d$/;
const asDate = (at: Date | string): Date => (typeof at === 'string' ? new Date(isDay.test(at) ? `${at}T12:00:00` : at) : at);

export function makeFormat(locale: string, home: string, timeZone: string): Format {
  const cache = new Map<string, Intl.NumberFormat>();
  const numbers = (options: Intl.NumberFormatOptions) => {
    const key = JSON.stringify(options);
    let found = cache.get(key);
    if (!found) cache.set(key, (found = new Intl.NumberFormat(locale, options)));
    return found;
  };
  const dates = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, { timeZone, ...options });
  const clock = dates({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const dayMonth = dates({ day: 'numeric', month: 'short' });
  const full = dates({ day: 'numeric', month: 'short', year: 'numeric' });
  const weekday = dates({ weekday: 'short' });
  const iso = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  const day = (at: Date) => iso.format(at);
  const amount = (minor: number, currency: string) => minor / 10 ** minorDigits(currency);
  const spaced = (text: string) => text.replace(/^([^\d\s-]+)(?=\d)/, '$1 ');
  const priced = (minor: number | null | undefined, currency: string | null | undefined, exactBelow: number): string => {
    if (minor === null || minor === undefined) return none;
    const unit = currency || home;
    const value = amount(minor, unit);
    return spaced(
      numbers({ style: 'currency', currency: unit, currencyDisplay: 'narrowSymbol', ...(Math.abs(value) < exactBelow ? {} : { maximumFractionDigits: 0 }) }).format(value),
    );
  };
  return {
    money: (minor, currency) => priced(minor, currency, 0),
    price: (minor, currency) => priced(minor, currency, 100),
    moneyShort: (minor, currency) => {
      if (minor === null || minor === undefined) return none;
      const unit = currency || home;
      const value = amount(minor, unit);
      if (Math.abs(value) < 10_000)
        return spaced(
          numbers({ style: 'currency', currency: unit, currencyDisplay: 'narrowSymbol', maximumFractionDigits: 0 }).format(value),
        );
      return spaced(
        numbers({
          style: 'currency',
          currency: unit,
          currencyDisplay: 'narrowSymbol',
          notation: 'compact',
          maximumSignificantDigits: 3,
        }).format(value),
      );
    },
    number: (value) => (value === null || value === undefined ? none : numbers({ maximumFractionDigits: 0 }).format(value)),
    decimal: (value, digits) =>
      value === null || value === undefined
        ? none
        : numbers({ minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value),
    short: (value) =>
      value === null || value === undefined ? none : numbers({ notation: 'compact', maximumSignificantDigits: 3 }).format(value),
    percent: (share, digits) => {
      if (share === null || share === undefined || !Number.isFinite(share)) return none;
      return numbers({ style: 'percent', maximumFractionDigits: digits ?? (Math.abs(share) < 0.1 && share !== 0 ? 1 : 0) }).format(share);
    },
    times: (ratio) =>
      ratio === null || ratio === undefined || !Number.isFinite(ratio)
        ? none
        : `${numbers({ minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(ratio)} ×`,
    date: (at) => (at ? full.format(asDate(at)) : none),
    time: (at) => (at ? clock.format(asDate(at)) : none),
    dateTime: (at) => (at ? `${full.format(asDate(at))}, ${clock.format(asDate(at))}` : none),
    when: (given, now = new Date()) => {
      if (!given) return none;
      const at = asDate(given);
      const time = clock.format(at);
      // Midnight to the minute is a day without a time: lists and files carry days.
      const hour = time === '00:00' || (typeof given === 'string' && isDay.test(given)) ? '' : ` ${time}`;
      const days = Math.round((Date.parse(day(at)) - Date.parse(day(now))) / 86_400_000);
      if (days === 0) return hour ? time : 'today';
      if (days === -1) return `yesterday${hour}`;
      if (days === 1) return `tomorrow${hour}`;
      if (Math.abs(days) < 7) return `${weekday.format(at)}${hour}`;
      return day(at).slice(0, 4) === day(now).slice(0, 4) ? dayMonth.format(at) : full.format(at);
    },
    today: (now = new Date()) => day(now),
  };
}

/** 38 min, 2 h 10, 3 days: the grain people think in. */
export function duration(minutes: number | null | undefined): string {
  if (minutes === null || minutes === undefined || !Number.isFinite(minutes)) return none;
  const size = Math.abs(minutes);
  if (size < 1) return '< 1\u00a0min';
  if (size < 60) return `${Math.round(size)}\u00a0min`;
  const whole = Math.round(size);
  if (whole < 600)
    return whole % 60 ? `${Math.floor(whole / 60)}\u00a0h\u00a0${String(whole % 60).padStart(2, '0')}` : `${whole / 60}\u00a0h`;
  if (whole < 2880) return `${Math.round(whole / 60)}\u00a0h`;
  const days = Math.round(whole / 1440);
  if (days < 21) return `${days}\u00a0days`;
  if (days < 75) return `${Math.round(days / 7)}\u00a0weeks`;
  return `${Math.round(days / 30.4)}\u00a0months`;
}

const fallback = makeFormat('en', 'EUR', 'UTC');

export function useFormat(): Format {
  const session = useMaybeSession();
  const workspace = session?.workspace;
  return useMemo(
    () => (workspace ? makeFormat(workspace.locale || 'en', workspace.currency || 'EUR', workspace.timeZone || 'UTC') : fallback),
    [workspace],
  );
}

export const plural = (count: number, one: string, many = `${one}s`): string => (count === 1 ? one : many);

/** a number of bytes as people say it: '178 kB' */
export function bytes(count: number): string {
  if (count < 1000) return `${count} bytes`;
  if (count < 1e6) return `${(count / 1e3).toFixed(0)} kB`;
  return count < 1e9 ? `${(count / 1e6).toFixed(1)} MB` : `${(count / 1e9).toFixed(2)} GB`;
}
