import { passOver } from '../journal/index.ts';
import type { Scope } from '../platform/access/index.ts';
import type { Context } from '../platform/context.ts';
import { countNow } from './lists/count-lists.ts';
import { keepRows } from './keep-rows.ts';
import { clearRows, findNextActions, listInquiryIds, listLeadIds } from './rebuild.store.ts';
import { refreshInquiryRows, refreshLeadRows, refreshLeadWords } from './rows.store.ts';
import { settleRollups } from './settle-rollups.ts';
import { findWorkspace } from './workspace.queries.ts';
import { noUuid } from '../platform/values/uuid.rules.ts';

const pageSize = 10_000;

/** Makes the whole read model again: after a restore, a changed time zone, or a doubt. */
export async function rebuildRows(
  cx: Context,
  scope: Scope,
  progress: (done: number) => void,
): Promise<{ inquiries: number; leads: number }> {
  const made = { inquiries: 0, leads: 0 };
  await cx.db.write(scope, async (tx) => {
    await passOver(tx, cx, keepRows.name);
    await clearRows(tx);
  });
  for (const what of ['inquiries', 'leads'] as const) {
    let after = noUuid;
    for (;;) {
      const ids = await cx.db.write(scope, async (tx) => {
        const { timeZone } = await findWorkspace(tx);
        const page = await (what === 'inquiries' ? listInquiryIds(tx, after, pageSize) : listLeadIds(tx, after, pageSize));
        if (what === 'inquiries') await refreshInquiryRows(tx, page, timeZone);
        else {
          await refreshLeadRows(tx, page, timeZone, await findNextActions(tx, page));
          await refreshLeadWords(tx, page);
        }
        return page;
      });
      made[what] += ids.length;
      progress(made.inquiries + made.leads);
      if (ids.length < pageSize) break;
      after = ids.at(-1)!;
    }
  }
  await settleRollups(cx, scope);
  await countNow(cx, scope);
  return made;
}
