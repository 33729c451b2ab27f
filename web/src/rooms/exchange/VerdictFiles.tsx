import { Button, FileButton } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { send, type ApiProblem } from '../../api/client.ts';
import type { Answer } from '../../api/contract.ts';
import { forget, useApi, useSend } from '../../api/hooks.ts';
import { Badge, Card, Chip, ConfirmButton, DataTable, ErrorNote, Note, Row, Split, Stack, When, toast } from '../../ui/index.tsx';
import { useFormat } from '../../ui/format.ts';
import css from './exchange.module.css';

type Brought = Answer<'POST /v1/exchange/files'>;
type VerdictFile = Answer<'GET /v1/exchange/files'>['items'][number];
const stale = ['/v1/exchange', '/v1/leads', '/v1/queue'];
const isGoing = ({ status }: VerdictFile) => status === 'waiting' || status === 'running' || status === 'undoing';

/** Leads out and verdicts in with a spreadsheet: take the list, fill it in, bring it back, look, and only then do it. */
export function VerdictFiles() {
  const client = useQueryClient();
  const answer = useApi('GET /v1/exchange/files', undefined, { live: ['import'] });
  const items = answer.data?.items ?? [];
  useApi('GET /v1/exchange/files', undefined, { enabled: items.some(isGoing), refetchInterval: items.some(isGoing) ? 1500 : false });
  const bring = useMutation<Brought, ApiProblem, File>({
    mutationFn: async (file) => {
      const form = new FormData();
      form.append('file', file);
      return (await (await send('POST', '/v1/exchange/files', form)).json()) as Brought;
    },
    onSuccess: () => forget(client, ['/v1/exchange/files']),
  });
  const start = useSend('POST /v1/exchange/files/:id/start', {
    stale,
    done: ({ fileName }) => {
      bring.reset();
      toast({ message: `The verdicts of ${fileName} are being given.`, tone: 'good' });
    },
  });
  const done = items.filter(({ status }) => status !== 'analysed');
  return (
    <Stack>
      <Beside second={bring.data && <Preview brought={bring.data} doIt={() => start.mutate({ params: { id: bring.data.file.id } })} isPending={start.isPending} error={start.error} close={() => bring.reset()} />}>
        <Card title="With a spreadsheet" quiet>
          <ol className={css.steps}>
            <li data-prose>
              <a href="/v1/exchange/leads.csv" download>
                Take the list of your open leads
              </a>
              .
            </li>
            <li>Fill in the verdict of each: hot, warm, bad, sale or don’t know, in your language. For a sale its value, for bad why. Leave the first column as it is.</li>
            <li>Bring it back. You see what it would do before anything is done, and a file can be taken back as a whole.</li>
          </ol>
          <div style={{ marginTop: 12 }}>
            <FileButton onChange={(file) => file && bring.mutate(file)} accept=".csv,.xlsx,text/csv">
              {(props) => (
                <Button {...props} variant="default" loading={bring.isPending}>
                  Bring a file back
                </Button>
              )}
            </FileButton>
          </div>
          <ErrorNote error={bring.error ?? answer.error} />
        </Card>
      </Beside>
      {done.length > 0 && <FilesBrought files={done} />}
    </Stack>
  );
}

const Beside = ({ children, second }: { children: ReactNode; second: ReactNode }) =>
  second ? (
    <Split even>
      {children}
      {second}
    </Split>
  ) : (
    children
  );

