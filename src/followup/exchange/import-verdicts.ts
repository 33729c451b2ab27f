import type { ImportBatch, ImportedMoney, ImportKind, ImportRow, RowOutcome, TellConsequences, ValueList } from '../../capture/index.ts';
import { lockHolders } from '../../distribute/index.ts';
import type { Context } from '../../platform/context.ts';
import type { Tx } from '../../platform/db/index.ts';
import { amountShown } from '../../platform/values/money.rules.ts';
import { dateIn, hourOf } from '../../platform/values/period.rules.ts';
import { verdicts } from '../disposition.rules.ts';
import { findCurrent, lockLeads } from '../followup.store.ts';
import type { DispositionRow } from '../followup.store.ts';
import { judgeLeads } from '../judge-leads.ts';
import { setNextActions } from '../log-activities.ts';
import { undoVerdicts } from '../undo-verdicts.ts';
import { judgeAnswers } from './answer.rules.ts';
import type { Answer } from './exchange.contract.ts';
import { findStandings } from './exchange.queries.ts';
import { verdictFields } from './verdict-fields.ts';
import { countTried, findFileHolder, findLeadsNamed, findPlanned, findStepsOf, findVerdictsOf } from './verdict-file.queries.ts';
import { readVerdict, verdictLabels } from './verdict-words.rules.ts';

/** What became of leads, in a file: of any lead for marketing, of its own for a partner. */
export const verdictsImport: ImportKind = {
  kind: 'verdicts',
  label: 'Verdicts (what became of leads)',
  fields: verdictFields,
  matchedBy: { fields: ['leadRef'], sentence: 'A row finds its lead by the lead id or the receipt. A row that says what is known already changes nothing.' },
  updates: false,
  whole: true,
  // A list of leads with their status looks the same: nobody's verdicts are given by a guess.
  chosen: true,
  apply,
  undo,
  async changedSince(tx, importId) {
    const since = (await findVerdictsOf(tx, importId)).filter(({ current }) => !current);
    return {
      count: since.length,
      items: since.slice(0, 20).map(({ leadId, name, verdict, now }) => ({ id: leadId, label: name ?? 'A lead', fields: [{ field: 'verdict', before: null, imported: verdict, since: now }] })),
    };
  },
};

export const verdictsList: ValueList = {
  open: false,
  all: async () => verdicts.map((value) => ({ value, label: verdictLabels[value] })),
  read: readVerdict,
};

/** What a file of verdicts would do, before it does. */
export const tellVerdicts: TellConsequences = async (tx, importId, since) =>
  (await countTried(tx, importId, since)).map(({ verdict, count, sums, samples }) => ({
    what: `${said[verdict]!}${sums.length > 0 ? `, ${allOf.format(sums.map((sum) => `${amountShown(sum)} ${sum.currency}`))} in all` : ''}`,
    count,
    samples,
  }));
const allOf = new Intl.ListFormat('en-GB', { type: 'conjunction' });
const said: Record<string, string> = {
  sale: 'leads closed as sold',
  bad: 'leads closed as bad',
  warm: 'leads kept warm',
  hot: 'leads judged hot',
  dont_know: 'leads judged “don’t know”, asked again later',
};

const text = ({ values }: ImportRow, name: string): string | null => (typeof values[name] === 'string' && values[name] !== '' ? values[name] : null);

interface Read {
  row: number;
  verdict: Extract<Answer, { do: 'verdict' }>;
  next: string | null;
}

