import { hashLink, noHash } from '../journal/index.ts';
import { systemScope } from '../platform/access/index.ts';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/db/index.ts';
import { emptyErasures, endChain, noteChanged, noteErasure, unfounded } from './erasures.rules.ts';
import { emptyFold, fateInTables, fateOf, foldFact, theDesk, type Folded } from './fold.rules.ts';
import type { Verification } from './report.contract.ts';
import {
  countAssignments,
  findDesk,
  findOverlaps,
  findReceipts,
  findUnevenAccounts,
  readChains,
  readDismissed,
  readHolders,
  readInquiries,
  readLeads,
  readMembers,
  type LeadFate,
} from './verify.queries.ts';
import { noUuid } from '../platform/values/uuid.rules.ts';

const pageSize = 20_000;
const breaksShown = 200;

interface Break {
  check: 'chain' | 'custody' | 'conservation';
  /** the receipt's inquiry, where there is one */
  inquiryId: string | null;
  subjectId: string | null;
  sentence: string;
}

/**
 * Proves the record three ways: every fact is hashed onto the one before, every open lead has exactly one holder (and the turns they took add up), and every inquiry received has
 * exactly one fate, told alike by the journal and by the rooms' own tables. While work goes on a fact may fall between two looks, so a
 * break counts only when a second look finds it again.
 */
export async function verify(cx: Context, workspaceId: string): Promise<Verification> {
  const began = performance.now();
  const first = await look(cx, workspaceId);
  let breaks = first.breaks;
  if (breaks.length > 0) {
    const again = new Set((await look(cx, workspaceId)).breaks.map(keyOf));
    breaks = breaks.filter((one) => again.has(keyOf(one)));
  }
  const shown = breaks.slice(0, breaksShown);
  const receipts = await cx.db.read(systemScope(workspaceId), (tx) =>
    findReceipts(
      tx,
      shown.flatMap((one) => one.inquiryId ?? []),
    ),
  );
  const broken = (check: Break['check']): number => breaks.filter((one) => one.check === check).length;
  return {
    holds: breaks.length === 0,
    checkedAt: cx.clock.now().toISOString(),
    milliseconds: Math.round(performance.now() - began),
    chain: { ...first.chain, broken: broken('chain') },
    custody: { ...first.custody, broken: broken('custody') },
    conservation: { ...first.conservation, broken: broken('conservation') },
    breaks: shown.map(({ inquiryId, ...one }) => ({ ...one, receipt: inquiryId ? (receipts.get(inquiryId) ?? null) : null })),
  };
}

const keyOf = (one: Break): string => `${one.check} ${one.subjectId} ${one.sentence}`;

interface Look {
  breaks: Break[];
  chain: { chains: number; facts: number };
  custody: { openLeads: number; closedLeads: number; assignments: number };
  conservation: { received: number; fates: Record<string, number>; sum: number };
}

async function look(cx: Context, workspaceId: string): Promise<Look> {
  return cx.db.read(systemScope(workspaceId), async (tx) => {
    const breaks: Break[] = [];
    const folded = emptyFold();
    const chain = await checkChains(tx, folded, breaks);
    const leads = new Map((await readLeads(tx)).map((lead) => [lead.leadId, lead]));
    const custody = await checkCustody(tx, folded, leads, breaks);
    const conservation = await checkConservation(tx, folded, leads, breaks);
    return { breaks, chain, custody, conservation };
  });
}

/** Walks every chain from its first fact on; on the way every fact is told to the fold, which notices what was cut off at an end. */
async function checkChains(tx: Tx, folded: Folded, breaks: Break[]): Promise<Look['chain']> {
  let chains = 0;
  let facts = 0;
  let chainId = noUuid;
  let seq = 0;
  let hash = noHash;
  let broken = false;
  const erased = emptyErasures();
  const sayOf = (id: string): ((sentence: string) => void) => (sentence) => void breaks.push({ check: 'chain', inquiryId: id, subjectId: id, sentence });
  for (;;) {
    const page = await readChains(tx, chainId, seq, pageSize);
    for (const fact of page) {
      if (fact.chainId !== chainId) {
        endChain(erased, sayOf(chainId));
        chains++;
        chainId = fact.chainId;
        seq = 0;
        hash = noHash;
        broken = false;
      }
      const say = (sentence: string): void => {
        sayOf(chainId)(sentence);
        broken = true;
      };
      if (!broken && fact.seq !== seq + 1) say(`Fact ${seq + 1} of its chain is missing.`);
      if (!broken) {
        const now = hashLink(hash, fact);
        // One that lost words counts as it was told, if a later fact of its chain says so.
        if (!now.equals(fact.hash)) noteChanged(erased, fact, now);
        else if (fact.type === 'fact.erased' || fact.type === 'person.erased') noteErasure(erased, fact);
      }
      seq = fact.seq;
      hash = fact.hash;
      facts++;
      foldFact(folded, fact);
    }
    if (page.length < pageSize) break;
  }
  endChain(erased, sayOf(chainId));
  for (const { chainId: of, erasureId } of unfounded(erased)) sayOf(of)(`Words were taken out of it for an erasure that nobody recorded (${erasureId}).`);
  return { chains, facts };
}

