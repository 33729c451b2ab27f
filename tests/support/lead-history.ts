import type { Context } from '../../src/platform/context.ts';
import type { Scope } from '../../src/platform/access/index.ts';
import { sql } from '../../src/platform/db/index.ts';

// Months of leads with everything that happens to them, written straight into the rooms' tables: the reports are then compared with
// the plain arrays this returns. Nothing of the house decides anything here, so a wrong sum cannot hide.

export interface MadeInquiry {
  id: string;
  occurredAt: Date;
  sourceId: string | null;
  programId: string | null;
  channel: string;
  status: 'parsed' | 'quarantined' | 'withdrawn';
  leadId: string | null;
  origin: boolean;
}
export interface MadeAssignment {
  id: string;
  leadId: string;
  holderId: string;
  territoryId: string | null;
  startedAt: Date;
  acceptedAt: Date | null;
  firstFollowupAt: Date | null;
  endedAt: Date | null;
  endReason: string | null;
  redirectedFrom: string | null;
}
export interface MadeLead {
  id: string;
  personId: string;
  name: string;
  inquiryId: string;
  occurredAt: Date;
  sourceId: string | null;
  programId: string | null;
  channel: string;
  qualifiedAt: Date;
  grade: 'hot' | 'warm' | 'cold';
  score: number;
  assignments: MadeAssignment[];
  verdict: 'hot' | 'warm' | 'bad' | 'sale' | 'dont_know' | null;
  fate: 'sold' | 'bad' | 'lost' | null;
  closedAt: Date | null;
  valueMinor: number | null;
  activities: { kind: string; at: Date }[];
  nextAction: string | null;
}
export interface MadeHistory {
  sources: { id: string; name: string }[];
  programs: { id: string; name: string; channel: string }[];
  holders: { id: string; name: string; kind: string }[];
  territories: { id: string; name: string }[];
  inquiries: MadeInquiry[];
  leads: MadeLead[];
}

const minute = 60_000;
const day = 24 * 60 * minute;
const kinds = ['call', 'mail', 'visit', 'meeting', 'quote', 'literature', 'note'];
const nextActions = ['Send a quote', 'Call again', 'Visit the plant', 'Wait for budget'];

