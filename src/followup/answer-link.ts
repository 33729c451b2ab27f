import { acceptAssignments, declineAssignments, pauseAssignments, resumeAssignments } from '../distribute/index.ts';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/db/index.ts';
import { dateIn, hourOf, isDate } from '../platform/values/period.rules.ts';
import { isUuid } from '../platform/values/uuid.rules.ts';
import { verdicts } from './disposition.rules.ts';
import type { Verdict } from './disposition.rules.ts';
import { judgeLeads } from './judge-leads.ts';
import { readAmount } from './link-page.rules.ts';
import { markUsed } from './links.store.ts';
import type { LinkSeen } from './link.queries.ts';
import { setNextActions } from './log-activities.ts';
import { noteAnswers } from './partner/note-answer.ts';
import type { AnsweredFrom } from './partner/note-answer.ts';
import { replaceProposals, settleProposal } from './partner/proposal.store.ts';
import { undoVerdict } from './undo-verdicts.ts';

/** A next step that is given a day is due in its morning, where the holder is; one that stays on its day, at the time it had. */
const morningHour = 8;

/** Does what a form behind a no-login link says, in the name of its holder, and notes where it came from. Answers with the notice to show. */
export async function answerLink(tx: Tx, cx: Context, link: LinkSeen, fields: Record<string, string>, from: AnsweredFrom): Promise<string> {
  const said = await act(tx, cx, link, fields);
  const { id: linkId, leadId, holderId } = link;
  if (said !== 'again') await noteAnswers(tx, cx, [{ linkId, leadId, holderId, did: said, at: cx.clock.now() }], from);
  return said;
}

async function act(tx: Tx, cx: Context, link: LinkSeen, fields: Record<string, string>): Promise<string> {
  const at = cx.clock.now();
  const { leadId, holderId } = link;
  const actor = `holder:${holderId}`;
  const reason = fields['reason']?.trim().slice(0, 500) || null;
  await markUsed(tx, link.id, at);
  switch (fields['do']) {
    case 'accept': {
      const [answer] = await acceptAssignments(tx, cx, [{ leadId, holderId, at, via: 'link', actor }]);
      return answer === 'gone' ? 'again' : 'accepted';
    }
    case 'decline': {
      const [passedOn] = await declineAssignments(tx, cx, [
        { leadId, holderId, reason: reason ?? 'No reason given', at, via: 'link', actor },
      ]);
      return passedOn ? 'declined' : 'again';
    }
    case 'pause': {
      const on = fields['on'] ?? '';
      if (!isDate(on) || !reason) return 'again';
      const [rests] = await pauseAssignments(tx, cx, [{ leadId, holderId, until: { on }, reason, at, via: 'link', actor }]);
      return rests ? 'paused' : 'again';
    }
    case 'resume':
      await resumeAssignments(tx, cx, [{ leadId, holderId, at, actor }]);
      return 'resumed';
    case 'undo':
      await undoVerdict(tx, cx, leadId, { at, actor });
      return 'undone';
    case 'next': {
      const what = fields['what']?.trim().slice(0, 500);
      if (!what) return 'again';
      const on = fields['due'] ?? '';
      const was = link.nextDueAt;
      const dueAt = !isDate(on) ? null : was && dateIn(was, link.timeZone) === on ? was : hourOf(on, morningHour, link.timeZone);
      await setNextActions(tx, cx, [{ leadId, what, dueAt, at, actor }]);
      return 'next';
    }
    case 'confirm': {
      const proposal = await settleProposal(tx, asUuid(fields['proposal']), link, 'confirmed', at);
      if (!proposal) return 'again';
      const { verdict, valueMinor, currency } = proposal;
      await judgeLeads(tx, cx, [{ leadId, verdict, reason: verdict === 'bad' ? (reason ?? proposal.reason) : null, valueMinor, currency, at, byHolderId: holderId, via: 'mail', actor }]);
      return verdict;
    }
    case 'leave':
      return (await settleProposal(tx, asUuid(fields['proposal']), link, 'left', at)) ? 'left' : 'again';
    default: {
      const verdict = verdicts.find((v): v is Verdict => v === fields['do']);
      const valueMinor = verdict === 'sale' ? readAmount(fields['value'], link.currency) : null;
      if (!verdict || valueMinor === undefined) return 'again';
      await replaceProposals(tx, [leadId], holderId, at);
      await judgeLeads(tx, cx, [{ leadId, verdict, reason, valueMinor, at, byHolderId: holderId, via: 'link', actor }]);
      return verdict;
    }
  }
}

/** What a form was tampered with names nothing. */
const nothing = '00000000-0000-0000-0000-000000000000';
const asUuid = (given: string | undefined): string => (isUuid(given) ? given : nothing);
