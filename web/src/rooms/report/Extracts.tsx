import { Button, Checkbox, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import type { Item } from '../../api/contract.ts';
import { useApi, useSend } from '../../api/hooks.ts';
import { Badge, Card, DataTable, EmptyState, ErrorNote, Icon, Page, PageTitle, Progress, Row, SkeletonRows, Split, Stack, When } from '../../ui/index.tsx';
import { bytes, plural, useFormat } from '../../ui/format.ts';
import css from './extracts.module.css';

type Extract = Item<'GET /v1/extracts'>;
const looks = {
  waiting: { label: 'Waiting', tone: 'quiet' },
  running: { label: 'Being made', tone: 'action' },
  finished: { label: 'Ready', tone: 'sale' },
  failed: { label: 'Failed', tone: 'bad' },
  cancelled: { label: 'Stopped', tone: 'cold' },
  removed: { label: 'Files gone', tone: 'cold' },
} as const;
const isMoving = ({ state }: Extract): boolean => state === 'waiting' || state === 'running';

/** Everything in files, for a warehouse or a spreadsheet: whole, or what changed since the last time. */
export default function Extracts() {
  const answer = useApi('GET /v1/extracts', undefined, { live: ['job'] });
  const items = answer.data?.items ?? [];
  return (
    <Page>
      <PageTitle title="Extracts" question="How does everything in here get into our warehouse?" />
      <Split>
        <Stack>
          <ErrorNote error={answer.error} retry={() => void answer.refetch()} />
          {answer.isLoading ? (
            <Card>
              <SkeletonRows rows={4} />
            </Card>
          ) : items.length === 0 ? (
            !answer.error && (
              <Card>
                <EmptyState title="No extract yet">
                  An extract writes people, organizations, inquiries, leads, sales and facts into files, all as of one moment. The first is whole; later ones can hold just what changed, with what is
                  gone.
                </EmptyState>
              </Card>
            )
          ) : (
            items.map((one) => <OneExtract key={one.id} one={one} />)
          )}
        </Stack>
        <NewExtract last={items.find(({ state }) => state === 'finished' || state === 'removed')} moving={items.some(isMoving)} />
      </Split>
    </Page>
  );
}

function OneExtract({ one }: { one: Extract }) {
  const format = useFormat();
  const stop = useSend('POST /v1/extracts/:id/cancel', { stale: ['/v1/extracts'] });
  const rows = one.files.reduce((sum, file) => sum + file.rows, 0);
  const deleted = one.files.reduce((sum, file) => sum + file.deleted, 0);
  const size = one.files.reduce((sum, file) => sum + file.bytes, 0);
  return (
    <Card
      title={`Extract ${one.number}`}
      side={
        <Row>
          <Badge tone={looks[one.state].tone}>{looks[one.state].label}</Badge>
          <When at={one.finishedAt ?? one.askedAt} />
        </Row>
      }
    >
      <Stack gap={10}>
        <span className="dim">
          {one.since === null ? 'Whole' : `Changes since extract ${one.since}`}, {one.datasets.length} {plural(one.datasets.length, 'dataset')} as {one.format === 'csv' ? 'CSV' : 'Parquet'}
          {one.askedBy && `, by ${one.askedBy}`}
        </span>
        <ErrorNote error={stop.error} />
        {one.problem && <ErrorNote error={new Error(one.problem)} />}
        {isMoving(one) && (
          <Row>
            <div style={{ flex: 1 }}>
              <Progress done={one.progress?.done ?? 0} total={one.progress?.total ?? one.datasets.length} note={one.progress?.note?.replaceAll('_', ' ')} />
            </div>
            <Button variant="default" size="xs" loading={stop.isPending} onClick={() => stop.mutate({ params: { id: one.id } })}>
              Stop
            </Button>
          </Row>
        )}
        {one.state === 'finished' && (
          <details className={css.files}>
            <summary>
              {one.files.length} {plural(one.files.length, 'file')}, {format.number(rows)} {plural(rows, 'row')}
              {deleted > 0 && `, ${format.number(deleted)} gone`}, {bytes(size)}
            </summary>
            <DataTable
              caption={`Files of extract ${one.number}`}
              rows={one.files}
              rowKey={(file) => file.name}
              columns={[
                {
                  key: 'file',
                  label: 'File',
                  render: (file) => (
                    <a href={`/v1/extracts/${one.id}/files/${file.name}`} download className={css.file}>
                      <Icon name="download" size={14} /> {file.name}
                    </a>
                  ),
                },
                { key: 'rows', label: 'Rows', align: 'end', render: (file) => format.number(file.rows) },
                ...(one.since === null ? [] : [{ key: 'gone', label: 'Gone', align: 'end' as const, render: (file: Extract['files'][number]) => format.number(file.deleted) }]),
                { key: 'size', label: 'Size', align: 'end', render: (file) => bytes(file.bytes) },
              ]}
            />
          </details>
        )}
      </Stack>
    </Card>
  );
}

function NewExtract({ last, moving }: { last: Extract | undefined; moving: boolean }) {
  const known = useApi('GET /v1/extracts/datasets');
  const [left, setLeft] = useState<string[]>([]);
  const [form, setForm] = useState<'parquet' | 'csv'>('parquet');
  const [what, setWhat] = useState<'whole' | 'changes'>('whole');
  const make = useSend('POST /v1/extracts', { stale: ['/v1/extracts'] });
  const datasets = known.data?.items ?? [];
  const changes = what === 'changes' && last !== undefined;
  // What changed can be told of what the last one held.
  const offered = changes ? datasets.filter(({ name }) => last.datasets.includes(name)) : datasets;
  const chosen = offered.filter(({ name }) => !left.includes(name)).map(({ name }) => name);
  const send = () => make.mutate({ body: { datasets: chosen, format: form, ...(changes ? { since: last.number } : {}) } });
  return (
    <Card title="Make an extract">
      <Stack>
        {last && (
          <SegmentedControl
            fullWidth
            aria-label="How much"
            value={what}
            onChange={(value) => setWhat(value)}
            data={[
              { value: 'whole', label: 'Whole' },
              { value: 'changes', label: `Changes since ${last.number}` },
            ]}
          />
        )}
        <SegmentedControl
          fullWidth
          aria-label="Form of the files"
          value={form}
          onChange={(value) => setForm(value)}
          data={[
            { value: 'parquet', label: 'Parquet' },
            { value: 'csv', label: 'CSV' },
          ]}
        />
        <ErrorNote error={known.error ?? make.error} />
        <Button onClick={send} disabled={moving || chosen.length === 0} loading={make.isPending}>
          Make the extract
        </Button>
        <span className="dim">
          {moving ? 'One at a time: another is being made.' : 'The files hold names, addresses and messages: keep them as safe as this house does. Who took which is in the audit.'}
        </span>
        <details className={css.files}>
          <summary>
            {chosen.length} {plural(chosen.length, 'dataset')}
          </summary>
          <fieldset className={css.datasets}>
            <legend className="dim">One row per …</legend>
            {offered.map((one) => (
              <Checkbox
                key={one.name}
                size="xs"
                label={one.name.replaceAll('_', ' ')}
                description={one.what}
                checked={!left.includes(one.name)}
                onChange={({ currentTarget: { checked } }) => setLeft(checked ? left.filter((name) => name !== one.name) : [...left, one.name])}
              />
            ))}
          </fieldset>
        </details>
      </Stack>
    </Card>
  );
}
