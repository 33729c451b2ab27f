import type { Scope } from '../../platform/access/index.ts';
import type { Context } from '../../platform/context.ts';
import { uses } from './books-of-rules.ts';
import { countRecords, listRulesets } from './ruleset.store.ts';

const endedDays = 730;
/** Who has become faster, or slower, is to be seen soon. */
const promisedDays = 180;

/** Where a rule in force asks for the best match: what became of each holder's leads over two years, and what it kept of its promises over half a year, counted anew. */
export async function countRecordsDue(cx: Context, scope: Scope): Promise<number> {
  const asked = await cx.db.read(scope, async (tx) => {
    const inForce = (await listRulesets(tx)).find((row) => row.publishedAt !== null);
    return inForce !== undefined && uses(inForce.rules, 'bestMatch');
  });
  const now = cx.clock.now();
  const ago = (days: number): Date => new Date(now.getTime() - days * 86_400_000);
  if (asked) await cx.db.write(scope, (tx) => countRecords(tx, { ended: ago(endedDays), promised: ago(promisedDays), now }));
  // It is all done in one go: there is never more to do at once.
  return 0;
}
