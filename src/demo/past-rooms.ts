import { captureRoom } from '../capture/index.ts';
import { distributeRoom } from '../distribute/index.ts';
import { followupRoom } from '../followup/index.ts';
import { identityRoom } from '../identity/index.ts';
import type { Subscriber } from '../journal/index.ts';
import { nurtureRoom } from '../nurture/index.ts';
import { sendDueMails } from '../platform/mail/index.ts';
import type { Room, Scan } from '../platform/room.ts';
import { qualifyRoom } from '../qualify/index.ts';
import { revenueRoom } from '../revenue/index.ts';

/** The rooms that live through the past, in the order of the lead's journey. Reports are read by nobody meanwhile: they are made once, at its end. */
export const pastRooms: readonly Room[] = [
  captureRoom,
  identityRoom,
  qualifyRoom,
  distributeRoom,
  followupRoom,
  nurtureRoom,
  revenueRoom,
];

export const pastSubscribers: readonly Subscriber[] = pastRooms.flatMap((room) => room.subscribers ?? []);

export const pastScans: readonly Scan[] = [
  ...pastRooms.flatMap((room) => room.scans ?? []),
  { name: 'platform.mail', everySeconds: 1, run: sendDueMails },
];