function Preview({ brought, doIt, isPending, error, close }: { brought: Brought; doIt: () => void; isPending: boolean; error: ApiProblem | null; close: () => void }) {
  const format = useFormat();
  const { outcomes, would, problems, rows } = brought;
  const gives = outcomes.new + outcomes.updated;
  return (
    <Card title={`What ${brought.file.fileName} would do`}>
      <Stack gap={10}>
        <span>
          {format.number(rows)} {rows === 1 ? 'row' : 'rows'} read: {format.number(gives)} {gives === 1 ? 'verdict' : 'verdicts'} to give, {format.number(outcomes.matched)} known already, {format.number(outcomes.skipped)} without a verdict.
        </span>
        {would.length > 0 && (
          <ul className={css.would}>
            {would.map((one) => (
              <li key={one.what}>
                <b className="num">{format.number(one.count)}</b> {one.what}
                {one.samples.length > 0 && <span className="dim"> · {one.samples.join(', ')}</span>}
              </li>
            ))}
          </ul>
        )}
        {problems.length > 0 && (
          <Note tone="warn">
            <ul className={css.would}>
              {problems.map((one) => (
                <li key={one.example}>
                  <b className="num">{format.number(one.count)}</b> × {one.example}
                </li>
              ))}
            </ul>
          </Note>
        )}
        <ErrorNote error={error} />
        <Row end>
          <Button variant="default" onClick={close}>
            Leave it
          </Button>
          <Button onClick={doIt} loading={isPending} disabled={gives === 0}>
            Give these verdicts
          </Button>
        </Row>
      </Stack>
    </Card>
  );
}

const words: Record<VerdictFile['status'], { label: string; tone: 'sale' | 'quiet' | 'hot' | 'action' }> = {
  analysed: { label: 'Looked at', tone: 'quiet' },
  waiting: { label: 'Waiting', tone: 'action' },
  running: { label: 'Under way', tone: 'action' },
  paused: { label: 'Paused', tone: 'quiet' },
  finished: { label: 'Done', tone: 'sale' },
  cancelled: { label: 'Stopped', tone: 'quiet' },
  failed: { label: 'Failed', tone: 'hot' },
  undoing: { label: 'Taking back', tone: 'action' },
  undone: { label: 'Taken back', tone: 'quiet' },
};

function FilesBrought({ files }: { files: VerdictFile[] }) {
  const undo = useSend('POST /v1/exchange/files/:id/undo', { stale });
  return (
    <Card title="Files you brought" flush>
      <ErrorNote error={undo.error} />
      <DataTable
        caption="Files you brought"
        rows={files}
        rowKey={(one) => one.id}
        columns={[
          { key: 'file', label: 'File', render: (one) => one.fileName },
          { key: 'when', label: 'Brought', render: (one) => <When at={one.createdAt} /> },
          { key: 'given', label: 'Verdicts', align: 'end', render: (one) => one.counts.new + one.counts.updated },
          { key: 'not', label: 'Not taken', align: 'end', render: (one) => <NotTaken file={one} /> },
          { key: 'state', label: 'State', render: (one) => <Badge tone={words[one.status].tone}>{words[one.status].label}</Badge> },
          {
            key: 'do',
            label: '',
            align: 'end',
            render: (one) =>
              (one.status === 'finished' || one.status === 'cancelled') && (
                <ConfirmButton size="compact-xs" confirm="Take it back" sentence={`The verdicts of ${one.fileName} are taken back. What was judged anew since stays.`} onConfirm={() => undo.mutate({ params: { id: one.id } })}>
                  Take back
                </ConfirmButton>
              ),
          },
        ]}
      />
    </Card>
  );
}

/** How many rows could not be taken; on a press, why. */
function NotTaken({ file }: { file: VerdictFile }) {
  const format = useFormat();
  const problems = useApi('GET /v1/exchange/files/:id', { params: { id: file.id } }, { enabled: false });
  if (file.counts.problem === 0) return <span className="dim">0</span>;
  return (
    <Stack gap={4}>
      <span>
        <Chip onClick={() => void problems.refetch()}>{format.number(file.counts.problem)}: why?</Chip>
      </span>
      {problems.data && (
        <ul className={css.would}>
          {problems.data.problems.map((one) => (
            <li key={one.row}>
              Row {one.row}: {one.sentence}
            </li>
          ))}
        </ul>
      )}
    </Stack>
  );
}
