import { Button } from '@mantine/core';
import { useApi, usePages, useSend } from '../../api/hooks.ts';
import type { Item } from '../../api/contract.ts';
import { may, useSession } from '../../api/session.ts';
import { useGo, useParam } from '../../shell/address.ts';
import { A, Badge, Card, Chip, ConfirmButton, Count, DataTable, ErrorNote, Money, Note, PageTitle, RecordPage, Row, Stack, Stat, Stats, toast } from '../../ui/index.tsx';
import { plural, useFormat } from '../../ui/format.ts';
import { waysOf } from './Append.tsx';
import { ReceiptState, whyUnused } from './append-words.tsx';
import { Evidence } from './Evidence.tsx';
import css from './append.module.css';

type Doubt = Item<'GET /v1/append/doubts'>;

/** What one go at appending brought: whom it found, what it wrote, what it left and why, what it cost, and what is to be decided. */
export default function AppendRun() {
  const id = useParam('id');
  const go = useGo();
  const format = useFormat();
  const canAppend = may(useSession(), ['marketing']);
  const live = ['import', 'organization', 'person'];
  const answer = useApi('GET /v1/append/runs/:id', { params: { id } }, { live, keep: false });
  const doubts = usePages('GET /v1/append/doubts', { query: { runId: id } }, { limit: 20, live });
  const values = usePages('GET /v1/append/runs/:id/values', { params: { id } }, { limit: 50, live });
  const back = { to: '/append', label: 'Append' };
  if (!answer.data) return <RecordPage back={back} waiting={answer} rows={8} />;
  const one = answer.data;
  const noun = one.kind === 'person' ? plural(one.sure, 'person', 'people') : plural(one.sure, 'company', 'companies');
  return (
    <RecordPage back={back}>
      <PageTitle
        title={
          <>
            {one.fileName ?? one.provider} {one.undoneAt && <Badge tone="cold">Taken back</Badge>}
          </>
        }
        question={[one.fileName && one.provider, waysOf[one.way], `${format.when(one.startedAt)} by ${one.startedBy}`].filter(Boolean).join(' · ')}
        side={
          one.way === 'service' ? (
            canAppend && one.undoneAt === null && <UndoService id={one.id} />
          ) : (
            <Button variant="default" onClick={() => go(`/imports/${one.id}`)}>
              {one.undoneAt || !canAppend ? 'See the file' : 'See the file, or undo'}
            </Button>
          )
        }
      />
      <Stack>
        <Stats>
          <Stat label="Rows" value={format.number(one.given)} note={`${format.number(one.unknown)} about nobody known`} />
          <Stat label="Found" value={format.number(one.sure)} note={noun} />
          <Stat label="Values used" value={format.number(one.used)} note={`${format.number(one.unused)} not`} />
          <Stat label="Cost" value={<Money minor={one.costMinor} currency={one.currency} />} note={one.licenceUntil ? `kept until ${format.date(one.licenceUntil)}` : 'to keep'} />
        </Stats>
        {one.replace && <Note>This run was told to put its values in the place of what was known otherwise, but for what a person said.</Note>}
        {doubts.rows.length > 0 && (
          <Card title="Who is meant?" side={`${format.number(one.open)} ${plural(one.open, 'row')} to decide`}>
            <Stack>
              {doubts.rows.map((doubt) => (
                <Decide key={doubt.id} doubt={doubt} canAppend={canAppend} />
              ))}
              {doubts.hasMore && <Chip onClick={doubts.more}>Show more</Chip>}
            </Stack>
          </Card>
        )}
        {one.fields.length > 0 && (
          <Card title="Field by field" flush>
            <DataTable
              caption="What became of the values, field by field"
              rows={one.fields}
              rowKey={(field) => `${field.field} ${field.state} ${field.why}`}
              columns={[
                { key: 'field', label: 'Field', render: (field) => field.label },
                { key: 'state', label: 'Became', render: (field) => <ReceiptState state={field.state} /> },
                { key: 'why', label: 'Why', render: (field) => (field.why ? whyUnused[field.why] : '') },
                { key: 'count', label: 'Values', align: 'end', sort: (field) => field.count, render: (field) => <Count value={field.count} /> },
              ]}
            />
          </Card>
        )}
        {values.rows.length > 0 && (
          <Card title="Value by value">
            <ul className={css.receipts}>
              {values.rows.map((value) => (
                <li key={value.id}>
                  <div>
                    <A to={`/${value.kind === 'person' ? 'people' : 'organizations'}/${value.subjectId}`}>{value.subject}</A> · {value.label}{' '}
                    <b>{value.value ?? (value.state === 'expired' ? 'taken out' : 'nothing readable')}</b>
                    {value.replaced && <span className="dim"> instead of {value.replaced}</span>}
                    {value.why && <span className="dim"> · {whyUnused[value.why]}</span>}
                  </div>
                  <ReceiptState state={value.state} />
                </li>
              ))}
            </ul>
            {values.hasMore && <Chip onClick={values.more}>Show more</Chip>}
          </Card>
        )}
      </Stack>
    </RecordPage>
  );
}