/** A small seeded generator: mulberry32. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export async function makeHistory(
  cx: Context,
  scope: Scope,
  options: {
    leads: number;
    from: string;
    days: number;
    seed?: number;
    /** use these sources, programs, holders and territories again */ like?: MadeHistory;
  },
): Promise<MadeHistory> {
  const random = seeded(options.seed ?? 1);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const start = Date.parse(`${options.from}T00:00:00Z`);
  const id = (): string => cx.ids.next();
  const channels = ['web', 'Trade show', 'Mailing', 'Ads', 'Telemarketing', 'Bought list'];
  const newSources = Array.from({ length: 12 }, (_, n) => ({ id: id(), name: `Source ${n}` }));
  const newPrograms = Array.from({ length: 20 }, (_, n) => ({ id: id(), name: `Program ${n}`, channel: channels[n % channels.length]! }));
  const newHolders = Array.from({ length: 16 }, (_, n) => ({
    id: id(),
    name: n < 4 ? `Rep ${n}` : `Partner ${n}`,
    kind: n < 4 ? 'rep' : 'partner',
  }));
  const newTerritories = Array.from({ length: 6 }, (_, n) => ({ id: id(), name: `Territory ${n}` }));
  const made: MadeHistory = options.like
    ? { ...options.like, inquiries: [], leads: [] }
    : { sources: newSources, programs: newPrograms, holders: newHolders, territories: newTerritories, inquiries: [], leads: [] };
  const { sources, programs, holders, territories } = made;
  const house = await cx.db.read(scope, (tx) =>
    tx.rows<{ id: string; kind: string }>(
      sql`select id, kind from distribute.holder where workspace_id = ${scope.workspaceId} and kind in ('desk', 'nurture')`,
    ),
  );
  const desk = house.find((one) => one.kind === 'desk')!.id;
  const nurture = house.find((one) => one.kind === 'nurture')!.id;

  for (let n = 0; n < options.leads; n++) {
    const program = random() < 0.85 ? pick(programs) : null;
    const source = random() < 0.95 ? pick(sources) : null;
    const channel = program?.channel ?? 'form';
    const occurredAt = new Date(start + Math.floor(random() * options.days * day));
    const inquiryId = id();
    const leadId = id();
    made.inquiries.push({
      id: inquiryId,
      occurredAt,
      sourceId: source?.id ?? null,
      programId: program?.id ?? null,
      channel,
      status: 'parsed',
      leadId,
      origin: true,
    });
    if (random() < 0.3) {
      const other = random() < 0.85 ? pick(programs) : null;
      const joins = random() < 0.4;
      const status = !joins && random() < 0.1 ? 'quarantined' : !joins && random() < 0.05 ? 'withdrawn' : 'parsed';
      made.inquiries.push({
        id: id(),
        occurredAt: new Date(occurredAt.getTime() + Math.floor(random() * 20 * day)),
        sourceId: random() < 0.9 ? pick(sources).id : null,
        programId: other?.id ?? null,
        channel: other?.channel ?? 'form',
        status,
        leadId: joins ? leadId : null,
        origin: false,
      });
    }
    const qualifiedAt = new Date(occurredAt.getTime() + Math.floor(random() * 10 * minute));
    const lead: MadeLead = {
      id: leadId,
      personId: id(),
      name: `Person ${n} Name${n % 977}`,
      inquiryId,
      occurredAt,
      sourceId: source?.id ?? null,
      programId: program?.id ?? null,
      channel,
      qualifiedAt,
      grade: pick(['hot', 'warm', 'cold'] as const),
      score: Math.floor(random() * 100),
      assignments: [],
      verdict: null,
      fate: null,
      closedAt: null,
      valueMinor: null,
      activities: [],
      nextAction: random() < 0.3 ? pick(nextActions) : null,
    };
    let at = qualifiedAt.getTime();
    const passes = random() < 0.15 ? 2 : 1;
    let previous: MadeAssignment | undefined;
    for (let pass = 1; pass <= passes; pass++) {
      const followed = pass === passes && random() < 0.7;
      const another = (): string => {
        for (;;) {
          const holder = pick(holders).id;
          if (holder !== previous?.holderId) return holder;
        }
      };
      const wait = Math.floor(Math.exp(random() * 12) * 1000);
      const startedAt = new Date(at);
      const assignment: MadeAssignment = {
        id: id(),
        leadId,
        holderId: random() < 0.01 && pass === 1 ? desk : another(),
        territoryId: random() < 0.9 ? pick(territories).id : null,
        startedAt,
        acceptedAt: followed ? new Date(at + Math.floor(wait / 2)) : null,
        firstFollowupAt: followed ? new Date(at + wait) : null,
        endedAt: pass < passes ? new Date(at + day) : null,
        endReason: pass < passes ? 'redirected' : null,
        redirectedFrom: previous?.id ?? null,
      };
      lead.assignments.push(assignment);
      previous = assignment;
      at += day;
    }
    const last = lead.assignments.at(-1)!;
    if (last.firstFollowupAt) {
      const count = 1 + Math.floor(random() * 3);
      for (let n2 = 0; n2 < count; n2++)
        lead.activities.push({ kind: pick(kinds), at: new Date(last.firstFollowupAt.getTime() + n2 * day) });
    }
    const chance = random();
    const judgedAt = new Date(at + 5 * day + Math.floor(random() * 60 * day));
    if (chance < 0.06)
      Object.assign(lead, { verdict: 'sale', fate: 'sold', closedAt: judgedAt, valueMinor: Math.floor(random() * 5_000_000) });
    else if (chance < 0.3) Object.assign(lead, { verdict: 'bad', fate: random() < 0.9 ? 'bad' : 'lost', closedAt: judgedAt });
    else if (chance < 0.4) lead.verdict = 'hot';
    else if (chance < 0.6) {
      lead.verdict = 'warm';
      lead.assignments.push({
        id: id(),
        leadId,
        holderId: nurture,
        territoryId: null,
        startedAt: judgedAt,
        acceptedAt: null,
        firstFollowupAt: null,
        endedAt: null,
        endReason: null,
        redirectedFrom: null,
      });
      Object.assign(last, { endedAt: judgedAt, endReason: 'nurtured' });
    } else if (chance < 0.68) lead.verdict = 'dont_know';
    if (lead.closedAt) Object.assign(last, { endedAt: lead.closedAt, endReason: 'closed' });
    made.leads.push(lead);
  }
  await save(cx, scope, made, options.like === undefined);
  return made;
}

