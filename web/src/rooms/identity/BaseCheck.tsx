import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { forget, useApi, useSend } from '../../api/hooks.ts';
import { may, useSession } from '../../api/session.ts';
import { plural, useFormat } from '../../ui/format.ts';
import { ErrorNote, Progress, Row, When } from '../../ui/index.tsx';
import type { DuplicateKind } from './duplicate-kinds.tsx';
import css from './identity.module.css';

/** When the whole base was last looked through for people or organizations that are one, what came of it, and the look that is under way. */
export function BaseCheck({ kind }: { kind: DuplicateKind }) {
  const format = useFormat();
  const session = useSession();
  const client = useQueryClient();
  const answer = useApi('GET /v1/duplicates/check', undefined, { live: ['job'] });
  const underWay = answer.data?.underWay;
  useApi('GET /v1/duplicates/check', undefined, { enabled: Boolean(underWay), refetchInterval: underWay ? 1000 : false });
  const send = useSend('POST /v1/duplicates/check', { done: () => forget(client, ['/v1/duplicates']) });
  const lastId = useRef<string | undefined>(undefined);
  const last = answer.data?.last;
  useEffect(() => {
    // what it found belongs on the lists that are open
    if (lastId.current !== undefined && last && last.id !== lastId.current) forget(client, ['/v1/people', '/v1/organizations', '/v1/leads', '/v1/duplicates']);
    if (answer.data) lastId.current = last?.id ?? '';
  }, [client, answer.data, last]);
  const found = (compared: number, what: string, joined: number, asked: number, remaining: number) => (
    <>
      {format.number(compared)} {what} compared, <b>{format.number(joined)} joined</b>, <b>{format.number(asked)} to decide</b>
      {remaining > 0 && <>, {format.number(remaining)} left for the next night</>}.
    </>
  );
  if (!answer.data) return <ErrorNote error={answer.error} retry={() => void answer.refetch()} />;
  return (
    <section className={css.check} aria-label="Check of the whole base">
      {underWay ? (
        <Progress done={underWay.done} total={underWay.total} note={underWay.note ?? 'Looking through everybody'} />
      ) : (
        <Row between>
          <p>
            {last ? (
              <>
                Last check of {kind === 'people' ? 'everybody' : 'all organizations'}: <When at={last.finishedAt} /> by {last.startedBy}.{' '}
                {kind === 'people'
                  ? found(last.people, plural(last.people, 'person', 'people'), last.joined, last.asked, last.remaining)
                  : found(last.organizations, plural(last.organizations, 'organization'), last.organizationsJoined, last.organizationsAsked, last.organizationsRemaining)}
              </>
            ) : (
              `${kind === 'people' ? 'Everybody is compared with everybody' : 'All organizations are compared with each other'} at night: the sure are joined, the doubtful are listed here.`
            )}
          </p>
          {may(session, ['marketing', 'sales_manager']) && (
            <Button variant="default" size="xs" loading={send.isPending} onClick={() => send.mutate({})}>
              Check now
            </Button>
          )}
        </Row>
      )}
      <ErrorNote error={send.error} />
    </section>
  );
}
