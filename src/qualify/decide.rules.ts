/** For each identified inquiry: it joins the person's open lead, makes a new lead, or is not yet one, with the reasons. */
import { evaluate, explainCriteria, failures, type Criteria } from '../platform/values/criteria.rules.ts';
import { fieldOf, type CustomField } from '../platform/values/custom-field.rules.ts';
import { labels, subjectOf, type SubjectRow } from './subject.rules.ts';

export type Decision =
  | { kind: 'qualify'; inquiry: SubjectRow; place: number }
  | { kind: 'join'; inquiry: SubjectRow; lead: { leadId: string } | { place: number } }
  | { kind: 'dismiss'; inquiry: SubjectRow; reasons: string[]; /** Own fields it waits for, where it is no lead for that alone. */ lacks: string[] | null };

type Lacking = Pick<CustomField, 'id' | 'subject' | 'label'>;

/**
 * `open`: person → their open lead. A person has one open lead at a time, also within the batch. `lacking`: inquiry → the own fields a lead
 * requires that nobody knows.
 */
export function decide(inquiries: readonly SubjectRow[], open: ReadonlyMap<string, string>, definition: Criteria, now: Date, lacking: ReadonlyMap<string, readonly Lacking[]> = new Map()): Decision[] {
  const made = new Map<string, number>();
  let places = 0;
  return inquiries.map((inquiry): Decision => {
    const leadId = open.get(inquiry.personId);
    if (leadId !== undefined) return { kind: 'join', inquiry, lead: { leadId } };
    const place = made.get(inquiry.personId);
    if (place !== undefined) return { kind: 'join', inquiry, lead: { place } };
    const subject = subjectOf(inquiry);
    if (!evaluate(definition, subject, now)) return { kind: 'dismiss', inquiry, reasons: reasonsAgainst(definition, subject, now), lacks: null };
    const lacks = lacking.get(inquiry.inquiryId);
    if (lacks) return { kind: 'dismiss', inquiry, reasons: lacks.map((field) => `${fieldOf(field)} is not known, and a lead requires it`), lacks: lacks.map(({ id }) => id) };
    made.set(inquiry.personId, places);
    return { kind: 'qualify', inquiry, place: places++ };
  });
}

/** why something is not a lead, one sentence for each condition that was not met */
export function reasonsAgainst(definition: Criteria, subject: Record<string, unknown>, now: Date): string[] {
  return failures(definition, subject, now).map((one) => {
    if ('not' in one) return explainCriteria(one.not, labels);
    if ('any' in one) return `none of: ${one.any.map((part) => explainCriteria(part, labels)).join('; ')}`;
    return `not so: ${explainCriteria(one, labels)}`;
  });
}
