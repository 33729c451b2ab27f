import { Button } from '@mantine/core';
import { useState } from 'react';
import { may, useSession } from '../../api/session.ts';
import { href, useFilters, useGo } from '../../shell/address.ts';
import type { Column } from '../../ui/index.tsx';

const ticksMost = 200;

/** Rows ticked in a list, and the button that changes them, or everybody the list shows. Only for those who may. */
export function useTicks<Row extends { id: string }>(subject: 'person' | 'organization', nameOf: (row: Row) => string): { column: Column<Row>[]; button: React.ReactNode } {
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const [filters] = useFilters();
  const go = useGo();
  const session = useSession();
  if (!may(session, ['marketing', 'sales_manager'])) return { column: [], button: null };
  const toggle = (id: string) => {
    const next = new Set(ticked);
    if (!next.delete(id) && next.size < ticksMost) next.add(id);
    setTicked(next);
  };
  return {
    column: [
      {
        key: 'tick',
        label: '',
        width: '28px',
        render: (row) => <input type="checkbox" aria-label={`Tick ${nameOf(row)}`} checked={ticked.has(row.id)} onChange={() => toggle(row.id)} style={{ width: 16, height: 16 }} />,
      },
    ],
    button: (
      <Button variant="default" onClick={() => go(href('/bulk/new', ticked.size > 0 ? { subject, ids: [...ticked].join(',') } : { subject, ...filters }))}>
        {ticked.size > 0 ? `Change the ${ticked.size} ticked` : 'Change these'}
      </Button>
    ),
  };
}
