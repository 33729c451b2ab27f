import type { ComponentType } from 'react';
import { may, type Role, type Session } from '../api/session.ts';

export interface Screen {
  /** TanStack path, e.g. '/leads/$id'. */
  path: string;
  /** The window's title. */
  title: string;
  load: () => Promise<{ default: ComponentType }>;
  may?: Role[];
  /** Without sidebar and top bar, and without a session (sign-in, set-up). */
  bare?: boolean;
}

export type NavGroup = 'Work' | 'Database' | 'Hand over' | 'Keep warm' | 'Know' | 'House';

export interface NavEntry {
  to: string;
  label: string;
  group: NavGroup;
  /** Smaller comes first within its group. */
  order: number;
  may?: Role[];
  /** Shown to these alone: an administrator, who may everything, need not have everybody's doors. */
  only?: Role;
  /** A hook that answers the small number at the right; red when urgent. */
  useCount?: () => { value?: number; urgent?: boolean };
  /** Two letters after g, e.g. 'l': g l goes there. */
  goKey?: string;
  /** Shown in the phone's bottom bar (the first four that the person may see). */
  thumb?: { icon: string; order: number };
}

export interface Hit {
  group: string;
  title: string;
  detail?: string;
  to?: string;
  run?: () => void;
}

/** What a room offers to the search box (/ and ⌘K). */
export interface Finder {
  may?: Role[];
  find: (text: string, signal: AbortSignal) => Promise<Hit[]>;
}

export interface RoomScreens {
  screens: Screen[];
  nav: NavEntry[];
  finders?: Finder[];
}

/** A declaration, not a constant: rooms import it while this file is still collecting them. */
export function defineRoom(room: RoomScreens): RoomScreens {
  return room;
}

/** Every rooms/<room>/routes.tsx registers itself by exporting `room`; nobody edits a central list. */
const found = import.meta.glob<RoomScreens>('../rooms/*/routes.tsx', { eager: true, import: 'room' });
export const rooms: RoomScreens[] = Object.values(found);
export const screens: Screen[] = rooms.flatMap((room) => room.screens);
export const navEntries: NavEntry[] = rooms.flatMap((room) => room.nav).sort((a, b) => a.order - b.order);
/** Whose menu it stands in. */
export const standsFor = (session: Session, entry: NavEntry): boolean => may(session, entry.may) && (!entry.only || session.user.roles.includes(entry.only));
export const navGroups: NavGroup[] = ['Work', 'Database', 'Hand over', 'Keep warm', 'Know', 'House'];
export const finders: Finder[] = rooms.flatMap((room) => room.finders ?? []);
