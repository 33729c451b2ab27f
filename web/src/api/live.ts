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
      const topic = topicOf(String(event.data));
      if (!topic) return;
      heard.add(topic);
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

function topicOf(data: string): string {
  if (!data.startsWith('{')) return data.trim();
  try {
    return String((JSON.parse(data) as { topic?: unknown }).topic ?? '');
  } catch {
    return '';
  }
}