const chunk = 20_000;
async function save(cx: Context, scope: Scope, made: MadeHistory, withNames: boolean): Promise<void> {
  const { workspaceId } = scope;
  const now = cx.clock.now();
  if (withNames)
    await cx.db.write(scope, async (tx) => {
      await tx.copy(
        'capture.source',
        ['workspace_id', 'id', 'name', 'created_at'],
        made.sources.map((s) => [workspaceId, s.id, s.name, now]),
      );
      await tx.copy(
        'capture.program',
        ['workspace_id', 'id', 'name', 'channel', 'created_at', 'updated_at'],
        made.programs.map((p) => [workspaceId, p.id, p.name, p.channel, now, now]),
      );
      await tx.copy(
        'distribute.holder',
        ['workspace_id', 'id', 'kind', 'name', 'time_zone', 'created_at'],
        made.holders.map((h) => [workspaceId, h.id, h.kind, h.name, 'UTC', now]),
      );
      await tx.copy(
        'distribute.territory',
        ['workspace_id', 'id', 'name', 'position'],
        made.territories.map((t, n) => [workspaceId, t.id, t.name, n]),
      );
    });
  for (let from = 0; from < made.inquiries.length; from += chunk) {
    const part = made.inquiries.slice(from, from + chunk);
    await cx.db.write(scope, async (tx) => {
      await tx.copy(
        'capture.inquiry',
        ['workspace_id', 'id', 'receipt', 'source_id', 'program_id', 'channel', 'received_at', 'occurred_at', 'fields', 'status'],
        part.map((i) => [
          workspaceId,
          i.id,
          `R-${i.id.slice(-10)}`,
          i.sourceId,
          i.programId,
          i.channel,
          i.occurredAt,
          i.occurredAt,
          {},
          i.status,
        ]),
      );
      await tx.copy(
        'qualify.dismissal',
        ['workspace_id', 'inquiry_id', 'person_id', 'reasons', 'definition_version', 'at'],
        part.filter((i) => i.status === 'parsed' && !i.leadId).map((i) => [workspaceId, i.id, i.id, [], 1, now]),
      );
    });
  }
  for (let from = 0; from < made.leads.length; from += chunk) {
    const part = made.leads.slice(from, from + chunk);
    const joined = new Map(made.inquiries.filter((i) => i.leadId && !i.origin).map((i) => [i.leadId!, i.id]));
    await cx.db.write(scope, async (tx) => {
      await tx.copy(
        'identity.person',
        ['workspace_id', 'id', 'full_name', 'email', 'country', 'first_seen_at', 'last_seen_at'],
        part.map((l) => [workspaceId, l.personId, l.name, `${l.personId.slice(-12)}@example.test`, 'DE', now, now]),
      );
      await tx.copy(
        'qualify.lead',
        [
          'workspace_id',
          'id',
          'person_id',
          'inquiry_id',
          'program_id',
          'source_id',
          'qualified_at',
          'definition_version',
          'score',
          'grade',
          'score_reasons',
          'scored_at',
          'closed_at',
          'fate',
        ],
        part.map((l) => [
          workspaceId,
          l.id,
          l.personId,
          l.inquiryId,
          l.programId,
          l.sourceId,
          l.qualifiedAt,
          1,
          l.score,
          l.grade,
          [],
          l.qualifiedAt,
          l.closedAt,
          l.fate,
        ]),
      );
      await tx.copy(
        'qualify.lead_inquiry',
        ['workspace_id', 'lead_id', 'inquiry_id', 'joined_at'],
        part.flatMap((l) => [
          [workspaceId, l.id, l.inquiryId, l.qualifiedAt],
          ...(joined.has(l.id) ? [[workspaceId, l.id, joined.get(l.id)!, l.qualifiedAt]] : []),
        ]),
      );
      await tx.copy(
        'distribute.assignment',
        [
          'workspace_id',
          'id',
          'lead_id',
          'holder_id',
          'territory_id',
          'why',
          'started_at',
          'accepted_at',
          'first_followup_at',
          'ended_at',
          'end_reason',
          'redirected_from',
          'from_holder_id',
          'reasons',
          'sequence',
        ],
        part.flatMap((l) =>
          l.assignments.map((a, n) => [
            workspaceId,
            a.id,
            a.leadId,
            a.holderId,
            a.territoryId,
            a.redirectedFrom ? 'redirect' : 'new',
            a.startedAt,
            a.acceptedAt,
            a.firstFollowupAt,
            a.endedAt,
            a.endReason,
            a.redirectedFrom,
            a.redirectedFrom ? l.assignments[n - 1]!.holderId : null,
            [],
            n + 1,
          ]),
        ),
      );
      await tx.copy(
        'followup.activity',
        ['workspace_id', 'id', 'lead_id', 'holder_id', 'kind', 'at', 'via'],
        part.flatMap((l) => l.activities.map((a) => [workspaceId, cx.ids.next(), l.id, l.assignments[0]!.holderId, a.kind, a.at, 'app'])),
      );
      await tx.copy(
        'followup.disposition',
        ['workspace_id', 'id', 'lead_id', 'verdict', 'value_minor', 'currency', 'at', 'by_holder_id', 'via', 'before'],
        part
          .filter((l) => l.verdict)
          .map((l) => [
            workspaceId,
            cx.ids.next(),
            l.id,
            l.verdict,
            l.valueMinor,
            l.valueMinor === null ? null : 'EUR',
            l.closedAt ?? l.qualifiedAt,
            l.assignments[0]!.holderId,
            'app',
            {},
          ]),
      );
      await tx.copy(
        'followup.next_action',
        ['workspace_id', 'lead_id', 'what', 'set_at'],
        part.filter((l) => l.nextAction).map((l) => [workspaceId, l.id, l.nextAction, l.qualifiedAt]),
      );
    });
  }
}
