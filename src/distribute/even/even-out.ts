import { hash } from 'node:crypto';
import type { Context } from '../../platform/context.ts';
import type { Tx } from '../../platform/db/index.ts';
import { refuse } from '../../platform/refusal.ts';
import { loadHolders, loadLeads, loadTerritories, takeDeck } from '../books.store.ts';
import { handEach } from '../hand-over.ts';
import { atWork } from '../place-leads.ts';
import { withWhere } from '../places/where-is.ts';
import { obstacle } from '../seats.rules.ts';
import { compileTerritory, covers } from '../territory.rules.ts';
import { findTeam, loadOpenLeads, type OpenLead } from './even-out.queries.ts';
import { evenOut, movesMost, stillMade, whyItStays, type EvenLead, type EvenMember, type EvenMove } from './even-out.rules.ts';

/** Those among whom open leads are evened out. */
export interface EvenWhom {
  kind: 'team' | 'territory';
  id: string;
}

/** Who they are, what they hold, which of it may go, and why the rest stays. */
async function readWhom(tx: Tx, at: Date, { kind, id }: EvenWhom, kept: ReadonlySet<string>): Promise<{ name: string; members: EvenMember[]; open: OpenLead[]; leads: EvenLead[]; stays: Map<string, string> }> {
  const territories = await loadTerritories(tx);
  const territory = kind === 'territory' ? territories.find((one) => one.id === id) : undefined;
  const found = kind === 'territory' ? territory : await findTeam(tx, id);
  if (!found) refuse('not-found', 'distribute/even-whom', `There is no such ${kind} here, or it is not in use. Choose another.`);
  const shares = (found.holders ?? []).filter(({ weight }) => weight > 0);
  const known = new Map((await loadHolders(tx, at, at)).map((holder) => [holder.id, atWork(holder)]));
  const open = await withWhere(tx, territories, await loadOpenLeads(tx, shares.map(({ holderId }) => holderId)));
  const members = shares.flatMap(({ holderId, weight }): EvenMember[] => {
    const holder = known.get(holderId);
    return holder ? [{ holder, weight, load: open.filter((lead) => lead.holderId === holderId).length }] : [];
  });
  const lies = territory && compileTerritory(territory);
  const holdersOf = new Map(territories.map((one) => [one.id, new Set((one.holders ?? []).map(({ holderId }) => holderId))]));
  const stays = new Map<string, string>();
  const leads = open.flatMap((lead): EvenLead[] => {
    const elsewhere = lies && (lead.territoryId === null ? !covers(lies, lead) : lead.territoryId !== id);
    const why = elsewhere ? 'of another territory' : kept.has(lead.leadId) ? 'theirs: they registered it, and it is kept for them' : whyItStays(lead, at);
    if (why) {
      stays.set(lead.leadId, why);
      return [];
    }
    const excluded: EvenLead['excluded'] = new Map();
    for (const one of lead.silent ?? []) excluded.set(one, 'silent');
    for (const one of lead.declined ?? []) excluded.set(one, 'declined');
    // What a territory gave a team's member stays among those who hold that territory.
    const among = lead.territoryId === null ? null : (holdersOf.get(lead.territoryId) ?? new Set<string>());
    return [{ ...lead, atMs: at.getTime(), owners: [], excluded, isAccepted: lead.acceptedAt !== null, startedMs: lead.startedAt.getTime(), among }];
  });
  return { name: found.name, members, open, leads, stays };
}

/** `kept`: leads that are not to go, whatever else speaks for it. What evening out would do: who has how much before and after, each lead that would go, and why others stay. `mark` names these very moves. */
export async function proposeEven(tx: Tx, cx: Context, whom: EvenWhom, kept: ReadonlySet<string>) {
  const at = cx.clock.now();
  const { name, members, open, leads, stays } = await readWhom(tx, at, whom, kept);
  const moves = evenOut(members, leads);
  const labels = new Map(open.map((lead) => [lead.leadId, lead.label]));
  const names = new Map(members.map(({ holder }) => [holder.id, holder.name]));
  const staying = new Map<string, number>();
  for (const why of stays.values()) staying.set(why, (staying.get(why) ?? 0) + 1);
  return {
    whom: { ...whom, name },
    mark: hash('md5', JSON.stringify(moves)),
    isCut: moves.length === movesMost,
    holders: members
      .map(({ holder, weight, load }) => ({
        id: holder.id,
        name: holder.name,
        weight,
        before: load,
        after: load + moves.filter((move) => move.toHolderId === holder.id).length - moves.filter((move) => move.fromHolderId === holder.id).length,
        mayGo: leads.filter((lead) => lead.holderId === holder.id).length,
        takesNone: takesNone({ holder, weight, load }, at),
      }))
      .toSorted((a, b) => b.before / b.weight - a.before / a.weight || (a.name < b.name ? -1 : 1)),
    moves: moves.map((move) => ({ ...move, label: labels.get(move.leadId)!, from: names.get(move.fromHolderId)!, to: names.get(move.toHolderId)! })),
    staying: [...staying].map(([why, count]) => ({ why, count })).toSorted((a, b) => b.count - a.count),
  };
}

/** What keeps somebody from any further lead, if anything. */
function takesNone({ holder, load }: EvenMember, at: Date): string | null {
  const { hot = [], warm = [], cold = [] } = holder.startsByGrade ?? {};
  const any = { leadId: '', atMs: at.getTime(), grade: 'cold' as const, score: 0, personId: null, organizationId: null, language: null, owners: [], excluded: new Map(), country: null, state: null, postalCode: null, vertical: null, employees: null, annualRevenueMinor: null, product: null };
  return obstacle(any, { holder: { ...holder, capacityByGrade: {} }, load, starts: holder.startsMs, byGrade: { hot, warm, cold } }, { skills: false })?.detail ?? null;
}

/** Makes these moves as far as they still may be made: whoever deals waits meanwhile, and nobody gets more than their limits. Returns what was left, and why. */
export async function handEvenly(tx: Tx, cx: Context, whom: EvenWhom, moves: readonly EvenMove[], note: string, kept: ReadonlySet<string>): Promise<{ leadId: string; why: string }[]> {
  await takeDeck(tx);
  // Leads and custody are locked, so that nothing is accepted or judged between looking and giving.
  await loadLeads(tx, moves.map((move) => move.leadId));
  const { members, leads } = await readWhom(tx, cx.clock.now(), whom, kept);
  const { made, not } = stillMade(members, leads, moves);
  const territories = new Map(leads.map((lead) => [lead.leadId, lead.territoryId]));
  await handEach(tx, cx, made.map(({ leadId, toHolderId }) => ({ leadId, holderId: toHolderId, territoryId: territories.get(leadId) ?? null })), { why: 'manual', note });
  return not;
}
