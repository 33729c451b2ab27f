import { Button, Popover, type ButtonProps } from '@mantine/core';
import { useState, type ReactNode } from 'react';

/**
 * For what cannot be undone, or weighs much: says the consequence in a sentence before doing it. Where undo exists, use a toast with undo
 * instead. `gives`: what is confirmed takes nothing away, such as a signature.
 */
export function ConfirmButton({
  sentence,
  confirm,
  onConfirm,
  gives,
  children,
  ...rest
}: { sentence: ReactNode; confirm: string; onConfirm: () => void; gives?: boolean; children: ReactNode } & ButtonProps) {
  const [open, setOpen] = useState(false);
  // Towards the middle of the window, so that it covers no menu at the side.
  const [side, setSide] = useState<'start' | 'end'>('end');
  return (
    <Popover opened={open} onChange={setOpen} width={280} position={`bottom-${side}`} withArrow trapFocus returnFocus>
      <Popover.Target>
        <Button
          variant="default"
          {...rest}
          onClick={(event) => {
            const { left, right } = event.currentTarget.getBoundingClientRect();
            setSide((left + right) / 2 < innerWidth / 2 ? 'start' : 'end');
            setOpen(true);
          }}
        >
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
            {...(gives ? {} : { style: { background: 'var(--danger-strong)', color: 'var(--on-action)' } })}
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
