/** The row of a lead: made from its first inquiry, filled by the later ones, scored from all. */
import type { Question } from './defaults.rules.ts';
import { score, type Grade, type ScoreReason, type ScoringScheme } from './score.rules.ts';
import { subjectOf, type SubjectRow } from './subject.rules.ts';

export interface LeadRow {
  id: string;
  personId: string;
  organizationId: string | null;
  inquiryId: string;
  programId: string | null;
  sourceId: string | null;
  qualifiedAt: Date;
  definitionVersion: number;
  score: number;
  grade: Grade;
  scoreReasons: ScoreReason[];
  scoredAt: Date;
  gradeFallsAt: Date | null;
  budget: string | null;
  authority: string | null;
  need: string | null;
  timing: string | null;
  answers: Record<string, string | null> | null;
  product: string | null;
  vertical: string | null;
  country: string | null;
  state: string | null;
  postalCode: string | null;
  closedAt: Date | null;
  fate: 'sold' | 'bad' | 'lost' | 'withdrawn' | 'merged' | null;
  mergedIntoId: string | null;
}

const said = (value: unknown): string | null =>
  typeof value === 'number' ? String(value) : typeof value === 'string' && value.trim() !== '' ? value.trim().slice(0, 2000) : null;
/** these have columns of their own, because everybody asks them */
const columns = ['budget', 'authority', 'need', 'timing'] as const;
type Column = (typeof columns)[number];
const isColumn = (key: string): key is Column => (columns as readonly string[]).includes(key);

export function newLead(id: string, first: SubjectRow, qualifiedAt: Date, definitionVersion: number): LeadRow {
  return {
    id,
    personId: first.personId,
    organizationId: first.organizationId,
    inquiryId: first.inquiryId,
    programId: first.programId,
    sourceId: first.sourceId,
    qualifiedAt,
    definitionVersion,
    score: 0,
    grade: 'cold',
    scoreReasons: [],
    scoredAt: qualifiedAt,
    gradeFallsAt: null,
    budget: null,
    authority: null,
    need: null,
    timing: null,
    answers: null,
    product: null,
    vertical: null,
    country: null,
    state: null,
    postalCode: null,
    closedAt: null,
    fate: null,
    mergedIntoId: null,
  };
}

/** A lead without what inquiries and records filled in, so that it can be filled anew from what stands; what somebody noted stays. */
export function withoutFilled(lead: LeadRow, noted: ReadonlySet<string>): LeadRow {
  const answers = Object.entries(lead.answers ?? {}).filter(([key]) => noted.has(key));
  return {
    ...lead,
    ...Object.fromEntries(columns.filter((key) => !noted.has(key)).map((key) => [key, null])),
    answers: answers.length > 0 ? Object.fromEntries(answers) : null,
    product: null,
    vertical: null,
    country: null,
    state: null,
    postalCode: null,
  };
}

/** What inquiries say fills what is not known; an answer somebody noted is never overwritten by a form. */
export function withInquiries(lead: LeadRow, inquiries: readonly SubjectRow[], questions: readonly Question[]): LeadRow {
  const filled = { ...lead };
  for (const inquiry of inquiries) {
    const { fields } = inquiry;
    for (const { key } of questions) {
      const answer = said(fields[key]) ?? said(fields.custom?.[key]);
      if (answer !== null && answerOf(filled, key) === null) setAnswer(filled, key, answer);
    }
    for (const key of columns) filled[key] ??= said(fields[key]);
    filled.product ??= said(fields['product']);
    filled.vertical ??= said(fields['vertical']) ?? inquiry.organizationVertical;
    filled.organizationId ??= inquiry.organizationId;
    if (filled.country === null) {
      filled.country = inquiry.country ?? inquiry.organizationCountry;
      filled.state = inquiry.country ? inquiry.state : inquiry.organizationState;
      filled.postalCode = inquiry.country ? inquiry.postalCode : inquiry.organizationPostalCode;
    }
    filled.state ??= inquiry.state;
    filled.postalCode ??= inquiry.postalCode;
  }
  return filled;
}

export function answerOf(lead: LeadRow, key: string): string | null {
  return isColumn(key) ? lead[key] : (lead.answers?.[key] ?? null);
}

export function setAnswer(lead: LeadRow, key: string, answer: string | null): void {
  if (isColumn(key)) lead[key] = answer;
  else lead.answers = { ...lead.answers, [key]: answer };
}

export function answersOf(lead: LeadRow): Record<string, string | null> {
  return { ...lead.answers, budget: lead.budget, authority: lead.authority, need: lead.need, timing: lead.timing };
}

export function scored(lead: LeadRow, inquiries: readonly SubjectRow[], scheme: ScoringScheme, at: Date): LeadRow {
  const answers = answersOf(lead);
  const latest = inquiries.at(-1);
  if (latest === undefined) return lead;
  const whole = subjectOf(latest, { ...answers, ...(lead.product ? { product: lead.product } : {}) }, inquiries.length);
  const each = inquiries.map((one) => ({ at: one.occurredAt, facts: inquiries.length === 1 ? whole : subjectOf(one) }));
  const result = score(scheme, whole, each, at);
  return {
    ...lead,
    score: result.score,
    grade: result.grade,
    scoreReasons: result.reasons,
    scoredAt: at,
    gradeFallsAt: result.gradeFallsAt,
  };
}
