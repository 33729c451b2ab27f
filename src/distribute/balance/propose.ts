import { readTableFile } from '../../capture/index.ts';
import type { Context } from '../../platform/context.ts';
import type { Tx } from '../../platform/db/index.ts';
import { enqueueJob } from '../../platform/jobs/index.ts';
import type { Job } from '../../platform/jobs/index.ts';
import { refuse } from '../../platform/refusal.ts';
import { dateIn } from '../../platform/values/period.rules.ts';
import { inForceOn } from '../coverage.rules.ts';
import { findTimeZone, listTerritories } from '../territories.queries.ts';
import type { TerritoryRow } from '../territories.queries.ts';
import { inDealingOrder } from '../tree.rules.ts';
import { goesByPlace, type TerritoryRules } from '../territory.rules.ts';
import { whyNot } from './check.rules.ts';
import type { Table } from './columns.rules.ts';
import { divideAside } from './divide-aside.ts';
import { askOf, settle } from './proposal.rules.ts';
import type { Asked } from './proposal.rules.ts';
import { findProposed, insertProposal, listRemainderIds, saveProposalResult } from './proposal.store.ts';
import type { UnitKind } from './unit-areas.rules.ts';
import { placeUnits } from './unit-map.rules.ts';
import { layUnits } from './units.rules.ts';
import type { CountedPlace } from './units.rules.ts';

export const proposeJob = 'distribute.propose';
const unitsMost = 5000;

export interface BalanceWish extends Omit<Asked, 'territories' | 'kind' | 'digits' | 'effectiveOn'> {
  /** null: all that are active and worked, but for those that only hold what an acceptance left over */
  territories: string[] | null;
  kind: UnitKind | null;
  digits: number | null;
  /** null: today */
  effectiveOn: string | null;
  /** tables as text: units with centres, and which border on each other */
  centres: string | null;
  borders: string | null;
}

/** Puts a balancing on the list of jobs, with everything it is made from; its id. `places` is everybody there is, counted by a room that sees it. */
export async function propose(tx: Tx, cx: Context, wish: BalanceWish, places: readonly CountedPlace[]): Promise<string> {
  const todayOn = dateIn(cx.clock.now(), await findTimeZone(tx));
  const active = inDealingOrder((await listTerritories(tx)).filter((one) => inForceOn(one, todayOn)));
  const chosen = choose(active, wish.territories, wish.territories ? [] : await listRemainderIds(tx));
  const laid = layUnits(active, new Set(chosen.map(({ id }) => id)), places, wish.kind, wish.digits);
  const across = chosen.find(({ rules }) => (laid.kind === 'state' ? rules.postalRanges?.length : rules.states?.length));
  if (across)
    refuse('invalid', 'distribute/other-units', `The rules of “${across.name}” name ${laid.kind === 'state' ? 'postcodes, which units of states' : 'states, which units of postcodes'} would cut across. Balance territories with each other that are written alike, and have them made of that.`);
  if (laid.units.length === 0)
    refuse('invalid', 'distribute/no-units', `Nobody in these territories has a ${laid.kind === 'state' ? 'state' : 'postcode'}, so there are no units to divide.`);
  if (laid.units.length > unitsMost)
    refuse('limit', 'distribute/too-many-units', `That makes ${laid.units.length.toLocaleString('en')} units, and ${unitsMost.toLocaleString('en')} can be divided. Ask for fewer digits, or for fewer territories.`);
  const known = new Set(laid.units.map(({ id }) => id));
  const strange = wish.stay.find((name) => !known.has(name));
  if (strange !== undefined) refuse('invalid', 'distribute/no-such-unit', `No unit is called “${strange}”. They are called like “${laid.units[0]!.id}”.`);
  const placed = placeUnits(laid.units, await readTable(wish.centres, 'centres'), await readTable(wish.borders, 'borders'));
  if (typeof placed === 'string') return refuse('invalid', 'distribute/unit-map', placed);
  const { measures, keep, stayBest, stayWorked, stay, seed, days, potential } = wish;
  const proposed = {
    asked: {
      territories: chosen.map(({ id, name, rules, position }) => ({ id, name, rules, position })),
      kind: laid.kind,
      digits: laid.digits,
      measures,
      keep,
      stayBest,
      stayWorked,
      stay,
      seed,
      effectiveOn: wish.effectiveOn ?? todayOn,
      days,
      potential,
    },
    units: laid.units.map((unit, u) => ({ ...unit, position: placed.positions[u]! })),
    borders: placed.borders,
  };
  const not = whyNot(askOf(proposed));
  if (not !== null) refuse('invalid', 'distribute/cannot-balance', not);
  const id = cx.ids.next();
  const jobId = await enqueueJob(tx, cx, proposeJob, { proposalId: id });
  await insertProposal(tx, { ...proposed, id, jobId, notes: [...laid.notes, ...placed.notes], madeAt: cx.clock.now() });
  return id;
}

