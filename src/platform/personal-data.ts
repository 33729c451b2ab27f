/**
 * What a room keeps of people, in its own words: told to whoever asks for it, and emptied when somebody is erased. Every room hands in its
 * part (`Room.personal`) and house.ts gives them all to identity, so that identity need not know the rooms and no room is forgotten:
 * a test holds every column of every table that can carry words against these lists.
 */
import type { Context } from './context.ts';
import type { Sql, Tx } from './db/index.ts';

/** One person under every id they ever had, and what belongs to them in each room. */
export interface Subject {
  /** the survivor first */
  personIds: string[];
  inquiryIds: string[];
  leadIds: string[];
  opportunityIds: string[];
  invoiceIds: string[];
  /** files that hold a row of theirs */
  importIds: string[];
  /** addresses in lower case, as written and as compared: where only words are kept, they are found by these */
  mails: string[];
  phones: string[];
  /** words typed about their leads that stand on other people's, too: choices of ours, which may stay */
  ours: string[];
}

export type Cell = string | number | boolean | null | Date | object;

/** One chapter of what is kept: rows as a reader understands them. */
export interface Told {
  key: string;
  title: string;
  rows: Record<string, Cell>[];
}

export interface Columns {
  /** emptied, or replaced by words that say nothing */
  erased: readonly string[];
  /** why → columns that stay */
  kept?: Readonly<Record<string, readonly string[]>>;
}

/** Something that need not be kept for ever. */
export interface Outdated {
  title: string;
  /** what a rule does about it, in a sentence */
  means: string;
  /** How much of it is older than this, the oldest first. Never writes. */
  find(tx: Tx, before: Date, sampleMax: number): Promise<Found>;
  /** Empties the oldest so many; how many it did. Doing it twice empties the next. */
  clear(tx: Tx, before: Date, at: Date, most: number): Promise<number>;
}
export interface Found {
  count: number;
  sample: { what: string; at: Date }[];
}

export interface PersonalData {
  /** asked before all others: who it is */
  first?: true;
  /** tables with words of or about people: what becomes of each column that can hold them */
  holds: Readonly<Record<string, Columns>>;
  /** why → tables that say nothing of the people in the database */
  spared: Readonly<Record<string, readonly string[]>>;
  /** What of theirs is here; rooms are asked in the order of the journey, each told what those before it found. */
  gather?(tx: Tx, subject: Subject): Promise<Partial<Subject>>;
  /** Ids of people who are needed, however long nobody heard of them: a select of one column. */
  needs?(workspaceId: string): Sql;
  /** What a rule of retention may empty by its age, by the rule's name. */
  outdated?: Readonly<Record<string, Outdated>>;
  tell(tx: Tx, subject: Subject): Promise<Told[]>;
  /** In one transaction with all other rooms, the last room first. Doing it twice changes nothing. */
  erase(tx: Tx, cx: Context, subject: Subject, erasure: { id: string; at: Date }): Promise<void>;
  /** What lies outside the database, once the transaction stands; again after a crash. */
  sweep?(cx: Context, workspaceId: string): Promise<void>;
}

/** How many others must have the same words for them to be ours. */
export const othersMin = 2;

/** The same, every one once. */
export const emptySubject = (personIds: readonly string[]): Subject => ({
  personIds: [...personIds],
  inquiryIds: [],
  leadIds: [],
  opportunityIds: [],
  invoiceIds: [],
  importIds: [],
  mails: [],
  phones: [],
  ours: [],
});

export const addToSubject = (subject: Subject, more: Partial<Subject>): Subject =>
  Object.fromEntries(Object.entries(subject).map(([key, own]) => [key, [...new Set([...own, ...(more[key as keyof Subject] ?? [])])]])) as unknown as Subject;

/** Parts of texts that give somebody away, ready for `like any (…)`. */
export const patternsOf = ({ mails, phones }: Pick<Subject, 'mails' | 'phones'>): string[] =>
  [...mails, ...phones.filter((phone) => phone.length >= 7)].map((one) => `%${one.toLowerCase().replaceAll(/[\\%_]/g, String.raw`\$&`)}%`);
