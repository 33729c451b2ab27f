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
