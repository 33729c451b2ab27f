import { Button } from '@mantine/core';
import { useApi, usePages, useSend } from '../../api/hooks.ts';
import type { Answer } from '../../api/contract.ts';
import { may, useSession } from '../../api/session.ts';
import { href, useFilters, useParam } from '../../shell/address.ts';
import { Lines } from '../../ui/chart/index.tsx';
import { plural, useFormat } from '../../ui/format.ts';
import {
  A,
  Card,
  Chip,
  DataTable,
  ErrorNote,
  Note,
  RecordPage,
  Row,
  Stack,
  Stat,
  Stats,
  When,
} from '../../ui/index.tsx';
import { DryJob } from './DryJob.tsx';

type Result = NonNullable<Answer<'GET /v1/routing/simulations/:id'>['result']>;

const back = { to: '/routing', label: 'Routing rules' };
const cameWords = {
  placed: '',
  person: 'left to a person',
  waits: 'waited to the end',
  nowhere: 'nobody is there for it',
  open: 'open to all of the pool',
} as const;

/** A dry run: who would have had what, how the load falls, and what is left over. */
export default function SimulationPage() {
  const id = useParam('id');
  const format = useFormat();
  const canStop = may(useSession(), ['marketing', 'sales_manager']);
  const answer = useApi('GET /v1/routing/simulations/:id', { params: { id } }, { live: ['job'], keep: false });
  const stop = useSend('POST /v1/routing/simulations/:id/stop', { stale: ['/v1/routing/simulations'] });
  const one = answer.data;
  if (!one) return <RecordPage back={back} waiting={answer} rows={8} />;
  return (
    <DryJob
      back={back}
      title="Dry run"
      question={`Who would have had the leads of ${format.date(one.fromAt)} to ${format.date(one.untilAt)} by ${one.count} ${plural(one.count, 'rule')}?`}
      job={one}
      note="leads dealt"
      canStop={canStop}
      stop={{ ...stop, mutate: () => stop.mutate({ params: { id } }) }}
    >
      {one.result && <Found id={id} result={one.result} />}
    </DryJob>
  );
}

