import { handEvenly, handTo, place, restoreCustody, type CustodySnapshot } from '../../distribute/index.ts';
import { bulkWork, type BulkRun } from '../../platform/bulk/index.ts';
import type { Context } from '../../platform/context.ts';
import type { Sql, Tx } from '../../platform/db/index.ts';
import { refuse } from '../../platform/refusal.ts';
import { answerQuestions, questionKeys } from '../../qualify/index.ts';
import { lacksReason, reasonNeeded } from '../disposition.rules.ts';
import { lockLeads } from '../followup.store.ts';
import { judgeLeads } from '../judge-leads.ts';
import { actingAs } from '../may-act.ts';
import { findKeptLeads } from '../register/registration.store.ts';
import { undoVerdicts } from '../undo-verdicts.ts';
import { changedSince, outlookOf, type Given, type LeadAction, type LeadNow, type Mark } from './lead-change.rules.ts';
import { countAndFirst, countRefused, findTarget, leadRuns, loadLeadsNow, noteRefused, type KeptAction, type LeadBefore } from './lead-change.store.ts';

const lookedMost = 5000;
const sampleSize = 12;

/** The action as it is kept; refused where nobody could do it, or not who asks. */
async function readAction(tx: Tx, action: LeadAction): Promise<KeptAction> {
  const acting = await actingAs(tx);
  if (action.do === 'give' && !acting.manages) refuse('forbidden', 'followup/give-many', 'Only marketing and sales managers give leads to somebody else.');
  if (action.do === 'give') {
    const { holder, active } = await targetOf(tx, action);
    if (holder && !active) refuse('conflict', 'distribute/holder-inactive', `${holder.name} no longer works leads. Choose somebody else, or activate ${holder.name} first.`);
  }
  if (action.do === 'verdict' && lacksReason(action)) refuse('invalid', reasonNeeded.code, reasonNeeded.sentence);
  if (action.do === 'answer') {
    if (!(await questionKeys(tx)).has(action.question)) refuse('invalid', 'qualify/no-such-question', `“${action.question}” is not one of the questions asked here.`);
    action = { ...action, value: action.value?.trim() || null };
  }
  return { ...action, within: acting.manages ? null : acting.holderIds };
}

async function targetOf(tx: Tx, action: LeadAction): Promise<{ holder: Given['holder']; active: boolean }> {
  if (action.do !== 'give' || action.to === 'routing' || action.to === 'others') return { holder: null, active: true };
  const found = await findTarget(tx, action.to === 'desk' ? null : action.to.holderId);
  if (!found) refuse('not-found', 'distribute/no-such-holder', 'There is no such holder in this workspace.');
  return { holder: { id: found.id, name: found.name }, active: found.active };
}

/** What would happen to whom the selection finds: worked out for the first so many. Nothing is kept. */
export async function previewLeads(tx: Tx, given: { select: Sql; action: LeadAction }) {
  const action = await readAction(tx, given.action);
  const { count, ids } = await countAndFirst(tx, given.select, lookedMost);
  const leads = await loadLeadsNow(tx, ids);
  const { holder } = await targetOf(tx, action);
  const looked = leads.map((lead) => ({ lead, outlook: outlookOf(lead, action, { holder, within: action.within }) }));
  const why = new Map<string, number>();
  for (const { outlook } of looked) if (outlook.will === 'not') why.set(outlook.why, (why.get(outlook.why) ?? 0) + 1);
  const changing = looked.flatMap(({ lead, outlook }) => (outlook.will === 'change' ? [{ id: lead.id, label: lead.label, before: outlook.before, after: outlook.after }] : []));
  return {
    count,
    looked: leads.length,
    changing: changing.length,
    staying: looked.filter(({ outlook }) => outlook.will === 'stay').length,
    refused: [...why].map(([reason, n]) => ({ why: reason, count: n })).toSorted((a, b) => b.count - a.count),
    sample: changing.slice(0, sampleSize),
  };
}

export async function startLeads(tx: Tx, cx: Context, given: { select: Sql; action: LeadAction }): Promise<{ id: string; jobId: string }> {
  const action = await readAction(tx, given.action);
  const { count } = await countAndFirst(tx, given.select, 0);
  return leadWork.start(tx, cx, { subject: 'lead', action, count, select: given.select });
}

type Run = BulkRun<KeptAction, 'lead'>;
type Made = { id: string; before: LeadBefore | null; after: Mark | null };

async function change(tx: Tx, cx: Context, run: Run, ids: readonly string[], by: string): Promise<Made[]> {
  const { action } = run;
  // Whoever closes or judges one of them meanwhile is waited for. Dealing locks for itself, the desk before the leads.
  if (action.do !== 'give' && action.do !== 'even') await lockLeads(tx, ids);
  const { holder } = await targetOf(tx, action);
  const looked = (await loadLeadsNow(tx, ids)).map((lead) => ({ lead, outlook: outlookOf(lead, action, { holder, within: action.within }) }));
  await noteRefused(tx, run.id, looked.flatMap(({ lead, outlook }) => (outlook.will === 'not' ? [{ id: lead.id, why: outlook.why }] : [])));
  const leads = looked.filter(({ outlook }) => outlook.will === 'change').map(({ lead }) => lead);
  return leads.length === 0 ? [] : act(tx, cx, run, leads, by);
}

