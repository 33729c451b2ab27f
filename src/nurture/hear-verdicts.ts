import { handTo } from '../distribute/index.ts';
import { append } from '../journal/index.ts';
import type { Fact, NewFact, Subscriber } from '../journal/index.ts';
import { readSetting } from '../platform/access/index.ts';
import { momentOf } from '../platform/context.ts';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/db/index.ts';
import { addEnrolments, endEnrolments, findLastUntil, lockWarm, setUntil } from './nurture.store.ts';
import type { NewEnrolment, WarmLead } from './nurture.store.ts';
import { returnLeads } from './return-leads.ts';
import { whatFollows } from './warm.rules.ts';

const types = ['lead.judged', 'lead.judgementUndone', 'lead.joined', 'lead.closed', 'lead.withdrawn', 'lead.setAside'] as const;

/** Keeps warm what was judged warm or set aside, lets go of what was judged otherwise, and brings back at once whoever asks again. */
export const hearVerdicts: Subscriber = {
  name: 'nurture.hear',
  patient: true,
  types,
  async handle(tx, cx, facts) {
    // A lead of which two facts came in one batch is heard in two rounds, in their order.
    for (let left = facts; left.length > 0;) {
      const seen = new Set<string>();
      const round = left.filter((fact) => !seen.has(leadOf(fact)) && seen.add(leadOf(fact)));
      left = left.filter((fact) => !round.includes(fact));
      await hearOnce(tx, cx, round);
    }
  },
};

const leadOf = (fact: Fact): string => (fact.data as { leadId: string }).leadId;

async function hearOnce(tx: Tx, cx: Context, facts: readonly Fact[]): Promise<void> {
  const leads = await lockWarm(tx, facts.map(leadOf));
  const heard = facts.flatMap((fact) => {
    const lead = leads.get(leadOf(fact));
    return lead ? [{ fact, lead, at: momentOf(cx, fact), step: whatFollows(fact, lead) }] : [];
  });
  const enrolling = heard.filter(({ step }) => step.step === 'enrol');
  const undone = enrolling.filter(({ step }) => step.step === 'enrol' && step.again).map(({ lead }) => lead.leadId);
  const formerly = undone.length > 0 ? await findLastUntil(tx, undone) : new Map<string, Date>();
  const days = enrolling.length > 0 ? await readSetting(tx, 'nurtureDays', 60) : 60;
  await enrol(
    tx,
    cx,
    enrolling.map(({ fact, lead, at }) => ({
      lead,
      at,
      untilAt: formerly.get(lead.leadId) ?? untilOf(fact, at, days),
      why: fact.type === 'lead.setAside' ? 'Nobody had room' : 'Judged warm',
    })),
  );
  await endEnrolments(
    tx,
    heard.flatMap(({ lead, at, step }) => (step.step === 'end' ? [{ id: lead.enrolmentId!, at, reason: step.reason, signal: null }] : [])),
  );
  for (const { fact, lead, at, step } of heard) if (step.step === 'extend') await setUntil(tx, lead.enrolmentId!, untilOf(fact, at, days));
  const back = heard.filter(({ step }) => step.step === 'return');
  await returnLeads(
    tx,
    cx,
    back.map(({ lead, at }) => ({ enrolmentId: lead.enrolmentId!, why: 'Asked again', signal: 'inquiry', at })),
  );
}

function untilOf(fact: Fact, at: Date, days: number): Date {
  const given = 'until' in fact.data && typeof fact.data.until === 'string' ? new Date(fact.data.until) : null;
  return given ?? new Date(at.getTime() + days * 86_400_000);
}

async function enrol(tx: Tx, cx: Context, warm: readonly { lead: WarmLead; at: Date; untilAt: Date; why: string }[]): Promise<void> {
  if (warm.length === 0) return;
  const rows = warm.map(({ lead, at, untilAt, why }): NewEnrolment => ({
    id: cx.ids.next(),
    leadId: lead.leadId,
    personId: lead.personId,
    programId: lead.programId,
    why,
    untilAt,
    startedAt: at,
  }));
  await addEnrolments(tx, rows);
  await append(
    tx,
    cx,
    rows.map((row, i): NewFact<'lead.nurtured'> => ({
      type: 'lead.nurtured',
      chainId: warm[i]!.lead.inquiryId,
      subjectId: row.leadId,
      at: row.startedAt,
      data: { leadId: row.leadId, enrolmentId: row.id, until: row.untilAt.toISOString() },
    })),
  );
  for (const [why, those] of Map.groupBy(rows, (row) => row.why))
    await handTo(
      tx,
      cx,
      those.map((row) => row.leadId),
      { kind: 'nurture' },
      { why: 'nurtured', note: `${why}: kept in touch with until it is due or asks again`, at: new Map(those.map((row) => [row.leadId, row.startedAt])) },
    );
}
