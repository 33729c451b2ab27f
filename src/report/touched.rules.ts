import type { Fact } from '../journal/index.ts';

export interface Touched {
  inquiries: string[];
  leads: string[];
  /** leads whose inquiries may belong elsewhere from now on */
  moved: string[];
  people: string[];
  organizations: string[];
  opportunities: string[];
  programs: string[];
  sources: string[];
  /** the next action last said of a lead, kept even after it is done */
  nextActions: Map<string, string>;
}

/** What a batch of facts may have changed in the read model. */
export function touchedBy(facts: readonly Pick<Fact, 'type' | 'chainId' | 'subjectId' | 'data'>[]): Touched {
  const sets = {
    inquiries: new Set<string>(),
    leads: new Set<string>(),
    moved: new Set<string>(),
    people: new Set<string>(),
    organizations: new Set<string>(),
    opportunities: new Set<string>(),
    programs: new Set<string>(),
    sources: new Set<string>(),
  };
  const nextActions = new Map<string, string>();
  for (const fact of facts) {
    const data = fact.data as Record<string, unknown>;
    const id = (key: string): string | undefined => (typeof data[key] === 'string' ? data[key] : undefined);
    const add = (set: Set<string>, ...ids: (string | undefined)[]): void => ids.forEach((one) => one && set.add(one));
    switch (fact.type.slice(0, fact.type.indexOf('.'))) {
      case 'inquiry':
        add(sets.inquiries, id('inquiryId') ?? fact.subjectId);
        break;
      case 'lead':
        add(sets.leads, id('leadId'), id('intoLeadId'));
        if (fact.type === 'lead.qualified' || fact.type === 'lead.joined') add(sets.inquiries, id('inquiryId') ?? fact.chainId);
        if (fact.type === 'lead.withdrawn' || fact.type === 'lead.merged') add(sets.moved, id('leadId'), id('intoLeadId'));
        if (fact.type === 'lead.nextActionSet' && id('leadId') && id('what')) nextActions.set(id('leadId')!, id('what')!);
        break;
      case 'opportunity':
        add(sets.opportunities, id('opportunityId') ?? fact.subjectId);
        add(sets.leads, id('leadId'));
        break;
      case 'person':
        add(sets.people, id('personId'), id('survivorId'), id('mergedId'));
        break;
      case 'organization':
        add(sets.organizations, id('organizationId'), id('survivorId'), id('mergedId'));
        break;
      case 'program':
        add(sets.programs, id('programId') ?? fact.subjectId);
        break;
      case 'source':
        add(sets.sources, id('sourceId') ?? fact.subjectId);
        break;
      default:
    }
  }
  const { inquiries, leads, moved, people, organizations, opportunities, programs, sources } = sets;
  return {
    inquiries: [...inquiries],
    leads: [...leads],
    moved: [...moved],
    people: [...people],
    organizations: [...organizations],
    opportunities: [...opportunities],
    programs: [...programs],
    sources: [...sources],
    nextActions,
  };
}
