import { createHash } from 'node:crypto';
import { acceptInquiries } from '../../capture/index.ts';
import { dealtByHand, findHeldElsewhere, giveRegistered, place } from '../../distribute/index.ts';
import { append, carry } from '../../journal/index.ts';
import type { NewFact } from '../../journal/index.ts';
import { actorOf, asHouse, baseUrl, getWorkspace, readSetting } from '../../platform/access/index.ts';
import type { Scope } from '../../platform/access/index.ts';
import type { Context } from '../../platform/context.ts';
import type { Tx } from '../../platform/db/index.ts';
import { enqueueMails } from '../../platform/mail/index.ts';
import { refuse } from '../../platform/refusal.ts';
import { majorOf } from '../../platform/values/money.rules.ts';
import { qualifyProven } from '../../qualify/index.ts';
import { answeredBefore, doOnce } from '../day/send-once.ts';
import type { Once } from '../day/send-once.ts';
import { holderOf } from '../exchange/take-answers.ts';
import { instantText } from '../notification.rules.ts';
import { findTeller, listRegistrations } from './registration.queries.ts';
import type { RegistrationSeen } from './registration.queries.ts';
import type { Typed } from './registration.contract.ts';
import { dailyMost, defaultSettings, problemsOf, protectedUntil, sameness } from './registration.rules.ts';
import type { RegistrationSettings, Said } from './registration.rules.ts';
import { countSince, findProtected, findRecognised, findSame, lockRegistration, saveRegistration } from './registration.store.ts';
import type { Recognised, RegistrationRow } from './registration.store.ts';

export const registrationsKey = 'registrations';
export const readRegistrations = (tx: Tx): Promise<RegistrationSettings> => readSetting(tx, registrationsKey, defaultSettings);
const sourceName = 'Partner registration';

/**
 * A partner registers a lead of its own. What was typed enters as an inquiry and is recognised as any other; if nobody else has the person
 * or the organization, the lead is the partner's, accepted, and kept for it. Else the partner learns who has it and a manager decides; the
 * inquiry stays with whoever has them, so that nobody is left unanswered. `mends`: one that was incomplete.
 */
export async function registerLead(cx: Context, scope: Scope, typed: Typed, once?: Once, mends?: string): Promise<RegistrationSeen> {
  const holderId = holderOf(scope);
  const before = once && (await cx.db.read(scope, (tx) => answeredBefore<{ id: string }>(tx, once)));
  const id = mends ?? cx.ids.next();
  const made =
    before?.answer ??
    (await cx.db.write(asHouse(scope), (tx) =>
      doOnce(tx, cx, once, id, () =>
        register(tx, cx, { id, holderId, userId: scope.userId ?? null, actor: actorOf(scope), mends: mends !== undefined }, typed),
      ),
    ));
  // Read with the partner's own eyes, also its answer.
  return seen(cx, scope, made.id);
}

/** One registration, as far as who asks may see it. */
async function seen(cx: Context, scope: Scope, id: string): Promise<RegistrationSeen> {
  const [found] = await cx.db.read(scope, (tx) => listRegistrations(tx, { id }, 1));
  return found ?? refuse('not-found', 'followup/no-such-registration', 'There is no such registration of yours.');
}

interface Registrant {
  id: string;
  holderId: string;
  userId: string | null;
  actor: string;
  mends: boolean;
}

