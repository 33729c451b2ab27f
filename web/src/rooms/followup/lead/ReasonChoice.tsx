import { Button, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { Kbd, SkeletonRows } from '../../../ui/index.tsx';
import { useLocalKeys } from '../../../ui/local-keys.ts';
import css from './choice.module.css';

/** A reason in one keystroke: the digits pick, typing writes another. */
export function ReasonChoice({
  title,
  reasons,
  isLoading,
  confirm,
  onPick,
}: {
  title: string;
  reasons: string[];
  isLoading?: boolean;
  confirm: string;
  onPick: (reason: string) => void;
}) {
  const [other, setOther] = useState('');
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!isLoading) box.current?.querySelector<HTMLElement>('button')?.focus();
  }, [isLoading]);
  useLocalKeys(box, (event) => {
    if (event.target instanceof HTMLInputElement) return;
    const reason = reasons[Number(event.key) - 1];
    if (reason) {
      event.preventDefault();
      onPick(reason);
    }
  });
  if (isLoading) return <SkeletonRows rows={4} height={30} />;
  return (
    <div ref={box} className={css.choice} role="group" aria-label={title}>
      <h3>{title}</h3>
      <ul>
        {reasons.map((reason, at) => (
          <li key={reason}>
            <button type="button" onClick={() => onPick(reason)}>
              {reason}
              {at < 9 && <Kbd>{at + 1}</Kbd>}
            </button>
          </li>
        ))}
      </ul>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (other.trim()) onPick(other.trim());
        }}
      >
        <TextInput
          aria-label="Another reason"
          placeholder="Another reason"
          size="xs"
          value={other}
          onChange={(event) => setOther(event.currentTarget.value)}
        />
        <Button type="submit" size="xs" variant="default" disabled={!other.trim()}>
          {confirm}
        </Button>
      </form>
    </div>
  );
}
