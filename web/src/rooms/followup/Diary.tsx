import { Button, Select } from '@mantine/core';
import { useApi, useSend } from '../../api/hooks.ts';
import { Card, ConfirmButton, CopyField, ErrorNote, Page, PageTitle, Row, SkeletonRows, Split, Stack, toast } from '../../ui/index.tsx';

const hours = Array.from({ length: 24 }, (_, hour) => ({ value: String(hour), label: `${String(hour).padStart(2, '0')}:00` }));

/** How am I told of my day outside of Baton? */
export default function Diary() {
  const answer = useApi('GET /v1/diary');
  const stale = ['/v1/diary'];
  const open = useSend('POST /v1/diary/calendar', { stale });
  const shut = useSend('DELETE /v1/diary/calendar', { stale, done: () => toast({ message: 'The address opens nothing any more.' }) });
  const plan = useSend('PUT /v1/diary/plan', { stale, done: () => toast({ message: 'Saved.', tone: 'good' }) });
  const diary = answer.data;
  return (
    <Page>
      <PageTitle title="My calendar and mail" question="How am I told of my day outside of Baton?" />
      {!diary ? (
        answer.error ? (
          <ErrorNote error={answer.error} retry={() => void answer.refetch()} />
        ) : (
          <SkeletonRows rows={4} />
        )
      ) : (
        <Split even>
          <Card title="My next actions in my calendar">
            <Stack>
              <p>
                Subscribe to this address in your calendar program: every next action with a day stands there, with whom and a way to the lead. It looks again by itself, most programs within some hours.
              </p>
              {diary.calendarUrl && <CopyField label="Calendar address" value={diary.calendarUrl} />}
              <ErrorNote error={open.error ?? shut.error} />
              <Row>
                {diary.calendarUrl ? (
                  <>
                    <ConfirmButton
                      sentence="The address of now opens nothing any more; subscribe to the new one."
                      confirm="Another address"
                      onConfirm={() => open.mutate({ body: {} })}
                    >
                      Another address
                    </ConfirmButton>
                    <ConfirmButton sentence="Whoever subscribed sees nothing new any more." confirm="Take it back" onConfirm={() => shut.mutate({})}>
                      Take it back
                    </ConfirmButton>
                  </>
                ) : (
                  <Button loading={open.isPending} onClick={() => open.mutate({ body: {} })}>
                    Make my calendar’s address
                  </Button>
                )}
              </Row>
              <p className="dim">Whoever knows the address reads your next actions and the names of the people behind them. Share it with nobody.</p>
            </Stack>
          </Card>
          <Card title="My day by mail">
            <Stack>
              <p>What waits for you, what is due today and what is overdue, on working days. Nothing to do is no mail.</p>
              <Select
                label="At"
                placeholder="Not by mail"
                clearable
                data={hours}
                value={diary.planHour === null ? null : String(diary.planHour)}
                disabled={plan.isPending}
                onChange={(hour) => plan.mutate({ body: { planHour: hour === null ? null : Number(hour) } })}
                style={{ maxWidth: 200 }}
              />
              <ErrorNote error={plan.error} />
            </Stack>
          </Card>
        </Split>
      )}
    </Page>
  );
}
