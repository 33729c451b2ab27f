import { useEffect } from 'react';

/** Asks once nothing was changed for a moment; `text` stands for all that is asked, and nothing is asked while there is nothing to ask. */
export function useAskSoon(text: string, ask: (() => void) | undefined | false): void {
  const isReady = Boolean(ask);
  useEffect(() => {
    if (!ask) return;
    const timer = setTimeout(ask, 350);
    return () => clearTimeout(timer);
    // The text stands for what it says.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [text, isReady]);
}
