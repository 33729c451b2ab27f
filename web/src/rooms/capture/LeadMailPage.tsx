import { useState } from 'react';
import { useApi, useSend } from '../../api/hooks.ts';
import { useParam } from '../../shell/address.ts';
import { A, Back, Badge, Card, Chip, CopyField, ErrorNote, FactList, Note, Page, PageTitle, Row, SkeletonRows, Split, Stack, toast } from '../../ui/index.tsx';
import { useFormat } from '../../ui/format.ts';
import { ImportStatus, type ImportView } from './import-status.tsx';
import { statusLooks } from './InquiryList.tsx';
import { MailState, natureName, senderOf } from './lead-mail-state.tsx';

/** One mail: what was read of it, the original as text, and what came of it. It is never shown as HTML. */
export default function LeadMailPage() {
  const id = useParam('id');
  const format = useFormat();
  const [isOriginal, setOriginal] = useState(false);
  const answer = useApi('GET /v1/lead-mails/:id', { params: { id } }, { live: ['inquiry', 'lead-mail', 'import'], keep: false });
  const again = useSend('POST /v1/lead-mails/:id/read', {
    stale: ['/v1/lead-mails', '/v1/quarantine', '/v1/inquiries'],
    done: (mail) =>
      toast(mail.state === 'held' ? { message: `It still waits: ${mail.sentence ?? ''}`, tone: 'bad' } : { message: 'It is read now.', tone: 'good' }),
  });
  if (!answer.data)
    return (
      <Page>
        <Back to="/lead-mail">Lead mail</Back>
        {answer.error ? <ErrorNote error={answer.error} retry={() => void answer.refetch()} /> : <SkeletonRows rows={6} />}
      </Page>
    );
  const mail = answer.data;
  const isQuarantined = mail.state === 'held' && mail.inquiryItems.some(({ status }) => status === 'quarantined');
  return (
    <Page>
      <Back to="/lead-mail">Lead mail</Back>
      <PageTitle
        title={
          <>
            {mail.subject || 'No subject'} <MailState state={mail.state} />
          </>
        }
        question={`From ${senderOf(mail)} · ${format.dateTime(mail.receivedAt)}`}
      />
      <Split>
        <Stack>
          {mail.sentence && <Note tone={mail.state === 'held' ? 'warn' : undefined}>{mail.sentence}</Note>}
          {isQuarantined && (
            <Row>
              <Chip onClick={() => again.mutate({ params: { id }, body: {} })}>Read it again</Chip>
              {(mail.nature === 'held' || mail.nature === 'reply') && <Chip onClick={() => again.mutate({ params: { id }, body: { release: true } })}>Take it in as it is</Chip>}
            </Row>
          )}
          <ErrorNote error={again.error} />
          <Card
            title={isOriginal ? 'The original' : 'The text'}
            side={<Chip onClick={() => setOriginal(!isOriginal)}>{isOriginal ? 'Show the text' : 'Show the original'}</Chip>}
          >
            <CopyField value={(isOriginal ? mail.original : mail.text) || 'nothing'} label={isOriginal ? 'The mail as it came' : 'The text of the mail'} lines />
          </Card>
        </Stack>
        <Stack>
          <Card title="What came of it">
            <Stack gap={8}>
              {mail.inquiryItems.map((one) => (
                <Row key={one.id}>
                  <A to={`/inquiries/${one.id}`}>{`Inquiry ${one.receipt}`}</A>
                  <Badge tone={statusLooks[one.status as keyof typeof statusLooks].tone}>{statusLooks[one.status as keyof typeof statusLooks].label}</Badge>
                </Row>
              ))}
              {mail.importItems.map((one) => (
                <Row key={one.id}>
                  <A to={`/imports/${one.id}`}>{one.fileName}</A>
                  <ImportStatus status={one.status as ImportView['status']} />
                </Row>
              ))}
              {mail.leadId && (
                <Row>
                  <A to={`/leads/${mail.leadId}`}>The lead it answers</A>
                </Row>
              )}
              {!mail.leadId && mail.inquiryItems.length + mail.importItems.length === 0 && (
                <span className="dim">{mail.state === 'waiting' ? 'It is read in a moment.' : 'No inquiry, no list.'}</span>
              )}
            </Stack>
          </Card>
          <Card title="The mail" quiet>
            <FactList
              facts={[
                ['Read as', natureName(mail.nature)],
                ['From', mail.fromAddress],
                ['Sent to', mail.programName ?? mail.sourceName ?? 'the company'],
                ['Came by', mail.via === 'smtp' ? 'SMTP' : 'a mailbox'],
                ['Size', `${format.number(mail.bytes)} bytes`],
                ...mail.files.map((file, n): [string, string] => [n === 0 ? 'Attached' : ' ', `${file.name || file.type} · ${format.number(file.bytes)} bytes`]),
              ]}
            />
          </Card>
        </Stack>
      </Split>
    </Page>
  );
}
