/** Topics of one workspace in the order they were announced, for those who come back after a moment without a line. */
export interface RecentEvents {
  /** Names the process and the place in its row, as `Last-Event-ID` has it. */
  lastId(): string;
  add(topics: readonly string[]): void;
  /** What was announced since the event of that id; undefined where nobody can say: it was another process, or too long ago. */
  since(id: string): string[] | undefined;
}

const keptMax = 1000;

export function recentEvents(process: string): RecentEvents {
  let kept: { number: number; topics: readonly string[] }[] = [];
  let number = 0;
  return {
    lastId: () => `${process}-${number}`,
    add(topics) {
      kept.push({ number: ++number, topics });
      if (kept.length > 2 * keptMax) kept = kept.slice(-keptMax);
    },
    since(id) {
      const found = /^(.+)-(\d{1,15})$/.exec(id);
      if (!found || found[1] !== process) return undefined;
      const seen = Number(found[2]);
      const oldest = kept[0]?.number ?? number + 1;
      if (seen > number || seen < oldest - 1) return undefined;
      return [...new Set(kept.filter((event) => event.number > seen).flatMap(({ topics }) => topics))];
    },
  };
}

/** What of these topics may be told to the user: words for all, and what is for nobody else. A partner hears of leads and settings only. */
export function audible(topics: Iterable<string>, { userId, holderId }: { userId?: string | undefined; holderId?: string | undefined }): string[] {
  return [...topics].flatMap((topic) => {
    const at = topic.indexOf('@');
    if (at >= 0) return topic.slice(at + 1) === userId ? [topic.slice(0, at)] : [];
    return holderId === undefined || topic === 'lead' || topic === 'setting' ? [topic] : [];
  });
}
