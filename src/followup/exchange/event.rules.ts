import type { Fact, FactData, FactType } from '../../journal/index.ts';

/** What other systems can be told of. `to`: whom it concerns. */
export const events = {
  'lead.assigned': { to: 'both', means: 'A lead was given to somebody' },
  'lead.reminded': { to: 'both', means: 'An answer, a first contact, attempts or a verdict is due soon' },
  'lead.overdue': { to: 'both', means: 'One of these was not done in time' },
  'lead.paused': { to: 'both', means: 'A lead rests until a day' },
  'lead.resumed': { to: 'both', means: 'Its rest is over, or was ended' },
  'lead.passedOn': { to: 'partner', means: 'A lead of yours went to somebody else' },
  'lead.accepted': { to: 'both', means: 'A lead was accepted' },
  'lead.declined': { to: 'both', means: 'A lead was declined' },
  'lead.followedUp': { to: 'both', means: 'A call, mail, visit, quote or note' },
  'lead.nextActionSet': { to: 'both', means: 'The next step was set or done' },
  'lead.judged': { to: 'both', means: 'A verdict: hot, warm, bad, sale, don’t know' },
  'lead.judgementUndone': { to: 'both', means: 'A verdict was taken back' },
  'lead.closed': { to: 'both', means: 'A lead was closed' },
  'lead.reopened': { to: 'both', means: 'A closed lead was opened again' },
  'lead.nurtured': { to: 'both', means: 'A lead is kept warm for a while' },
  'lead.returned': { to: 'both', means: 'A lead came back from being kept warm' },
  'lead.changed': { to: 'both', means: 'Something about the lead or the person changed' },
  'lead.withdrawn': { to: 'both', means: 'It is no lead any more, or was joined with another' },
  'lead.erased': { to: 'both', means: 'The person was erased: let go of what you keep of them' },
  'lead.qualified': { to: 'company', means: 'An inquiry became a lead' },
  'lead.unplaced': { to: 'company', means: 'A lead waits at the desk for a holder' },
  'lead.redirected': { to: 'company', means: 'A lead was taken from somebody who did not answer' },
} as const satisfies Record<string, { to: 'both' | 'partner' | 'company'; means: string }>;
export type EventName = keyof typeof events;

/** The events a partner's system, or the company's own, can choose from. */
export const eventsFor = (whose: 'partner' | 'company'): EventName[] => (Object.keys(events) as EventName[]).filter((name) => events[name].to === 'both' || events[name].to === whose);

const ofPeople = ['person.changed', 'person.appended', 'person.consentChanged', 'person.merged', 'person.erased'] as const satisfies readonly FactType[];
const ofLeads = [
  'lead.assigned', 'lead.reminded', 'lead.overdue', 'lead.paused', 'lead.resumed', 'lead.accepted', 'lead.declined', 'lead.followedUp', 'lead.nextActionSet', 'lead.judged', 'lead.judgementUndone', 'lead.closed', 'lead.reopened',
  'lead.nurtured', 'lead.returned', 'lead.joined', 'lead.rescored', 'lead.answered', 'lead.withdrawn', 'lead.merged', 'lead.qualified', 'lead.unplaced', 'lead.redirected',
] as const satisfies readonly FactType[];
export const heard: readonly FactType[] = [...ofLeads, ...ofPeople];

/** Whom a fact about people is about; undefined for facts about leads. */
export function personOf(fact: Fact): string | undefined {
  if (!(ofPeople as readonly FactType[]).includes(fact.type)) return undefined;
  const data = fact.data as { personId?: string; survivorId?: string };
  return data.survivorId ?? data.personId;
}
export const leadOf = (fact: Fact): string => (fact.data as { leadId: string }).leadId;

/** What is known of a lead beside the fact. */
export interface LeadView {
  closed: boolean;
  /** Whose it is to work now. */
  workerId: string | null;
  spells: readonly { id: string; holderId: string; kind: string; fromHolderId: string | null; sequence: number }[];
}

export interface Told {
  event: EventName;
  /** Holders whom it concerns; the company's own systems hear of all but what is for partners only. */
  holderIds: string[];
}

/** What a fact is to other systems: nothing, or one event; what takes a lead from somebody and gives it to another is two. */
export function toldOf(fact: Fact, lead: LeadView): Told[] {
  const of = <T extends FactType>(): FactData[T] => fact.data as FactData[T];
  const worker = lead.workerId === null ? [] : [lead.workerId];
  switch (fact.type) {
    case 'person.erased':
      return [{ event: 'lead.erased', holderIds: [...new Set(lead.spells.map((one) => one.holderId))] }];
    case 'person.changed':
    case 'person.appended':
    case 'person.consentChanged':
    case 'person.merged':
      return lead.closed ? [] : [{ event: 'lead.changed', holderIds: worker }];
    case 'lead.joined':
    case 'lead.rescored':
    case 'lead.answered':
      return [{ event: 'lead.changed', holderIds: worker }];
    case 'lead.withdrawn':
    case 'lead.merged':
      return [{ event: 'lead.withdrawn', holderIds: worker }];
    case 'lead.assigned': {
      const { assignmentId, holderId, holderKind } = of<'lead.assigned'>();
      if (holderKind === 'nurture') return [];
      const given: Told[] = holderKind === 'desk' ? [] : [{ event: 'lead.assigned', holderIds: [holderId] }];
      return [...takenFrom(lead.spells.find((one) => one.id === assignmentId)?.fromHolderId, holderId), ...given];
    }
    case 'lead.unplaced': {
      const desk = lead.spells.filter((one) => one.kind === 'desk').toSorted((a, b) => b.sequence - a.sequence)[0];
      return [...takenFrom(desk?.fromHolderId, desk?.holderId), { event: 'lead.unplaced', holderIds: [] }];
    }
    case 'lead.redirected':
    case 'lead.qualified':
      return [{ event: fact.type, holderIds: [] }];
    case 'lead.reminded':
    case 'lead.overdue':
    case 'lead.paused':
    case 'lead.resumed':
    case 'lead.accepted':
    case 'lead.declined':
      return [{ event: fact.type, holderIds: [of<'lead.accepted'>().holderId] }];
    case 'lead.followedUp':
    case 'lead.judged': {
      const { holderId } = of<'lead.judged'>();
      return [{ event: fact.type, holderIds: holderId === null ? worker : [holderId] }];
    }
    case 'lead.nextActionSet':
    case 'lead.judgementUndone':
    case 'lead.closed':
    case 'lead.reopened':
    case 'lead.nurtured':
    case 'lead.returned':
      return [{ event: fact.type, holderIds: worker }];
    default:
      return [];
  }
}

const takenFrom = (from: string | null | undefined, to: string | undefined): Told[] => (from && from !== to ? [{ event: 'lead.passedOn', holderIds: [from] }] : []);

const words = ['verdict', 'was', 'reason', 'valueMinor', 'currency', 'until', 'kind', 'via', 'what', 'dueAt', 'grade', 'score', 'wasGrade', 'wasScore', 'respondBy', 'fate', 'clock', 'early'] as const;

/** What of a fact goes into a message: what was said, never who else has or had the lead. */
export const detailOf = (data: object): Record<string, unknown> => Object.fromEntries(words.flatMap((name) => (name in data ? [[name, (data as Record<string, unknown>)[name]]] : [])));
