import type { Fact, FactType, Subscriber } from '../../journal/index.ts';
import { readSetting, type Scope } from '../../platform/access/index.ts';
import type { Context } from '../../platform/context.ts';
import type { Tx } from '../../platform/db/index.ts';
import { enqueueJob, findOpenJob, type RunningJob } from '../../platform/jobs/index.ts';
import { parseEmail } from '../../platform/values/email.rules.ts';
import { catalogueOf, loadSegmentFields } from '../segment/catalogue.ts';
import { segmentSources } from '../segment/field-source.ts';
import { lookAgain } from '../segment/keep-segments.ts';
import { ownSource } from '../segment/own-fields.ts';
import { loadFacts, loadFamily } from '../segment/segment.store.ts';
import type { Group } from './levels.rules.ts';
import { judgePerson, rulesVersion, type Judgement } from './judge-person.rules.ts';
import {
  bareCode,
  countBase,
  findBase,
  loadBasePage,
  loadDomains,
  loadDue,
  loadJudged,
  loadMailSigns,
  loadNeighbours,
  loadPeopleImports,
  loadReturned,
  renewNeighbours,
  saveBase,
  saveJudgements,
  type JudgedRow,
} from './quality.store.ts';
import { noteDomains } from './mail-domain.store.ts';
import { noUuid } from '../../platform/values/uuid.rules.ts';

export const judgeBaseJob = 'identity.judge-base';
export const judgeListJob = 'identity.judge-list';
export const qualitySetting = 'quality';
export const qualityDefaults = { staleMonths: 24 };
const page = 1000;
/** What later rooms know of people that shows they are there. */
const signsOfLife = 'purchases.lastOn';
const returnedDays = 30;
/** groups of fields that somebody vouches for, as they are judged */
const confirmable: Record<string, Group> = { name: 'name', email: 'mail', phone: 'phone', mobile: 'mobile', address: 'address' };

/** What the rules make of these people now, by survivor; nothing is kept. */
export async function judge(tx: Tx, cx: Context, ids: readonly string[]): Promise<{ row: JudgedRow; said: Judgement; mailDomain: string | null }[]> {
  const rows = await loadJudged(tx, ids);
  if (rows.length === 0) return [];
  const { staleMonths } = await readSetting(tx, qualitySetting, qualityDefaults);
  const mails = new Map(rows.map((row) => [row.id, parseEmail(row.email)]));
  const signs = await loadMailSigns(tx, rows.flatMap((row) => row.email ?? []));
  const domainsAsked = [...new Set([...mails.values()].flatMap((mail) => mail?.domain ?? []))];
  const domains = await loadDomains(tx, domainsAsked);
  const placeOf = (row: JudgedRow) => (row.country && row.postalCode ? { country: row.country, postcode: bareCode(row.postalCode) } : undefined);
  const neighbours = await loadNeighbours(tx, rows.flatMap((row) => placeOf(row) ?? []));
  const lived = await loadSignsOfLife(tx, rows.map((row) => row.id));
  const now = cx.clock.now();
  return rows.map((row) => {
    const mail = mails.get(row.id);
    const place = placeOf(row);
    const bought = lived.get(row.id);
    const said = judgePerson(
      { ...row, lastSeenAt: bought !== undefined && bought > row.lastSeenAt ? bought : row.lastSeenAt },
      {
        bounced: row.email !== null && signs.bounced.has(row.email),
        wrote: row.email !== null && signs.wrote.has(row.email),
        domain: mail && domains.get(mail.domain),
        neighbours: (place && neighbours.get(`${place.country} ${place.postcode}`)) ?? [],
        confirmed: new Set(Object.keys(row.verified ?? {}).flatMap((group) => confirmable[group] ?? [])),
        now,
        staleMonths,
      },
    );
    return { row, said, mailDomain: mail?.domain ?? null };
  });
}

/** When they last bought, where a later room knows. */
async function loadSignsOfLife(tx: Tx, ids: readonly string[]): Promise<Map<string, Date>> {
  const fields = await loadSegmentFields(tx, 'person');
  if (!fields.byName.has(signsOfLife)) return new Map();
  const only = { ids, family: await loadFamily(tx, 'person', ids) };
  const facts = await loadFacts(tx, 'person', [signsOfLife], catalogueOf(fields, tx.scope.workspaceId, only), only);
  return new Map([...facts].flatMap(([id, { [signsOfLife]: on }]) => (typeof on === 'string' ? [[id, new Date(on)] as const] : [])));
}

