/** The door of the qualify room: what is a lead, and how good. */
import type { Fact } from '../journal/index.ts';
import { momentOf, type Context } from '../platform/context.ts';
import type { Room } from '../platform/room.ts';
import type { Scope } from '../platform/access/index.ts';
import { enqueueJob } from '../platform/jobs/index.ts';
import { decideInquiries, rescoreLeads } from './decide-inquiries.ts';
import { followKnown, followListed, followListedJob, joinLeadsOfMerged, partLeadsOfUnmerged, refreshLeadsScoredSince, withdrawFromLeads } from './follow-people.ts';
import { lockFallen } from './lead.store.ts';
import { agreementRoutes } from './agreement/agreement.routes.ts';
import { takeForce } from './agreement/change-agreement.ts';
import { qualifyRoutes } from './qualify.routes.ts';
import { decideLackingNothing } from './decide-lacking.ts';
import { qualifyKeeps } from './kept-of-people.ts';

export { tellLeads } from './tell-consequences.ts';
export { leadsInHand, qualifyProven } from './decide-inquiries.ts';
export { answerQuestions, questionKeys } from './answer-questions.ts';
export type { GivenAnswers } from './answer-questions.ts';
export { closeLeads, reopenLeads } from './close-leads.ts';
export type { HearRefreshed } from './refreshed.ts';
export { tellRefreshed } from './refreshed.ts';
export { loadLeads as getLeads } from './lead.store.ts';
export type { LeadRow } from './lead.rules.ts';
export type { SubjectRow } from './subject.rules.ts';
export type { Grade, ScoreReason } from './score.rules.ts';

const fallingMax = 500;

/** Leads whose grade has decayed since they were scored are scored again, exactly when it happens. */
async function scoreFallen(cx: Context, scope: Scope): Promise<number> {
  return cx.db.write(scope, async (tx) => {
    const now = cx.clock.now();
    const ids = await lockFallen(tx, now, fallingMax);
    await rescoreLeads(tx, cx, ids, () => now);
    return ids.length;
  });
}

const is = <T extends Fact['type']>(fact: Fact, type: T): fact is Fact<T> => fact.type === type;

export const qualifyRoom: Room = {
  name: 'qualify',
  personal: qualifyKeeps,
  routes(api) {
    qualifyRoutes(api);
    agreementRoutes(api);
  },
  subscribers: [
    {
      name: 'qualify.decide',
      types: ['inquiry.identified', 'inquiry.withdrawn', 'person.merged', 'person.unmerged'],
      batch: 5000,
      prompt: true,
      // runs of the same kind together, kinds in the order they happened
      async handle(tx, cx, facts) {
        let identified: Fact<'inquiry.identified'>[] = [];
        let withdrawn: Fact<'inquiry.withdrawn'>[] = [];
        const flush = async (): Promise<void> => {
          if (identified.length > 0) await decideInquiries(tx, cx, identified);
          if (withdrawn.length > 0) await withdrawFromLeads(tx, cx, withdrawn);
          identified = [];
          withdrawn = [];
        };
        for (const fact of facts) {
          if (is(fact, 'inquiry.identified')) {
            if (withdrawn.length > 0) await flush();
            identified.push(fact);
          } else if (is(fact, 'inquiry.withdrawn')) {
            if (identified.length > 0) await flush();
            withdrawn.push(fact);
          } else {
            await flush();
            if (is(fact, 'person.merged')) await joinLeadsOfMerged(tx, cx, fact);
            if (is(fact, 'person.unmerged')) await partLeadsOfUnmerged(tx, cx, fact);
          }
        }
        await flush();
      },
    },
    {
      // Behind the flow: what is known of somebody was corrected, joined, appended or taken back.
      name: 'qualify.refresh',
      types: ['person.changed', 'person.appended', 'person.merged', 'person.unmerged', 'organization.changed', 'organization.appended', 'import.finished', 'import.undone'],
      batch: 500,
      async handle(tx, cx, facts) {
        const [people, organizations] = [new Set<string>(), new Set<string>()];
        for (const { data } of facts) {
          if ('personId' in data) people.add(data.personId);
          if ('survivorId' in data) people.add(data.survivorId).add(data.mergedId);
          if ('organizationId' in data && data.organizationId !== null) organizations.add(data.organizationId);
        }
        const at = momentOf(cx, facts.at(-1)!);
        if (people.size + organizations.size > 0) await followKnown(tx, cx, { people, organizations }, at);
        for (const fact of facts) if (is(fact, 'import.finished')) await enqueueJob(tx, cx, followListedJob, { importId: fact.data.importId });
        for (const fact of facts) if (is(fact, 'import.undone')) await refreshLeadsScoredSince(tx, cx, fact.data.importId, at);
      },
    },
  ],
  jobs: { [followListedJob]: followListed },
  scans: [{ name: 'qualify.decay', everySeconds: 60, run: scoreFallen }, { name: 'qualify.required', everySeconds: 60, run: decideLackingNothing }, { name: 'qualify.agreement', everySeconds: 30, run: takeForce }],
};
export { leadFields, whoseLeads } from './segment-fields.ts';
export { leadFieldsOf, loadLeadFacts } from './lead-facts.ts';
export type { LeadFacts } from './lead-facts.ts';
export { readRules } from './read-qualification.ts';
export { draftAgreement, signAgreement } from './agreement/change-agreement.ts';
export { listHeld, readAgreement } from './agreement/read-agreement.ts';
export type { Content as AgreementContent } from './agreement/agreement.rules.ts';
