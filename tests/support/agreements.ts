import type { AgreementContent } from '../../src/qualify/index.ts';
import { sql } from '../../src/platform/db/index.ts';
import type { TestHouse } from './house.ts';
import type { Somebody } from './persons.ts';

type Terms = Omit<AgreementContent, 'definitionVersion'>;

/** Terms that ask for nothing beyond an answer in time. */
export function plainTerms(given: Partial<Terms> = {}): Terms {
  const owed = { acceptMinutes: 60, contactMinutes: 120, verdictMinutes: null, attempts: null, attemptsMinutes: null };
  return {
    kinds: [],
    marketing: { leadsMin: null, leadsMax: null, rightPercent: null, wrongReasons: [], completePercent: null, complete: [] },
    sales: { hot: owed, warm: { ...owed, acceptMinutes: 240 }, cold: { ...owed, acceptMinutes: 480 }, keptPercent: 90 },
    breach: { remindAtPercent: 70, redirectsMax: 3 },
    ...given,
  };
}

/** These terms in force from then on, as if both had signed them. */
export const plantAgreement = (house: Pick<TestHouse, 'write' | 'workspaceId'>, version: number, content: Terms, fromAt: Date): Promise<unknown> =>
  house.write((tx) => tx.run(sql`insert into qualify.agreement (workspace_id, version, content, words, hash, drafted_at, from_at, told)
    values (${house.workspaceId}, ${version}, ${JSON.stringify({ ...content, definitionVersion: 1 })}::jsonb, '[]', '', ${fromAt}, ${fromAt}, true)`));

/** Drafts these terms, and both sign them. @returns the version */
export async function agreeOn(marketing: Somebody, sales: Somebody, content: Terms, startsOn: string | null = null): Promise<number> {
  const drafted = await marketing.ask('PUT', '/v1/agreement/draft', { content, startsOn });
  if (drafted.status !== 200) throw new Error(drafted.text);
  const { hash } = (await marketing.ask('GET', '/v1/agreement')).json.draft;
  for (const [who, side] of [[marketing, 'marketing'], [sales, 'sales']] as const) {
    const signed = await who.ask('POST', '/v1/agreement/sign', { side, hash });
    if (signed.status !== 200) throw new Error(signed.text);
  }
  return drafted.json.version as number;
}
