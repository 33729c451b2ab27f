import type { Scope } from '../../platform/access/index.ts';
import type { Context } from '../../platform/context.ts';
import { forgetReferences } from './exchange.store.ts';
import { forgetDeliveries } from './webhook.store.ts';

const deliveriesDays = 30;
const referencesDays = 90;

/** What was sent is kept for a month, also where it never arrived; what partners' systems sent is known again for three. */
export async function forgetOld(cx: Context, scope: Scope): Promise<number> {
  const before = (days: number): Date => new Date(cx.clock.now().getTime() - days * 86_400_000);
  return cx.db.write(scope, async (tx) => (await forgetDeliveries(tx, before(deliveriesDays))) + (await forgetReferences(tx, before(referencesDays))));
}
