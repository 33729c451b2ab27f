import { Button, Popover, type ButtonProps } from '@mantine/core';
import { useState, type ReactNode } from 'react';

/** For what cannot be undone: says the consequence in a sentence before doing it. Where undo exists, use a toast with undo instead. */
export function ConfirmButton({
  sentence,
  confirm,
  onConfirm,
  children,
  ...rest
}: { sentence: ReactNode; confirm: string; onConfirm: () => void; children: ReactNode } & ButtonProps) {
  const [open, setOpen] = useState(false);
  return (
    <Popover opened={open} onChange={setOpen} width={280} position="bottom-end" withArrow trapFocus returnFocus>
      <Popover.Target>
        <Button variant="default" {...rest} onClick={() => setOpen(true)}>
          {children}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <p style={{ marginBottom: 12 }}>{sentence}</p>
        <div style={{ display: 'flex', gap: 8, justifyContent: 'flex-end' }}>
          <Button variant="default" size="xs" onClick={() => setOpen(false)}>
            Cancel
          </Button>
          <Button
            size="xs"
            style={{ background: 'var(--danger-strong)', color: 'var(--on-action)' }}
            onClick={() => {
              setOpen(false);
              onConfirm();
            }}
          >
            {confirm}
          </Button>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
