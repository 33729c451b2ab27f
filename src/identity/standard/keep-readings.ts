import type { Subscriber } from '../../journal/index.ts';
import { readSetting, writeSetting, type Scope } from '../../platform/access/index.ts';
import type { Context } from '../../platform/context.ts';
import type { Tx } from '../../platform/db/index.ts';
import { lookAgainAt } from '../segment/keep-segments.ts';
import type { Touched } from '../segment/field-source.ts';
import { ownSource } from '../segment/own-fields.ts';
import { read, readingRules } from './reading.rules.ts';
import type { Said } from './readings.queries.ts';
import { findEmployers, findReadByOthers, findUnread, forgetUnused, saveReadings } from './readings.store.ts';

const page = 5000;
const setting = 'readings.base';

export const isReadingField = (field: string): boolean => field.startsWith('position.') || field === 'sector' || field === 'organization.sector';

const readAll = (tx: Tx, said: readonly Said[]): Promise<void> => saveReadings(tx, said.map((one) => ({ ...one, ...read(one.kind, one.said) })), readingRules);

/** Behind the flow: reads positions and businesses nobody has read yet; segments that ask for them follow in the same transaction. */
export const keepReadings: Subscriber = {
  name: 'identity.readings',
  batch: 5000,
  patient: true,
  types: ['inquiry.identified', 'person.changed', 'organization.changed', 'person.appended', 'organization.appended', 'import.finished'],
  async handle(tx, cx, facts) {
    const touched: Touched = await ownSource.touched(tx, facts);
    const { people = [], organizations = [] } = touched;
    const everybody = facts.some((fact) => fact.type === 'import.finished');
    const unread = await findUnread(tx, everybody ? 'everybody' : { people, organizations: [...new Set([...organizations, ...(await findEmployers(tx, people))])] });
    if (unread.length === 0) return;
    await readAll(tx, unread);
    await lookAgainAt(tx, cx, { ...touched, everybody }, isReadingField);
  },
};

/** What no fact says: other rules than before, and texts that nobody's row says any more. */
export async function readAnew(cx: Context, scope: Scope): Promise<number> {
  if (cx.replay) return 0;
  const known = await cx.db.read(scope, (tx) => readSetting(tx, setting, { rules: '', forgotOn: '' }));
  const today = cx.clock.now().toISOString().slice(0, 10);
  if (known.rules === readingRules && known.forgotOn === today) return 0;
  return cx.db.write(scope, async (tx) => {
    let done = 0;
    if (known.rules !== readingRules) {
      for (let old = await findReadByOthers(tx, readingRules, page); old.length > 0; old = await findReadByOthers(tx, readingRules, page)) {
        await readAll(tx, old);
        done += old.length;
      }
      const unread = await findUnread(tx, 'everybody');
      await readAll(tx, unread);
      if (done + unread.length > 0) await lookAgainAt(tx, cx, { everybody: true }, isReadingField);
    }
    await forgetUnused(tx);
    await writeSetting(tx, cx, setting, { rules: readingRules, forgotOn: today });
    return done;
  });
}