async function checkCustody(tx: Tx, folded: Folded, leads: ReadonlyMap<string, LeadFate>, breaks: Break[]): Promise<Look['custody']> {
  const held = new Map((await readHolders(tx)).map((one) => [one.leadId, one.holders]));
  const desk = await findDesk(tx);
  let open = 0;
  for (const { leadId, inquiryId, closed } of leads.values()) {
    const holders = held.get(leadId) ?? [];
    const say = (sentence: string): void => void breaks.push({ check: 'custody', inquiryId, subjectId: leadId, sentence });
    if (closed) {
      if (holders.length > 0) say('A closed lead is still held by somebody.');
      continue;
    }
    open++;
    if (holders.length === 0) say('An open lead is held by nobody.');
    else if (holders.length > 1) say(`An open lead is held by ${holders.length} at once.`);
    else {
      const told = folded.leads.get(leadId)?.holderId;
      if (told !== undefined && (told === theDesk ? desk : told) !== holders[0]) say('Its holder is another one than the journal says.');
    }
  }
  for (const { accountId, grade, given, shared } of await findUnevenAccounts(tx))
    breaks.push({ check: 'custody', inquiryId: null, subjectId: accountId, sentence: `The turns of an account do not add up: ${given} ${grade} leads were given, and ${shared.toFixed(2)} shared out.` });
  for (const overlap of await findOverlaps(tx))
    breaks.push({
      check: 'custody',
      inquiryId: leads.get(overlap.leadId)?.inquiryId ?? null,
      subjectId: overlap.leadId,
      sentence: `Two held the lead at ${overlap.at.toISOString()}.`,
    });
  return { openLeads: open, closedLeads: leads.size - open, assignments: await countAssignments(tx) };
}

async function checkConservation(
  tx: Tx,
  folded: Folded,
  leads: ReadonlyMap<string, LeadFate>,
  breaks: Break[],
): Promise<Look['conservation']> {
  const fates: Record<string, number> = {};
  const unseen = new Set(folded.inquiries.keys());
  let after = noUuid;
  let received = 0;
  for (;;) {
    const page = await readInquiries(tx, after, pageSize);
    const last = page.at(-1)?.inquiryId ?? after;
    const leadOf = new Map((await readMembers(tx, after, last)).map((one) => [one.inquiryId, one.leadId]));
    const dismissed = new Set((await readDismissed(tx, after, last)).map((one) => one.inquiryId));
    for (const row of page) {
      received++;
      const id = row.inquiryId;
      const say = (sentence: string): void => void breaks.push({ check: 'conservation', inquiryId: id, subjectId: id, sentence });
      const lead = leads.get(leadOf.get(id) ?? '');
      const table = fateInTables({
        status: row.status,
        leadId: leadOf.get(id) ?? null,
        leadFate: lead?.fate ?? null,
        leadClosed: lead?.closed ?? false,
        dismissed: dismissed.has(id),
      });
      if (!unseen.delete(id)) {
        say('The inquiry has no received fact.');
        continue;
      }
      const told = fateOf(folded, id);
      if (told !== table) say(`The journal says ${told}, the tables say ${table}.`);
      else fates[told] = (fates[told] ?? 0) + 1;
    }
    if (page.length < pageSize) break;
    after = last;
  }
  for (const id of unseen)
    breaks.push({ check: 'conservation', inquiryId: id, subjectId: id, sentence: 'It was received, and the inquiry is gone.' });
  return { received: received + unseen.size, fates, sum: Object.values(fates).reduce((sum, count) => sum + count, 0) };
}
