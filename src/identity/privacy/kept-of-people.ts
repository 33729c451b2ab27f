import type { PersonalData } from '../../platform/personal-data.ts';
import { forgetPositionsOf } from '../standard/readings.store.ts';
import { eraseReceipts, tellReceipts } from '../append/of-people.store.ts';
import { lockIdentity } from '../candidates.store.ts';
import { eraseEvidence, eraseFromOrganizations, erasePeople, eraseSightings, findListedIn, findReach, findSightedIn, tellConsents, tellLists, tellMerges, tellPeople, tellSegments, tellSightings } from './kept-of-people.store.ts';

/** Who they are, by what they were recognised, what they agreed to, and where they are listed. */
export const identityKeeps: PersonalData = {
  first: true,
  holds: {
    'identity.person': {
      erased: [
        'external_id', 'given_name', 'family_name', 'full_name', 'title', 'email', 'email_key', 'phone', 'phone_e164', 'mobile_e164', 'street', 'postal_code', 'city', 'language', 'custom', 'own', 'verified',
      ],
      kept: { 'what is counted, of many at once': ['country', 'state'] },
    },
    'identity.organization': {
      erased: ['street', 'postal_code', 'city', 'phone', 'phone_e164', 'name', 'name_key', 'domain', 'website', 'own'],
      kept: { 'of the company: only what they alone said of it goes, and its name where it is theirs': ['external_id', 'state', 'country', 'industry', 'vertical', 'naics', 'sic', 'parent', 'language', 'custom', 'verified'] },
    },
    'identity.sighting': { erased: ['evidence', 'filled', 'otherwise', 'external_id', 'mail_key', 'phone', 'mobile'], kept: { 'words of ours': ['method'] } },
    'identity.import_change': { erased: ['before'], kept: { 'words of ours': ['kind'] } },
    'identity.account_ref': { erased: ['external_id'] },
    'identity.consent': { erased: ['evidence'], kept: { 'that something was said, of nobody any more': ['purpose', 'channel', 'said', 'ground', 'source', 'noted_by'] } },
    'identity.consent_standing': { erased: ['purpose', 'channel', 'stands'] },
    'identity.possible_duplicate': { erased: ['evidence'], kept: { 'words of ours': ['status'] } },
    'identity.merge': { erased: ['reason'], kept: { 'words of ours, who did it': ['kind', 'merged_by', 'undone_by'] } },
    'identity.appended_value': { erased: ['value', 'replaced'], kept: { 'that something was bought, of nobody any more': ['kind', 'field', 'currency', 'status', 'why', 'ended_why'] } },
    'identity.append_answer': { erased: ['question', 'answer'], kept: { 'words of ours': ['kind'] } },
    'identity.append_doubt': { erased: ['label', 'offers', 'candidates'], kept: { 'words of ours, who decided': ['kind', 'status', 'decided_by'] } },
    'identity.bulk_change': { erased: ['before', 'after'] },
    'identity.cleanup': { erased: ['fields', 'before', 'after'] },
    'identity.quality': { erased: ['mail', 'phone', 'mobile', 'address', 'name', 'life', 'findings', 'wanted', 'mail_domain'] },
    'identity.search_entry': { erased: ['kind', 'text'] },
    'identity.search_word': { erased: ['word'] },
    'identity.suppression': { erased: ['key', 'shown'], kept: { 'the list, who made it': ['channel', 'kind', 'list', 'added_by'] } },
    'identity.privacy_request': { erased: ['asker', 'note'], kept: { 'words of ours, who noted it': ['kind', 'noted_by', 'done_by', 'outcome'] } },
    'identity.erasure': { erased: [], kept: { 'the tombstone: words of ours, and who erased': ['why', 'asked_by', 'state', 'counts'] } },
  },
  spared: {
    'conditions and counts; members are ids': ['identity.segment', 'identity.segment_member', 'identity.tally', 'identity.base_check'],
    'terms of trade, and counts': ['identity.append_provider', 'identity.append_run', 'identity.bulk_run', 'identity.append_request'],
    'ids under keys of ours': ['identity.append_key'],
    'a secret of ours': ['identity.remembering'],
    'sums of many, and domains': ['identity.retention_run', 'identity.quality_base', 'identity.quality_day', 'identity.postcode_place', 'identity.mail_domain'],
    'how words are read, of everybody who has them; what they alone said goes': ['identity.reading'],
    'words of ours about which fields of two companies agree, not what stands in them': ['identity.organization_duplicate'],
    'what agreement is worth, learned from everybody': ['identity.match_weights'],
  },
  async gather(tx, subject) {
    const [{ inquiryIds, importIds }, reach] = [await findSightedIn(tx, subject.personIds), await findReach(tx, subject.personIds)];
    return { inquiryIds, ...reach, importIds: [...importIds, ...(await findListedIn(tx, [...reach.mails, ...reach.phones]))] };
  },
  async tell(tx, { personIds, mails, phones }) {
    return [
      { key: 'person', title: 'Who they are', rows: await tellPeople(tx, personIds) },
      { key: 'consents', title: 'What they said about being contacted', rows: await tellConsents(tx, personIds) },
      { key: 'lists', title: 'Do-not-contact lists they are on', rows: await tellLists(tx, [...mails, ...phones]) },
      { key: 'sightings', title: 'Where they were seen, and how they were recognised', rows: await tellSightings(tx, personIds) },
      { key: 'appended', title: 'What providers said of them', rows: await tellReceipts(tx, personIds) },
      { key: 'merges', title: 'Records that were joined', rows: await tellMerges(tx, personIds) },
      { key: 'segments', title: 'Segments they are in', rows: await tellSegments(tx, personIds) },
    ];
  },
  async erase(tx, _cx, subject, erasure) {
    await lockIdentity(tx);
    await eraseFromOrganizations(tx, subject);
    await eraseEvidence(tx, subject);
    await eraseReceipts(tx, subject.personIds);
    await eraseSightings(tx, subject.personIds);
    await forgetPositionsOf(tx, subject.personIds);
    await erasePeople(tx, subject.personIds, erasure.at);
  },
};
