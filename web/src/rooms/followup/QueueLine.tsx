import { memo } from 'react';
import { GradeBadge, VerdictBadge } from '../../ui/index.tsx';
import { duration, useFormat } from '../../ui/format.ts';
import { DueBar } from '../../ui/Progress.tsx';
import type { QueueRow } from './Queue.tsx';
import css from './queue.module.css';

export const QueueLine = memo(function QueueLine({
  row,
  place,
  isOpen,
  now,
  select,
}: {
  row: QueueRow;
  place: number;
  isOpen: boolean;
  now: Date;
  select: (row: QueueRow) => void;
}) {
  const due = dueOf(row, now);
  const format = useFormat();
  return (
    <div role="option" tabIndex={-1} aria-selected={isOpen} className={css.line} onClick={() => select(row)}>
      <span className={css.place}>{place}</span>
      <span className={css.who}>
        <b>{row.personName ?? row.organizationName ?? 'Name not known'}</b>
        {row.personName && row.organizationName && <> · {row.organizationName}</>}{' '}
        {row.verdict ? <VerdictBadge verdict={row.verdict} /> : <GradeBadge grade={row.grade} />}
        <span className={css.why}>{whyOf(row, now)}</span>
        <span className={css.worth}>
          {row.clockFirst && <b>Clock first · </b>}
          {format.money(row.worthMinor, row.currency)} now
          {row.stepsAll !== null && `, step ${Math.min(row.stepsAll, (row.stepsBehind ?? 0) + 1)} of ${row.stepsAll}`}
          {row.decayPercent < 100 && !row.later && `, ${row.decayPercent}% of its chance left`}
        </span>
      </span>
      <span className={css.due} data-late={due.isLate || undefined}>
        <span className={css.dueText}>{due.text}</span>
        <DueBar left={due.left} tone={due.tone} />
      </span>
    </div>
  );
});

/** One line that says why this lead stands here, in the words of the job to do. */
export function whyOf(row: QueueRow, now: Date): string {
  const minutes = Math.max(0, (now.getTime() - Date.parse(row.askedAt)) / 60_000);
  const origin = row.programName ?? row.sourceName;
  const asked = `${row.message ? `“${row.message.slice(0, 110)}”` : row.product ? `About ${row.product}` : 'Asked'}${origin ? ` · ${origin}` : ''}, ${minutes < 1 ? 'just now' : `${duration(minutes)} ago`}`;
  switch (row.kind) {
    case 'nextAction':
      return `Your next action: ${row.nextActionWhat ?? 'get in touch'}`;
    case 'askAgain':
      return 'Verdict has run out: 30 seconds to say what became of it';
    case 'returned':
      return `Back from nurture · ${asked}`;
    case 'paused':
      return `Rests until ${dayWord(new Date(row.pausedUntil!), now)}: ${row.why[0]?.detail ?? ''}`;
    case 'followup':
      return `Accepted, no contact yet · ${asked}`;
    default:
      return asked;
  }
}

function dueOf(row: QueueRow, now: Date): { text: string; left: number; tone: string; isLate: boolean } {
  const at = row.kind === 'nextAction' ? (row.nextActionAt ?? row.dueAt) : (row.dueAt ?? row.nextActionAt);
  if (!at) return { text: 'any time', left: row.decayPercent / 100, tone: 'quiet', isLate: false };
  const minutes = (Date.parse(at) - now.getTime()) / 60_000;
  const isLate = row.overdue || minutes < 0;
  const left = row.shareLeft ?? Math.max(0, Math.min(1, minutes / (7 * 1440)));
  const text = isLate ? `${duration(Math.abs(minutes))} late` : minutes < 600 ? duration(minutes) : dayWord(new Date(at), now);
  return {
    text,
    left: isLate ? 1 : left,
    isLate,
    tone: isLate ? 'hot' : left < 0.34 ? 'hot' : left < 0.6 ? 'warm' : row.verdict === 'dont_know' ? 'dont-know' : 'cold',
  };
}

function dayWord(at: Date, now: Date): string {
  const days = Math.round((new Date(at).setHours(0, 0, 0, 0) - new Date(now).setHours(0, 0, 0, 0)) / 86_400_000);
  if (days <= 0) return 'today';
  if (days === 1) return 'tomorrow';
  if (days < 7) return at.toLocaleDateString(undefined, { weekday: 'short' });
  if (days < 14) return 'next week';
  return duration(days * 1440);
}
