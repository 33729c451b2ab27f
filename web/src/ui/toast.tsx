import { useEffect, useSyncExternalStore } from 'react';
import { useKeys } from '../shell/keys.ts';
import { Chip } from './Page.tsx';
import css from './toast.module.css';

export interface Toast {
  message: string;
  tone?: 'good' | 'bad';
  /** Offers Undo (key u) while the toast is shown. */
  undo?: () => void;
  seconds?: number;
}

let shown: (Toast & { id: number })[] = [];
let last = 0;
const listeners = new Set<() => void>();
const tell = () => listeners.forEach((listener) => listener());
const close = (id: number) => {
  shown = shown.filter((entry) => entry.id !== id);
  tell();
};

/** toast({ message: 'Marta Keller is hot.', undo }). One undo at a time: the newest. Answers with what takes the toast away again. */
export function toast(entry: Toast): () => void {
  const id = ++last;
  shown = [...shown.slice(-2), { ...entry, id }];
  tell();
  setTimeout(() => close(id), (entry.seconds ?? (entry.undo ? 9 : 5)) * 1000);
  return () => close(id);
}

/** Said of what was done without a line. */
export const toastKept = (): void => void toast({ message: 'No line: kept here, and sent when it is back.' });

export function Toasts() {
  const entries = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => shown,
  );
  const undoable = entries.findLast((entry) => entry.undo);
  const undo = () => {
    if (!undoable) return;
    close(undoable.id);
    undoable.undo?.();
  };
  useKeys(undoable ? [{ key: 'u', label: 'Undo the last change', group: 'Everywhere', run: undo }] : []);
  useEffect(() => () => void (shown = []), []);
  return (
    <div className={css.stack} role="status" aria-live="polite">
      {entries.map((entry) => (
        <div key={entry.id} className={css.toast} data-tone={entry.tone}>
          <span>{entry.message}</span>
          {entry === undoable && (
            <Chip keyName="u" onClick={undo}>
              Undo
            </Chip>
          )}
        </div>
      ))}
    </div>
  );
}
