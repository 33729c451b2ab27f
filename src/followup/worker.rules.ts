export interface Held {
  openHolderId: string | null;
  openKind: string | null;
  lastHolderId: string | null;
}

/** Whose a lead is to work: who holds it; once it is closed or kept warm, who worked it last. Nobody's while it waits at the desk. */
export function workerOf({ openHolderId, openKind, lastHolderId }: Held): string | null {
  if (openKind === 'rep' || openKind === 'partner') return openHolderId;
  return openKind === 'desk' ? null : lastHolderId;
}
