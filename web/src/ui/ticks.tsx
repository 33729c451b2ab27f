import { Button } from '@mantine/core';
import { useState } from 'react';
import { may, useSession, type Role } from '../api/session.ts';
import { href, useFilters, useGo } from '../shell/address.ts';
import { useIsPhone } from './screen-size.ts';
import type { Column } from './VirtualTable.tsx';

const ticksMost = 200;

/** Rows ticked in a list, and the button that changes them, or everybody the list shows: it opens `to` with `ids`, or with the list's filters. Only for those who may. */
export function useTicks<Row extends { id: string }>(given: { roles: Role[]; to: string; also?: Record<string, string>; /** what the list shows, where that is not what its address says */ asked?: Record<string, string>; nameOf: (row: Row) => string }): {
  column: Column<Row>[];
  button: React.ReactNode;
  toggle(row: Row): void;
  open(): void;
} {
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const [filters] = useFilters();
  const go = useGo();
  const session = useSession();
  const isPhone = useIsPhone();
  if (!may(session, given.roles)) return { column: [], button: null, toggle: () => undefined, open: () => undefined };
  const toggle = ({ id }: Row) => {
    const next = new Set(ticked);
    if (!next.delete(id) && next.size < ticksMost) next.add(id);
    setTicked(next);
  };
  const open = () => go(href(given.to, { ...given.also, ...(ticked.size > 0 ? { ids: [...ticked].join(',') } : (given.asked ?? filters)) }));
  return {
    toggle,
    open,
    column: [
      {
        key: 'tick',
        label: '',
        width: '28px',
        phone: 'start' as const,
        render: (row) => (
          <input
            type="checkbox"
            aria-label={`Tick ${given.nameOf(row)}`}
            checked={ticked.has(row.id)}
            onClick={(event) => event.stopPropagation()}
            onChange={() => toggle(row)}
            style={{ width: isPhone ? 24 : 16, height: isPhone ? 24 : 16, display: 'block' }}
          />
        ),
      },
    ],
    button: (
      <Button variant="default" onClick={open}>
        {ticked.size > 0 ? `Change the ${ticked.size} ticked` : 'Change these'}
      </Button>
    ),
  };
}
