import { Button } from '@mantine/core';
import { useApi, useSend } from '../../api/hooks.ts';
import { may, useSession } from '../../api/session.ts';
import { useFilters, useParam } from '../../shell/address.ts';
import { Card, ErrorNote, Note, PageTitle, RecordPage, Progress, Row, Stack, toast, A } from '../../ui/index.tsx';
import { bytes, duration, useFormat } from '../../ui/format.ts';
import { ImportColumns } from './ImportColumns.tsx';
import { ImportConsequences } from './ImportConsequences.tsx';
import { ImportResult } from './ImportResult.tsx';
import { ImportStatus, isMoving } from './import-status.tsx';
import { Steps } from './ImportSteps.tsx';
import { ListTerms } from './ListTerms.tsx';
import { useKinds } from './kinds.ts';

/** One import from file to result; which step is shown follows from how far it is. */
export default function ImportPage() {
  const id = useParam('id');
  const format = useFormat();
  const kinds = useKinds();
  const [{ step }] = useFilters();
  const canAct = may(useSession(), ['marketing']);
  const answer = useApi('GET /v1/imports/:id', { params: { id } }, { live: ['import', 'job'], keep: false });
  const moving = isMoving(answer.data?.status);
  useApi('GET /v1/imports/:id', { params: { id } }, { enabled: moving, refetchInterval: moving ? 700 : false, keep: false });
  const cancel = useSend('POST /v1/imports/:id/cancel', {
    stale: ['/v1/imports'],
    done: () => toast({ message: 'It stops after the rows at hand. What was taken in stays until you undo it.' }),
  });
  const pause = useSend('POST /v1/imports/:id/pause', { stale: ['/v1/imports'] });
  const goOn = useSend('POST /v1/imports/:id/start', { stale: ['/v1/imports'] });
  if (!answer.data) return <RecordPage back={{ to: '/imports', label: 'Imports' }} waiting={answer} rows={8} />;
  const one = answer.data;
  const at = one.status === 'analysed' ? (step === 'check' ? 2 : 1) : 3;
  const total = one.counts.rows || one.analysis?.rowsEstimate || null;
  return (
    <RecordPage back={{ to: '/imports', label: 'Imports' }}>
      <PageTitle
        title={
          <>
            {one.fileName} <ImportStatus status={one.status} />
          </>
        }
        question={[
          kinds.find((kind) => kind.kind === one.kind)?.label,
          bytes(one.fileBytes),
          `brought ${format.when(one.createdAt)}${one.createdBy ? ` by ${one.createdBy}` : ''}`,
        ]
          .filter(Boolean)
          .join(' · ')}
      />
      <Steps at={at} />
      <Stack>
        {one.sameFileAs && one.status === 'analysed' && (
          <Note tone="warn">
            The very same file was imported before, {format.when(one.sameFileAs.createdAt)} (
            <A to={`/imports/${one.sameFileAs.id}`}>see that import</A>). Bringing it in again makes no person twice, but counts inquiries
            again where rows have no number of their own.
          </Note>
        )}
        {one.fileErasedAt && (
          <Note>
            The file itself is not kept any more, since {format.date(one.fileErasedAt)}: somebody in it was erased, or it was kept long enough. What it brought in stays.
          </Note>
        )}
        {one.problem && <Note tone="bad">{one.problem}</Note>}
        {at < 3 && !canAct && <Note>Not started yet. Marketing can go on with it.</Note>}
        {at === 1 && canAct && <ImportColumns one={one} kinds={kinds} />}
        {at === 2 && canAct && <ImportConsequences one={one} />}
        {moving && (
          <Card
            title={
              one.status === 'undoing' ? 'Taking everything back' : one.status === 'waiting' ? 'Waiting for its turn' : 'Bringing it in'
            }
            side={[
              one.rowsPerSecond && `${format.number(one.rowsPerSecond)} rows a second`,
              one.secondsLeft !== null && `about ${one.secondsLeft < 60 ? `${one.secondsLeft} s` : duration(one.secondsLeft / 60)} left`,
            ]
              .filter(Boolean)
              .join(', ')}
          >
            <Stack gap={12}>
              <Progress done={one.rowsDone} total={total} note="Rows" />
              <Row between>
                <span className="dim">
                  You can leave this page; it goes on, and you get a mail when it is done. Stop keeps what was taken in so far.
                </span>
                {canAct && (one.status === 'running' || one.status === 'waiting') && (
                  <Row>
                    <Button variant="default" loading={pause.isPending} onClick={() => pause.mutate({ params: { id } })}>
                      Pause
                    </Button>
                    <Button variant="default" loading={cancel.isPending} onClick={() => cancel.mutate({ params: { id } })}>
                      Stop
                    </Button>
                  </Row>
                )}
              </Row>
              <ErrorNote error={cancel.error ?? pause.error} />
            </Stack>
          </Card>
        )}
        {one.status === 'paused' && (
          <Card title="Paused" side={`${format.number(one.rowsDone)} rows are in`}>
            <Stack gap={12}>
              <Progress done={one.rowsDone} total={total} note="Rows" />
              <Row between>
                <span className="dim">It goes on exactly where it stopped.</span>
                {canAct && (
                  <Row>
                    <Button variant="default" loading={cancel.isPending} onClick={() => cancel.mutate({ params: { id } })}>
                      Stop
                    </Button>
                    <Button loading={goOn.isPending} onClick={() => goOn.mutate({ params: { id } })}>
                      Go on
                    </Button>
                  </Row>
                )}
              </Row>
              <ErrorNote error={cancel.error ?? goOn.error} />
            </Stack>
          </Card>
        )}
        {at === 3 && <ImportResult one={one} canAct={canAct} />}
        {canAct && !moving && one.kind === 'inquiries' && one.status !== 'undone' && at === 3 && one.mends === null && (
          <ListTerms id={one.id} owner={one.settings.listOwner ?? null} costMinor={one.settings.listCostMinor ?? null} />
        )}
      </Stack>
    </RecordPage>
  );
}
