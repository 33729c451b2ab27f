import { baseUrl, listUsers, type Scope } from '../../platform/access/index.ts';
import type { Context } from '../../platform/context.ts';
import { enqueueMails } from '../../platform/mail/index.ts';
import { addDays, addMonths, dateIn, startOfDay, startOfMonth } from '../../platform/values/period.rules.ts';
import { findWorkspace } from '../workspace.queries.ts';
import { keptLetter } from './kept-letter.rules.ts';
import { noteLetter, wasTold } from './kept-letter.store.ts';
import { readKept } from './make-kept.ts';

const morning = 7 * 3_600_000;
/** A house that stood still for longer than that says nothing any more: who wants to know looks. */
const lateDays = 10;

/** On the first morning of a month both sides are told what was kept in the one before, once. */
export async function tellKept(cx: Context, scope: Scope): Promise<number> {
  const now = cx.clock.now();
  const month = await cx.db.read(scope, async (tx) => {
    const { timeZone } = await findWorkspace(tx);
    const first = startOfMonth(dateIn(now, timeZone));
    const isTime = now.getTime() >= startOfDay(first, timeZone).getTime() + morning && now < startOfDay(addDays(first, lateDays), timeZone);
    const on = addMonths(first, -1);
    return isTime && !(await wasTold(tx, on)) ? on : null;
  });
  if (month === null) return 0;
  return cx.db.write(scope, async (tx) => {
    if (!(await noteLetter(tx, month, now))) return 0;
    const { promises } = await readKept(tx, cx, 2);
    if (!promises.some(({ months }) => months.some((cell) => cell.month === month.slice(0, 7)))) return 0;
    const name = new Intl.DateTimeFormat('en', { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${month}T00:00:00Z`));
    const letter = keptLetter(name, month.slice(0, 7), promises, baseUrl(cx));
    const both = (await listUsers(tx)).filter(({ status, email, roles }) => status === 'active' && email !== null && roles.some((role) => role === 'marketing' || role === 'sales_manager'));
    await enqueueMails(tx, cx, both.map(({ email }) => ({ kind: 'agreement', to: email!, ...letter })));
    return both.length;
  });
}
