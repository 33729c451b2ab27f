import { useRef, type RefObject } from 'react';

/**
 * For what a key opens beside its button, wherever the page is scrolled to: what hangs on a button out of sight is out of sight, too.
 *
 *   const [button, show] = useInSight(() => setOpen(true));
 *   useKeys([{ key: 'o', run: show }]);
 */
export function useInSight(open: () => void): [button: RefObject<HTMLButtonElement | null>, show: () => void] {
  const button = useRef<HTMLButtonElement>(null);
  const show = () => {
    button.current?.scrollIntoView({ block: 'nearest' });
    open();
  };
  return [button, show];
}
