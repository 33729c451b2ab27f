/** The door of the identity room: who people and organizations are. */
import type { Fact } from '../journal/index.ts';
import { momentOf } from '../platform/context.ts';
import type { Room } from '../platform/room.ts';
import { appendCommand } from './append/append.cli.ts';
import { askServices, servicesJob } from './append/ask-services.ts';
import { appendRoutes } from './append/append.routes.ts';
import { takeOutExpired } from './append/take-out-expired.ts';
import { checkBase, checkBaseJob, checkNightly } from './check-base.ts';
import { erase, eraseJob } from './privacy/erase-person.ts';
import { eraseCommand } from './privacy/erase.cli.ts';
import { identityKeeps } from './privacy/kept-of-people.ts';
import { retain, retainJob, retainNightly } from './privacy/retention.ts';
import { privacyRoutes } from './privacy/privacy.routes.ts';
import { consentRoutes } from './consent/consent.routes.ts';
import { forgetPeopleInHand, identifyInquiries } from './identify-inquiries.ts';
import { identityRoutes } from './identity.routes.ts';
import { learnWeights } from './learn-weights.ts';
import { matchCommand } from './match.cli.ts';
import { bulkRoutes } from './bulk/bulk.routes.ts';
import { peopleWork } from './bulk/edit-many.ts';
import { checkDomains } from './quality/check-domains.ts';
import { judgeBase, judgeBaseJob, judgeDue, judgeListJob, keepQuality } from './quality/judge-people.ts';
import { measureJob, measureNightly, measureNow } from './quality/measure-quality.ts';
import { qualityRoutes } from './quality/quality.routes.ts';
import { forgetWords, indexForSearch } from './index-for-search.ts';
import { keepReadings, readAnew } from './standard/keep-readings.ts';
import { readingRoutes } from './standard/readings.routes.ts';
import { keepSegments, rebuildSegments, refreshDue } from './segment/keep-segments.ts';
import { segmentCommand } from './segment/segment.cli.ts';
import { segmentRoutes } from './segment/segment.routes.ts';
import { refreshComponents } from './merge-people.ts';
import { surviveRoutes } from './survive/survive.routes.ts';
import { showJoinedAnew, surviveJob } from './survive/survivorship.ts';
import { restoreOrganizations, withdrawInquiries } from './withdraw-sightings.ts';

export { editPerson } from './edit-person.ts';
export { previewBulk, startBulk } from './bulk/edit-many.ts';
export type { BulkAction } from './bulk/bulk.rules.ts';
export { decideDuplicate } from './decide-duplicate.ts';
export { closeRequest, noteRequest } from './privacy/requests.ts';
export { knowPersonalData, personalData } from './privacy/personal-data.ts';
export { changeConsent } from './consent/note-consent.ts';
export type { Standing } from './consent/consent.rules.ts';
export { purposesSetting, standardPurposes } from './consent/purposes.rules.ts';
export { mayContact } from './consent/contact.rules.ts';
export { findContactable } from './consent/contactable.store.ts';
export { suppress } from './consent/suppress.ts';
export { findOrganizationsBy, findPeopleBy } from './find-known.queries.ts';
export type { KnownOrganization, KnownPersonRef } from './find-known.queries.ts';
export { identifiedInHand } from './identify-inquiries.ts';
export type { IdentifiedInHand } from './identify-inquiries.ts';
export { organizationsAppend, peopleAppend } from './append/import-appended.ts';
export { tellAppended } from './append/tell-appended.ts';
export { organizationsImport } from './import-organizations.ts';
export { tellIdentity } from './tell-consequences.ts';
export { suppressionsImport } from './consent/import-suppressions.ts';
export { peopleImport } from './import-people.ts';
export { makeSegment } from './segment/edit-segment.ts';
export { loadSaid } from './standard/readings.queries.ts';
export { brought } from './quality/list-people.ts';
export { knowPeopleCuts } from './quality/cuts.ts';
export type { PeopleCut } from './quality/cuts.ts';
export { knowPeopleWorth } from './quality/worth.ts';
export type { PeopleWorth } from './quality/worth.ts';
export { knowSegmentFields } from './segment/field-source.ts';
export type { SegmentSource } from './segment/field-source.ts';
export { findSegmentMembers } from './segment/filter-by.ts';
export { conditionsBehind, inquiriesBehind, readerOfConditions } from './segment/behind.ts';
export { readSentence } from './segment/read-segments.ts';
export type { Behind, RowsOf } from './segment/behind.ts';
export { behindLead, everKnownAs, namedByLead } from './behind-lead.queries.ts';
export { inquiriesOfOrganization } from './survive/organization-origins.queries.ts';
export { findSurvivors } from './merge.store.ts';
export { loadListed } from './import.store.ts';

