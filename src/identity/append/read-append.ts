import type { Context } from '../../platform/context.ts';
import type { Tx } from '../../platform/db/index.ts';
import { refuse } from '../../platform/refusal.ts';
import { findSurvivors, type Kind } from '../merge.store.ts';
import { findAppendField, shownValue } from './append-fields.rules.ts';
import { countByField, listReceipts, listRuns, loadCosts, loadYields, type ReceiptRow, type RunRow } from './append.queries.ts';
import { findProvider, listProviders, saveProvider, type Provider } from './append.store.ts';
import { listDoubts, type Doubt } from './doubt.store.ts';
import { listRequests, type RequestRow } from './request.store.ts';

export async function readProviders(tx: Tx) {
  const yields = new Map((await loadYields(tx)).map((one) => [one.providerId, one]));
  const costs = new Map((await loadCosts(tx)).map((one) => [one.providerId, one]));
  return (await listProviders(tx)).map((one) => {
    const { offered = 0, used = 0, usable = 0, corrected = 0, expired = 0, undone = 0 } = yields.get(one.id) ?? {};
    const { runs = 0, costMinor = 0, lastAt = null } = costs.get(one.id) ?? {};
    return { ...one, runs, lastAt, costMinor, offered, used, usable, corrected, expired, undone, costPerUsableMinor: usable === 0 ? null : costMinor / usable };
  });
}

/** Makes a provider or changes one; what runs were made on stays as it was. */
export async function setProvider(tx: Tx, cx: Context, given: { id?: string; currency: string } & { [K in keyof Omit<Provider, 'id' | 'currency'>]?: Provider[K] | undefined }) {
  const was = given.id === undefined ? undefined : await findProvider(tx, { id: given.id });
  if (given.id !== undefined && !was) refuse('not-found', 'identity/no-such-provider', 'There is no such provider.');
  const name = given.name ?? was!.name;
  const namesake = await findProvider(tx, { name });
  if (namesake && namesake.id !== was?.id) refuse('conflict', 'identity/provider-exists', `There is a provider called “${namesake.name}” already.`);
  const id = was?.id ?? cx.ids.next();
  const { priceThousandMinor = 0, pricePer = 'hit', licenceDays = null, confidence = 0.8, position = 100 } = was ?? {};
  await saveProvider(
    tx,
    {
      id,
      name,
      currency: was?.currency ?? given.currency,
      priceThousandMinor: given.priceThousandMinor ?? priceThousandMinor,
      pricePer: given.pricePer ?? pricePer,
      licenceDays: given.licenceDays === undefined ? licenceDays : given.licenceDays,
      confidence: given.confidence ?? confidence,
      position: given.position ?? position,
    },
    cx.clock.now(),
  );
  return (await readProviders(tx)).find((one) => one.id === id)!;
}

export const showRun = ({ terms, ...run }: RunRow) => ({ ...run, replace: terms.replace, licenceUntil: terms.licenceUntil });
const labelOf = (kind: Kind, field: string): string => findAppendField(kind, field)?.label ?? field;

export async function readRun(tx: Tx, id: string) {
  const [run] = await listRuns(tx, { id, limit: 1 });
  if (!run) refuse('not-found', 'identity/no-such-run', 'There is no such run.');
  const fields = await countByField(tx, run.kind, id);
  return { ...showRun(run), fields: fields.map((one) => ({ ...one, label: labelOf(run.kind, one.field), state: one.state as ReceiptRow['state'] })) };
}

export function showReceipt({ value, replaced, ...one }: ReceiptRow) {
  const field = findAppendField(one.kind, one.field);
  return { ...one, label: field?.label ?? one.field, value: field ? shownValue(field, value) : null, replaced: field ? shownValue(field, replaced) : null };
}

export async function readReceiptsOf(tx: Tx, kind: Kind, id: string, page: { before?: string | undefined; limit: number }): Promise<ReceiptRow[]> {
  const survivorId = (await findSurvivors(tx, kind, [id])).get(id);
  if (!survivorId) refuse('not-found', `identity/no-such-${kind}`, `There is no such ${kind} here.`);
  return listReceipts(tx, kind, { survivorId }, page);
}
export async function readReceiptsOfRun(tx: Tx, runId: string, page: { before?: string | undefined; limit: number }): Promise<ReceiptRow[]> {
  const [run] = await listRuns(tx, { id: runId, limit: 1 });
  return run ? listReceipts(tx, run.kind, { runId }, page) : refuse('not-found', 'identity/no-such-run', 'There is no such run.');
}

export { listDoubts, listRequests, listRuns };
export const showRequest = (one: RequestRow) => ({ ...one, labels: one.fields.map((field) => labelOf(one.kind, field)) });
export function showDoubt({ rowNo, offers, ...one }: Doubt) {
  const says = offers.sayings.map(({ field: name, value }) => {
    const field = findAppendField(one.kind, name);
    const read = field?.read(value, null);
    return { field: name, label: field?.label ?? name, value: field && read ? shownValue(field, read) : null };
  });
  return { ...one, row: rowNo, says };
}
