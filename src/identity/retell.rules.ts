/**
 * What a person's row says once some of those who spoke of them are taken back: what the others say, told anew from where the first of those
 * gone spoke. A sighting keeps what it put into the row (`filled`), a list's owner or a bureau what it replaced (cells), and each sighting
 * what it said that stood already (`agrees`) or that did not take its place (`otherwise`). So whoever still says what those gone had brought
 * brings it now, and it goes with them in turn.
 *
 *   list A makes Ute: Buyer, Bern  ·  list B says Ute: Buyer, fr  ·  A undone: Ute is a Buyer who speaks French, by B alone
 *
 * Whom a row was taken for, whether it was its owner's word, and whether an arrival was the latest was decided when it came, and stays so.
 * What somebody wrote by hand stands on top of all, but for what is to be overwritten.
 */
import { agreedAnew, keptTexts, keyFields, saysIn, wasJunk, wasLatest, wasOwner, type Agreement, type KeyValues } from './agreement.rules.ts';
import { columnOf, fillsOf, groupOf, personFields, saidFields, type Fills, type KnownValues, type PersonField, type PersonValues } from './person-draft.rules.ts';
import type { Survivorship } from './survive/groups.rules.ts';
import { jsonInstant, vouch, type Verified } from './survive/survive.rules.ts';
import { byId, same, type Cell, type Write } from './take-back.rules.ts';

export interface Told {
  id: string;
  subjectId: string;
  importId: string | null;
  /** made the person */
  isFirst: boolean;
  /** a correction at a screen, which is no sighting of anybody */
  isEdit: boolean;
  seenAt: Date;
  /** not known of sightings from before it was kept: they say what they filled */
  agrees: number | null;
  otherwise: Agreement['otherwise'];
  keys: KeyValues;
  /** what it put into the row, by column */
  cells: Record<string, Cell>;
}
export interface Change extends Write {
  importId: string;
}
export interface Retold {
  /** what the rows are to say */
  set: { id: string; values: Record<string, unknown> }[];
  /** standing sightings that filled, or agreed with, something else now */
  fills: Told[];
  /** standing changes that found something else: their cells of fields told here */
  changes: Change[];
}

const fields = [...personFields, ...saidFields, 'nameIsJunk'] as const;
type Field = (typeof fields)[number];
type State = Record<Field, unknown>;
const fieldOf = new Map<string, Field>(fields.map((field) => [columnOf(field), field]));
/** Whether what a column of a person says is told anew by who is left; the others go by the pile. */
export const isRetold = (column: string): boolean => fieldOf.has(column);
const groupOfField = new Map<Field, string>(fields.map((field) => [field, field === 'nameIsJunk' ? 'name' : field.endsWith('At') ? field.slice(0, -2) : groupOf(field)]));
const fieldsOf = Map.groupBy(fields, (field) => groupOfField.get(field)!);
const emptyState = (): State => ({ ...Object.fromEntries(fields.map((field) => [field, null])), nameIsJunk: false }) as State;

interface Entry {
  id: string;
  isGone: boolean;
  cells: Map<Field, Cell>;
  told?: Told;
  change?: Change;
  /** what it said, as far as is known */
  values: Partial<PersonValues>;
  /** what somebody had written by hand before it came */
  hand: Map<Field, unknown>;
}
const cellsOf = (of: Record<string, Cell>): Map<Field, Cell> =>
  new Map(Object.entries(of).flatMap(([column, cell]) => (fieldOf.has(column) ? [[fieldOf.get(column)!, cell]] : [])));

/**
 * @param rows the rows' own words by id, columns by their names in the database
 * @param gone who is taken back: sightings, and what imports wrote (whole, or some of its cells)
 * @param left who else wrote into these rows and stands
 * @param overwrite whether what was written by hand on top of those gone goes as well
 */
export function retell(
  rows: ReadonlyMap<string, Record<string, unknown>>,
  gone: { sightings: readonly Told[]; changes: readonly Write[] },
  left: { sightings: readonly Told[]; changes: readonly Change[] },
  rules: Survivorship,
  overwrite = false,
): Retold {
  const out: Retold = { set: [], fills: [], changes: [] };
  const entries = (isGone: boolean, of: { sightings: readonly Told[]; changes: readonly Write[] }): (Entry & { subjectId: string })[] => {
    const entry = ({ id, subjectId, cells }: Write) => ({ id, subjectId, isGone, cells: cellsOf(cells), values: {}, hand: new Map<Field, unknown>() });
    return [...of.sightings.map((told) => ({ ...entry(told), told })), ...of.changes.map((change) => ({ ...entry(change), change: change as Change }))];
  };
  const bySubject = Map.groupBy([...entries(true, gone), ...entries(false, left)], ({ subjectId }) => subjectId);
  for (const [id, of] of bySubject) {
    const row = rows.get(id);
    if (row) new Retelling(row, of.toSorted(byId), rules).tell(id, overwrite, out);
  }
  return out;
}

