import { Button } from '@mantine/core';
import { useState } from 'react';
import { useApi, useSend } from '../../api/hooks.ts';
import { Card, Chip, ErrorNote, Money, Progress, Row, Stack } from '../../ui/index.tsx';
import { useFormat } from '../../ui/format.ts';
import type { Provider } from './Append.tsx';
import { Ask } from './AppendRequests.tsx';
import css from './append.module.css';

/** The services that are asked over HTTP, in their order: what they cost this month, what keeps them from answering, and the asking under way. */
export function AppendServices({ providers, canAppend }: { providers: Provider[]; canAppend: boolean }) {
  const format = useFormat();
  const [asking, setAsking] = useState(false);
  const answer = useApi('GET /v1/append/services', undefined, { live: ['job'] });
  const underWay = answer.data?.underWay;
  useApi('GET /v1/append/services', undefined, { enabled: Boolean(underWay), refetchInterval: underWay ? 1500 : false });
  const stop = useSend('POST /v1/append/services/stop', { stale: ['/v1/append'] });
  return (
    <Card title="Services" side={canAppend && !underWay && <Chip onClick={() => setAsking(true)}>Ask services</Chip>}>
      <Stack gap={12}>
        <ul className={css.receipts}>
          {providers
            .filter((one) => one.service)
            .map((one) => (
              <li key={one.id}>
                <div>
                  <b>{one.name}</b> <span className="dim">{one.service && new URL(one.service.url).host}</span>
                </div>
                <span>
                  <Money minor={one.spentThisMonthMinor} currency={one.currency} /> {one.budgetMinor === null ? 'this month' : <>of <Money minor={one.budgetMinor} currency={one.currency} /> this month</>}
                </span>
                {one.problem && (
                  <p className="dim">
                    {one.problem} {one.restsUntil && `Left alone until ${format.when(one.restsUntil)}.`}
                  </p>
                )}
              </li>
            ))}
        </ul>
        {underWay && (
          <Row between>
            <div style={{ flex: '1 1 16rem' }}>
              <Progress done={underWay.done} total={underWay.total} note={underWay.note ?? 'Asking'} />
            </div>
            {canAppend && (
              <Button variant="default" loading={stop.isPending} onClick={() => stop.mutate({})}>
                Stop
              </Button>
            )}
          </Row>
        )}
        <ErrorNote error={answer.error ?? stop.error} />
      </Stack>
      {asking && <Ask close={() => setAsking(false)} />}
    </Card>
  );
}