async function register(tx: Tx, cx: Context, by: Registrant, { expectedMinor, currency, ...typed }: Typed): Promise<{ id: string }> {
  const now = cx.clock.now();
  const workspace = await getWorkspace(tx);
  const said: Said = typed;
  if (by.mends) {
    const former = await lockRegistration(tx, by.id);
    if (!former || former.holderId !== by.holderId)
      refuse('not-found', 'followup/no-such-registration', 'There is no such registration of yours.');
    if (former.state !== 'incomplete')
      refuse(
        'conflict',
        'followup/registration-complete',
        'This registration is complete already. Register another one if there is more to say.',
      );
  } else if ((await countSince(tx, by.holderId, new Date(now.getTime() - 86_400_000))) >= dailyMost)
    refuse(
      'limit',
      'followup/too-many-registrations',
      `${dailyMost} leads were registered within a day, which is the most. Go on tomorrow, or ask your sales manager to bring in a list.`,
    );
  const row: RegistrationRow = {
    id: by.id,
    holderId: by.holderId,
    madeAt: now,
    madeBy: by.userId,
    said,
    saidHash: createHash('sha256').update(sameness(said)).digest(),
    expectedMinor: expectedMinor ?? null,
    currency: expectedMinor ? (currency ?? workspace.currency) : null,
    state: 'incomplete',
    problems: problemsOf(said, workspace.country).map(({ sentence }) => sentence),
    inquiryId: null,
    personId: null,
    organizationId: null,
    leadId: null,
    heldBy: null,
    heldByName: null,
    heldSince: null,
    decidedAt: null,
    decidedBy: null,
    reason: null,
    protectedUntil: null,
  };
  if (row.problems.length > 0) {
    const same = by.mends ? undefined : await findSame(tx, by.holderId, row.saidHash, now);
    if (same) return { id: same };
    await saveRegistration(tx, row);
    await append(tx, cx, [madeFact(row, by)]);
    return { id: row.id };
  }
  // Carrying, one registers at a time in a workspace, so what is free when it is looked at is free when it is given.
  const inquiryId = await carry(tx, cx, async () => {
    const same = await findSame(tx, by.holderId, row.saidHash, now);
    if (same && same !== row.id) return { same };
    const [accepted] = await acceptInquiries(tx, cx, [
      {
        channel: 'partner',
        source: sourceName,
        fields: {
          ...inquiryFieldsOf(said),
          ...(row.expectedMinor
            ? { custom: { expectedValue: `${majorOf({ minor: row.expectedMinor, currency: row.currency! })} ${row.currency}` } }
            : {}),
        },
      },
    ]);
    dealtByHand(tx).add(accepted!.id);
    return { inquiryId: accepted!.id };
  });
  if (inquiryId.same !== undefined) return { id: inquiryId.same };
  row.inquiryId = inquiryId.inquiryId;
  const facts: NewFact[] = [madeFact(row, by)];
  const who = await findRecognised(tx, row.inquiryId);
  const other = who && ((await findHeldElsewhere(tx, who, by.holderId)) ?? (await findProtected(tx, who, by.holderId, now)));
  if (!who || other) {
    if (who?.unheld) await place(tx, cx, [who.leadId!], 'new', now);
    Object.assign(row, {
      ...keptOf(who),
      state: 'held',
      heldBy: other?.holderId ?? null,
      heldByName: other?.holderName ?? null,
      heldSince: other?.since ?? null,
    });
    facts.push({
      type: 'registration.held',
      ...about(row),
      data: { registrationId: row.id, holderId: by.holderId, byHolderId: row.heldBy },
    });
  } else {
    Object.assign(row, keptOf(who));
    facts.push(await grant(tx, cx, row, { at: now, by: null, actor: by.actor, note: 'Registered by who has it' }));
  }
  await saveRegistration(tx, row);
  await append(tx, cx, facts);
  cx.live.publish(tx, 'registration');
  return { id: row.id };
}

const inquiryFieldsOf = (said: Said) => {
  const { name, wants, ...rest } = said;
  return Object.fromEntries(Object.entries({ ...rest, fullName: name, message: wants }).filter(([, value]) => value !== ''));
};
const keptOf = (who: Recognised | undefined) => ({
  personId: who?.personId ?? null,
  organizationId: who?.organizationId ?? null,
  leadId: who?.leadId ?? null,
});
/** A chain of its own: whoever may see the inquiry's facts need not learn who registered it. */
const about = ({ id }: { id: string }) => ({ chainId: id, subjectId: id });
const madeFact = (row: RegistrationRow, by: Registrant): NewFact<'registration.made'> => ({
  type: 'registration.made',
  ...about(row),
  actor: by.actor,
  data: { registrationId: row.id, holderId: row.holderId },
});

