import { duration, useFormat } from './format.ts';

export function Money({
  minor,
  currency,
  short,
  blank,
}: {
  minor: number | null | undefined;
  currency?: string | null;
  short?: boolean;
  blank?: string;
}) {
  const format = useFormat();
  if (minor === null || minor === undefined) return <span className="dim">{blank ?? '–'}</span>;
  return <span className="num">{short ? format.moneyShort(minor, currency) : format.money(minor, currency)}</span>;
}

export function Duration({ minutes }: { minutes: number | null | undefined }) {
  return <span className="num">{duration(minutes)}</span>;
}

export function When({ at, blank = '–' }: { at: string | null | undefined; blank?: string }) {
  const format = useFormat();
  if (!at) return <span className="dim">{blank}</span>;
  return (
    <time className="num" dateTime={at} title={format.dateTime(at)}>
      {format.when(at)}
    </time>
  );
}

export function Count({ value }: { value: number | null | undefined }) {
  const format = useFormat();
  return <span className="num">{format.number(value)}</span>;
}
