import { Button } from '@mantine/core';
import { useApi } from '../../api/hooks.ts';
import { may, useSession } from '../../api/session.ts';
import { useFormat } from '../../ui/format.ts';
import { A, Card, DataTable, ErrorNote, Note, Skeleton, Stack, Stat, Stats, When } from '../../ui/index.tsx';
import { SettingsFrame } from './SettingsFrame.tsx';

const checks = { chain: 'The chain of facts', custody: 'One holder per lead', conservation: 'Received = what became of them' };
const words = (fate: string) => fate.replace(/([A-Z_])/g, (letter) => ` ${letter.replace('_', '').toLowerCase()}`);

/** The record proves itself: nothing changed afterwards, every open lead has one holder, every inquiry is somewhere. */
export default function Proof() {
  const format = useFormat();
  const proof = useApi('GET /v1/verify', undefined, { staleTime: Infinity, keep: false });
  const parked = useApi('GET /v1/facts/parked', undefined, { enabled: may(useSession(), ['marketing', 'management']) });
  const data = proof.data;
  const stuck = parked.data?.items ?? [];
  return (
    <SettingsFrame>
      <Stack>
        <ErrorNote error={proof.error} retry={() => void proof.refetch()} />
        {stuck.length > 0 && (
          <Note tone="bad">
            <b className="strong">{format.number(stuck.length)} facts could not be digested.</b> Each waits here until its cause is mended;
            nothing after it is lost.
            <ul style={{ marginTop: 8, display: 'grid', gap: 4 }}>
              {stuck.slice(0, 20).map((one) => (
                <li key={`${one.subscriber}-${one.factId}`}>
                  <b className="strong">{one.subscriber}</b> {one.problem} <When at={one.parkedAt} />
                </li>
              ))}
            </ul>
          </Note>
        )}
        {proof.isFetching && !data ? (
          <Card title="Checking the whole record">
            <div aria-busy="true">
              <Skeleton height={60} />
            </div>
          </Card>
        ) : (
          data && (
            <>
              <Note tone={data.holds ? 'good' : 'bad'}>
                <span style={{ display: 'flex', justifyContent: 'space-between', gap: 12, alignItems: 'center', flexWrap: 'wrap' }}>
                  <span>
                    <b className="strong">{data.holds ? 'The record holds.' : 'The record does not hold: each break is named below.'}</b>{' '}
                    <span className="dim">
                      Checked <When at={data.checkedAt} /> in {(data.milliseconds / 1000).toFixed(1)} s
                    </span>
                  </span>
                  <Button variant="default" size="xs" loading={proof.isFetching} onClick={() => void proof.refetch()}>
                    Check again
                  </Button>
                </span>
              </Note>
              <Stats>
                <Stat
                  label="Facts, chained"
                  value={format.number(data.chain.facts)}
                  note={`${format.number(data.chain.chains)} receipts and subjects`}
                  tone={data.chain.broken ? 'bad' : undefined}
                />
                <Stat
                  label="Open leads"
                  value={format.number(data.custody.openLeads)}
                  note="each with exactly one holder"
                  tone={data.custody.broken ? 'bad' : undefined}
                />
                <Stat
                  label="Received"
                  value={format.number(data.conservation.received)}
                  note={`sum of fates ${format.number(data.conservation.sum)}`}
                  tone={data.conservation.broken ? 'bad' : undefined}
                />
                <Stat
                  label="Broken"
                  value={format.number(data.chain.broken + data.custody.broken + data.conservation.broken)}
                  tone={data.holds ? 'good' : 'bad'}
                  note={stuck.length > 0 ? `${stuck.length} parked facts` : 'no parked facts'}
                />
              </Stats>
              <Card title="Where every inquiry is" flush>
                <DataTable
                  caption="Fates"
                  rows={Object.entries(data.conservation.fates)}
                  rowKey={([fate]) => fate}
                  columns={[
                    { key: 'fate', label: 'Fate', render: ([fate]) => words(fate), total: 'Together' },
                    {
                      key: 'count',
                      label: 'Inquiries',
                      align: 'end',
                      render: ([, count]) => format.number(count),
                      sort: ([, count]) => count,
                      total: format.number(data.conservation.sum),
                    },
                  ]}
                  sortBy="count"
                />
              </Card>
              {data.breaks.length > 0 && (
                <Card title="Breaks" flush>
                  <DataTable
                    caption="Breaks"
                    rows={data.breaks}
                    rowKey={(_one, at) => String(at)}
                    columns={[
                      { key: 'check', label: 'Check', render: (one) => checks[one.check] },
                      {
                        key: 'receipt',
                        label: 'Receipt',
                        render: (one) => (one.receipt ? <A to={`/inquiries/${one.receipt}`}>{one.receipt}</A> : (one.subjectId ?? '')),
                      },
                      { key: 'sentence', label: 'What is wrong', render: (one) => one.sentence },
                    ]}
                  />
                </Card>
              )}
            </>
          )
        )}
      </Stack>
    </SettingsFrame>
  );
}
