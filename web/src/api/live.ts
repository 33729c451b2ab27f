import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';

const settleMs = 600;

/** Listens to what the house reports and makes the answers that depend on it old, in one sweep per burst. */
export function useLive(enabled: boolean): void {
  const client = useQueryClient();
  useEffect(() => {
    if (!enabled) return;
    const heard = new Set<string>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const source = new EventSource('/v1/live', { withCredentials: true });
    source.onmessage = (event) => {
      for (const topic of topicsOf(String(event.data))) heard.add(topic);
      if (heard.size === 0) return;
      timer ??= setTimeout(() => {
        timer = undefined;
        const topics = [...heard];
        heard.clear();
        void client.invalidateQueries({
          predicate: (query) => ((query.meta?.live ?? []) as string[]).some((word) => topics.some((name) => name.startsWith(word))),
        });
      }, settleMs);
    };
    return () => {
      clearTimeout(timer);
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
