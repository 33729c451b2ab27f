import { acceptInquiries } from '../capture/index.ts';
import type { Arrival } from '../capture/index.ts';
import { acceptAssignments, declineAssignments, handEach } from '../distribute/index.ts';
import type { Acceptance, Decline } from '../distribute/index.ts';
import { judgeLeads, logActivities, setNextActions } from '../followup/index.ts';
import type { Judgement, NewActivity, NewNextAction } from '../followup/index.ts';
import { decideDuplicate } from '../identity/index.ts';
import { deliver, topicOf } from '../journal/index.ts';
import type { Fact, Subscriber } from '../journal/index.ts';
import type { Scope } from '../platform/access/index.ts';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/db/index.ts';
import type { Scan } from '../platform/room.ts';
import type { Agenda } from './agenda.rules.ts';
import { tellInquiry } from './arrival.rules.ts';
import { planWork, type Step } from './behaviour.rules.ts';
import { findHeld, findNewTypes, findOnDesk, findStale, findUndecided } from './demo.store.ts';
import type { Company } from './found-company.ts';
import { randomOf, type Random } from './random.rules.ts';
import type { Truth } from './truth.rules.ts';
import type { GeneratedInquiry } from './world.rules.ts';

/** Something on the company's agenda: a step of somebody's work on a lead, or any other errand. */
export type Errand = { leadId: string; assignmentId: string; step: Step } | { run(tx: Tx): Promise<void> };

export interface Simulation {
  cx: Context;
  scope: Scope;
  company: Company;
  programIds: Map<string, string>;
  agenda: Agenda<Errand>;
  seed: number;
  /** The first word of every fact recorded since somebody listened: only who listens to that word has to look. */
  stirred: Set<string>;
  subscribers: readonly Subscriber[];
  scans: readonly Scan[];
  money: MoneyDoor;
}

export interface Opened {
  lead: LeadInHand;
  step: Extract<Step, { do: 'opportunity' }>;
}
export interface Moved {
  lead: LeadInHand;
  step: Extract<Step, { do: 'stage' | 'lose' }>;
}

/** What the simulated holders do with money; kept apart because it is another room's business. */
export interface MoneyDoor {
  open(tx: Tx, opened: readonly Opened[]): Promise<void>;
  move(tx: Tx, moved: readonly Moved[]): Promise<void>;
  sold(lead: LeadInHand, step: Extract<Step, { do: 'sold' }>): void;
}

export interface LeadInHand {
  leadId: string;
  inquiryId: string;
  truth: Truth;
  product: string | null;
  inquiredAt: Date;
  grade: 'hot' | 'warm' | 'cold';
  assignmentId: string | null;
  holderId: string | null;
}

