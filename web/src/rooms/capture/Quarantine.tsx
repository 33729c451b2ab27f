import { Button } from '@mantine/core';
import { useState } from 'react';
import { useApi, usePages, useSend } from '../../api/hooks.ts';
import type { Item } from '../../api/contract.ts';
import { useKeys } from '../../shell/keys.ts';
import { ApiProblem } from '../../api/client.ts';
import {
  Chip,
  EmptyState,
  ErrorNote,
  Page,
  PageTitle,
  Row,
  Split,
  Stack,
  TwoLines,
  VirtualTable,
  When,
  toast,
  type Column,
} from '../../ui/index.tsx';
import { plural, useFormat } from '../../ui/format.ts';
import { doorName } from '../../ui/doors.ts';
import { nameOf } from './InquiryList.tsx';
import { RawBody } from './RawBody.tsx';

type Inquiry = Item<'GET /v1/inquiries'>;

/** Nothing that arrives is turned away: what could not be read waits here with its reason, until it can. */
export default function Quarantine() {
  const format = useFormat();
  const summary = useApi('GET /v1/quarantine', undefined, { live: ['inquiry'] });
  const pages = usePages('GET /v1/inquiries', { query: { status: 'quarantined' } }, { live: ['inquiry'] });
  const [active, setActive] = useState<Inquiry>();
  const replay = useSend('POST /v1/quarantine/replay', {
    stale: ['/v1/quarantine', '/v1/inquiries'],
    done: ({ replayed, released, still }) => {
      const parts = [
        replayed && `${format.number(replayed)} read now`,
        released && `${format.number(released)} released`,
        still && `${format.number(still)} still not readable`,
      ].filter(Boolean);
      toast({ message: `${parts.join(', ') || 'Nothing to read again'}.`, tone: still && !replayed ? 'bad' : 'good' });
      setActive(undefined);
    },
  });
  const one = active && pages.rows.find((row) => row.id === active.id);
  useKeys([{ key: 'r', label: 'Read this one again', group: 'Quarantine', run: () => one && replay.mutate({ body: { ids: [one.id] } }) }]);
  const columns: Column<Inquiry>[] = [
    {
      key: 'why',
      label: 'Why it could not be read',
      width: 'minmax(200px, 3fr)',
      phone: 'title',
      render: (row) => (
        <TwoLines>
          <span className="strong">{row.problem ?? 'No reason was kept'}</span>
          <span>{nameOf(row)}</span>
        </TwoLines>
      ),
    },
    { key: 'channel', label: 'Came by', width: '110px', phone: 'sub', render: (row) => row.sourceName ?? doorName(row.channel) },
    { key: 'at', label: 'Arrived', width: '110px', align: 'end', phone: 'end', render: (row) => <When at={row.receivedAt} /> },
  ];
  const total = summary.data?.total ?? 0;
  const table = (
    <VirtualTable
      pages={pages}
      columns={columns}
      rowKey={(row) => row.id}
      label="Quarantine"
      onActive={setActive}
      empty={
        <EmptyState title="Nothing waits here">
          Every inquiry that arrived could be read. If one cannot, it is kept here with its reason and its body, and can be read again after
          the repair.
        </EmptyState>
      }
    />
  );
  return (
    <Page fill>
      <PageTitle
        title="Quarantine"
        question="What could not be read, and can it be now?"
        side={
          total > 0 && (
            <Button loading={replay.isPending} onClick={() => replay.mutate({ body: {} })}>
              Read all {format.number(total)} again
            </Button>
          )
        }
      />
      {summary.data && summary.data.reasons.length < summary.data.total && (
        <div style={{ marginBottom: 12 }}>
          <Row>
            {summary.data.reasons.map((reason) => (
              <span key={reason.problem} className="dim">
                <b className="num" style={{ color: 'var(--ink)' }}>
                  {format.number(reason.count)}
                </b>{' '}
                {plural(reason.count, 'inquiry', 'inquiries')}: {reason.problem}
              </span>
            ))}
          </Row>
        </div>
      )}
      {replay.error && <ErrorNote error={replay.error instanceof ApiProblem ? replay.error : null} />}
      {one ? (
        <div style={{ flex: 1, minHeight: 0, display: 'flex', flexDirection: 'column', overflow: 'auto' }}>
          <Split even>
            <div style={{ display: 'flex', minHeight: 420 }}>{table}</div>
            <Stack>
              <RawBody key={one.id} id={one.id} open />
              <Row>
                <Chip keyName="r" onClick={() => replay.mutate({ body: { ids: [one.id] } })}>
                  Read this one again
                </Chip>
                <Chip onClick={() => replay.mutate({ body: { ids: [one.id], release: true } })}>Take it in as it is</Chip>
              </Row>
            </Stack>
          </Split>
        </div>
      ) : (
        table
      )}
    </Page>
  );
}