/** Makes it the partner's: its word is what proves it, where the definition of a lead does not see one. Fills the row; the caller saves it. */
async function grant(
  tx: Tx,
  cx: Context,
  row: RegistrationRow,
  given: { at: Date; by: string | null; actor: string; note: string },
): Promise<NewFact<'registration.granted'>> {
  if (row.leadId === null) {
    await carry(tx, cx, () => {
      dealtByHand(tx).add(row.inquiryId!);
      return qualifyProven(tx, cx, [{ inquiryId: row.inquiryId!, at: given.at }]);
    });
    const who = await findRecognised(tx, row.inquiryId!);
    Object.assign(row, keptOf(who));
    if (row.leadId === null)
      refuse(
        'conflict',
        'followup/registration-no-lead',
        'No lead came of this registration: its inquiry was withdrawn, or it cannot be told who it is from. Refuse it and say so.',
      );
  }
  const until = protectedUntil(given.at, await readRegistrations(tx));
  if (!(await giveRegistered(tx, cx, { leadId: row.leadId, holderId: row.holderId, until, note: given.note, actor: given.actor })))
    refuse(
      'conflict',
      'followup/registration-closed',
      'The lead this registration met was closed meanwhile. Refuse it, and ask the partner to register what is new.',
    );
  Object.assign(row, { state: 'granted', decidedAt: given.at, decidedBy: given.by, protectedUntil: until });
  return {
    type: 'registration.granted',
    ...about(row),
    actor: given.actor,
    data: { registrationId: row.id, holderId: row.holderId, leadId: row.leadId, until: until.toISOString() },
  };
}

/** A manager decides on what somebody else has: the lead is handed to who registered it, or stays where it is. The partner is told by mail. */
export async function decideRegistration(
  cx: Context,
  scope: Scope,
  id: string,
  decision: { grant: boolean; reason?: string | null | undefined },
): Promise<RegistrationSeen> {
  const reason = decision.reason || null;
  if (!decision.grant && !reason) refuse('invalid', 'followup/reason-needed', 'Say why it is refused: the partner reads it.');
  await cx.db.write(asHouse(scope), async (tx) => {
    const at = cx.clock.now();
    const actor = scope.userId ?? 'baton';
    const row = (await lockRegistration(tx, id)) ?? refuse('not-found', 'followup/no-such-registration', 'There is no such registration.');
    if (row.state !== 'held')
      refuse(
        'conflict',
        'followup/registration-decided',
        row.state === 'incomplete' ? 'The partner has not completed this registration yet.' : 'This registration has been decided already.',
      );
    row.reason = reason;
    if (decision.grant) {
      await append(tx, cx, [
        await grant(tx, cx, row, { at, by: scope.userId ?? null, actor, note: `Registered, and granted${reason ? `: ${reason}` : ''}` }),
      ]);
    } else {
      Object.assign(row, { state: 'refused', decidedAt: at, decidedBy: scope.userId ?? null });
      await append(tx, cx, [
        { type: 'registration.refused', ...about(row), actor, data: { registrationId: row.id, holderId: row.holderId } },
      ]);
    }
    await saveRegistration(tx, row);
    await tellPartner(tx, cx, row);
    cx.live.publish(tx, 'registration');
  });
  return seen(cx, scope, id);
}

async function tellPartner(tx: Tx, cx: Context, row: RegistrationRow): Promise<void> {
  const to = await findTeller(tx, row.id);
  if (!to?.mail) return;
  const who = [row.said.name, row.said.organization].filter(Boolean).join(', ');
  const granted = row.state === 'granted';
  const text = [
    `Hello ${to.name},`,
    granted
      ? `${to.company} granted your registration of ${who}. The lead is yours, and is kept for you until ${instantText(row.protectedUntil!, to.timeZone, to.locale)}.`
      : `${to.company} did not grant your registration of ${who}.`,
    row.reason,
    `${baseUrl(cx)}/${granted ? `leads/${row.leadId}` : 'registrations'}`,
  ];
  await enqueueMails(tx, cx, [
    {
      kind: granted ? 'registration.granted' : 'registration.refused',
      to: to.mail,
      holderId: row.holderId,
      ...(granted ? { leadId: row.leadId! } : {}),
      subject: granted ? `Granted: ${who}` : `Not granted: ${who}`,
      text: `${text.filter(Boolean).join('\n\n')}\n`,
    },
  ]);
}
