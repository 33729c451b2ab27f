import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { acceptInquiries } from '../../src/capture/index.ts';
import { acceptAssignments, addHolder, changeHolder, changeTerritory, declineAssignments, handTo } from '../../src/distribute/index.ts';
import { judgeLeads, logActivities, undoVerdict } from '../../src/followup/index.ts';
import type { Verdict } from '../../src/followup/index.ts';
import { drainHouse, scans } from '../../src/house.ts';
import { systemScope } from '../../src/platform/access/index.ts';
import type { Scope } from '../../src/platform/access/index.ts';
import { sql } from '../../src/platform/db/index.ts';
import type { Tx } from '../../src/platform/db/index.ts';
import { Refusal } from '../../src/platform/refusal.ts';
import { verify } from '../../src/report/verify.ts';
import { openTestHouse } from '../support/house.ts';
import type { TestHouse } from '../support/house.ts';

// A thousand random lives of leads, a few hundred at a time in one workspace, so that they meet at the same holders and in the same
// batches. Whatever happens: every inquiry has one fate, every open lead one holder, every closed lead none.

type Command =
  | { do: 'inquire' }
  | { do: 'accept' }
  | { do: 'decline' }
  | { do: 'log' }
  | { do: 'judge'; verdict: Verdict }
  | { do: 'undo' }
  | { do: 'hand'; to: number }
  | { do: 'wait' };

const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ do: 'inquire' } as const) },
  { weight: 4, arbitrary: fc.constant({ do: 'accept' } as const) },
  { weight: 2, arbitrary: fc.constant({ do: 'decline' } as const) },
  { weight: 2, arbitrary: fc.constant({ do: 'log' } as const) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('judge' as const),
      verdict: fc.constantFrom<Verdict>('hot', 'warm', 'bad', 'sale', 'dont_know'),
    }),
  },
  { weight: 2, arbitrary: fc.constant({ do: 'undo' } as const) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('hand' as const), to: fc.nat(3) }) },
  { weight: 2, arbitrary: fc.constant({ do: 'wait' } as const) },
);
const life = fc.array(command, { minLength: 1, maxLength: 7 });
const livesAtOnce = 250;
const towns = fc.record({
  lives: fc.array(life, { minLength: livesAtOnce, maxLength: livesAtOnce }),
  hours: fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 8, maxLength: 8 }),
  resigns: fc.nat(6),
});

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse({ at: '2026-03-02T08:00:00Z' });
});
afterAll(() => house.close());

describe('random lives of leads', () => {
  it('keep conservation and custody', async () => {
    let lived = 0;
    await fc.assert(
      fc.asyncProperty(towns, async (town) => {
        await liveThrough(town);
        lived += livesAtOnce;
      }),
      { numRuns: 4, endOnFailure: true },
    );
    expect(lived).toBe(1000);
  });
});

async function liveThrough(town: { lives: Command[][]; hours: number[]; resigns: number }): Promise<void> {
  const scope = systemScope(await house.newWorkspace());
  const write = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => house.cx.db.write(scope, work);
  const holderIds = await write(async (tx) => {
    const ids: string[] = [];
    for (const [i, kind] of (['partner', 'partner', 'rep', 'rep'] as const).entries())
      ids.push(
        await addHolder(tx, house.cx, {
          name: `Holder ${i}`,
          kind,
          email: `h${i}@holders.example`,
          capacityPerWeek: 150,
          timeZone: 'Europe/Zurich',
        }),
      );
    await changeTerritory(tx, house.cx, null, {
      name: 'Everywhere',
      position: 0,
      rules: {},
      holders: ids.map((holderId) => ({ holderId, weight: 1 })),
    });
    return ids;
  });

  let received = 0;
  const rounds = Math.max(...town.lives.map((life) => life.length));
  for (let round = -1; round < rounds; round++) {
    // Everybody inquires first; then each life takes its own course.
    const now = town.lives.map((life) => (round < 0 ? ({ do: 'inquire' } as const) : life[round]));
    received += await inquire(scope, now);
    await settle(scope, 0);
    const leads = await leadsByLife(scope);
    await act(scope, now, leads, holderIds);
    await settle(scope, now.some((one) => one?.do === 'wait') ? town.hours[Math.max(0, round)]! : 0);
    if (round === town.resigns) await write((tx) => changeHolder(tx, house.cx, holderIds[0]!, { active: false }));
    await everyOpenLeadHasOneHolder(scope);
  }
  await settle(scope, 0);
  const proof = await verify(house.cx, scope.workspaceId);
  expect(proof.breaks).toEqual([]);
  expect(proof.holds).toBe(true);
  expect(proof.conservation.received).toBe(received);
  expect(Object.values(proof.conservation.fates).reduce((sum, count) => sum + count, 0)).toBe(received);
}