async function act(tx: Tx, cx: Context, { id: runId, action }: Run, leads: readonly LeadNow[], by: string): Promise<Made[]> {
  const ids = leads.map((lead) => lead.id);
  const at = cx.clock.now();
  const actor = by === 'baton' ? {} : { actor: by, byUserId: by };
  if (action.do === 'give') {
    if (action.to === 'routing' || action.to === 'others') await place(tx, cx, ids, action.to === 'others' ? 'handover' : 'manual', at, noted(action.note, ids));
    else await handTo(tx, cx, ids, action.to === 'desk' ? { kind: 'desk' } : action.to, { why: 'manual', note: action.note ?? null });
  } else if (action.do === 'even') {
    const going = new Set(ids);
    const not = await handEvenly(tx, cx, action.whom, action.moves.filter(({ leadId }) => going.has(leadId)), action.note ?? `evened out among ${action.whom.name}`, await findKeptLeads(tx, at));
    await noteRefused(tx, runId, not.map(({ leadId, why }) => ({ id: leadId, why })));
  } else if (action.do === 'verdict') {
    const until = action.untilOn ? { on: action.untilOn } : null;
    await judgeLeads(tx, cx, ids.map((leadId) => ({ leadId, verdict: action.verdict, reason: action.reason, until, at, via: 'app', byHolderId: action.within?.[0] ?? null, ...actor })));
  } else await answerQuestions(tx, cx, ids.map((leadId) => ({ leadId, answers: { [action.question]: action.value }, at })));
  const is = new Map((await loadLeadsNow(tx, ids)).map((lead) => [lead.id, lead]));
  return leads.flatMap((was): Made[] => {
    const now = is.get(was.id)!;
    if (action.do === 'verdict') return [{ id: was.id, before: { verdict: true }, after: { dispositionId: now.dispositionId, holders: [was.holderId, was.lastHolderId] } }];
    if (action.do === 'answer') return [{ id: was.id, before: { value: was.answers[action.question] ?? null }, after: { value: action.value } }];
    if (now.assignmentId === was.assignmentId) return [];
    const { assignmentId, holderId, acceptedAt, firstFollowupAt } = now;
    return [{ id: was.id, before: { custody: custodyOf(was) }, after: { assignmentId, holderId, acceptedAt, firstFollowupAt } }];
  });
}

/** Why, as it is shown with each lead. */
const noted = (note: string | null | undefined, ids: readonly string[]) => new Map(note ? ids.map((id) => [id, { label: 'Dealt again', detail: note }]) : []);

const custodyOf = ({ assignmentId, holderId, ...stamps }: LeadNow): CustodySnapshot | null => {
  if (assignmentId === null || holderId === null) return null;
  const { acceptedAt, firstFollowupAt, followBy, remindAt, remindedAt, clockAt } = stamps;
  return { assignmentId, holderId, acceptedAt, firstFollowupAt, followBy, remindAt, remindedAt, clockAt };
};

/** Changes of many leads, by the very operations that change one. What somebody did to a lead since stands: it is not ours to take back. */
export const leadWork = bulkWork<KeptAction, 'lead', LeadBefore, Mark>(leadRuns, {
  job: 'followup.change-leads',
  undoJob: 'followup.undo-leads',
  change,
  async back(tx, cx, run, made, by) {
    const at = cx.clock.now();
    const { action } = run;
    const ids = made.map(({ id }) => id);
    if (action.do === 'verdict') await undoVerdicts(tx, cx, ids, { at, ...(by === 'baton' ? {} : { actor: by }) });
    if (action.do === 'answer')
      await answerQuestions(tx, cx, made.flatMap(({ id, before }) => ('value' in before ? [{ leadId: id, answers: { [action.question]: before.value }, at }] : [])));
    if (action.do === 'give' || action.do === 'even')
      await restoreCustody(tx, cx, made.flatMap(({ id, before }) => ('custody' in before && before.custody ? [{ leadId: id, snapshot: before.custody }] : [])), at);
  },
  async since(tx, run, made) {
    const marks = new Map(made.map(({ id, after }) => [id, after]));
    await lockLeads(tx, [...marks.keys()]);
    return new Map((await loadLeadsNow(tx, [...marks.keys()])).flatMap((lead): [string, string[]][] => {
      const since = changedSince(lead, run.action, marks.get(lead.id)!);
      return since.length > 0 ? [[lead.id, since]] : [];
    }));
  },
  names: async (tx, _run, ids) => new Map((await loadLeadsNow(tx, ids)).map(({ id, label }) => [id, label])),
});

/** The runs of everybody for those who manage; else one's own. */
export async function listLeadRuns(tx: Tx): Promise<Run[]> {
  const { manages } = await actingAs(tx);
  return (await leadRuns.list(tx, manages ? undefined : (tx.scope.userId ?? ''))).map(withoutMoves);
}

/** A run of one's own, or anybody's for those who manage. */
export async function readLeadRun(tx: Tx, id: string) {
  const run = await leadWork.read(tx, id);
  await mine(tx, run);
  return { ...withoutMoves(run), refused: await countRefused(tx, id) };
}
/** Hundreds of ids tell nobody anything. */
const withoutMoves = <R extends Run>(run: R): R => (run.action.do === 'even' ? { ...run, action: { ...run.action, moves: [] } } : run);

export async function mine(tx: Tx, run: Pick<Run, 'madeById'>): Promise<void> {
  if (run.madeById !== tx.scope.userId && !(await actingAs(tx)).manages) refuse('not-found', 'bulk/no-such-run', 'There is no such change of many.');
}
