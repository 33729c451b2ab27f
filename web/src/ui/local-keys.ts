import { useEffect, useRef, type RefObject } from 'react';

/** Keys that count only while the focus is inside one small card, such as esc and ⌘↵ in a composer. */
export function useLocalKeys(box: RefObject<HTMLElement | null>, onKey: (event: KeyboardEvent) => void): void {
  const handler = useRef(onKey);
  useEffect(() => {
    handler.current = onKey;
  });
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const hear = (event: KeyboardEvent) => handler.current(event);
    element.addEventListener('keydown', hear);
    return () => element.removeEventListener('keydown', hear);
  });
}
