import { Button, Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { ErrorNote } from './Page.tsx';
import { Row, Stack } from './Layout.tsx';

/** A form over the page: what was refused stands above its foot, and nothing under it hears single keys meanwhile. */
export function FormDialog({
  title,
  size,
  gap,
  verb,
  submit,
  close,
  disabled,
  pending = false,
  error = null,
  children,
}: {
  title: ReactNode;
  size?: number;
  gap?: number;
  /** what the button that sends it says */
  verb: string;
  submit: () => void;
  close: () => void;
  disabled?: boolean | undefined;
  pending?: boolean;
  error?: Error | null;
  children: ReactNode;
}) {
  return (
    <Modal opened onClose={close} title={title} {...(size ? { size } : {})} data-overlay-open>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Stack {...(gap ? { gap } : {})}>
          {children}
          <ErrorNote error={error} />
          <Row end>
            <Button variant="default" onClick={close}>
              Cancel
            </Button>
            <Button type="submit" loading={pending} disabled={disabled}>
              {verb}
            </Button>
          </Row>
        </Stack>
      </form>
    </Modal>
  );
}