const inquiryIdsOf = (facts: readonly Fact[], types: readonly string[]): string[] =>
  facts.flatMap((fact) => (types.includes(fact.type) && 'inquiryId' in fact.data ? [fact.data.inquiryId] : []));

/** an import of inquiries is withdrawn as a whole, one by one */
const importsOf = (facts: readonly Fact[]): Set<string> =>
  new Set(facts.flatMap((fact) => (fact.type === 'inquiry.withdrawn' && 'importId' in fact.data && fact.data.importId ? [fact.data.importId] : [])));

export const identityRoom: Room = {
  name: 'identity',
  personal: identityKeeps,
  routes(api) {
    identityRoutes(api);
    consentRoutes(api);
    privacyRoutes(api);
    segmentRoutes(api);
    qualityRoutes(api);
    bulkRoutes(api);
    appendRoutes(api);
    surviveRoutes(api);
    readingRoutes(api);
  },
  commands(program, open) {
    matchCommand(program);
    segmentCommand(program, open);
    eraseCommand(program, open);
    appendCommand(program, open);
  },
  scans: [
    { name: 'identity.learn', everySeconds: 86_400, run: learnWeights },
    { name: 'identity.words', everySeconds: 86_400, run: forgetWords },
    { name: 'identity.readings', everySeconds: 3600, run: readAnew },
    { name: 'identity.check', everySeconds: 1800, run: checkNightly },
    { name: 'identity.appendExpiry', everySeconds: 3600, run: takeOutExpired },
    { name: 'identity.retention', everySeconds: 1800, run: retainNightly },
    { name: 'identity.segments', everySeconds: 300, run: refreshDue },
    { name: 'identity.quality', everySeconds: 300, run: judgeDue },
    { name: 'identity.measure', everySeconds: 1800, run: measureNightly },
    { name: 'identity.domains', everySeconds: 60, run: checkDomains },
  ],
  jobs: {
    'identity.rebuild-segments': rebuildSegments,
    [checkBaseJob]: checkBase, [servicesJob]: askServices,
    [judgeBaseJob]: judgeBase,
    [judgeListJob]: judgeBase,
    [measureJob]: measureNow,
    'identity.bulk-edit': peopleWork.run,
    'identity.undo-bulk': peopleWork.runUndo,
    [eraseJob]: erase,
    [retainJob]: retain,
    [surviveJob]: showJoinedAnew((tx, ids) => refreshComponents(tx, 'person', ids)),
  },
  subscribers: [
    {
      name: 'identity.identify',
      types: ['inquiry.received', 'inquiry.replayed', 'inquiry.withdrawn'],
      batch: 2500,
      prompt: true,
      async handle(tx, cx, facts) {
        // one that was withdrawn meanwhile is not parsed any more and is left out here
        const moments = new Map(facts.map((fact) => [fact.subjectId, momentOf(cx, fact)]));
        await identifyInquiries(
          tx,
          cx,
          inquiryIdsOf(facts, ['inquiry.received', 'inquiry.replayed']),
          (id) => moments.get(id) ?? cx.clock.now(),
        );
        const withdrawn = inquiryIdsOf(facts, ['inquiry.withdrawn']);
        if (withdrawn.length > 0) {
          await withdrawInquiries(tx, cx, { inquiryIds: withdrawn });
          forgetPeopleInHand(tx);
        }
        for (const importId of importsOf(facts)) await restoreOrganizations(tx, importId);
      },
    },
    {
      name: 'identity.index',
      types: ['inquiry.identified', 'person.changed', 'person.erased', 'person.merged', 'person.unmerged', 'organization.changed', 'person.appended', 'organization.appended', 'inquiry.withdrawn'],
      batch: 2000,
      patient: true,
      handle: (tx, _cx, facts) => indexForSearch(tx, facts),
    },
    keepQuality,
    keepReadings,
    keepSegments,
  ],
};
