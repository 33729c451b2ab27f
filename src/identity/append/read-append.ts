import { append } from '../../journal/index.ts';
import type { Context } from '../../platform/context.ts';
import type { Tx } from '../../platform/db/index.ts';
import { problemWithUrl } from '../../platform/outbound/allowed-address.ts';
import { refuse } from '../../platform/refusal.ts';
import { findSurvivors, type Kind } from '../merge.store.ts';
import { findAppendField, shownValue } from './append-fields.rules.ts';
import { countByField, listReceipts, listRuns, loadCosts, loadYields, type ReceiptRow, type RunRow } from './append.queries.ts';
import { findProvider, listProviders, saveProvider, type ProviderTerms } from './append.store.ts';
import { appended } from './append-values.ts';
import { changedSinceRun, undoRun } from './import-appended.ts';
import { secretPurpose } from './ask-services.ts';
import { keyFor } from './service.rules.ts';
import { loadSpent, saveSecret } from './service.store.ts';
import { listDoubts, type Doubt } from './doubt.store.ts';
import { listRequests, type RequestRow } from './request.store.ts';

export async function readProviders(tx: Tx, cx: Context) {
  const now = cx.clock.now();
  const spent = new Map((await loadSpent(tx, new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth())))).map((one) => [one.providerId, one.spentMinor]));
  const yields = new Map((await loadYields(tx)).map((one) => [one.providerId, one]));
  const costs = new Map((await loadCosts(tx)).map((one) => [one.providerId, one]));
  return (await listProviders(tx)).map((one) => {
    const { offered = 0, used = 0, usable = 0, corrected = 0, expired = 0, undone = 0 } = yields.get(one.id) ?? {};
    const { runs = 0, costMinor = 0, lastAt = null } = costs.get(one.id) ?? {};
    return { ...one, spentThisMonthMinor: spent.get(one.id) ?? 0, runs, lastAt, costMinor, offered, used, usable, corrected, expired, undone, costPerUsableMinor: usable === 0 ? null : costMinor / usable };
  });
}

/** Makes a provider or changes one; what runs were made on stays as it was. */
export async function setProvider(tx: Tx, cx: Context, given: { id?: string; currency: string; secret?: string | null | undefined } & { [K in keyof Omit<ProviderTerms, 'id' | 'currency'>]?: ProviderTerms[K] | undefined }) {
  const was = given.id === undefined ? undefined : await findProvider(tx, { id: given.id });
  if (given.id !== undefined && !was) refuse('not-found', 'identity/no-such-provider', 'There is no such provider.');
  const name = given.name ?? was!.name;
  const namesake = await findProvider(tx, { name });
  if (namesake && namesake.id !== was?.id) refuse('conflict', 'identity/provider-exists', `There is a provider called “${namesake.name}” already.`);
  const id = was?.id ?? cx.ids.next();
  const service = given.service === undefined ? (was?.service ?? null) : given.service;
  if (service !== null) {
    const problem = problemWithUrl(service.url, cx.config.privateHosts);
    if (problem) refuse('invalid', 'identity/service-url', problem);
    for (const kind of ['person', 'organization'] as const)
      for (const field of service.fields[kind]) if (!findAppendField(kind, field)) refuse('invalid', 'identity/no-such-field', `“${field}” is no field that can be appended.`);
    // A key is for the address it was given for: whoever changes the address says it again.
    if (was?.hasSecret && was.service && new URL(was.service.url).origin !== new URL(service.url).origin && given.secret === undefined)
      refuse('invalid', 'identity/service-secret', 'The address is another: give the key again, or take it out.');
  }
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
      service,
      budgetMinor: given.budgetMinor === undefined ? (was?.budgetMinor ?? null) : given.budgetMinor,
    },
    cx.clock.now(),
  );
  if (given.secret && service) {
    const kept = keyFor(given.secret, service.url, cx.config.appendKeys);
    if ('problem' in kept) refuse('invalid', 'identity/service-secret', kept.problem);
  }
  if (given.secret !== undefined) await saveSecret(tx, id, given.secret === null ? null : cx.secrets.seal(secretPurpose, given.secret));
  return (await readProviders(tx, cx)).find((one) => one.id === id)!;
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

/** Takes a run of a service back; one of a file is taken back with its import. Where somebody changed values since, it asks until it is told what becomes of them. */
export async function undoServiceRun(tx: Tx, cx: Context, id: string, changedSince: 'keep' | 'overwrite' | undefined) {
  const [run] = await listRuns(tx, { id, limit: 1 });
  if (!run) refuse('not-found', 'identity/no-such-run', 'There is no such run.');
  if (run.way !== 'service') refuse('invalid', 'identity/run-of-file', 'This run is that of a file: undo its import.');
  if (run.undoneAt !== null) refuse('conflict', 'identity/run-undone', 'This run was undone already.');
  const { count } = await changedSinceRun(tx, run.kind, id);
  if (count > 0 && !changedSince)
    refuse('conflict', 'identity/changed-since', `${count.toLocaleString('en-US')} ${count === 1 ? 'record was' : 'records were'} changed by somebody after this run had. Say whether to keep those changes or to put these back as before, too.`, { count });
  const ids = await undoRun(tx, cx, run.kind, id, { overwrite: changedSince === 'overwrite' });
  await append(tx, cx, ids.map((subject) => appended(run.kind, subject, { runId: id, fields: [], undone: true })));
  return readRun(tx, id);
}
