import { leadWork } from './bulk/change-leads.ts';
import { evenOutRoutes } from './bulk/even-out.routes.ts';
import type { Room } from '../platform/room.ts';
import { dayRoutes } from './day/day.routes.ts';
import { fitWhenDue } from './day/fit-decay.ts';
import { forgetSent } from './day/send-once.ts';
import { diaryRoutes } from './diary/diary.routes.ts';
import { mailPlans } from './diary/keep-diaries.ts';
import { followupRoutes } from './followup.routes.ts';
import { linkRoutes } from './link.routes.ts';
import { followPlaybooks } from './playbook/follow-playbooks.ts';
import { playbookRoutes } from './playbook/playbook.routes.ts';
import { notifyHolders } from './notify-holders.ts';
import { roundRoutes } from './rounds/round.routes.ts';
import { sendRounds } from './rounds/send-rounds.ts';
import { exchangeRoutes } from './exchange/exchange.routes.ts';
import { forgetOld } from './exchange/forget-old.ts';
import { tellSystems } from './exchange/hear-leads.ts';
import { sendWebhooks } from './exchange/send-webhooks.ts';
import { fileRoutes } from './exchange/file.routes.ts';
import { callingRoutes } from './calling/calling.routes.ts';
import { registrationRoutes } from './register/registration.routes.ts';
import { webhookRoutes } from './exchange/webhook.routes.ts';
import { followupKeeps } from './kept-of-people.ts';

export const followupRoom: Room = {
  name: 'followup',
  personal: followupKeeps,
  async routes(api) {
    followupRoutes(api);
    dayRoutes(api);
    diaryRoutes(api);
    playbookRoutes(api);
    await linkRoutes(api);
    await roundRoutes(api);
    exchangeRoutes(api);
    webhookRoutes(api);
    registrationRoutes(api);
    callingRoutes(api);
    evenOutRoutes(api);
    fileRoutes(api);
  },
  subscribers: [notifyHolders, followPlaybooks, tellSystems],
  scans: [
    { name: 'followup.rounds', everySeconds: 60, run: sendRounds },
    { name: 'followup.decay', everySeconds: 3600, run: fitWhenDue },
    { name: 'followup.sent-once', everySeconds: 3600, run: forgetSent },
    { name: 'followup.plan', everySeconds: 300, run: mailPlans },
    { name: 'followup.webhooks', everySeconds: 1, wakenBy: 'webhook', run: (cx, scope) => sendWebhooks(cx, scope) },
    { name: 'followup.exchange', everySeconds: 3600, run: forgetOld },
  ],
  jobs: { 'followup.change-leads': leadWork.run, 'followup.undo-leads': leadWork.runUndo },
};

export { findWork, givenUp, stillOwes, triesWithin, verdictWithin } from './work.queries.ts';
export { activitiesImport, activitiesList } from './history/import-activities.ts';
export { tellVerdicts, verdictsImport, verdictsList } from './exchange/import-verdicts.ts';
export { leadWork, listLeadRuns, mine, previewLeads, readLeadRun, startLeads } from './bulk/change-leads.ts';
export type { LeadAction } from './bulk/lead-change.rules.ts';
export type { Verdict } from './disposition.rules.ts';
export { judgeLeads } from './judge-leads.ts';
export type { Judgement } from './judge-leads.ts';
export { logActivities, setNextActions } from './log-activities.ts';
export type { NewActivity, NewNextAction } from './log-activities.ts';
export { undoVerdict } from './undo-verdicts.ts';
export { readToken, writeToken } from './link.rules.ts';
export { followupFields } from './segment-fields.ts';
export { takeReply } from './partner/take-reply.ts';
export { costSilence } from './day/cost-silence.ts';
export { decayOf } from './day/decay.rules.ts';
export { fitDecay } from './day/fit-decay.ts';
export { keepScript } from './calling/keep-scripts.ts';
export { makeList } from './calling/make-lists.ts';
export { recordCall } from './calling/record-call.ts';
export { takeTurn } from './calling/take-turns.ts';
export { answerRound } from './rounds/answer-round.ts';
export { findRound, listRounds } from './rounds/round.queries.ts';
export { sendRounds } from './rounds/send-rounds.ts';
export { registerLead } from './register/register-leads.ts';
export { setPlanHour } from './diary/keep-diaries.ts';
export { changePlaybooks } from './playbook/change-playbooks.ts';
