import type { FieldSpec, ImportBatch, ImportKind, RowOutcome } from '../../capture/index.ts';
import type { Context } from '../../platform/context.ts';
import type { Tx } from '../../platform/db/index.ts';
import { loadSurroundings } from '../candidates.store.ts';
import type { SuppressionChannel } from './consent.rules.ts';
import { tellSuppressed } from './suppress.ts';
import { readSuppression } from './suppression.rules.ts';
import { findFileName, findSuppressed, insertSuppressions, removeSuppressionsOf, type SuppressionRow } from './suppression.store.ts';

const words = (text: string): string[] => text.split(', ');

/** A cell of each may close its own channel; they are read as the lines that are pasted are. */
const fields: FieldSpec[] = [
  { name: 'mail', label: 'Mail address or domain', type: 'text', synonyms: words('mail, email, e-mail, email address, e-mail-adresse, mailadresse, correo, courriel, adresse e-mail, domain, domäne') },
  { name: 'phone', label: 'Phone', type: 'text', synonyms: words('phone, telephone, phone number, number, mobile, telefon, telefonnummer, rufnummer, handy, téléphone, teléfono, telefone, telefoon, telefono') },
  { name: 'fax', label: 'Fax', type: 'text', synonyms: words('fax, fax number, telefax, faxnummer, télécopie') },
  { name: 'street', label: 'Street', type: 'text', synonyms: words('street, address, street address, strasse, straße, adresse, rue, calle, rua, straat, via') },
  { name: 'postalCode', label: 'Postal code', type: 'text', synonyms: words('postal code, postcode, zip, zip code, plz, postleitzahl, code postal, código postal, cap') },
  { name: 'list', label: 'List', type: 'text', synonyms: words('list, list name, register, liste, lista') },
];

/** What a row says, channel by channel, as a line of that channel. */
function linesOf(values: Record<string, unknown>): { field: string; channel: SuppressionChannel; line: string }[] {
  const said = (name: string): string => String(values[name] ?? '').trim();
  const place = said('street') && said('postalCode') ? `${said('street').replaceAll(/[,;]/g, ' ')}, ${said('postalCode')}` : '';
  return [
    { field: 'mail', channel: 'mail' as const, line: said('mail') },
    { field: 'phone', channel: 'phone' as const, line: said('phone') },
    { field: 'fax', channel: 'fax' as const, line: said('fax') },
    { field: 'street', channel: 'post' as const, line: place },
  ].filter(({ line }) => line !== '');
}

async function apply(tx: Tx, cx: Context, { importId, rows, options }: ImportBatch): Promise<RowOutcome[]> {
  const { country } = await loadSurroundings(tx);
  const fileName = (await findFileName(tx, importId)) ?? 'A file';
  const now = cx.clock.now();
  const found = new Map<string, SuppressionRow & { row: number }>();
  const read = rows.map(({ row, values }): { row: number; keys: string[]; problem?: { field: string; sentence: string } } => {
    const list = String(values['list'] ?? fileName).trim().slice(0, 120) || fileName;
    const keys: string[] = [];
    let problem: { field: string; sentence: string } | undefined;
    for (const { field, channel, line } of linesOf(values)) {
      const key = readSuppression(channel, line, options.country ?? country);
      if (!key) {
        problem ??= { field, sentence: `“${line.slice(0, 80)}” cannot be read as ${field === 'mail' ? 'a mail address or a domain' : field === 'street' ? 'a street with its postal code' : 'a number'}.` };
        continue;
      }
      const known = `${channel} ${key.kind} ${key.key}`;
      keys.push(known);
      if (!found.has(known)) found.set(known, { ...key, id: cx.ids.next(), channel, list, addedAt: now, addedBy: tx.scope.userId ?? 'baton', importId, row });
    }
    return { row, keys, ...(problem ? { problem } : {}) };
  });
  const before = await findSuppressed(tx, [...found.keys()]);
  const fresh = [...found].filter(([key]) => !before.has(key)).map(([, one]) => one);
  if (fresh.length > 0) {
    await insertSuppressions(tx, fresh);
    for (const [channel, some] of Map.groupBy(fresh, (one) => one.channel)) await tellSuppressed(tx, cx, channel, some.length);
  }
  return read.map(({ row, keys, problem }) => {
    if (keys.length === 0) return { row, outcome: 'problem', ...(problem ?? { sentence: 'The row has no address, number or place to leave alone.' }) };
    const isNew = keys.some((key) => found.get(key)!.row === row && !before.has(key));
    return { row, outcome: isNew ? 'new' : 'matched', ...problem };
  });
}

/** Lists of whom to leave alone. Chosen, never guessed: a list of people looks the same, and means the opposite. */
export const suppressionsImport: ImportKind = {
  kind: 'do-not-contact',
  label: 'Do-not-contact list',
  chosen: true,
  matchedBy: { fields: ['mail', 'phone', 'fax', 'street', 'postalCode'], sentence: 'A row is known when its address, number or place is on a list already; it then stays as it is.' },
  updates: false,
  fields,
  apply,
  async undo(tx, cx, importId) {
    for (const { channel, n } of await removeSuppressionsOf(tx, importId)) await tellSuppressed(tx, cx, channel, -n);
  },
};
