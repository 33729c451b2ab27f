import { useEffect, useRef } from 'react';

/** The keyboard: screens register single keys while they are shown, the help sheet lists whatever is registered now. */
export interface Key {
  /** 'h', '.', 'Enter', 'ArrowDown', '?' or a pair such as 'g l'. */
  key: string;
  label: string;
  group?: string;
  run: () => void;
  /** Registered but not offered in the help sheet (aliases such as the arrow keys). */
  quiet?: boolean;
  /** Means what is on the screen: a key pressed before it stood there is not carried out on it. */
  seen?: boolean;
}

const layers: { current: Key[] }[] = [];
/** A key pressed while the screen it was meant for was still on its way, for as long as that may take. */
let ahead: { key: string; until: number } | undefined;
const aheadMs = 4000;
let pending = '';
let pendingTimer: ReturnType<typeof setTimeout> | undefined;
const offKey = 'baton-single-keys';

export const singleKeysOn = (): boolean => {
  try {
    return localStorage.getItem(offKey) !== 'off';
  } catch {
    return true;
  }
};
/** WCAG 2.1.4: somebody who dictates must be able to turn single keys off. */
export const setSingleKeys = (on: boolean): void => localStorage.setItem(offKey, on ? 'on' : 'off');

/**
 * Keys that work while the calling component is mounted; a later registration wins over an earlier one. A frame registers `under` what
 * it frames: both may mount in one go, and then React runs the inner effect first.
 */
export function useKeys(keys: Key[], place: 'over' | 'under' = 'over'): void {
  const layer = useRef<Key[]>(keys);
  useEffect(() => {
    layer.current = keys;
    if (ahead) queueMicrotask(catchUp);
  });
  useEffect(() => {
    if (place === 'under') layers.unshift(layer);
    else layers.push(layer);
    if (ahead) queueMicrotask(catchUp);
    return () => void layers.splice(layers.indexOf(layer), 1);
  }, [place]);
}

export function registeredKeys(): Key[] {
  const seen = new Set<string>();
  return [...layers]
    .reverse()
    .flatMap((layer) => layer.current)
    .filter((entry) => !entry.quiet && !seen.has(entry.key) && seen.add(entry.key));
}

function find(name: string): Key | undefined {
  for (let at = layers.length - 1; at >= 0; at--) {
    const hit = layers[at]?.current.find((entry) => entry.key === name);
    if (hit) return hit;
  }
  return undefined;
}

/** Carries out what was pressed too early, once somebody answers to it. */
function catchUp(): void {
  if (!ahead) return;
  const entry = ahead.until > Date.now() ? find(ahead.key) : undefined;
  if (ahead.until > Date.now() && !entry) return;
  ahead = undefined;
  if (!entry?.seen) entry?.run();
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    // A tick takes no letters.
    (['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName) && target.getAttribute('type') !== 'checkbox') ||
    target.closest('[role=dialog],[role=menu]') !== null);

export function listenToKeys(): () => void {
  const onKey = (event: KeyboardEvent) => {
    // Whatever else is done meanwhile, it may no longer be what was meant.
    const alone = ahead === undefined;
    ahead = undefined;
    if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey) return;
    if (isTyping(event.target) || document.querySelector('[data-overlay-open]') || !singleKeysOn()) return;
    // Enter and space on a focused control belong to that control.
    if (
      (event.key === 'Enter' || event.key === ' ') &&
      event.target instanceof HTMLElement &&
      event.target.closest('a,button,summary,[role=button],[role=tab]')
    )
      return;
    const pair = pending ? `${pending} ${event.key}` : '';
    const entry = (pair && find(pair)) || find(event.key);
    pending = '';
    clearTimeout(pendingTimer);
    if (entry) {
      event.preventDefault();
      entry.run();
      return;
    }
    const opensPair = layers.some((layer) => layer.current.some((other) => other.key.startsWith(`${event.key} `)));
    if (opensPair) {
      pending = event.key;
      pendingTimer = setTimeout(() => (pending = ''), 1200);
    } else if (alone && event.key.length === 1 && document.querySelector('[aria-busy="true"]')) {
      ahead = { key: event.key, until: Date.now() + aheadMs };
    }
  };
  const onPointer = () => (ahead = undefined);
  window.addEventListener('keydown', onKey);
  window.addEventListener('pointerdown', onPointer);
  return () => {
    window.removeEventListener('keydown', onKey);
    window.removeEventListener('pointerdown', onPointer);
  };
}
