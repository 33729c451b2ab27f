import { useRef, type RefObject } from 'react';

/**
 * For what a key opens beside its button, wherever the page is scrolled to: what hangs on a button out of sight is out of sight, too.
 *
 *   const [button, bring] = useInSight();
 *   useKeys([{ key: 'o', run: () => (bring(), setOpen(true)) }]);
 */
export function useInSight(): [ref: RefObject<HTMLButtonElement | null>, bring: () => void] {
  const ref = useRef<HTMLButtonElement>(null);
  return [ref, () => ref.current?.scrollIntoView({ block: 'nearest' })];
}
