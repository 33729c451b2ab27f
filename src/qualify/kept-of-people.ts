import type { PersonalData } from '../platform/personal-data.ts';
import { closeLeads } from './close-leads.ts';
import { eraseLeads, everybodyWithLeads, findTheirLeads, findTheirOpen, tellTheirLeads } from './kept-of-people.store.ts';

/** Leads keep what is counted: their program, grade, product, country and fate. Whoever is erased is no open lead any more. */
export const qualifyKeeps: PersonalData = {
  holds: {
    'qualify.lead': {
      erased: ['score_reasons', 'budget', 'authority', 'need', 'timing', 'answers', 'postal_code'],
      kept: { 'what is counted, of many at once': ['grade', 'product', 'vertical', 'country', 'state', 'fate'] },
    },
    'qualify.dismissal': { erased: [], kept: { 'conditions of the definition, in our words': ['reasons'] } },
  },
  spared: { 'ids and the agreement': ['qualify.lead_inquiry', 'qualify.ruleset', 'qualify.agreement', 'qualify.agreement_signature'] },
  gather: async (tx, { personIds }) => ({ leadIds: await findTheirLeads(tx, personIds) }),
  needs: everybodyWithLeads,
  tell: async (tx, { leadIds }) => [{ key: 'leads', title: 'Leads, and how they were scored', rows: await tellTheirLeads(tx, leadIds) }],
  async erase(tx, cx, { leadIds }, { at }) {
    await closeLeads(tx, cx, (await findTheirOpen(tx, leadIds)).map((leadId) => ({ leadId, fate: 'lost', at })));
    await eraseLeads(tx, leadIds);
  },
};