async function inquire(scope: Scope, now: (Command | undefined)[]): Promise<number> {
  const arrivals = now.flatMap((one, life) =>
    one?.do === 'inquire'
      ? [
          {
            channel: 'api',
            fields: {
              givenName: `Person${life}`,
              familyName: `Family${life}`,
              email: `person.${life}@company-${life}.example`,
              country: 'CH',
              message: 'Please quote.',
            },
          },
        ]
      : [],
  );
  if (arrivals.length > 0) await house.cx.db.write(scope, (tx) => acceptInquiries(tx, house.cx, arrivals));
  return arrivals.length;
}

interface LeadNow {
  leadId: string;
  closed: boolean;
  holderId: string | null;
}

/** The latest lead of each life. */
async function leadsByLife(scope: Scope): Promise<Map<number, LeadNow>> {
  const rows = await house.cx.db.read(scope, (tx) =>
    tx.rows<LeadNow & { email: string }>(sql`
      select distinct on (p.email_key) l.id as lead_id, l.closed_at is not null as closed, a.holder_id, p.email from qualify.lead l
      join identity.person p on p.workspace_id = l.workspace_id and p.id = l.person_id
      left join distribute.assignment a on a.workspace_id = l.workspace_id and a.lead_id = l.id and a.ended_at is null
      where l.workspace_id = ${scope.workspaceId} order by p.email_key, l.qualified_at desc, l.id desc`),
  );
  return new Map(rows.map((row) => [Number(/person\.(\d+)@/.exec(row.email)![1]), row]));
}

async function act(scope: Scope, now: (Command | undefined)[], leads: Map<number, LeadNow>, holderIds: string[]): Promise<void> {
  const at = house.clock.now();
  const those = <K extends Command['do']>(kind: K): { lead: LeadNow; command: Extract<Command, { do: K }> }[] =>
    now.flatMap((one, life) => {
      const lead = leads.get(life);
      return one?.do === kind && lead ? [{ lead, command: one as Extract<Command, { do: K }> }] : [];
    });
  await house.cx.db.write(scope, async (tx) => {
    await acceptAssignments(
      tx,
      house.cx,
      those('accept').map(({ lead }) => ({ leadId: lead.leadId, at, via: 'app' as const })),
    );
    await logActivities(
      tx,
      house.cx,
      those('log').map(({ lead }) => ({ leadId: lead.leadId, kind: 'call' as const, at, via: 'app' as const })),
    );
    await judgeLeads(
      tx,
      house.cx,
      those('judge').map(({ lead, command }) => ({
        leadId: lead.leadId,
        verdict: command.verdict,
        reason: command.verdict === 'bad' ? 'No need' : null,
        valueMinor: command.verdict === 'sale' ? 100_000 : null,
        at,
        via: 'app' as const,
      })),
    );
    await declineAssignments(
      tx,
      house.cx,
      those('decline').map(({ lead }) => ({ leadId: lead.leadId, reason: 'No time now', at, via: 'app' as const })),
    );
  });
  for (const { lead, command } of those('hand'))
    await house.cx.db.write(scope, (tx) =>
      handTo(tx, house.cx, [lead.leadId], { holderId: holderIds[command.to]! }, { why: 'manual', at }),
    );
  for (const { lead } of those('undo')) {
    try {
      await house.cx.db.write(scope, (tx) => undoVerdict(tx, house.cx, lead.leadId, { at }));
    } catch (error) {
      // Nothing to undo, or passed on since: a refusal is an answer.
      if (!(error instanceof Refusal)) throw error;
    }
  }
}

async function settle(scope: Scope, hours: number): Promise<void> {
  await drainHouse(house.cx, scope.workspaceId);
  if (hours === 0) return;
  house.clock.advance(hours * 3_600_000);
  for (const scan of scans) while ((await scan.run(house.cx, scope)) > 0);
  await drainHouse(house.cx, scope.workspaceId);
}

async function everyOpenLeadHasOneHolder(scope: Scope): Promise<void> {
  const breaks = await house.cx.db.read(scope, (tx) =>
    tx.rows(sql`select l.id, l.fate, count(a.id) as holders from qualify.lead l
      left join distribute.assignment a on a.workspace_id = l.workspace_id and a.lead_id = l.id and a.ended_at is null
      where l.workspace_id = ${scope.workspaceId} group by l.workspace_id, l.id, l.fate, l.closed_at
      having count(a.id) <> case when l.closed_at is null then 1 else 0 end`),
  );
  expect(breaks).toEqual([]);
}
