import { refuse } from '../platform/refusal.ts';
import type { PersonalData } from '../platform/personal-data.ts';
import { captureOutdates } from './outdated.store.ts';
import { eraseFiles, eraseInquiries, eraseLeadMails, eraseProblems, findFilesOf, findImportsUnderWay, findUnidentified, tellFiles, tellInquiries, tellLeadMails, tellProblems } from './kept-of-people.store.ts';

/** Arrivals as they came, mails for leads, and the files of imports. */
export const captureKeeps: PersonalData = {
  holds: {
    'capture.inquiry': {
      erased: ['raw', 'raw_type', 'fields', 'first_touch', 'last_touch', 'external_id', 'idempotency_key', 'problem'],
      kept: { 'the number given out, which stands for the inquiry in every count': ['receipt'], 'words of ours': ['channel', 'status'] },
    },
    'capture.delivery_key': { erased: ['key'] },
    'capture.lead_mail': {
      erased: ['raw', 'from_name', 'from_address', 'subject', 'sentence'],
      kept: { 'words of ours': ['via', 'state', 'nature'], 'a hash of the whole mail, so that the same one is not taken in again': ['same_key'] },
    },
    'capture.import': {
      erased: ['analysis'],
      kept: {
        'the file itself: its name, hash and kind': ['file_name', 'file_hash', 'kind', 'shape', 'status', 'saved_mapping'],
        'how it was read, and counts': ['settings', 'counts', 'sentences', 'problem'],
      },
    },
    'capture.import_chunk': { erased: ['bytes'] },
    'capture.import_problem': { erased: ['cells', 'sentence'], kept: { 'words of ours': ['severity', 'kind', 'field'] } },
  },
  spared: {
    'programs and their costs': ['capture.program', 'capture.program_cost', 'capture.source', 'capture.import_change'],
    'addresses of ours': ['capture.lead_address'],
    'how files of a shape are read': ['capture.saved_mapping'],
  },
  async gather(tx, subject) {
    const more = await findUnidentified(tx, subject);
    const inquiryIds = [...subject.inquiryIds, ...more];
    return { inquiryIds: more, importIds: await findFilesOf(tx, { ...subject, inquiryIds }) };
  },
  outdated: captureOutdates,
  async tell(tx, subject) {
    return [
      { key: 'inquiries', title: 'Inquiries, as they arrived', rows: await tellInquiries(tx, subject) },
      { key: 'leadMails', title: 'Mails they are in', rows: await tellLeadMails(tx, subject) },
      { key: 'problemRows', title: 'Rows of lists that could not be read', rows: await tellProblems(tx, subject) },
      { key: 'files', title: 'Files of lists they are in', rows: await tellFiles(tx, subject.importIds) },
    ];
  },
  async erase(tx, _cx, subject, { at }) {
    const [running] = await findImportsUnderWay(tx, subject.importIds);
    if (running) refuse('conflict', 'capture/import-running', `They are in “${running}”, which is being taken in. Wait until that is done, or cancel it.`);
    await eraseLeadMails(tx, subject);
    await eraseProblems(tx, subject);
    await eraseFiles(tx, subject.importIds, at);
    await eraseInquiries(tx, subject);
  },
};
