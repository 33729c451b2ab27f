/**
 * Every fact the house can record, with what it carries. A fact says what happened, in the past tense, with ids: names and
 * addresses stay in their tables. Words somebody typed (a reason, a next action) are null once the person they may speak of is erased.
 */
export interface FactData {
  'program.created': { programId: string };
  'program.updated': { programId: string; fields: string[] };
  'program.costRecorded': { programId: string; amountMinor: number; currency: string; onDate: string };
  'program.costRemoved': { programId: string; amountMinor: number; currency: string; onDate: string };
  'source.changed': { sourceId: string; fields: string[] };
  'inquiry.received': {
    inquiryId: string;
    sourceId: string | null;
    programId: string | null;
    importId: string | null;
    status: 'parsed' | 'quarantined';
  };
  'inquiry.quarantined': { inquiryId: string; reason: string | null };
  'inquiry.replayed': { inquiryId: string };
  'inquiry.withdrawn': { inquiryId: string; importId: string | null };
  'inquiry.identified': {
    inquiryId: string;
    sightingId: string;
    personId: string;
    organizationId: string | null;
    method: string;
    isNew: boolean;
  };
  'inquiry.dismissed': { inquiryId: string; personId: string; reasons: string[] };
  'person.merged': { survivorId: string; mergedId: string };
  'person.unmerged': { survivorId: string; mergedId: string };
  'person.changed': { personId: string; fields: string[] };
  'person.consentChanged': { personId: string; change: string; via: string };
  'person.erased': { personId: string; erasureId: string; why: string; remembers: boolean };
  /** Earlier facts of this chain that lost words: their number, their hash, and the hash of what is left of them. */
  'fact.erased': { erasureId: string; facts: { seq: number; was: string; now: string }[] };
  'suppression.changed': { channel: string; change: number };
  'organization.changed': { organizationId: string; fields: string[] };
  /** A provider's values were written by machine; `expired`: taken out again when their licence ended. */
  'person.appended': { personId: string; runId: string; fields: string[]; expired?: true; undone?: true };
  'organization.appended': { organizationId: string; runId: string; fields: string[]; expired?: true; undone?: true };
  'duplicate.decided': { duplicateId: string; decision: string };
  'base.checked': { checkId: string; people: number; joined: number; asked: number; organizations?: number; organizationsJoined?: number; organizationsAsked?: number };
  'lead.qualified': { leadId: string; personId: string; inquiryId: string; definitionVersion: number; score: number; grade: string };
  'lead.joined': { leadId: string; inquiryId: string };
  'lead.merged': { leadId: string; intoLeadId: string };
  'lead.rescored': { leadId: string; score: number; grade: string; wasScore: number; wasGrade: string };
  'lead.answered': { leadId: string; questions: string[] };
  'lead.withdrawn': { leadId: string };
  'lead.assigned': {
    leadId: string;
    assignmentId: string;
    holderId: string;
    holderKind: string;
    territoryId: string | null;
    respondBy: string | null;
    sequence: number;
    why: string;
  };
  'lead.accepted': { leadId: string; assignmentId: string; holderId: string; via: string };
  'lead.declined': { leadId: string; assignmentId: string; holderId: string; reason: string | null; via: string };
  /** `clock`: accept, contact, attempts or verdict; earlier facts do not say it, and mean the first two */
  'lead.reminded': { leadId: string; assignmentId: string; holderId: string; clock?: string };
  /** A promise was not kept: it happened when it was due, whenever it was noticed. Once for each clock of an assignment. */
  'lead.overdue': { leadId: string; assignmentId: string; holderId: string; clock: string };
  'lead.paused': { leadId: string; assignmentId: string; holderId: string; until: string; reason: string | null };
  /** `early`: somebody ended its pause; else it was over. */
  'lead.resumed': { leadId: string; assignmentId: string; holderId: string; early: boolean };
  'lead.redirected': { leadId: string; fromHolderId: string; toHolderId: string; why: string };
  'lead.unplaced': { leadId: string; why: string };
  'lead.setAside': { leadId: string; ruleId: string };
  'lead.offered': { leadId: string; assignmentId: string; ruleId: string; holderIds: string[]; until: string };
  'lead.followedUp': { leadId: string; activityId: string; kind: string; holderId: string | null };
  /** What another system kept of a lead, by a list; taken out again with it */
  'lead.historyTold': { leadId: string; activityId: string; kind: string; holderId: string | null };
  'lead.historyWithdrawn': { leadId: string; activityId: string };
  /** By a link or mail of a holder's, from a browser or address it had not answered from before: it may have been handed on. */
  'lead.answeredElsewhere': { leadId: string; linkId: string; holderId: string; via: string };
  'lead.stepSkipped': { leadId: string; stepId: string; place: number };
  'lead.nextActionSet': { leadId: string; what: string | null; dueAt: string | null };
  'lead.judged': {
    leadId: string;
    verdict: string;
    was: string | null;
    reason: string | null;
    valueMinor: number | null;
    currency: string | null;
    holderId: string | null;
    via: string;
    /** For warm: when it should come back, where a date was given. */
    until?: string | null;
  };
  /** `was`, and its reason: the verdict that stands again; earlier facts do not say the reason */
  'lead.judgementUndone': { leadId: string; verdict: string; was: string | null; reason?: string | null };
  'lead.closed': { leadId: string; fate: string };
  'lead.reopened': { leadId: string };
  'lead.nurtured': { leadId: string; enrolmentId: string; until: string | null };
  'lead.returned': { leadId: string; enrolmentId: string; why: string };
  'touch.recorded': { touchId: string; personId: string; channel: string; kind: string };
  'opportunity.opened': { opportunityId: string; leadId: string | null; amountMinor: number | null };
  'opportunity.moved': { opportunityId: string; leadId: string | null; stage: string };
  'opportunity.won': { opportunityId: string; leadId: string | null; amountMinor: number | null };
  'opportunity.lost': { opportunityId: string; leadId: string | null; reason: string | null };
  'opportunity.withdrawn': { opportunityId: string; leadId: string | null };
  'invoice.recorded': { invoiceId: string; leadId: string | null; netMinor: number };
  'invoice.restated': { invoiceId: string; leadId: string | null; netMinor: number };
  'claim.settled': { claimId: string; state: string; leadId: string | null; opportunityId: string | null };
  'sale.recorded': { leadId: string | null; saleKind: string; saleId: string; amountMinor: number };
  'registration.made': { registrationId: string; holderId: string };
  /** Somebody else has it, or (null) a person has to look. */
  'registration.held': { registrationId: string; holderId: string; byHolderId: string | null };
  'registration.granted': { registrationId: string; holderId: string; leadId: string; until: string };
  'registration.refused': { registrationId: string; holderId: string };
  'user.invited': { userId: string; roles: string[] };
  'user.changed': { userId: string; fields: string[] };
  'setting.changed': { key: string };
  'definition.changed': { version: number };
  /** `voided`: the sides that had signed what the draft said before. */
  'agreement.drafted': { version: number; voided: string[] };
  'agreement.signed': { version: number; side: string; hash: string };
  'agreement.tookForce': { version: number };
  'agreement.withdrawn': { version: number };
  'territory.changed': { territoryId: string };
  'routing.published': { version: number };
  'playbook.published': { version: number };
  'team.changed': { teamId: string };
  'holder.changed': { holderId: string; fields: string[] };
  'import.started': { importId: string; kind: string };
  'import.finished': { importId: string; created: number; updated: number; problems: number };
  'import.undone': { importId: string };
}
export type FactType = keyof FactData;

/** The first word of a type, under which its facts are announced: 'lead.assigned' → 'lead'. */
export const topicOf = (type: string): string => type.slice(0, type.indexOf('.'));

export interface NewFact<T extends FactType = FactType> {
  type: T;
  /** The receipt (inquiry id) the fact belongs to, else the subject's own id: facts of one chain are hashed in order. */
  chainId: string;
  subjectId: string;
  data: FactData[T];
  /** When it happened, where that is not now. */
  at?: Date;
  /** A user id, 'holder:<id>' for a no-login link, or 'baton' for the house itself. */
  actor?: string;
}

export interface Fact<T extends FactType = FactType> {
  id: string;
  type: T;
  chainId: string;
  seq: number;
  subjectId: string;
  at: Date;
  actor: string;
  data: FactData[T];
}
