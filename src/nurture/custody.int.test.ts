import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestHouse } from '../../tests/support/house.ts';
import type { TestHouse } from '../../tests/support/house.ts';
import { custodyBreaks, holders, plantLeads } from '../../tests/support/leads.ts';
import { acceptAssignments, addHolder, changeHolder, changeTerritory, declineAssignments, handTo, place } from '../distribute/index.ts';
import { judgeLeads, logActivities, undoVerdict } from '../followup/index.ts';
import { append } from '../journal/index.ts';
import { sql } from '../platform/db/index.ts';
import { Refusal } from '../platform/refusal.ts';

/** Whatever people and clocks do, in whatever order and at once: an open lead has exactly one holder, a closed one has none. */

let house: TestHouse;
let people: string[];
let leads: { leadId: string; inquiryId: string }[];

beforeAll(async () => {
  house = await openTestHouse({ at: '2026-03-02T08:00:00Z' });
  people = await house.write(async (tx) => {
    const made: string[] = [];
    for (const [i, kind] of (['rep', 'rep', 'partner', 'partner'] as const).entries())
      made.push(
        await addHolder(tx, house.cx, {
          name: `Holder ${i}`,
          kind,
          email: `h${i}@x.example`,
          ...(i === 1 ? { capacityPerWeek: 3 } : {}),
          ...(i === 3 ? { capacityPerWeek: 0.5 } : {}),
        }),
      );
    return made;
  });
  await house.write((tx) =>
    changeTerritory(tx, house.cx, null, {
      name: 'All',
      rules: { countries: ['ES'] },
      holders: people.map((holderId, i) => ({ holderId, weight: i + 1 })),
    }),
  );
  leads = await plantLeads(
    house,
    Array.from({ length: 12 }, (_, i) => ({ grade: (['hot', 'warm', 'cold'] as const)[i % 3]! })),
  );
  await house.drain();
});
afterAll(() => house.close());

const lead = fc.nat({ max: 11 });
const person = fc.nat({ max: 3 });
const command = fc.oneof(
  fc.record({ do: fc.constant('accept' as const), lead }),
  fc.record({ do: fc.constant('decline' as const), lead }),
  fc.record({
    do: fc.constant('judge' as const),
    lead,
    verdict: fc.constantFrom('hot' as const, 'warm' as const, 'bad' as const, 'sale' as const, 'dont_know' as const),
  }),
  fc.record({ do: fc.constant('undo' as const), lead }),
  fc.record({ do: fc.constant('call' as const), lead }),
  fc.record({ do: fc.constant('hand' as const), lead, person }),
  fc.record({ do: fc.constant('desk' as const), lead }),
  fc.record({ do: fc.constant('replace' as const), lead }),
  fc.record({ do: fc.constant('join' as const), lead }),
  fc.record({ do: fc.constant('switch' as const), person, active: fc.boolean() }),
  fc.record({ do: fc.constant('wait' as const), hours: fc.constantFrom(1, 5, 30, 24 * 70) }),
  fc.record({ do: fc.constant('hear' as const) }),
);
type Command = typeof command extends fc.Arbitrary<infer C> ? C : never;

async function obey(given: Command): Promise<void> {
  const { cx } = house;
  const at = cx.clock.now();
  const about = 'lead' in given ? leads[given.lead]! : null;
  try {
    await house.write(async (tx) => {
      switch (given.do) {
        case 'accept':
          return void (await acceptAssignments(tx, cx, [{ leadId: about!.leadId, at, via: 'app' }]));
        case 'decline':
          return void (await declineAssignments(tx, cx, [{ leadId: about!.leadId, reason: 'no', at, via: 'app' }]));
        case 'judge':
          return judgeLeads(tx, cx, [{ leadId: about!.leadId, verdict: given.verdict, reason: 'x', at, via: 'app' }]);
        case 'undo':
          return undoVerdict(tx, cx, about!.leadId, { at });
        case 'call':
          return void (await logActivities(tx, cx, [{ leadId: about!.leadId, kind: 'call', at, via: 'app' }]));
        case 'hand':
          return void (await handTo(tx, cx, [about!.leadId], { holderId: people[given.person]! }, { why: 'manual' }));
        case 'desk':
          return void (await handTo(tx, cx, [about!.leadId], { kind: 'desk' }, { why: 'manual' }));
        case 'replace':
          return void (await place(tx, cx, [about!.leadId], 'manual'));
        case 'join':
          return append(tx, cx, [
            {
              type: 'lead.joined',
              chainId: about!.inquiryId,
              subjectId: about!.leadId,
              data: { leadId: about!.leadId, inquiryId: about!.inquiryId },
            },
          ]);
        case 'switch':
          return void (await changeHolder(tx, cx, people[given.person]!, { active: given.active }));
        default:
          return undefined;
      }
    });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error; // a refusal is an answer
  }
  if (given.do === 'wait') {
    house.clock.advance(given.hours * 3_600_000);
    await house.scan();
  }
  if (given.do === 'hear') await house.drain();
}

/** The unique index makes two holders impossible; none is what an action could leave behind. Before anybody heard of a close by others. */
const whole = async (): Promise<void> => expect(await custodyBreaks(house)).toEqual([]);

test('one after the other', { timeout: 180_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(command, { minLength: 5, maxLength: 25 }), async (commands) => {
      for (const given of commands) {
        await obey(given);
        await whole();
      }
    }),
    { numRuns: 6 },
  );
});

test('many at once', { timeout: 180_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(command, { minLength: 3, maxLength: 6 }), { minLength: 2, maxLength: 6 }), async (rounds) => {
      for (const round of rounds) {
        await Promise.all(round.filter((c) => c.do !== 'wait').map(obey));
        await whole();
      }
      await house.scan();
      await whole();
    }),
    { numRuns: 6 },
  );
});

test('and nobody was ever given more than there was room for, except by hand', async () => {
  const rows = await house.rows<{ name: string; most: number }>(sql`
    select h.name, max((select count(*) from distribute.assignment x where x.workspace_id = a.workspace_id and x.holder_id = a.holder_id and x.counted
      and x.why not in ('manual') and x.started_at > a.started_at - interval '7 days' and x.started_at <= a.started_at))::int as most
    from distribute.assignment a join distribute.holder h on h.workspace_id = a.workspace_id and h.id = a.holder_id
    where h.capacity_per_week is not null and a.counted and a.why <> 'manual' group by 1`);
  for (const row of rows) expect(row.most).toBeLessThanOrEqual(row.name === 'Holder 1' ? 3 : 1);
  expect((await holders(house)).size).toBeGreaterThan(0);
});
