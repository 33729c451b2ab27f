import { useSyncExternalStore } from 'react';

const phone = matchMedia('(max-width: 48em)');

/** True at phone width: one column, thumb reach. */
export function useIsPhone(): boolean {
  return useSyncExternalStore(
    (listener) => {
      phone.addEventListener('change', listener);
      return () => phone.removeEventListener('change', listener);
    },
    () => phone.matches,
  );
}

/** The key that goes with K and Enter on this machine. */
export const modKey = /Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘' : 'Ctrl ';
