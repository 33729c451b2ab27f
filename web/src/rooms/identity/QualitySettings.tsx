import { Button, NumberInput } from '@mantine/core';
import { useState } from 'react';
import { useApi, useSend } from '../../api/hooks.ts';
import { Card, ErrorNote, Progress, Row, Stack, When } from '../../ui/index.tsx';

/** When people count as silent; a change judges everybody again. */
export function QualitySettings({ canChange }: { canChange: boolean }) {
  const answer = useApi('GET /v1/quality/settings', undefined, { live: ['job'] });
  const [months, setMonths] = useState<number>();
  const save = useSend('PUT /v1/quality/settings', { stale: ['/v1/quality'], done: () => setMonths(undefined) });
  const now = answer.data;
  if (!now) return <ErrorNote error={answer.error} retry={() => void answer.refetch()} />;
  return (
    <Card title="How it is judged" quiet>
      <Stack gap={10}>
        {now.underWay && <Progress done={now.underWay.done} total={now.underWay.total} note={now.underWay.note} />}
        <Row between>
          <span>
            Somebody is silent after{' '}
            {canChange ? (
              <NumberInput
                aria-label="Months without a sign of life"
                size="xs"
                min={1}
                max={240}
                w={70}
                style={{ display: 'inline-block', verticalAlign: 'middle' }}
                value={months ?? now.staleMonths}
                onChange={(value) => setMonths(Number(value) || undefined)}
              />
            ) : (
              now.staleMonths
            )}{' '}
            months without an inquiry, a list that names them, or a purchase.
          </span>
          {months !== undefined && months !== now.staleMonths && (
            <Button size="xs" loading={save.isPending} onClick={() => save.mutate({ body: { staleMonths: months } })}>
              Judge everybody again
            </Button>
          )}
        </Row>
        <p className="dim">
          {now.domainsAsked ? 'Name servers are asked whether the domains of mails take mail.' : 'Domains of mails are not asked about: the installation names no name server (BATON_MAIL_DOMAIN_DNS).'}{' '}
          {now.judgedAt && (
            <>
              Everybody was last judged <When at={now.judgedAt} />; since then whoever something happened to.
            </>
          )}
        </p>
        <ErrorNote error={save.error} />
      </Stack>
    </Card>
  );
}
