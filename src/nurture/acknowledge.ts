import type { Fact, Subscriber } from '../journal/index.ts';
import { readSetting } from '../platform/access/index.ts';
import { momentOf } from '../platform/context.ts';
import { defaultAcknowledgement, fillIn } from './acknowledgement.rules.ts';
import { guardMail } from './guard-mail.ts';
import { findAnswerable, findHouse, findTouched } from './nurture.store.ts';

const kind = 'acknowledgement';
const quietDays = 7;

/** Answers who wrote to us by a form or through the API, at once; nobody twice within a week, nobody who was brought in from a file. */
export const acknowledge: Subscriber = {
  name: 'nurture.acknowledge',
  patient: true,
  types: ['inquiry.identified'],
  async handle(tx, cx, all) {
    // A past that is told is answered from the day on which mail begins to be kept.
    const facts = cx.replay ? all.filter((fact) => fact.at >= cx.replay!.mailFrom) : all;
    if (facts.length === 0) return;
    const setting = await readSetting(tx, 'acknowledgement', defaultAcknowledgement);
    if (!setting.on) return;
    const identified = facts.map((fact) => (fact as Fact<'inquiry.identified'>).data);
    const waiting = await findAnswerable(tx, identified);
    if (waiting.length === 0) return;
    const now = momentOf(cx, facts[0]!);
    const touched = await findTouched(
      tx,
      waiting.map((w) => w.personId),
      kind,
      new Date(now.getTime() - quietDays * 86_400_000),
    );
    const { name: company } = await findHouse(tx);
    const mails = waiting.filter((w) => !touched.has(w.personId) && touched.add(w.personId));
    await guardMail(
      tx,
      cx,
      mails.map((w) => ({
        personId: w.personId,
        inquiryId: w.inquiryId,
        kind,
        subject: fillIn(setting.subject, { ...w, company }),
        text: fillIn(setting.text, { ...w, company }),
      })),
    );
  },
};
