import type { Context } from '../../platform/context.ts';
import type { Tx } from '../../platform/db/index.ts';

/** A mail that answers one of ours. */
export interface MailAnswer {
  /** The mail itself, as it is kept. */
  mailId: string;
  /** What the address it came to was made for (`replyAddressOf`), its signature held; null where it came to another address of ours. */
  answers: string | null;
  /** Mails of ours that it names as those it answers, or that went before. */
  mailIds: string[];
  /** In small letters; anybody can write any sender. */
  from: string | null;
  messageId: string | null;
  subject: string;
  /** What its writer wrote himself: without the mail answered and what stands below a signature's dashes. */
  text: string;
  /** Names of what was attached. */
  files: string[];
  /** Nobody wrote it, or it is a circular. */
  isAutomatic: boolean;
  /** Somebody looked at it in quarantine and wants it taken in. */
  isReleased: boolean;
}
/** The lead it was filed with and what was done, or why a person must look at it. */
export type AnswerTaken = { leadId: string; sentence: string } | { problem: string };
type TakeAnswer = (tx: Tx, cx: Context, answer: MailAnswer) => Promise<AnswerTaken | undefined>;

let take: TakeAnswer = () => Promise.resolve(undefined);

/** Called once by house.ts: what our mails were about, a later room knows. */
export function knowMailAnswers(given: TakeAnswer): void {
  take = given;
}
export const takeMailAnswer: TakeAnswer = (tx, cx, answer) => take(tx, cx, answer);
