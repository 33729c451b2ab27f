import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useFormat } from './format.ts';
import { Row, Stack } from './Layout.tsx';
import { A } from './Link.tsx';
import { Card } from './Page.tsx';

interface Found<Sample> {
  count: number;
  looked: number;
  changing: number;
  sample: Sample[];
}

/** Does what the preview showed, saying to how many where all were looked at. */
export function BulkButton({ found, isBusy, start }: { found: Found<unknown> | undefined; isBusy: boolean; start: (() => void) | undefined }) {
  const format = useFormat();
  return (
    <Row end>
      <Button loading={isBusy} disabled={!start || !found || found.changing === 0} onClick={start}>
        {found && found.looked === found.count && found.changing > 0 ? `Change ${format.number(found.changing)}` : 'Change them'}
      </Button>
    </Row>
  );
}

/** What a change of many would do: how many of whom, and some before and after. `children` stand between the two. */
export function BulkPreview<Sample extends { id: string; label: string }>(props: {
  found: Found<Sample> | undefined;
  isPending: boolean;
  hint: string;
  noun: (n: number) => string;
  to: (one: Sample) => string;
  change: (one: Sample) => { field?: string; before: string | null; after: string | null }[];
  children?: ReactNode;
}) {
  const { found, isPending, noun } = props;
  const format = useFormat();
  return (
    <Card title="What would happen" quiet>
      <div aria-live="polite" aria-busy={isPending || undefined}>
        {!found ? (
          <p className="dim">{isPending ? 'Looking …' : props.hint}</p>
        ) : (
          <Stack gap={10}>
            <p style={{ fontSize: 22, fontWeight: 650 }} className="num">
              {format.number(found.changing)}{' '}
              <span className="dim" style={{ fontSize: 13, fontWeight: 400 }}>
                of {format.number(found.looked)} {noun(found.looked)} would change
                {found.looked < found.count && `; ${format.number(found.count)} are meant, of the first ${format.number(found.looked)} it was worked out`}
              </span>
            </p>
            {props.children}
            <ul style={{ display: 'grid', gap: 8 }}>
              {found.sample.map((one) => (
                <li key={one.id}>
                  <A to={props.to(one)}>{one.label}</A>
                  {props.change(one).map(({ field, before, after }) => (
                    <span key={field ?? ''} style={{ display: 'block', fontSize: 12, overflowWrap: 'anywhere' }}>
                      {field && <span className="dim">{field}: </span>}
                      {before === null ? <span className="dim">nothing</span> : <s className="dim">{before}</s>} → {after ?? 'nothing'}
                    </span>
                  ))}
                </li>
              ))}
            </ul>
          </Stack>
        )}
      </div>
    </Card>
  );
}
