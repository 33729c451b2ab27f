import { useRouter } from '@tanstack/react-router';
import type { AnchorHTMLAttributes, MouseEvent } from 'react';

/** A link inside the app: a real <a href>, so it can be copied, middle-clicked and read aloud; a plain click stays in the page. */
export function A({
  to,
  onClick,
  onPointerEnter,
  children,
  ...rest
}: { to: string } & Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href'>) {
  const router = useRouter();
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event);
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || rest.target) return;
    event.preventDefault();
    router.history.push(to);
  };
  return (
    <a
      {...rest}
      href={to}
      onClick={follow}
      onPointerEnter={(event) => {
        onPointerEnter?.(event);
        void router.preloadRoute({ to: to.split('?')[0] }).catch(() => undefined);
      }}
    >
      {children}
    </a>
  );
}
