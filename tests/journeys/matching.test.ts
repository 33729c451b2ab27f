import { afterEach, beforeEach, expect, it } from 'vitest';
import { acceptInquiries } from '../../src/capture/index.ts';
import { generateInquiries } from '../../src/demo/index.ts';
import type { Truth } from '../../src/demo/index.ts';
import { tellInquiry } from '../../src/demo/arrival.rules.ts';
import { sql } from '../../src/platform/db/index.ts';
import { openTestHouse } from '../support/house.ts';
import type { TestHouse } from '../support/house.ts';

// The generated world knows who is who. The house is told everything except that, and has to find it out.
let house: TestHouse;
beforeEach(async () => {
  house = await openTestHouse({ at: '2026-03-02T09:00:00Z' });
});
afterEach(() => house.close());

it.each([
  ['with the usual weights', false],
  ['with weights it learned midway', true],
])('recognises the same people as the truth does, though they spell themselves differently, %s', async (_, learning) => {
  const truths = new Map<string, Truth>();
  let batch: Parameters<typeof acceptInquiries>[2][number][] = [];
  let told: Truth[] = [];
  const take = async (): Promise<void> => {
    const accepted = await house.write((tx) => acceptInquiries(tx, house.cx, batch));
    accepted.forEach(({ id }, index) => truths.set(id, told[index]!));
    await house.drain();
    [batch, told] = [[], []];
  };
  for (const inquiry of generateInquiries({ seed: 11, count: 2_000, to: house.clock.now() })) {
    batch.push({ channel: 'demo', ...tellInquiry(inquiry), receivedAt: inquiry.occurredAt });
    told.push(inquiry.truth);
    if (batch.length === 250) await take();
    if (learning && truths.size === 1_500 && batch.length === 0) await house.scan();
  }
  if (batch.length > 0) await take();

  const rows = await house.rows<{ inquiryId: string; personId: string }>(sql`
    select s.inquiry_id, coalesce(m.survivor_id, s.person_id) as person_id
    from identity.sighting s left join identity.identity_map m on m.workspace_id = s.workspace_id and m.old_id = s.person_id and m.kind = 'person'
    where s.workspace_id = ${house.workspaceId} and s.inquiry_id is not null`);
  const quality = pairwise(
    rows.flatMap((row) => {
      const truth = truths.get(row.inquiryId);
      return truth?.person ? [{ found: row.personId, truth: truth.person }] : [];
    }),
  );
  const [weights] = await house.rows<{ versions: number }>(sql`select count(*)::int as versions from identity.match_weights`);
  expect(weights!.versions).toBe(learning ? 1 : 0);
  expect(quality.precision).toBeGreaterThan(0.98);
  expect(quality.f1).toBeGreaterThanOrEqual(0.97);
});

/** How many of the pairs called one person are one (precision), how many that are one were found (recall), and their harmonic mean. */
function pairwise(rows: { found: string; truth: string }[]): { precision: number; recall: number; f1: number } {
  const pairsBy = (keyOf: (row: { found: string; truth: string }) => string): number => {
    const sizes = new Map<string, number>();
    for (const row of rows) sizes.set(keyOf(row), (sizes.get(keyOf(row)) ?? 0) + 1);
    let pairs = 0;
    for (const size of sizes.values()) pairs += (size * (size - 1)) / 2;
    return pairs;
  };
  const both = pairsBy((row) => `${row.found} ${row.truth}`);
  const precision = both / pairsBy((row) => row.found);
  const recall = both / pairsBy((row) => row.truth);
  return { precision, recall, f1: (2 * precision * recall) / (precision + recall) };
}
