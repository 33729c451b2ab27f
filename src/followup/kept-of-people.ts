import { othersMin } from '../platform/personal-data.ts';
import type { PersonalData } from '../platform/personal-data.ts';
import { eraseNotes, eraseRegistrations, findCommonWords, tellActivities, tellNextActions, tellRegistrations, tellVerdicts } from './kept-of-people.store.ts';

/** What was done and said about their leads: that it happened stays, what was written does not. */
export const followupKeeps: PersonalData = {
  holds: {
    'followup.activity': { erased: ['outcome', 'note', 'reference'], kept: { 'words of ours': ['kind', 'via'] } },
    'followup.disposition': { erased: ['reason'], kept: { 'words of ours': ['verdict', 'via'], 'ids and what stood before': ['before'] } },
    'followup.bulk_change': { erased: ['before', 'after'], kept: { 'words of ours': ['why'] } },
    'followup.next_action': { erased: ['what', 'place'] },
    'followup.link_answer': { erased: [], kept: { 'words of ours': ['did', 'via', 'known', 'browser'], 'a hash of a random number': ['mark'] } },
    'followup.registration': { erased: ['said', 'said_hash', 'problems', 'reason'], kept: { 'words of ours': ['state', 'currency'], 'the holder’s name': ['held_by_name'] } },
    'followup.call': { erased: ['answers', 'note'], kept: { 'words of ours': ['outcome'] } },
    'followup.call_target': { erased: [], kept: { 'words of ours': ['state', 'outcome'], 'zones of the clock': ['zones'] } },
    'followup.proposal': { erased: ['words', 'reason'], kept: { 'words of ours': ['verdict', 'state', 'currency'] } },
    'followup.webhook_delivery': { erased: ['answer'], kept: { 'words of ours': ['event', 'state'] } },
    'followup.answer_taken': { erased: [], kept: { 'a number of the partner’s, and a hash of what it said': ['reference', 'said'] } },
    'followup.sent_once': { erased: ['answer'], kept: { 'ids and keys': ['who', 'key'], hashes: ['request'] } },
    'followup.playbook_step': { erased: ['skip_reason'] },
    'followup.link': { erased: [], kept: { 'a hash; the link is closed': ['token_hash'] } },
  },
  spared: {
    'what was asked of many': ['followup.bulk_run', 'followup.verdict_round'],
    'what is said in calls, in general': ['followup.call_script', 'followup.call_list'],
    'counts only': ['followup.decay_fit'],
    'what is to be done with whom, in general': ['followup.playbook_version'],
    'where other systems are told': ['followup.webhook'],
  },
  gather: async (tx, { leadIds }) => ({ ours: await findCommonWords(tx, leadIds, othersMin) }),
  async tell(tx, subject) {
    const { leadIds } = subject;
    return [
      { key: 'followups', title: 'Followups', rows: await tellActivities(tx, leadIds) },
      { key: 'verdicts', title: 'Verdicts', rows: await tellVerdicts(tx, leadIds) },
      { key: 'nextActions', title: 'What was to be done next', rows: await tellNextActions(tx, leadIds) },
      { key: 'registrations', title: 'Registered by partners', rows: await tellRegistrations(tx, subject) },
    ];
  },
  async erase(tx, _cx, subject, { at }) {
    await eraseNotes(tx, subject.leadIds, subject.ours, at);
    await eraseRegistrations(tx, subject);
  },
};
