import { useState } from 'react';
import { useApi, useSend } from '../../api/hooks.ts';
import { useHolders } from '../../api/options.ts';
import { useParam } from '../../shell/address.ts';
import { BulkOutcome, bulkStates } from '../../ui/BulkOutcome.tsx';
import { plural, useFormat } from '../../ui/format.ts';
import { Badge, PageTitle, RecordPage } from '../../ui/index.tsx';
import { leadChangeSentence } from './lead-change-words.ts';

const back = { to: '/lead-changes', label: 'Changes of many leads' };
const stale = ['/v1/lead-changes', '/v1/leads', '/v1/holders', '/v1/queue', '/v1/nurture'];

export default function LeadChangeRun() {
  const id = useParam('id');
  const format = useFormat();
  const holders = useHolders();
  const answer = useApi('GET /v1/lead-changes/:id', { params: { id } }, { live: ['job'], keep: false });
  const [asks, setAsks] = useState(false);
  const stop = useSend('POST /v1/lead-changes/:id/cancel', { stale });
  const undo = useSend('POST /v1/lead-changes/:id/undo', { stale, done: () => setAsks(false) });
  if (!answer.data) return <RecordPage back={back} waiting={answer} rows={4} />;
  const run = answer.data;
  return (
    <RecordPage back={back}>
      <PageTitle
        title={<>{leadChangeSentence(run.action, (one) => holders.find(({ value }) => value === one)?.label)} <Badge tone={bulkStates[run.state].tone}>{bulkStates[run.state].label}</Badge></>}
        question={`${format.number(run.total)} ${plural(run.total, 'lead')}, by ${run.madeBy}`}
      />
      <BulkOutcome
        run={run}
        refused={run.refused}
        asks={asks}
        isBusy={stop.isPending || undo.isPending}
        error={stop.error ?? undo.error}
        mayOverwrite={false}
        stop={() => stop.mutate({ params: { id } })}
        take={(changedSince) => undo.mutate({ params: { id }, body: changedSince ? { changedSince: 'keep' } : {} }, { onError: (problem) => setAsks(problem.problem?.code === 'bulk/changed-since') })}
      />
    </RecordPage>
  );
}