/** The way back for what a service said; where somebody changed values since, it asks what becomes of that. */
function UndoService({ id }: { id: string }) {
  const undo = useSend('POST /v1/append/runs/:id/undo', { stale: ['/v1/'] });
  const asks = undo.error?.problem.code === 'identity/changed-since';
  if (!asks)
    return (
      <Stack gap={4}>
        <ConfirmButton sentence="What the service said is taken out again: each record is as before. What it cost stays paid." confirm="Undo the run" loading={undo.isPending} onConfirm={() => undo.mutate({ params: { id } })}>
          Undo the run
        </ConfirmButton>
        <ErrorNote error={undo.error} />
      </Stack>
    );
  return (
    <Stack gap={8}>
      <Note tone="warn">{undo.error?.message}</Note>
      <Row end>
        <Button variant="default" loading={undo.isPending} onClick={() => undo.mutate({ params: { id }, body: { changedSince: 'keep' } })}>
          Keep those changes
        </Button>
        <Button variant="default" loading={undo.isPending} onClick={() => undo.mutate({ params: { id }, body: { changedSince: 'overwrite' } })}>
          Put these back, too
        </Button>
      </Row>
    </Stack>
  );
}

function Decide({ doubt, canAppend }: { doubt: Doubt; canAppend: boolean }) {
  const send = useSend('POST /v1/append/doubts/:id/decide', {
    stale: ['/v1/append', '/v1/organizations', '/v1/people'],
    done: (answer) => toast({ message: answer.status === 'left' ? 'Left as it is.' : `${answer.used} ${plural(answer.used, 'value')} used.`, tone: 'good' }),
  });
  const decide = (subjectId: string | null) => send.mutate({ params: { id: doubt.id }, body: { subjectId } });
  return (
    <section className={css.doubt} aria-label={doubt.label}>
      <p>
        <b>{doubt.label}</b> <span className="dim">row {doubt.row} says {doubt.says.map(({ label, value }) => `${label} ${value ?? '?'}`).join(', ')}</span>
      </p>
      {doubt.candidates.map((one) => (
        <div key={one.id} className={css.candidate}>
          <div>
            <A to={`/${doubt.kind === 'person' ? 'people' : 'organizations'}/${one.id}`}>{one.name}</A>
            <Evidence evidence={one.evidence} total={one.weight} />
          </div>
          {canAppend && (
            <Button variant="default" size="xs" loading={send.isPending} onClick={() => decide(one.id)}>
              This one
            </Button>
          )}
        </div>
      ))}
      <ErrorNote error={send.error} />
      {canAppend && (
        <Row>
          <Chip onClick={() => decide(null)}>Nobody we know</Chip>
        </Row>
      )}
    </section>
  );
}
