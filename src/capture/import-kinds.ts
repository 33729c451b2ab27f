import { refuse } from '../platform/refusal.ts';
import type { ImportKind } from './import-kind.ts';
import type { CustomSubject } from '../platform/values/custom-field.rules.ts';
import { inquiriesKind } from './import-inquiries.ts';
import { programsKind } from './import-programs.ts';

const kinds = new Map<string, ImportKind>([inquiriesKind, programsKind].map((kind) => [kind.kind, kind]));

/** Called once by house.ts with the kinds of later rooms: capture reads files for them without knowing them. */
export function knowImportKinds(more: readonly ImportKind[]): void {
  for (const kind of more) kinds.set(kind.kind, kind);
}
export const importKinds = (): ImportKind[] => [...kinds.values()];
export function getKind(kind: string | null | undefined): ImportKind {
  const found = kind ? kinds.get(kind) : undefined;
  return found ?? refuse('invalid', 'capture/no-kind', `Say what the file holds: ${[...kinds.keys()].join(', ')}.`);
}

/** Whose own fields the columns of a kind may fill. */
export const ownFieldsOf = (kind: string | null): CustomSubject | undefined => ({ people: 'person', organizations: 'organization', inquiries: 'inquiry' } as const)[kind as 'people'];
