import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';

const settleMs = 600;
/** A refused stream (too many tabs) is not taken up again by the browser itself. */
const againMs = 30_000;

/** What concerns this user alone: leads given to them, or free to be taken; without an id when there are many. */
export interface OwnEvent {
  kind: 'given' | 'offered';
  leadId: string | undefined;
}

/**
 * Listens to what the house reports and makes the answers that depend on it old, in one sweep per burst. A line that was lost is taken up
 * where it broke; where nobody knows what was missed, everything that could have changed is asked for again.
 */
export function useLive(enabled: boolean, hear: (event: OwnEvent) => void): void {
  const client = useQueryClient();
  const hearer = useRef(hear);
  useEffect(() => {
    hearer.current = hear;
  });
  useEffect(() => {
    if (!enabled) return;
    const heard = new Set<string>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let again: ReturnType<typeof setTimeout> | undefined;
    let source: EventSource;
    const makeOld = (isOld: (words: string[]) => boolean) =>
      void client.invalidateQueries({ predicate: (query) => isOld((query.meta?.live ?? []) as string[]) });
    const open = () => {
      source = new EventSource('/v1/events', { withCredentials: true });
      source.onmessage = (event) => {
        for (const topic of topicsOf(String(event.data))) {
          const own = /^(given|offered)(?::(.+))?$/.exec(topic);
          if (own) hearer.current({ kind: own[1] as OwnEvent['kind'], leadId: own[2] });
          else heard.add(topic);
        }
        if (heard.size === 0) return;
        timer ??= setTimeout(() => {
          timer = undefined;
          const topics = [...heard];
          heard.clear();
          makeOld((words) => words.some((word) => topics.some((name) => name.startsWith(word))));
        }, settleMs);
      };
      source.addEventListener('missed', () => makeOld((words) => words.length > 0));
      source.onerror = () => {
        if (source.readyState !== EventSource.CLOSED) return;
        again = setTimeout(() => {
          makeOld((words) => words.length > 0);
          open();
        }, againMs);
      };
    };
    open();
    return () => {
      clearTimeout(timer);
      clearTimeout(again);
      source.close();
    };
  }, [client, enabled]);
}

/** The server sends the topics of the last moment as a JSON list of words. */
function topicsOf(data: string): string[] {
  try {
    const topics: unknown = JSON.parse(data);
    return Array.isArray(topics) ? topics.filter((topic) => typeof topic === 'string') : [];
  } catch {
    return [];
  }
}
