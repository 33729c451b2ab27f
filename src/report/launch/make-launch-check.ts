import { foreseePools, foreseeRoom, listTerritories, type ForeseenLead, type PoolAsked, type RoomAhead } from '../../distribute/index.ts';
import { findSegmentMembers } from '../../identity/index.ts';
import type { Scope } from '../../platform/access/index.ts';
import type { Context } from '../../platform/context.ts';
import type { Tx } from '../../platform/db/index.ts';
import { refuse } from '../../platform/refusal.ts';
import { addDays, dateIn, daysBetween, startOfDay } from '../../platform/values/period.rules.ts';
import { settleRollups } from '../settle-rollups.ts';
import { findWorkspace } from '../workspace.queries.ts';
import { arrivalsOf, leadsExpected, likePrograms, type LikeProgram } from './expected.rules.ts';
import type { LaunchCheck } from './launch.contract.ts';
import { findPlanned, listAudience, listLatestLeads, listLeadsLike, listPastPrograms } from './launch.queries.ts';
import { backlogOf, foresee, grades, isWorked, kindsOf, mostThatFits, roomIn, type Flow, type Foreseen, type Grade, type Kind } from './launch.rules.ts';

const yearsBack = 3;
/** Programs like it, the latest, and leads of each by whose places and grades the new ones are told. */
const likeMost = 40;
const leadsOfEach = 200;
const latestMost = 1000;
const placesMost = 3000;
/** How long after the last lead is looked whether all found room. */
const weeksAfter = 26;

type Named = Pick<PoolAsked, 'id' | 'name'> & { kind: PoolAsked['kind'] | 'nobody' };

/** What a program is expected to bring, and whether those who would be given it have room. Nothing is stored: every answer is by what is known when it is asked. */
export async function makeLaunchCheck(cx: Context, scope: Scope, programId: string, asked: { leads?: number | undefined; segmentId?: string | undefined }): Promise<LaunchCheck> {
  await settleRollups(cx, scope);
  return cx.db.read(scope, async (tx) => {
    const planned = (await findPlanned(tx, programId)) ?? refuse('not-found', 'report/no-such-program', 'There is no such program.');
    const { timeZone } = await findWorkspace(tx);
    const todayOn = dateIn(cx.clock.now(), timeZone);
    const startsOn = planned.startsOn ?? todayOn;
    const past = await listPastPrograms(tx, programId, addDays(todayOn, -366 * yearsBack));
    const found = likePrograms(planned, past, todayOn);
    const like = found.like.toSorted((a, b) => (a.startsOn < b.startsOn ? 1 : -1)).slice(0, likeMost);
    const { leads, basis, share } = leadsExpected(planned, like, asked.leads);
    const arrivals = arrivalsOf(planned, like);
    const weeksMost = arrivals.length + weeksAfter;

    const mix = await mixOf(tx, like, asked.segmentId);
    const pools = await foreseePools(tx, cx, mix.leads, startOfDay(startsOn, timeZone));
    const rows = new Map<string, Named>();
    const kinds = kindsOf(mix.leads.map(({ grade, weight }, i) => ({ grade, weight, row: rowOf(pools[i]!, rows), pools: pools[i]!.map(({ holders }) => holders) })));
    const worked = kinds.filter(isWorked);
    const rooms = await foreseeRoom(tx, cx, startsOn, weeksMost, programId);
    const result = foresee(arrivals.map((part) => part * leads), worked, rooms, weeksMost);

    const on = (week: number | null): string | null => (week === null ? null : addDays(startsOn, 7 * week));
    const waits = (flows: readonly Flow[]) => {
      const { most, mostIn, clearIn } = backlogOf(flows);
      return { most: rounded(most), mostOn: on(mostIn), clearOn: on(clearIn) };
    };
    const own = past.find(({ id }) => id === programId)?.days ?? [];
    const cameIn = (week: number): number | null => {
      const [from, until] = [addDays(startsOn, 7 * week), addDays(startsOn, 7 * week + 7)];
      return from > todayOn ? null : own.reduce((sum, day) => (day.on >= from && day.on < until ? sum + day.leads : sum), 0);
    };
    return {
      programId,
      startsOn,
      isDated: planned.startsOn !== null,
      leads: rounded(leads),
      basis,
      leadShare: share,
      like: like.map((one) => ({ programId: one.id, name: one.name, startsOn: one.startsOn, leads: one.leads })),
      byChannel: found.byChannel,
      mix: mix.from,
      audience: mix.audience,
      grades: gradesOf(kinds),
      weeks: result.weeks.map((week, i) => ({ startsOn: on(i)!, ...roundedFlow(week), room: finite(week.room), came: cameIn(i) })),
      ...waits(result.weeks),
      fits: mostThatFits(arrivals, worked, rooms),
      nowhere: [...Map.groupBy(kinds.filter((kind) => !isWorked(kind)), ({ row }) => row)]
        .map(([key, those]) => ({ ...named(rows.get(key)!), leads: rounded(leads * those.reduce((sum, { share }) => sum + share, 0)) }))
        .toSorted((a, b) => b.leads - a.leads),
      rows: [...result.rows]
        .map(([key, flows]) => {
          return { key, ...named(rows.get(key)!), expected: rounded(sumOf(flows, 'expected')), ...waits(flows), weeks: flows.map(roundedFlow) };
        })
        .toSorted((a, b) => b.most - a.most || b.expected - a.expected),
      holders: holdersOf(result, rooms),
      notes: notesOf(planned, result, rooms, todayOn),
    };
  });
}

