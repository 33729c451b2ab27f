import { Button, Select } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useApi, useSend } from '../../api/hooks.ts';
import type { Answer } from '../../api/contract.ts';
import { may, useSession } from '../../api/session.ts';
import { BarsAndLine } from '../../ui/chart/index.tsx';
import { duration, plural, useFormat } from '../../ui/format.ts';
import { Back, Card, DataTable, ErrorNote, Page, PageTitle, SkeletonRows, Split, Stack, When, toast } from '../../ui/index.tsx';
import { Margins } from './Margins.tsx';

type Method = Answer<'GET /v1/queue/method'>;
type Curve = Method['company'];

/** How is the queue ordered, what does waiting cost us, and how sure is that? */
export default function QueueMethod() {
  const canEdit = may(useSession(), ['marketing', 'sales_manager']);
  const answer = useApi('GET /v1/queue/method', undefined, { live: ['setting'] });
  const fit = useSend('POST /v1/queue/method/fit', {
    stale: ['/v1/queue'],
    done: ({ company }) =>
      toast(
        company.leads > 0
          ? { message: `Learnt from ${company.leads} ${plural(company.leads, 'lead')}.`, tone: 'good' }
          : { message: 'Nothing to learn from yet: no lead has been followed up and judged.' },
      ),
  });
  return (
    <Page>
      <Back to="/queue">Queue</Back>
      <PageTitle
        title="How the queue is ordered"
        question="What is a lead worth if it is called now, and what does waiting take?"
        side={
          canEdit && (
            <Button variant="default" loading={fit.isPending} onClick={() => fit.mutate({ body: {} })}>
              Learn again now
            </Button>
          )
        }
      />
      <ErrorNote error={answer.error ?? fit.error} retry={answer.error ? () => void answer.refetch() : undefined} />
      {!answer.data && !answer.error ? <SkeletonRows rows={8} /> : answer.data && <Shown method={answer.data} canEdit={canEdit} />}
    </Page>
  );
}

function Shown({ method, canEdit }: { method: Method; canEdit: boolean }) {
  const [sourceId, setSourceId] = useState<string | null>(null);
  const source = method.sources.find((one) => one.sourceId === sourceId);
  return (
    <Stack>
      <Split>
        <Card
          title="What waiting takes of a hot lead’s chance"
          side={
            method.sources.length > 0 && (
              <Select
                aria-label="Source"
                size="xs"
                mr={24}
                searchable
                clearable
                placeholder="All sources"
                data={method.sources.map((one) => ({ value: one.sourceId, label: one.sourceName }))}
                value={sourceId}
                onChange={setSourceId}
              />
            )
          }
        >
          <Waiting method={method} curve={source ?? method.company} />
        </Card>
        <Card title="In words" quiet>
          <Stack gap={10}>
            <p>
              <b>Worth now</b> = chance × value × margin × what waiting has left of the chance. The most valuable comes first.
            </p>
            <p>
              <b>Value</b> is the amount of an open opportunity; else what a partner expects of a lead it registered, or a budget that was said as an amount; else your average
              sale.
            </p>
            <p>
              <b>Clocks are kept.</b> A lead is lifted above more valuable ones when its clock would otherwise end before its turn, one lead every quarter of an hour
              reckoned. The row then says “its clock comes first”.
            </p>
            <p>
              <b>Waiting</b> is learnt every night from your own leads of two years: how long each waited for its first followup, and whether it turned out hot, warm or sold. A
              source with few leads goes by the company, a company with few leads by the published finding that the odds fall 21-fold between 5 and 30 minutes.
            </p>
            <p className="dim">
              {method.fittedAt ? (
                <>
                  Learnt <When at={method.fittedAt} /> from {method.company.leads} leads, {method.company.good} of them good.
                </>
              ) : (
                'Nothing has been learnt yet: no lead was followed up and judged. The published curve applies.'
              )}
            </p>
          </Stack>
        </Card>
      </Split>
      {method.sources.length > 0 && <Sources method={method} />}
      <Margins canEdit={canEdit} />
    </Stack>
  );
}

function Waiting({ method, curve }: { method: Method; curve: Curve }) {
  const format = useFormat();
  const bars = useMemo(
    () =>
      method.minutes.map((minutes, at) => ({
        label: duration(minutes),
        value: (curve.leftPercent[at] ?? 0) / 100,
        line: (method.published.leftPercent[at] ?? 0) / 100,
      })),
    [method, curve],
  );
  const percent = useMemo(() => (value: number) => format.percent(value, 0), [format]);
  return (
    <BarsAndLine
      label="Share of the chance that is left, by how long a lead waited"
      bars={bars}
      format={percent}
      valueName={curve.leads > 0 ? `Learnt from ${curve.leads} leads` : 'As published'}
      lineName="Published"
    />
  );
}

const after = (method: Method, minutes: number) => (row: Curve) => row.leftPercent[method.minutes.indexOf(minutes)] ?? 0;

function Sources({ method }: { method: Method }) {
  const left = (label: string, minutes: number) => ({
    key: label,
    label,
    align: 'end' as const,
    sort: after(method, minutes),
    render: (row: Curve) => `${after(method, minutes)(row)}%`,
  });
  return (
    <Card title="By source" side="of a hot lead’s chance">
      <DataTable
        caption="What waiting takes, by source"
        rows={method.sources}
        rowKey={(row) => row.sourceId}
        columns={[
          { key: 'source', label: 'Source', sort: (row) => row.sourceName, render: (row) => row.sourceName },
          { key: 'leads', label: 'Leads', align: 'end', sort: (row) => row.leads, render: (row) => row.leads },
          { key: 'good', label: 'Good', align: 'end', sort: (row) => row.good, render: (row) => row.good },
          left('Left after 30 min', 30),
          left('4 hours', 240),
          left('a day', 1440),
          {
            key: 'half',
            label: 'Half gone after',
            align: 'end',
            sort: (row) => row.halvesAfterMinutes ?? Number.MAX_SAFE_INTEGER,
            render: (row) => (row.halvesAfterMinutes === null ? 'never' : duration(row.halvesAfterMinutes)),
          },
          {
            key: 'own',
            label: 'Own history',
            align: 'end',
            sort: (row) => row.ownPercent,
            render: (row) => `${row.ownPercent}%`,
            hint: 'How much of the curve is this source’s own history; the rest is lent by the company and by what is published.',
          },
        ]}
      />
    </Card>
  );
}
