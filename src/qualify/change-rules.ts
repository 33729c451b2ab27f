import { append } from '../journal/index.ts';
import { audit } from '../platform/access/index.ts';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/db/index.ts';
import { refuse } from '../platform/refusal.ts';
import { evaluate, explainCriteria, type Criteria } from '../platform/values/criteria.rules.ts';
import { reasonsAgainst } from './decide.rules.ts';
import type { Question } from './defaults.rules.ts';
import { markAllForRescoring } from './lead.store.ts';
import { insertRuleset, type RulesetKind } from './ruleset.store.ts';
import type { ScoringScheme } from './score.rules.ts';
import { labels, subjectOf } from './subject.rules.ts';
import { loadLatestSubjects } from './subject.store.ts';

export interface Preview {
  inquiries: number;
  wouldBeLeads: number;
  areLeads: number;
}

/** What a definition would make of the last thousand inquiries, with a few examples where it differs from what is. */
export async function previewDefinition(tx: Tx, cx: Context, criteria: Criteria) {
  const now = cx.clock.now();
  const latest = await loadLatestSubjects(tx, 1000);
  const judged = latest.map((row) => {
    const subject = subjectOf(row);
    return { row, isLead: evaluate(criteria, subject, now), subject };
  });
  const preview: Preview = {
    inquiries: latest.length,
    wouldBeLeads: judged.filter((one) => one.isLead).length,
    areLeads: latest.filter((one) => one.isLead).length,
  };
  const examples = judged
    .filter((one) => one.isLead !== one.row.isLead)
    .slice(0, 20)
    .map(({ row, isLead, subject }) => ({
      inquiryId: row.inquiryId,
      receipt: row.receipt,
      name: row.fullName ?? row.email ?? row.phone ?? row.externalId ?? 'Unnamed',
      isLead,
      why: isLead ? [] : reasonsAgainst(criteria, subject, now),
    }));
  return { sentence: explainCriteria(criteria, labels), preview, examples };
}

export async function changeDefinition(tx: Tx, cx: Context, criteria: Criteria, note: string | null): Promise<number> {
  return change(tx, cx, 'definition', criteria, note);
}

export async function changeScoring(tx: Tx, cx: Context, scheme: ScoringScheme, note: string | null): Promise<number> {
  if (scheme.hotFrom <= scheme.warmFrom) refuse('invalid', 'qualify/thresholds', 'Hot has to begin above warm.');
  if (new Set(scheme.rules.map((rule) => rule.id)).size !== scheme.rules.length)
    refuse('invalid', 'qualify/rule-ids', 'Two rules have the same id.');
  await markAllForRescoring(tx, cx.clock.now());
  return change(tx, cx, 'scoring', scheme, note);
}

export async function changeQuestions(tx: Tx, cx: Context, questions: Question[], note: string | null): Promise<number> {
  if (new Set(questions.map((one) => one.key)).size !== questions.length)
    refuse('invalid', 'qualify/question-keys', 'Two questions have the same key.');
  return change(tx, cx, 'questions', questions, note);
}

async function change(tx: Tx, cx: Context, kind: RulesetKind, body: unknown, note: string | null): Promise<number> {
  const version = await insertRuleset(tx, kind, body, note, cx.clock.now());
  await audit(tx, cx, { what: `qualify.${kind}Changed`, detail: { version } });
  const { workspaceId } = tx.scope;
  await append(tx, cx, [
    kind === 'definition'
      ? { type: 'definition.changed', chainId: workspaceId, subjectId: workspaceId, data: { version } }
      : { type: 'setting.changed', chainId: workspaceId, subjectId: workspaceId, data: { key: `qualify.${kind}` } },
  ]);
  return version;
}
