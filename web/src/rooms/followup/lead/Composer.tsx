import { Button } from '@mantine/core';
import { useRef, type ReactNode } from 'react';
import type { ApiProblem } from '../../../api/client.ts';
import { ErrorNote, Kbd } from '../../../ui/index.tsx';
import { useLocalKeys } from '../../../ui/local-keys.ts';
import { modKey, useIsPhone } from '../../../ui/screen-size.ts';
import css from './lead.module.css';

/** One small card under the chips: ⌘↵ saves from anywhere in it, esc closes. `beside` are further buttons; `ready`: there is something to save. */
export function Composer({
  label,
  title,
  verb,
  save,
  close,
  ready = true,
  pending,
  error,
  beside,
  children,
}: {
  label: string;
  title: ReactNode;
  verb: string;
  save: () => void;
  close: () => void;
  ready?: boolean;
  pending: boolean;
  error: ApiProblem | null;
  beside?: ReactNode;
  children: ReactNode;
}) {
  const isPhone = useIsPhone();
  const box = useRef<HTMLFormElement>(null);
  const send = () => {
    if (ready && !pending) save();
  };
  useLocalKeys(box, (event) => {
    if (event.key === 'Escape') {
      event.stopPropagation();
      close();
    } else if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) {
      event.preventDefault();
      send();
    }
  });
  return (
    <form
      ref={box}
      className={css.composer}
      aria-label={label}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <h3>{title}</h3>
      {children}
      <ErrorNote error={error} />
      <div className={css.composerFoot}>
        <span className="dim">
          {!isPhone && (
            <>
              <Kbd>{modKey}↵</Kbd> saves
            </>
          )}
        </span>
        <span className={css.options}>
          {beside}
          <Button variant="default" size="xs" onClick={close}>
            Cancel
          </Button>
          <Button type="submit" size="xs" disabled={!ready} loading={pending}>
            {verb}
          </Button>
        </span>
      </div>
    </form>
  );
}