type Weighed = ForeseenLead & { weight: number };
const anybody = { leadId: null, personId: null, organizationId: null, inquiryId: null };
const anywhere: Weighed = { ...anybody, grade: 'warm', country: null, state: null, postalCode: null, vertical: null, employees: null, annualRevenueMinor: null, product: null, language: null, weight: 1 };

/** Leads as those to come will be: where they come from, in which grades. */
async function mixOf(tx: Tx, like: readonly LikeProgram[], segmentId: string | undefined): Promise<{ leads: Weighed[]; from: LaunchCheck['mix']; audience: number | null }> {
  const ofThese = like.length === 0 ? [] : await listLeadsLike(tx, like.map(({ id }) => id), leadsOfEach);
  const known = (ofThese.length > 0 ? ofThese : await listLatestLeads(tx, latestMost)).map((lead) => ({ ...lead, weight: 1 }));
  const from = ofThese.length > 0 ? 'like' : known.length > 0 ? 'latest' : 'nothing';
  const leads = known.length > 0 ? known : [anywhere];
  if (segmentId === undefined) return { leads, from, audience: null };
  const places = await listAudience(tx, await findSegmentMembers(tx, segmentId), (await listTerritories(tx)).map(({ rules }) => rules), placesMost);
  if (places.length === 0) return { leads, from, audience: 0 };
  const parts = grades.map((grade) => ({ grade, part: leads.filter((lead) => lead.grade === grade).length / leads.length })).filter(({ part }) => part > 0);
  return {
    leads: places.flatMap(({ members, ...place }) => parts.map(({ grade, part }) => ({ ...anybody, ...place, grade, weight: members * part }))),
    from: 'audience',
    audience: places.reduce((sum, { members }) => sum + members, 0),
  };
}

const named = ({ id, name, kind }: Named) => ({ kind, name, id: kind === 'territory' || kind === 'team' ? id : null });

/** Leads count where they are asked for first. */
function rowOf(pools: readonly PoolAsked[], rows: Map<string, Named>): string {
  const first: Named = pools[0] ?? { id: 'nobody', name: 'Nobody', kind: 'nobody' };
  if (!rows.has(first.id)) rows.set(first.id, first);
  return first.id;
}

function gradesOf(kinds: readonly Kind[]): Record<Grade, number> {
  const of = (grade: Grade): number => kinds.reduce((sum, kind) => (kind.grade === grade ? sum + kind.share : sum), 0);
  return { hot: of('hot'), warm: of('warm'), cold: of('cold') };
}

function holdersOf(result: Foreseen, rooms: readonly RoomAhead[]): LaunchCheck['holders'] {
  return rooms
    .flatMap((room) => {
      const given = result.given.get(room.holderId);
      if (!given) return [];
      const { hot, warm, cold } = room.usual;
      const left = roomIn(room, 0);
      return [
        {
          holderId: room.holderId,
          name: room.name,
          perWeek: room.perWeek,
          usual: rounded(hot + warm + cold),
          room: finite(Math.min(left.all, left.hot + left.warm + left.cold)),
          away: room.presence.slice(0, result.weeks.length).filter((there) => there < 1).length,
          leads: rounded(given.reduce((sum, one) => sum + one, 0)),
        },
      ];
    })
    .toSorted((a, b) => b.leads - a.leads || (a.name < b.name ? -1 : 1));
}

function notesOf(planned: { startsOn: string | null; endsOn: string | null }, result: Foreseen, rooms: readonly RoomAhead[], todayOn: string): string[] {
  const limited = rooms.filter(({ holderId, openMost }) => openMost !== null && result.given.has(holderId)).length;
  return [
    ...(planned.startsOn === null ? ['It has no first day yet, so it is looked at as if it began today.'] : []),
    ...(planned.startsOn !== null && daysBetween(planned.startsOn, todayOn) >= 7 ? ['It has begun: room and what is given anyway are those of today.'] : []),
    ...(planned.endsOn !== null && planned.startsOn !== null && daysBetween(planned.startsOn, planned.endsOn) > 366 ? ['It runs for more than a year. All it brings is looked at as if it came in the first.'] : []),
    ...(limited > 0 ? [`${limited === 1 ? 'One of them has' : `${limited} of them have`} a limit of open leads. It is not counted, since nobody knows when leads will be closed.`] : []),
    'Who is named on an inquiry, or already works with somebody, is not known yet: leads go by rules and territories here.',
  ];
}

const rounded = (leads: number): number => Math.round(leads * 100) / 100;
const finite = (room: number): number | null => (Number.isFinite(room) ? rounded(room) : null);
const roundedFlow = ({ expected, placed, backlog }: Flow): Flow => ({ expected: rounded(expected), placed: rounded(placed), backlog: rounded(backlog) });
const sumOf = (flows: readonly Flow[], key: keyof Flow): number => flows.reduce((sum, flow) => sum + flow[key], 0);
