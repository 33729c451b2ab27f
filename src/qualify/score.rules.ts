/**
 * A score by rules. Fit is who they are: it stays. Interest is what they did: each inquiry's points halve every `halfLifeDays`.
 *
 *   fit 35 (company mail, budget, decides …) + interest 40 (asked for a price today) → 75: hot;
 *   with a half-life of 30 days the same lead is at 55 a month later: warm, because 35 + 40/2 < 60
 *
 * Every contribution is a reason; the reasons' points, each
 * shown to a tenth, add up to the score. A score tells apart, it does not promise: a probability
 * comes only from outcomes.
 */
import { evaluate, explainCriteria, fieldsOf, type Criteria, type Facts } from '../platform/values/criteria.rules.ts';
import { labels } from './subject.rules.ts';

export interface ScoringRule {
  id: string;
  label: string;
  kind: 'fit' | 'interest';
  points: number;
  when: Criteria;
}

export interface ScoringScheme {
  rules: ScoringRule[];
  halfLifeDays: number;
  hotFrom: number;
  warmFrom: number;
}

export type Grade = 'hot' | 'warm' | 'cold';
export interface ScoreReason {
  label: string;
  points: number;
  detail: string;
}

export interface Score {
  score: number;
  grade: Grade;
  reasons: ScoreReason[];
  /** when decay alone brings the grade down; null when it cannot fall any further */
  gradeFallsAt: Date | null;
}

const dayMs = 86_400_000;

/** `whole`: the lead as it is known now; `inquiries`: each of its inquiries at its time */
export function score(scheme: ScoringScheme, whole: Facts, inquiries: readonly { at: Date; facts: Facts }[], now: Date): Score {
  const reasons: ScoreReason[] = [];
  let fit = 0;
  let interest = 0;
  for (const rule of scheme.rules) {
    if (rule.kind === 'fit') {
      if (!evaluate(rule.when, whole, now)) continue;
      fit += rule.points;
      reasons.push({ label: rule.label, points: rule.points, detail: groundOf(rule, whole) });
      continue;
    }
    let points = 0;
    let times = 0;
    let last = 0;
    for (const { at, facts } of inquiries) {
      if (!evaluate(rule.when, facts, now)) continue;
      points += rule.points * 2 ** (-Math.max(0, now.getTime() - at.getTime()) / dayMs / scheme.halfLifeDays);
      times++;
      last = Math.max(last, at.getTime());
    }
    if (times === 0) continue;
    interest += points;
    reasons.push({ label: rule.label, points: tenth(points), detail: ageOf(rule.points, times, (now.getTime() - last) / dayMs) });
  }
  const bare = fit + interest;
  const value = Math.min(100, Math.max(0, Math.round(bare)));
  if (bare < 0 || bare > 100) reasons.push({ label: 'Kept between 0 and 100', points: tenth(value - bare), detail: '' });
  const grade = gradeOf(scheme, value);
  return { score: value, grade, reasons, gradeFallsAt: fallsAt(scheme, grade, fit, interest, now) };
}

export function gradeOf(scheme: ScoringScheme, value: number): Grade {
  return value >= scheme.hotFrom ? 'hot' : value >= scheme.warmFrom ? 'warm' : 'cold';
}

/** fit + interest · 2^(−t/halfLife) falls under the threshold (less the rounding) at t = halfLife · log2(interest / (threshold − fit)) */
function fallsAt(scheme: ScoringScheme, grade: Grade, fit: number, interest: number, now: Date): Date | null {
  if (grade === 'cold' || interest <= 0) return null;
  const threshold = (grade === 'hot' ? scheme.hotFrom : scheme.warmFrom) - 0.5;
  if (fit >= threshold) return null;
  const days = scheme.halfLifeDays * Math.log2(interest / (threshold - fit));
  // a few minutes late, so that rounding cannot make it due and not yet fallen
  return days > 36_500 ? null : new Date(now.getTime() + Math.max(0, days) * dayMs + 600_000);
}

const sentences = new WeakMap<ScoringRule, string>();

export function sentenceOf(rule: ScoringRule): string {
  let said = sentences.get(rule);
  if (said === undefined) {
    said = explainCriteria(rule.when, labels);
    if (said.length > 160) said = `${said.slice(0, 157)}…`;
    sentences.set(rule, said);
  }
  return said;
}

const asked = new WeakMap<ScoringRule, string[]>();

/** what was found in the fields the rule asks about: 'position: Head of Purchasing' */
function groundOf(rule: ScoringRule, whole: Facts): string {
  let fields = asked.get(rule);
  if (fields === undefined) asked.set(rule, (fields = [...fieldsOf(rule.when)]));
  const found: string[] = [];
  for (const field of fields) {
    const value = whole[field];
    if (typeof value === 'string' || typeof value === 'number') found.push(`${labels[field] ?? field}: ${String(value).slice(0, 60)}`);
  }
  return found.join(', ');
}

function ageOf(points: number, times: number, days: number): string {
  const ago = days < 1 ? 'today' : days < 2 ? 'a day ago' : `${Math.floor(days)} days ago`;
  return times === 1 ? `${ago}; ${points} when new` : `${times} times, last ${ago}; ${points} each when new`;
}

function tenth(points: number): number {
  return Math.round(points * 10) / 10;
}
