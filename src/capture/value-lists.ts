import type { Tx } from '../platform/db/index.ts';
import { fold } from '../platform/values/fold.rules.ts';
import { countryCode } from '../platform/values/postal-address.rules.ts';
import { readYesNo } from '../platform/values/yes-no.rules.ts';
import { nameableCountries } from './countries.rules.ts';
import { programStatusOf } from './program-status.rules.ts';
import { listProgramNames } from './program.queries.ts';
import { listSourceNames } from './source.queries.ts';

/** Values of ours that a column of a stranger's file may mean: its countries, sources, owners, stages. */
export interface ValueList {
  all(tx: Tx): Promise<ValueChoice[]>;
  /** What a text is understood as without anybody's help. */
  read?(text: string): string | undefined;
  /** Whether what is none of them is taken over as it stands (and made, where the import may). */
  open: boolean;
}
export interface ValueChoice {
  value: string;
  label: string;
}
const named = (values: readonly string[]): ValueChoice[] => values.map((value) => ({ value, label: value }));

const yesOrNo = (text: string): string | undefined => {
  const read = readYesNo(text);
  return read === undefined ? undefined : read ? 'yes' : 'no';
};

const lists = new Map<string, ValueList>([
  ['countries', { all: async () => nameableCountries(), read: countryCode, open: false }],
  ['yesNo', { all: async () => [{ value: 'yes', label: 'Yes' }, { value: 'no', label: 'No' }], read: yesOrNo, open: false }],
  ['sources', { all: async (tx) => named(await listSourceNames(tx)), open: true }],
  ['programs', { all: async (tx) => named(await listProgramNames(tx)), open: true }],
  ['programStatus', { all: async () => named(['planned', 'active', 'paused', 'finished']), read: programStatusOf, open: false }],
]);

/** Called once by house.ts with the lists of later rooms. */
export function knowValueLists(more: Record<string, ValueList>): void {
  for (const [name, list] of Object.entries(more)) lists.set(name, list);
}
export function valueListOf({ type, choices }: { type: string; choices?: string | undefined }): ValueList | undefined {
  return lists.get(choices ?? (type === 'country' ? 'countries' : type === 'boolean' ? 'yesNo' : ''));
}

/** What one of their values stands for: the very word, else as it is understood; undefined where nobody knows. */
export function meaningOf(list: ValueList, choices: readonly ValueChoice[], text: string): string | undefined {
  const key = fold(text);
  const same = choices.find(({ value, label }) => value.toLowerCase() === text.toLowerCase() || fold(label) === key);
  return same?.value ?? list.read?.(text);
}
