import { useState } from 'react';
import { useApi } from '../../api/hooks.ts';
import { Card, Chip, CopyField, ErrorNote, SkeletonRows } from '../../ui/index.tsx';
import { useFormat } from '../../ui/format.ts';

/** The body as it arrived, before anybody read it. */
export function RawBody({ id, open = false }: { id: string; open?: boolean }) {
  const [isOpen, setOpen] = useState(open);
  const format = useFormat();
  const raw = useApi(
    'GET /v1/inquiries/:idOrReceipt/raw',
    { params: { idOrReceipt: id } },
    { enabled: isOpen, keep: false, staleTime: Infinity },
  );
  return (
    <Card
      title="As it arrived"
      side={
        raw.data ? (
          `${raw.data.type ?? 'unknown type'} · ${format.number(raw.data.bytes)} bytes`
        ) : isOpen ? undefined : (
          <Chip onClick={() => setOpen(true)}>Show the raw body</Chip>
        )
      }
    >
      {raw.error ? (
        <ErrorNote error={raw.error} retry={() => void raw.refetch()} />
      ) : raw.data ? (
        <CopyField value={raw.data.text || raw.data.base64 || 'nothing'} label="Raw body" lines />
      ) : (
        isOpen && <SkeletonRows rows={2} />
      )}
    </Card>
  );
}