async function apply(tx: Tx, cx: Context, batch: ImportBatch): Promise<RowOutcome[]> {
  const file = await findFileHolder(tx, batch.importId);
  const holderId = file?.holderId ?? null;
  const timeZone = file?.timeZone ?? batch.options.timeZone;
  const now = cx.clock.now();
  const leadOf = await findLeadsNamed(tx, batch.rows.flatMap((row) => text(row, 'leadRef') ?? []));
  const leadIds = [...new Set(leadOf.values())].toSorted();
  await lockLeads(tx, leadIds);
  await lockHolders(tx, leadIds);
  const standings = await findStandings(tx, leadIds, holderId);
  const current = await findCurrent(tx, leadIds);

  const outcomes = new Map<number, RowOutcome>();
  const problem = (row: number, field: string, sentence: string): void => void outcomes.set(row, { row, outcome: 'problem', field, sentence });
  const read: Read[] = [];
  for (const one of batch.rows) {
    const { row } = one;
    const leadId = leadOf.get(text(one, 'leadRef') ?? '');
    const cell = text(one, 'verdict');
    const verdict = cell === null ? undefined : readVerdict(cell);
    const on = text(one, 'on');
    if (cell === null) outcomes.set(row, { row, outcome: 'skipped', field: 'verdict', sentence: 'No verdict stands in this row.' });
    else if (verdict === undefined) problem(row, 'verdict', `“${cell}” is no verdict: write hot, warm, bad, sale or don’t know.`);
    else if (leadId === undefined) problem(row, 'leadRef', notYours(holderId));
    else if (on !== null && on > dateIn(now, timeZone)) problem(row, 'on', 'This day is still to come.');
    else if (!/^[A-Z]{3}$/i.test(text(one, 'currency') ?? 'EUR')) problem(row, 'currency', `“${text(one, 'currency')}” is no currency: write its three letters, such as EUR.`);
    else {
      const money = one.values['value'] as ImportedMoney | undefined;
      read.push({
        row,
        next: text(one, 'next'),
        verdict: {
          reference: String(row),
          do: 'verdict',
          leadId,
          verdict,
          reason: text(one, 'reason'),
          ...(verdict === 'sale' && money ? { valueMinor: money.minor, currency: money.currency } : {}),
          untilOn: text(one, 'until'),
          ...(on === null ? {} : { at: noonOf(on, standings.get(leadId)?.offeredAt ?? null, now, timeZone) }),
        },
      });
    }
  }
  const why = judgeAnswers(read.map(({ verdict }) => verdict), standings, holderId, now);
  const good = read.filter(({ row }, i) => {
    const refused = why[i];
    if (refused) problem(row, refused.code === 'followup/reason-needed' ? 'reason' : refused.code === 'followup/before-offer' ? 'on' : 'leadRef', refused.code === 'followup/no-such-lead' ? notYours(holderId) : refused.sentence);
    return !refused;
  });
  const fresh = good.filter(({ row, verdict }) => {
    const known = current.get(verdict.leadId);
    const same = known !== undefined && says(known, verdict);
    if (same) outcomes.set(row, { row, subjectId: verdict.leadId, outcome: 'matched' });
    else outcomes.set(row, { row, subjectId: verdict.leadId, outcome: known ? 'updated' : 'new' });
    return !same;
  });
  const actor = holderId === null ? (tx.scope.userId ?? 'baton') : `holder:${holderId}`;
  await judgeLeads(tx, cx, fresh.map(({ verdict: { leadId, verdict, reason, valueMinor, currency, untilOn, at } }) => ({
    leadId, verdict, reason, valueMinor, currency, until: untilOn ? { on: untilOn } : null, at: at === undefined ? now : new Date(at), byHolderId: holderId, via: 'import' as const, importId: batch.importId, actor,
  })));
  // A step that somebody planned stays: so nothing is lost when the file is taken back.
  const planned = await findPlanned(tx, leadIds);
  const steps = fresh.filter(({ next, verdict }) => next !== null && verdict.verdict !== 'bad' && verdict.verdict !== 'sale' && !planned.has(verdict.leadId));
  await setNextActions(tx, cx, steps.map(({ next, verdict: { leadId, at } }) => ({ leadId, what: next, dueAt: null, at: at === undefined ? now : new Date(at), actor })));
  return batch.rows.map(({ row }) => outcomes.get(row)!);
}

const notYours = (holderId: string | null): string =>
  holderId === null ? 'No lead has this id or receipt.' : 'No lead of yours has this id or receipt. Take the list of your leads anew, and leave its first column as it is.';

/** Noon of a day, yet not before the lead was theirs on that very day, nor later than now. */
function noonOf(day: string, offeredAt: Date | null, now: Date, timeZone: string): string {
  const noon = hourOf(day, 12, timeZone);
  const offered = offeredAt && dateIn(offeredAt, timeZone) === day && offeredAt > noon ? offeredAt : noon;
  return new Date(Math.min(offered.getTime(), now.getTime())).toISOString();
}

/** Whether a lead is judged just so already. What a row leaves open is not another thing. */
const says = (known: DispositionRow, { verdict, valueMinor, reason }: Read['verdict']): boolean =>
  known.verdict === verdict && (valueMinor === undefined || valueMinor === null || valueMinor === known.valueMinor) && (!reason || reason === known.reason);

/** Takes the verdicts of a file back. Where somebody judged anew, that stays, unless it is to be overwritten: then it is taken back first. */
async function undo(tx: Tx, cx: Context, importId: string, options?: { overwrite?: boolean }): Promise<void> {
  const at = cx.clock.now();
  await setNextActions(tx, cx, (await findStepsOf(tx, importId)).map((leadId) => ({ leadId, what: null, dueAt: null, at, actor: tx.scope.userId })));
  for (let round = 0; round < 20; round++) {
    const own = await findVerdictsOf(tx, importId);
    const back = own.filter(({ current }) => current || options?.overwrite).map(({ leadId }) => leadId);
    if (back.length === 0) return;
    const left = await undoVerdicts(tx, cx, back, { at, actor: tx.scope.userId });
    // What passed to others since cannot be taken back.
    if (left.size === back.length) return;
  }
}