function Found({ id, result }: { id: string; result: Result }) {
  const format = useFormat();
  const [filters, setFilters] = useFilters();
  const here = (query: Record<string, string | undefined>) => href(`/routing/${id}`, query);
  const { ends } = result;
  const share = (part: number) => (result.leads === 0 ? '–' : format.percent(part / result.leads));
  return (
    <Stack>
      <Stats>
        <Stat label="Leads dealt" value={format.number(result.leads)} note={`${share(ends.placed)} had somebody`} />
        <Stat
          label="With somebody else"
          value={result.compared === 0 ? '–' : format.percent(result.elsewhere / result.compared)}
          note={`than in truth, of ${format.number(result.compared)} that had one both times`}
          to={result.elsewhere > 0 ? here({ moved: 'true' }) : undefined}
        />
        <Stat
          label="Nobody is there"
          value={format.number(ends.nowhere)}
          tone={ends.nowhere > 0 ? 'bad' : 'good'}
          note={`${format.number(ends.waits)} waited to the end, ${format.number(ends.person)} left to a person`}
          to={ends.nowhere > 0 ? here({ came: 'nowhere' }) : undefined}
        />
        <Stat
          label="Had to wait"
          value={format.number(result.waited.leads)}
          note={
            result.waited.leads === 0
              ? 'all others were given at once'
              : `half of them ${format.number(Math.round(result.waited.medianHours))} hours or more`
          }
        />
        <Stat
          label="Unevenness"
          value={result.uneven.now.toFixed(2)}
          note={`${result.uneven.was.toFixed(2)} in truth; 0: all alike, 1: one has all`}
        />
      </Stats>
      {result.weeks.length > 1 && (
        <Card title="Leads a week">
          <Lines
            label="Leads a week: came, given by these rules, given in truth"
            steps={result.weeks.map((week) => week.week)}
            lines={[
              { name: 'came', tone: 'bad', values: result.weeks.map((week) => week.leads) },
              { name: 'given by these rules', tone: 'cold', values: result.weeks.map((week) => week.placed) },
              { name: 'given in truth', tone: 'warm', values: result.weeks.map((week) => week.was) },
            ]}
            format={(value) => format.number(Math.round(value))}
          />
        </Card>
      )}
      {result.idle.length > 0 && (
        <Note>
          Took nothing: <b>{result.idle.map((rule) => rule.name).join(', ')}</b>
        </Note>
      )}
      <Card title="By holder" flush>
        <DataTable
          caption="Leads by holder"
          rows={result.loads}
          rowKey={(row) => row.holderId}
          columns={[
            { key: 'name', label: 'Holder', render: (row) => <A to={`/holders/${row.holderId}`}>{row.name}</A> },
            {
              key: 'leads',
              label: 'Would have had',
              align: 'end',
              sort: (row) => row.leads,
              render: (row) => format.number(row.leads),
              to: (row) => (row.leads > 0 ? here({ holderId: row.holderId }) : undefined),
            },
            { key: 'was', label: 'Had', align: 'end', sort: (row) => row.was, render: (row) => format.number(row.was) },
            { key: 'hot', label: 'Hot', align: 'end', render: (row) => format.number(row.hot) },
            { key: 'warm', label: 'Warm', align: 'end', render: (row) => format.number(row.warm) },
            { key: 'cold', label: 'Cold', align: 'end', render: (row) => format.number(row.cold) },
            {
              key: 'week',
              label: 'Most in a week',
              align: 'end',
              sort: (row) => row.weekMost,
              render: (row) => format.number(row.weekMost),
            },
          ]}
        />
      </Card>
      {result.rules.length > 0 && (
        <Card title="By rule" flush>
          <DataTable
            caption="Leads by rule"
            rows={result.rules}
            rowKey={(row) => row.ruleId}
            columns={[
              { key: 'name', label: 'Rule', render: (row) => row.name },
              {
                key: 'leads',
                label: 'Leads',
                align: 'end',
                render: (row) => format.number(row.leads),
                to: (row) => here({ ruleId: row.ruleId }),
              },
              { key: 'share', label: 'Share', align: 'end', render: (row) => share(row.leads) },
            ]}
          />
        </Card>
      )}
      <Behind
        id={id}
        filters={filters}
        clear={() => setFilters({ holderId: undefined, ruleId: undefined, came: undefined, moved: undefined })}
      />
    </Stack>
  );
}

function Behind({ id, filters, clear }: { id: string; filters: Record<string, string | undefined>; clear: () => void }) {
  const format = useFormat();
  const { holderId, ruleId, came, moved } = filters;
  const isNarrow = [holderId, ruleId, came, moved].some(Boolean);
  const pages = usePages(
    'GET /v1/routing/simulations/:id/leads',
    { params: { id }, query: { holderId, ruleId, came, moved } },
    { limit: 50 },
  );
  return (
    <Card title="The leads" side={isNarrow && <Chip onClick={clear}>Show all</Chip>} flush id="leads">
      <ErrorNote error={pages.error} />
      <DataTable
        caption="What came of each lead"
        rows={pages.rows}
        rowKey={(row) => row.leadId}
        columns={[
          { key: 'name', label: 'Lead', render: (row) => <A to={`/leads/${row.leadId}`}>{row.name ?? format.date(row.at)}</A> },
          { key: 'at', label: 'Came', render: (row) => <When at={row.at} /> },
          { key: 'holder', label: 'Would have had it', render: (row) => row.holder ?? <span className="dim">{cameWords[row.came]}</span> },
          { key: 'was', label: 'Had it', render: (row) => row.was ?? <span className="dim">nobody yet</span> },
          { key: 'why', label: 'Why', render: (row) => <span className="dim">{[row.rule, row.because].filter(Boolean).join(': ')}</span> },
        ]}
      />
      {pages.hasMore && (
        <Row end>
          <Button variant="default" size="xs" m="sm" loading={pages.isFetching} onClick={pages.more}>
            More
          </Button>
        </Row>
      )}
    </Card>
  );
}