class Retelling {
  readonly #row: Record<string, unknown>;
  readonly #entries: readonly Entry[];
  readonly #rules: Survivorship;
  /** groups that are not as the last of the pile left them: by hand, or vouched for */
  readonly #byHand = new Set<string>();
  readonly #start = emptyState();

  constructor(row: Record<string, unknown>, entries: readonly Entry[], rules: Survivorship) {
    this.#row = row;
    this.#entries = entries;
    this.#rules = rules;
    // Whom nobody but a correction speaks of stays as they are: so the one that made them stays, too.
    const isSeen = entries.some(({ isGone, told }) => !isGone && told && !told.isEdit);
    const first = entries.find(({ told }) => told?.isFirst && told.agrees !== null);
    if (first?.isGone && !isSeen) first.isGone = false;
    this.#lay(first);
    this.#listen();
  }

  #shown(field: Field): unknown {
    return this.#row[columnOf(field)] ?? null;
  }

  /** What lies at the bottom of the pile: what the sighting that made the person brought, as far as nobody wrote over it by hand. */
  #lay(first: Entry | undefined): void {
    const lowest = new Map<Field, unknown>();
    for (const { cells } of this.#entries) for (const [field, { was }] of cells) if (!lowest.has(field)) lowest.set(field, was ?? null);
    const base = (field: Field): unknown => (lowest.has(field) ? lowest.get(field) : this.#shown(field));
    if (first === undefined) {
      for (const field of fields) this.#start[field] = base(field);
      return;
    }
    const { agrees, keys } = first.told!;
    const put = (field: Field, now: unknown): void => {
      if (now !== null) first.cells.set(field, { was: null, now });
    };
    for (const field of keptTexts) if (saysIn(agrees!, field)) put(field, base(field));
    for (const field of keyFields) put(field, keys[field]);
    if (wasJunk(agrees!)) first.cells.set('nameIsJunk', { was: false, now: true });
  }

  /** Goes up the pile as it lies: what each said, where the row was written by hand in between, and where on top. */
  #listen(): void {
    const state = { ...this.#start };
    /** who agreed with what stood since it was written last */
    const agreeing = new Map<Field, Entry[]>();
    const hear = (field: PersonField, entry: Entry): void => {
      if (state[field] === null) return;
      entry.values[field] = state[field] as string;
      agreeing.set(field, [...(agreeing.get(field) ?? []), entry]);
    };
    // Whether they agreed with the hand's word or the one below is not known.
    const unhear = (group: string): void => {
      for (const field of fieldsOf.get(group)!) for (const { values } of agreeing.get(field) ?? []) delete values[field as PersonField];
    };
    const changeOf = new Map(this.#entries.flatMap((entry) => (entry.change ? [[entry.change.importId, entry]] : [])));
    for (const entry of this.#entries) {
      for (const [field, { was }] of entry.cells)
        if (!same(state[field], was)) {
          entry.hand.set(field, was ?? null);
          unhear(groupOfField.get(field)!);
        }
      for (const [field, { now }] of entry.cells) {
        state[field] = now ?? null;
        agreeing.delete(field);
      }
      const { told } = entry;
      if (!told || told.agrees === null) continue;
      for (const field of keptTexts) {
        if (saysIn(told.agrees, field)) hear(field, entry);
        else if (told.otherwise?.[field]) entry.values[field] = told.otherwise[field];
      }
      for (const field of keyFields) if (told.keys[field] !== null) entry.values[field] = told.keys[field];
      const later = wasOwner(told.agrees) && told.importId !== null ? changeOf.get(told.importId)?.cells : undefined;
      for (const field of personFields) if (entry.values[field] === undefined && later?.has(field)) entry.values[field] = later.get(field)!.now as string | null;
    }
    const verified = this.#row['verified'] as Verified | null | undefined;
    for (const [group, of] of fieldsOf)
      if (verified?.[group] || of.some((field) => !same(state[field], this.#shown(field)))) {
        this.#byHand.add(group);
        unhear(group);
      }
  }

  /** Goes up the pile without those gone. */
  tell(id: string, overwrite: boolean, out: Retold): void {
    const touched = new Set<string>();
    let isKnown = this.#entries.every(({ told }) => !told?.isFirst || told.agrees === null) && personFields.some((field) => this.#start[field] !== null && !this.#byHand.has(groupOfField.get(field)!));
    // Without the one that made the person the next makes them, also of what nobody else believed.
    const maker = this.#entries.find(({ told }) => told && !told.isEdit);
    if (!isKnown && maker?.isGone) for (const group of fieldsOf.keys()) touched.add(group);
    for (const { isGone, cells } of this.#entries) if (isGone) for (const [field, { was, now }] of cells) if (!same(was, now)) touched.add(groupOfField.get(field)!);
    if (touched.size === 0) return;
    const [old, state] = [{ ...this.#start }, { ...this.#start }];
    /** who wrote last, of those before */
    const top = new Map<Field, Entry>();
    for (const entry of this.#entries) {
      for (const [field, value] of entry.hand) old[field] = state[field] = value;
      const isMaking = !isKnown && entry !== maker && entry.told?.isEdit === false && !entry.isGone;
      const groups = new Set([...touched].filter((group) => isMaking || fieldsOf.get(group)!.some((field) => !same(old[field], state[field]))));
      for (const [field, { now }] of entry.cells) {
        old[field] = now ?? null;
        top.set(field, entry);
      }
      if (entry.isGone) continue;
      const cells = groups.size > 0 ? this.#cellsAnew(entry, state, groups, isKnown) : entry.cells;
      for (const [field, { now }] of cells) state[field] = now ?? null;
      if (entry.told && !entry.told.isEdit) isKnown = true;
      if (groups.size === 0) continue;
      const { told, change } = entry;
      const anew = Object.fromEntries([...cells].map(([field, cell]) => [columnOf(field), cell]));
      if (!told) {
        out.changes.push({ ...change!, cells: anew });
        continue;
      }
      const others = Object.fromEntries(Object.entries(told.cells).filter(([column]) => !isRetold(column)));
      out.fills.push({ ...told, ...agreedAnew(told, entry.values, state as unknown as KnownValues, groups), cells: { ...others, ...anew } });
    }
    const values: Record<string, unknown> = {};
    let verified = this.#row['verified'] as Verified | null | undefined;
    for (const group of touched)
      for (const field of fieldsOf.get(group)!) {
        if (this.#byHand.has(group) && !(overwrite && top.get(field)?.isGone)) continue;
        if (!same(state[field], this.#shown(field))) values[columnOf(field)] = state[field] ?? null;
        if (verified?.[group]) values['verified'] = verified = vouch(verified, group, null);
      }
    if (Object.keys(values).length > 0) out.set.push({ id, values });
  }

  /** What a standing entry makes of groups that say something else before it than they did. */
  #cellsAnew({ told, cells, values }: Entry, state: State, groups: ReadonlySet<string>, isKnown: boolean): Map<Field, Cell> {
    const anew = new Map([...cells].filter(([field]) => !groups.has(groupOfField.get(field)!)));
    const put = (field: Field, now: unknown): void => {
      if (groups.has(groupOfField.get(field)!) && !same(state[field], now)) anew.set(field, { was: state[field], now });
    };
    if (!told || told.agrees === null) {
      // What it wrote was its own to say, whatever it found.
      for (const [field, { now }] of cells) if (groups.has(groupOfField.get(field)!)) anew.set(field, { was: state[field], now });
      return anew;
    }
    const junk = wasJunk(told.agrees);
    const seen = Object.fromEntries(personFields.map((field) => [field, values[field] ?? null])) as PersonValues;
    if (!isKnown) {
      for (const field of personFields) if (seen[field] !== null) put(field, seen[field]);
      if (seen.fullName !== null) put('nameIsJunk', junk);
      return anew;
    }
    const known = { values: state as unknown as KnownValues, nameIsJunk: state.nameIsJunk === true, verified: null };
    const fills: Fills = fillsOf(known, seen, junk, { isLatest: wasLatest(told.agrees), at: told.seenAt, rules: this.#rules });
    for (const field of Object.keys(fills) as (keyof Fills)[]) put(field, fills[field]);
    if (fills.fullName !== undefined) put('nameIsJunk', junk);
    if (wasOwner(told.agrees)) {
      const later = this.#entries.find((one) => one.change !== undefined && one.change.importId === told.importId && !one.isGone)?.cells;
      const at = jsonInstant(told.seenAt);
      for (const field of personFields) {
        if (seen[field] === null || later?.has(field) || same(fills[field] ?? state[field], seen[field])) continue;
        put(field, seen[field]);
        const moment = `${groupOfField.get(field)!}At` as Field;
        if (fieldsOf.get(groupOfField.get(field)!)!.includes(moment)) put(moment, at);
      }
    }
    return anew;
  }
}