const listed = (names: readonly string[] | undefined): string => (names ?? []).map((name) => name.toLowerCase()).toSorted().join('|');
/** What territories must ask alike, so that what one gives away another takes. */
const sameFor: { code: string; what: string; of(rules: TerritoryRules): string }[] = [
  { code: 'distribute/other-verticals', what: 'the same verticals', of: ({ verticals }) => listed(verticals) },
  { code: 'distribute/other-products', what: 'leads about the same products', of: ({ products }) => listed(products) },
  { code: 'distribute/other-size', what: 'organizations of the same size', of: ({ employees, annualSales }) => [employees?.from, employees?.to, annualSales?.fromMinor, annualSales?.belowMinor].join('|') },
];

function choose(active: readonly TerritoryRow[], wanted: readonly string[] | null, leftOver: readonly string[]): TerritoryRow[] {
  const worked = active.filter(({ id, endsOn, holders, rules }) => endsOn === null && !goesByPlace(rules) && !leftOver.includes(id) && holders.some((holder) => holder.active && holder.weight > 0));
  const chosen = wanted ? active.filter(({ id }) => wanted.includes(id)) : worked;
  if (wanted && chosen.length < new Set(wanted).size) refuse('invalid', 'distribute/no-such-territory', 'One of these territories is not there, or not active. Load the list again and choose anew.');
  const ending = chosen.find(({ endsOn }) => endsOn !== null);
  if (ending) refuse('invalid', 'distribute/ending', `“${ending.name}” has a last day: what it took in would be nobody’s after it. Take that day away, or leave the territory out.`);
  const placed = chosen.find(({ rules }) => goesByPlace(rules));
  if (placed) refuse('invalid', 'distribute/by-place', `“${placed.name}” goes by county or by distance, of which no units are made. Leave it out.`);
  const above = chosen.find(({ id }) => active.some(({ parentId }) => parentId === id));
  if (above) refuse('invalid', 'distribute/others-under', `Others lie under “${above.name}”, and would lose what it gives away. Balance those with each other, or leave it out.`);
  const elsewhere = chosen.find(({ parentId }) => parentId !== chosen[0]!.parentId);
  if (elsewhere) refuse('invalid', 'distribute/other-parent', `“${chosen[0]!.name}” and “${elsewhere.name}” do not lie under the same territory: what one gives away the other may not take. Balance territories with each other that lie under the same one.`);
  if (chosen.length < 2) refuse('invalid', 'distribute/too-few-territories', 'Choose two territories or more: nothing can be divided between fewer.');
  for (const { code, what, of } of sameFor) {
    const other = chosen.find((one) => of(one.rules) !== of(chosen[0]!.rules));
    if (other) refuse('invalid', code, `“${chosen[0]!.name}” and “${other.name}” do not take ${what}: what one gives away the other may not take. Balance territories of ${what} with each other.`);
  }
  return chosen;
}

async function readTable(text: string | null, name: string): Promise<Table | null> {
  return text === null ? null : { ...(await readTableFile(Buffer.from(text))), name };
}

/** Divides aside, telling how far it is; stopped it leaves no result. */
export const runProposal: Job = async (cx, scope, job) => {
  const { proposalId } = job.payload as { proposalId: string };
  const proposed = (await cx.db.read(scope, (tx) => findProposed(tx, proposalId))) ?? refuse('not-found', 'distribute/no-such-proposal', 'There is no such proposal.');
  const ask = askOf(proposed);
  let told = -1;
  const divided = await divideAside(ask, async (done, total) => {
    if (await job.cancelled()) return false;
    if (done > told) await job.progress((told = done), total, 'dividing');
    return true;
  });
  if (!divided) return;
  await cx.db.write(scope, (tx) => saveProposalResult(tx, proposalId, settle(proposed, ask, divided)));
};
