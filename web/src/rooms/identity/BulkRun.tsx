import { useState } from 'react';
import { useApi, useSend } from '../../api/hooks.ts';
import { useParam } from '../../shell/address.ts';
import { BulkOutcome, bulkStates } from '../../ui/BulkOutcome.tsx';
import { plural, useFormat } from '../../ui/format.ts';
import { Badge, PageTitle, RecordPage } from '../../ui/index.tsx';
import { bulkSentence } from './bulk-words.ts';

const back = { to: '/bulk', label: 'Changes of many' };
const stale = ['/v1/bulk', '/v1/people', '/v1/organizations', '/v1/quality'];

export default function BulkRun() {
  const id = useParam('id');
  const format = useFormat();
  const answer = useApi('GET /v1/bulk/:id', { params: { id } }, { live: ['job'], keep: false });
  const [asks, setAsks] = useState(false);
  const stop = useSend('POST /v1/bulk/:id/cancel', { stale });
  const undo = useSend('POST /v1/bulk/:id/undo', { stale, done: () => setAsks(false) });
  if (!answer.data) return <RecordPage back={back} waiting={answer} rows={4} />;
  const run = answer.data;
  return (
    <RecordPage back={back}>
      <PageTitle
        title={<>{bulkSentence(run)} <Badge tone={bulkStates[run.state].tone}>{bulkStates[run.state].label}</Badge></>}
        question={`${format.number(run.total)} ${run.subject === 'person' ? plural(run.total, 'person', 'people') : plural(run.total, 'company', 'companies')}, by ${run.madeBy}`}
      />
      <BulkOutcome
        run={run}
        asks={asks}
        isBusy={stop.isPending || undo.isPending}
        error={stop.error ?? undo.error}
        mayOverwrite
        stop={() => stop.mutate({ params: { id } })}
        take={(changedSince) => undo.mutate({ params: { id }, body: changedSince ? { changedSince } : {} }, { onError: (problem) => setAsks(problem.problem?.code === 'bulk/changed-since') })}
      />
    </RecordPage>
  );
}
