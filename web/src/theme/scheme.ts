import type { MantineColorSchemeManager } from '@mantine/core';

const key = 'baton-scheme';

/** Mantine's own manager, but reading the same key that /scheme.js reads before the first paint. */
export function schemeManager(): MantineColorSchemeManager {
  return {
    get: (fallback) => {
      try {
        const value = localStorage.getItem(key);
        return value === 'dark' || value === 'light' || value === 'auto' ? value : fallback;
      } catch {
        return fallback;
      }
    },
    set: (value) => {
      try {
        localStorage.setItem(key, value);
      } catch {
        // a private window forgets; the choice still holds for this visit
      }
    },
    subscribe: () => undefined,
    unsubscribe: () => undefined,
    clear: () => localStorage.removeItem(key),
  };
}
