import type { ReactNode } from 'react';
import css from './kit.module.css';
import { toneVar, verdictLooks, type Tone, type VerdictName } from './verdict.ts';

export function Badge({ tone, children }: { tone: Tone | 'action' | 'quiet'; children: ReactNode }) {
  const color = tone === 'quiet' ? 'var(--ink-2)' : tone === 'action' ? 'var(--action-ink)' : toneVar(tone);
  const background = tone === 'quiet' ? 'var(--quiet-band)' : tone === 'action' ? 'var(--action-soft)' : toneVar(tone, 'soft');
  return (
    <span className={css.badge} style={{ color, background }}>
      {children}
    </span>
  );
}

/** H Hot, W Warm, B Bad, S Sale, ? Don't know; also states such as nurture. */
export function VerdictBadge({ verdict, detail }: { verdict: string | null | undefined; detail?: ReactNode }) {
  const look = verdictLooks[(verdict ?? 'open') as VerdictName] ?? { letter: '', label: verdict, tone: 'bad' as const };
  return (
    <Badge tone={look.tone}>
      {look.letter && <b aria-hidden>{look.letter}</b>}
      {look.label}
      {detail}
    </Badge>
  );
}

export function GradeBadge({ grade, score }: { grade: string | null | undefined; score?: number | null }) {
  if (!grade) return null;
  return <VerdictBadge verdict={grade} detail={score === null || score === undefined ? undefined : <span className="num">{score}</span>} />;
}
