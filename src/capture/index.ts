import type { Room } from '../platform/room.ts';
import { formRoutes } from './form.routes.ts';
import { openIntake } from './gather-arrivals.ts';
import { importCommands } from './import.cli.ts';
import { importJobs } from './import.jobs.ts';
import { importRoutes } from './import.routes.ts';
import { inquiryRoutes } from './inquiry.routes.ts';
import { openImapMailbox } from './mail/imap-mailbox.ts';
import { mailTopic } from './mail/keep-mail.ts';
import { leadMailRoutes } from './mail/lead-mail.routes.ts';
import { readWaitingMails } from './mail/read-lead-mails.ts';
import { openSmtpReceiver } from './mail/smtp-receiver.ts';
import { captureKeeps } from './kept-of-people.ts';
import { programRoutes } from './program.routes.ts';
import { forgetBrokenUploads } from './receive-file.ts';

export { acceptInquiries, inquiriesInHand } from './accept-inquiries.ts';
export type { Accepted, Arrival } from './accept-inquiries.ts';
export { arrivalFrom } from './arrive.rules.ts';
export { importFromCommand } from './import.cli.ts';
export { analyseImport } from './analyse-import.ts';
export { bringInFile } from './bring-in-file.ts';
export { getImport } from './configure-import.ts';
export { findImports, listProblems } from './import.queries.ts';
export type { ImportRecord } from './import.queries.ts';
export { previewImport } from './preview-import.ts';
export { forgetImport, receiveFile } from './receive-file.ts';
export { startImport } from './run-import.ts';
export { startUndo } from './undo-import.ts';
export type { ChangedSince, FieldSpec, FieldType, ImportBatch, ImportedMoney, ImportKind, ImportOptions, ImportRow, RowOutcome } from './import-kind.ts';
export { knowImportKinds } from './import-kinds.ts';
export { knowConsequences } from './consequences.ts';
export { knowWhoAsked } from './who-asked.ts';
export type { TellConsequences } from './consequences.ts';
export { knowValueLists } from './value-lists.ts';
export type { ValueList } from './value-lists.ts';
export type { AppendSettings } from './import.contract.ts';
export { inquiryFields } from './inquiry-words.rules.ts';
export type { InquiryFields, Touch } from './inquiry.contract.ts';
export { fieldOfHeader } from './field-of-header.rules.ts';
export { countKnownExternalIds, findByExternalIds } from './inquiry.queries.ts';
export { keepCompanyMail } from './mail/keep-mail.ts';
export { replyAddressOf } from './mail/lead-address.ts';
export { knowMailAnswers } from './mail/mail-answer.ts';
export type { AnswerTaken, MailAnswer } from './mail/mail-answer.ts';
export { readTableFile } from './read-table.ts';
export type { ReadTable } from './read-table.ts';
export { readReceipt, receiptOf } from './receipt.rules.ts';
export { resolvePrograms } from './resolve-programs.ts';
export { resolveSources } from './resolve-sources.ts';
export { workspaceHabits } from './workspace.queries.ts';
export { addCost, createProgram } from './save-programs.ts';

export const captureRoom: Room = {
  name: 'capture',
  personal: captureKeeps,
  jobs: importJobs,
  scans: [
    { name: 'capture.uploads', everySeconds: 3600, run: forgetBrokenUploads },
    { name: 'capture.leadMail', everySeconds: 5, wakenBy: mailTopic, run: readWaitingMails },
  ],
  doors: { serve: openSmtpReceiver, work: openImapMailbox },
  commands: importCommands,
  routes(api, cx) {
    const intake = openIntake(cx);
    programRoutes(api);
    inquiryRoutes(api, intake);
    importRoutes(api);
    formRoutes(api, intake);
    leadMailRoutes(api);
  },
};