/** A company lives: inquiries come in, the house does its work, holders do theirs. */
export function livingCompany(sim: Simulation): {
  receive(inquiries: readonly GeneratedInquiry[]): Promise<void>;
  /** Learns which inquiry of the world stands behind one that came in by a file. */
  know(inquiryId: string, inquiry: GeneratedInquiry): void;
  work(until: Date): Promise<void>;
  keepClocks(everybody: boolean): Promise<void>;
  tidyUp(until: Date): Promise<void>;
  settle(everybody: boolean): Promise<void>;
  settleAll(): Promise<void>;
  counts(): { leads: number; assigned: number };
} {
  const { cx, scope, company, agenda, seed, stirred } = sim;
  const inquiries = new Map<string, { truth: Truth; product: string | null; at: Date }>();
  const leads = new Map<string, LeadInHand>();
  const tally = { leads: 0, assigned: 0 };
  const random: Random = randomOf(seed, 'office');

  const watch: Subscriber = {
    name: 'demo.watch',
    types: ['lead.qualified', 'lead.rescored', 'lead.assigned', 'lead.closed', 'lead.unplaced'],
    batch: 5000,
    async handle(_tx, _cx, facts) {
      for (const fact of facts) watchFact(fact);
    },
  };
  // Search indexes and credits are read by people, not by other rooms: they can wait for a larger batch.
  const forReaders = sim.subscribers.filter(({ name }) => /^(identity\.index|revenue\.keep-credits)$/.test(name));
  const forRooms = [...sim.subscribers.filter((subscriber) => !forReaders.includes(subscriber)), watch];
  const later = new Set<string>();
  let catchingUp: Promise<unknown> = Promise.resolve();
  let heardTo = '0';
  let learnFrom = 1000;

  function watchFact(fact: Fact): void {
    const data = fact.data as {
      leadId: string;
      grade?: string;
      assignmentId?: string;
      holderId?: string;
      respondBy?: string | null;
      sequence?: number;
      why?: string;
      inquiryId?: string;
    };
    if (fact.type === 'lead.qualified') {
      const inquiry = inquiries.get(data.inquiryId ?? fact.chainId);
      if (!inquiry || leads.has(data.leadId)) return;
      leads.set(data.leadId, {
        leadId: data.leadId,
        inquiryId: fact.chainId,
        truth: inquiry.truth,
        product: inquiry.product,
        inquiredAt: inquiry.at,
        grade: data.grade as LeadInHand['grade'],
        assignmentId: null,
        holderId: null,
      });
      tally.leads++;
      return;
    }
    const lead = leads.get(data.leadId);
    if (!lead) return;
    if (fact.type === 'lead.rescored') lead.grade = data.grade as LeadInHand['grade'];
    else if (fact.type === 'lead.closed') lead.assignmentId = null;
    else if (fact.type === 'lead.unplaced') Object.assign(lead, { assignmentId: null, holderId: null });
    else if (fact.type === 'lead.assigned') take(lead, fact, data);
  }

  function take(
    lead: LeadInHand,
    fact: Fact,
    data: { assignmentId?: string; holderId?: string; respondBy?: string | null; sequence?: number; why?: string },
  ): void {
    if (lead.assignmentId === data.assignmentId) return;
    lead.assignmentId = data.assignmentId ?? null;
    lead.holderId = data.holderId ?? null;
    const holder = company.holdersById.get(data.holderId ?? '');
    if (!holder || data.why === 'restored') return;
    tally.assigned++;
    const steps = planWork(seed, {
      holder,
      truth: lead.truth,
      grade: lead.grade,
      // Who comes back from nurture is asked about today's wish, not about last year's.
      inquiredAt: data.why === 'returned' ? fact.at : lead.inquiredAt,
      assignedAt: fact.at,
      respondBy: data.respondBy ? new Date(data.respondBy) : null,
      sequence: data.sequence ?? 1,
      product: lead.product,
      givenName: null,
    });
    for (const step of steps) agenda.add(step.at, { leadId: lead.leadId, assignmentId: lead.assignmentId!, step });
  }

  /** Lets everybody who may have something to hear, hear it, until nobody has. Those whom no other room waits for may come later. */
  async function settle(everybody: boolean): Promise<void> {
    for (let rounds = 0; stirred.size > 0 && rounds < 40; rounds++) {
      const words = new Set(stirred);
      for (const word of words) later.add(word);
      stirred.clear();
      // What was recorded is asked for once; what comes of it within this round is only known by its first word.
      const types = await cx.db.read(scope, (tx) => findNewTypes(tx, heardTo));
      heardTo = types.to;
      for (const listener of forRooms) {
        const concerned = listener.types.some((type) => types.found.has(type) || stirred.has(topicOf(type)));
        if (concerned) await hear(listener);
      }
    }
    if (!everybody) return;
    for (const word of stirred) later.add(word);
    // They read what the others wrote and write what nobody else does, so they work side by side, and beside the steps that follow.
    const concerned = forReaders.filter((listener) => listener.types.some((type) => later.has(topicOf(type))));
    later.clear();
    await catchingUp;
    catchingUp = Promise.all(concerned.map((listener) => hear(listener)));
    catchingUp.catch(() => {}); // told by whoever waits for it
  }

  /** Nobody has anything left to hear. */
  async function settleAll(): Promise<void> {
    do {
      await settle(true);
      await catchingUp;
      for (const listener of forReaders) await hear(listener);
    } while (stirred.size > 0);
  }

  async function hear(listener: Subscriber): Promise<void> {
    const full = listener.batch ?? 2000;
    while (((await deliver(cx, scope.workspaceId, listener)) ?? 0) >= full);
  }

  async function receive(batch: readonly GeneratedInquiry[]): Promise<void> {
    if (batch.length === 0) return;
    const arrivals = batch.map((inquiry): Arrival => ({
      channel: inquiry.firstTouch ? 'form' : 'demo',
      ...tellInquiry(inquiry),
      sourceId: company.sourceIds.get(inquiry.source) ?? null,
      programId: sim.programIds.get(inquiry.program) ?? null,
      receivedAt: inquiry.occurredAt,
    }));
    const accepted = await cx.db.write(scope, (tx) => acceptInquiries(tx, cx, arrivals));
    accepted.forEach(({ id }, index) => know(id, batch[index]!));
  }

  function know(inquiryId: string, inquiry: GeneratedInquiry): void {
    inquiries.set(inquiryId, { truth: inquiry.truth, product: inquiry.fields.product ?? null, at: inquiry.occurredAt });
  }

  /** Carries out what is due, each thing at its own time, all in one transaction; then the desk. */
  async function work(until: Date): Promise<void> {
    const due = agenda.takeUntil(until);
    await cx.db.write(scope, async (tx) => {
      await workOn(tx, due);
      await clearDesk(tx, until);
    });
  }

  /** What falls due by the clock: reminders, redirects, returns. */
  async function keepClocks(everybody: boolean): Promise<void> {
    const recent = cx.replay !== undefined && cx.clock.now() >= cx.replay.mailFrom;
    const prompt = recent ? /^(distribute\.(promise|desk)|nurture\.due|platform\.mail)$/ : /^(distribute\.(promise|desk)|nurture\.due)$/;
    // The house relearns every night; of four times the sightings it learns something new, and soon it has seen what it needs.
    const learns = everybody && inquiries.size >= learnFrom && learnFrom <= 5000;
    if (learns) learnFrom = inquiries.size * 4;
    const due = sim.scans.filter(({ name }) => (name === 'identity.learn' ? learns : everybody || prompt.test(name)));
    for (const scan of due) while ((await scan.run(cx, scope)) > 0);
  }

  async function workOn(tx: Tx, due: readonly { at: Date; what: Errand }[]): Promise<void> {
    const accepts: Acceptance[] = [];
    const declines: Decline[] = [];
    const activities: NewActivity[] = [];
    const nexts: NewNextAction[] = [];
    const judgements: Judgement[] = [];
    const opened: Opened[] = [];
    const moved: Moved[] = [];
    // Who reads the past beside us holds the journal back, so that what befell a lead may not have been heard yet: the house is asked.
    const held = await findHeld(
      tx,
      due.flatMap(({ what }) => ('run' in what ? [] : what.leadId)),
    );
    for (const { at, what } of due) {
      if ('run' in what) {
        await what.run(tx);
        continue;
      }
      const lead = leads.get(what.leadId);
      const { step } = what;
      if (!lead) continue;
      if (step.do === 'sold') {
        sim.money.sold(lead, step);
        continue;
      }
      // Passed on, closed or kept warm since: whatever was planned is off.
      if (lead.assignmentId !== what.assignmentId || lead.holderId === null || held.get(lead.leadId) !== what.assignmentId) continue;
      const holder = company.holdersById.get(lead.holderId)!;
      const userId = company.userIds.get(holder.key);
      const who = { leadId: lead.leadId, at, via: holder.works, actor: userId ?? `holder:${lead.holderId}` } as const;
      const by = { byHolderId: lead.holderId, byUserId: userId ?? null };
      if (step.do === 'accept') accepts.push({ ...who, holderId: lead.holderId });
      else if (step.do === 'decline') {
        declines.push({ ...who, holderId: lead.holderId, reason: step.reason });
        lead.assignmentId = null;
      } else if (step.do === 'activity') activities.push({ ...who, ...by, kind: step.kind, outcome: step.outcome, note: step.note });
      else if (step.do === 'next') nexts.push({ ...who, byUserId: userId ?? null, what: step.what, dueAt: step.dueAt });
      else if (step.do === 'judge') {
        judgements.push({ ...who, ...by, verdict: step.verdict, reason: step.reason, valueMinor: step.valueMinor, until: step.until });
        if (step.verdict !== 'hot' && step.verdict !== 'dont_know') lead.assignmentId = null;
      } else if (step.do === 'opportunity') opened.push({ lead, step });
      else moved.push({ lead, step });
    }
    await acceptAssignments(tx, cx, accepts);
    await logActivities(tx, cx, activities);
    await setNextActions(tx, cx, nexts);
    await judgeLeads(tx, cx, judgements);
    await sim.money.open(tx, opened);
    await sim.money.move(tx, moved);
    await declineAssignments(tx, cx, declines);
  }

  /** What fell to the desk is decided by the sales manager within some days: a rep gets it, or it comes to nothing. */
  async function clearDesk(tx: Tx, until: Date): Promise<void> {
    const lying = await findOnDesk(tx, new Date(until.getTime() - 2 * 86_400_000), 200);
    const moves: { leadId: string; holderId: string }[] = [];
    const judgements: Judgement[] = [];
    for (const { leadId, country } of lying) {
      const draw = random.next();
      const rep =
        country === 'US' || country === 'CA'
          ? random.pick(['dana.whitfield', 'marcus.oyelaran'])
          : country === 'DE'
            ? 'katrin.vollmer'
            : 'javier.montalban';
      if (draw < 0.34) moves.push({ leadId, holderId: company.holderIds.get(rep)! });
      else if (draw < 0.46)
        judgements.push({
          leadId,
          verdict: 'bad',
          reason: 'Outside our range',
          at: until,
          via: 'app',
          byUserId: company.userIds.get('stefan.bergmann@hartwellpumps.example') ?? null,
        });
    }
    await handEach(tx, cx, moves, { why: 'manual', note: 'Nobody nearby: given to a rep', at: until });
    await judgeLeads(tx, cx, judgements);
  }

  /** Every other week the sales manager ends what has lain untouched for five weeks, and marketing decides who is whom. */
  async function tidyUp(until: Date): Promise<void> {
    await cx.db.write(scope, async (tx) => {
      const stale = await findStale(tx, new Date(until.getTime() - 35 * 86_400_000), 2000);
      const userId = company.userIds.get('stefan.bergmann@hartwellpumps.example') ?? null;
      const ended = stale.filter(() => random.chance(0.7));
      await judgeLeads(
        tx,
        cx,
        ended.map(({ leadId, followedUp }) => ({
          leadId,
          verdict: 'bad' as const,
          reason: followedUp ? 'No need' : 'Cannot be reached',
          at: until,
          via: 'app' as const,
          byUserId: userId,
        })),
      );
    });
    const undecided = await cx.db.read(scope, (tx) => findUndecided(tx, new Date(until.getTime() - 14 * 86_400_000), 60));
    for (const { id, one, other } of undecided) {
      const [a, b] = [inquiries.get(one ?? ''), inquiries.get(other ?? '')];
      const same = a !== undefined && b !== undefined && a.truth.person !== null && a.truth.person === b.truth.person;
      await cx.db.write({ ...scope, userId: company.userIds.get('priya.raman@hartwellpumps.example')! }, (tx) =>
        decideDuplicate(tx, cx, 'person', id, { decision: same ? 'join' : 'different' }),
      );
    }
  }

  return { receive, know, work, keepClocks, tidyUp, settle, settleAll, counts: () => ({ ...tally }) };
}
