import { useSyncExternalStore } from 'react';
import { api } from '../api/client.ts';
import type { OwnEvent } from '../api/live.ts';
import { toast } from '../ui/toast.tsx';

/** Notices by the browser while Baton is out of sight. Asked for by a press, kept for this browser, never by itself. */
const key = 'baton.notices';
const listeners = new Set<() => void>();

export type Notices = 'on' | 'off' | 'blocked' | 'impossible';

function noticesNow(): Notices {
  if (typeof Notification === 'undefined') return 'impossible';
  if (Notification.permission === 'denied') return 'blocked';
  return Notification.permission === 'granted' && localStorage.getItem(key) === 'on' ? 'on' : 'off';
}

export function useNotices(): Notices {
  return useSyncExternalStore((changed) => {
    listeners.add(changed);
    return () => listeners.delete(changed);
  }, noticesNow);
}

/** Turns them on, asking the browser's leave where it has not been given; or off. */
export async function switchNotices(on: boolean): Promise<void> {
  if (on && Notification.permission !== 'granted') await Notification.requestPermission();
  localStorage.setItem(key, on && Notification.permission === 'granted' ? 'on' : 'off');
  for (const changed of listeners) changed();
}

/** Says that a lead has come: by the browser when Baton is out of sight, else in a line; in the queue the row itself says it. */
export async function tellOfLead({ kind, leadId }: OwnEvent, path: string, go: (to: string) => void): Promise<void> {
  const isAway = document.hidden && noticesNow() === 'on';
  if (!isAway && (document.hidden || path.startsWith('/queue'))) return;
  const words = kind === 'given' ? 'A lead is yours' : 'A lead is free to be taken';
  const title = leadId ? words : kind === 'given' ? 'New leads are yours' : 'Leads are free to be taken';
  const who = kind === 'given' && leadId ? await nameOf(leadId) : undefined;
  if (!isAway) {
    toast({ message: who ? `${title}: ${who}` : title });
    return;
  }
  const notice = new Notification(title, { body: who ?? 'It waits in your queue.', tag: leadId ?? kind });
  notice.onclick = () => {
    window.focus();
    go(kind === 'given' && leadId ? `/leads/${leadId}` : '/queue');
    notice.close();
  };
}

async function nameOf(leadId: string): Promise<string | undefined> {
  try {
    const { person, organization } = await api('GET /v1/leads/:id', { params: { id: leadId } });
    return [person.fullName, organization?.name].filter(Boolean).join(', ') || undefined;
  } catch {
    return undefined; // passed on already, or no line: the notice says enough
  }
}