/** Judges these people and keeps it; segments that ask for levels follow in the same transaction. */
export async function judgePeople(tx: Tx, cx: Context, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const judged = await judge(tx, cx, ids);
  if (cx.config.mailDomainDns !== undefined) await noteDomains(tx, [...new Set(judged.flatMap((one) => one.mailDomain ?? []))], cx.clock.now());
  const moved = await saveJudgements(
    tx,
    ids,
    judged.map(({ row, said, mailDomain }) => ({ ...said, personId: row.id, mailDomain, nextAt: said.nextOn })),
    cx.clock.now(),
  );
  if (moved.length > 0) await lookAgain(tx, cx, moved, (field) => field.startsWith('level.'));
}

const ownTypes: readonly FactType[] = ['inquiry.identified', 'inquiry.withdrawn', 'person.changed', 'person.merged', 'person.unmerged', 'organization.changed'];

/** Follows the facts, behind the flow: nothing is lost while it lags, it hears them in order and once. */
export const keepQuality: Subscriber = {
  name: 'identity.quality',
  batch: 2000,
  patient: true,
  types: [...ownTypes, 'invoice.recorded', 'import.finished', 'import.undone'],
  async handle(tx, cx, facts) {
    const people = new Set<string>();
    const told = (type: readonly FactType[]): Fact[] => facts.filter((fact) => type.includes(fact.type));
    const own = await ownSource.touched(tx, told(ownTypes));
    own.people?.forEach((id) => people.add(id));
    for (const source of segmentSources()) {
      const sales = source.hears.includes('invoice.recorded') ? told(['invoice.recorded']) : [];
      if (sales.length > 0) (await source.touched(tx, sales)).people?.forEach((id) => people.add(id));
    }
    const ids = [...people];
    for (let at = 0; at < ids.length; at += page) await judgePeople(tx, cx, ids.slice(at, at + page));
    // A list brings people in, and an undo takes them out, without a fact for each.
    const imports = told(['import.finished', 'import.undone']).map(({ subjectId }) => subjectId);
    for (const importId of await loadPeopleImports(tx, imports)) await enqueueJob(tx, cx, judgeListJob, { importId });
  },
};

/** Everybody, or everybody of one import, a page a transaction. */
export async function judgeBase(cx: Context, scope: Scope, job: RunningJob<{ importId?: string }>): Promise<void> {
  const { importId } = job.payload;
  const by = await cx.db.read(scope, baseMark);
  const total = await cx.db.write(scope, async (tx) => {
    await renewNeighbours(tx);
    return countBase(tx, importId);
  });
  let done = 0;
  for (let after = noUuid; ;) {
    if (await job.cancelled()) return;
    const ids = await cx.db.write(scope, async (tx) => {
      const found = await loadBasePage(tx, after, page, importId);
      await judgePeople(tx, cx, found);
      return found;
    });
    done += ids.length;
    await job.progress(done, Math.max(total, done), 'judging what is known of people');
    if (ids.length < page) break;
    after = ids.at(-1)!;
  }
  if (importId === undefined) await cx.db.write(scope, (tx) => saveBase(tx, by, cx.clock.now()));
}

/** By what everybody is judged: other rules or settings, and everybody is judged again. */
const baseMark = async (tx: Tx): Promise<string> => `${rulesVersion} ${(await readSetting(tx, qualitySetting, qualityDefaults)).staleMonths}`;

/** Puts a judgement of everybody on the list, unless one is; its job. */
export async function startJudging(tx: Tx, cx: Context): Promise<string> {
  return (await findOpenJob(tx, judgeBaseJob))?.id ?? (await enqueueJob(tx, cx, judgeBaseJob, {}));
}

/** What no fact says: time passing, mails that came back, rules and settings that changed. */
export async function judgeDue(cx: Context, scope: Scope): Promise<number> {
  const now = cx.clock.now();
  return cx.db.write(scope, async (tx) => {
    if ((await findBase(tx))?.judgedBy !== (await baseMark(tx)) && !(await findOpenJob(tx, judgeBaseJob))) await startJudging(tx, cx);
    const ids = [...new Set([...(await loadDue(tx, now, page)), ...(await loadReturned(tx, new Date(now.getTime() - returnedDays * 86_400_000), page))])];
    await judgePeople(tx, cx, ids);
    return ids.length;
  });
}
