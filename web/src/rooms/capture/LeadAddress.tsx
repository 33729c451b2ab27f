import { Button } from '@mantine/core';
import { useApi, useSend } from '../../api/hooks.ts';
import { href } from '../../shell/address.ts';
import { may, useSession } from '../../api/session.ts';
import { A, Card, ConfirmButton, CopyField, ErrorNote, Row, SkeletonRows, Stack, toast } from '../../ui/index.tsx';
import { plural, useFormat } from '../../ui/format.ts';

/** Where mail is sent that shall become inquiries of a program, of a source, or (of neither) of the company. */
export function LeadAddress({ programId, sourceId, what }: { programId?: string; sourceId?: string; what: string }) {
  const format = useFormat();
  const canEdit = may(useSession(), ['marketing']);
  const answer = useApi('GET /v1/lead-addresses', { query: { programId, sourceId } });
  const stale = ['/v1/lead-addresses'];
  const make = useSend('POST /v1/lead-addresses', { stale });
  const end = useSend('DELETE /v1/lead-addresses/:id', {
    stale,
    done: () => toast({ message: 'Ended. Mail to that address is refused from now on.' }),
  });
  const one = answer.data?.items.find((item) => (programId || sourceId ? true : !item.programId && !item.sourceId));
  return (
    <Card
      title="By mail"
      side={one && one.mails > 0 && (programId || sourceId) && <A to={leadMailsOf(programId, sourceId)}>{`${format.number(one.mails)} ${plural(one.mails, 'mail', 'mails')}`}</A>}
    >
      <Stack gap={12}>
        {answer.error ? (
          <ErrorNote error={answer.error} retry={() => void answer.refetch()} />
        ) : !answer.data ? (
          <SkeletonRows rows={2} />
        ) : !answer.data.isOpen ? (
          <span className="dim">
            This installation takes no lead mail yet. Whoever runs it switches it on with <code>BATON_LEAD_MAIL_ADDRESS</code>.
          </span>
        ) : (
          <>
            <span className="dim">
              {one
                ? `Mail of web forms, forwarded mails, vCards and lists sent here become inquiries of ${what}. Whoever knows the address can send them.`
                : `Mail of web forms, forwarded mails, vCards and lists can become inquiries of ${what}, too.`}
            </span>
            {one?.address && <CopyField value={one.address} label={`Address for mail of ${what}`} lines />}
            <ErrorNote error={make.error ?? end.error} />
            {canEdit && (
              <Row>
                {one ? (
                  <ConfirmButton
                    size="compact-sm"
                    sentence="Mail to this address is refused at once. What came by it stays. You can make another."
                    confirm="End the address"
                    onConfirm={() => end.mutate({ params: { id: one.id } })}
                  >
                    End the address
                  </ConfirmButton>
                ) : (
                  <Button size="compact-sm" loading={make.isPending} onClick={() => make.mutate({ body: { programId, sourceId } })}>
                    Make an address
                  </Button>
                )}
              </Row>
            )}
          </>
        )}
      </Stack>
    </Card>
  );
}

const leadMailsOf = (programId?: string, sourceId?: string): string => href('/lead-mail', { programId, sourceId });
