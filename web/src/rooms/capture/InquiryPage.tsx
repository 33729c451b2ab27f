import { useApi } from '../../api/hooks.ts';
import { may, useSession } from '../../api/session.ts';
import { useParam } from '../../shell/address.ts';
import { A, Back, Badge, Card, ErrorNote, FactList, Note, Page, PageTitle, SkeletonRows, Split, Stack, Timeline } from '../../ui/index.tsx';
import { doorName } from '../../ui/doors.ts';
import { useFormat } from '../../ui/format.ts';
import { nameOf, statusLooks } from './InquiryList.tsx';
import { RawBody } from './RawBody.tsx';

const labels: Record<string, string> = {
  givenName: 'First name',
  familyName: 'Last name',
  fullName: 'Name',
  postalCode: 'Postal code',
  annualRevenue: 'Annual sales',
  doNotContact: 'Do not contact',
  ownerName: 'Owner',
  landingPage: 'Landing page',
  externalId: 'Known as',
  organization: 'Company',
  email: 'E-mail',
};
const labelOf = (name: string) => labels[name] ?? name.charAt(0).toUpperCase() + name.slice(1);
const words = (type: string) => type.replace('.', ' ').replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);

/** One arrival: what it said, where it came from, what became of it. */
export default function InquiryPage() {
  const id = useParam('id');
  const format = useFormat();
  const canSeeRaw = may(useSession(), ['marketing']);
  const answer = useApi('GET /v1/inquiries/:idOrReceipt', { params: { idOrReceipt: id } }, { live: ['inquiry'], keep: false });
  const inquiryId = answer.data?.id;
  const facts = useApi('GET /v1/facts', { query: { chainId: inquiryId } }, { enabled: Boolean(inquiryId), live: ['inquiry', 'lead'] });
  if (!answer.data)
    return (
      <Page>
        <Back to="/inquiries">Inquiries</Back>
        {answer.error ? <ErrorNote error={answer.error} retry={() => void answer.refetch()} /> : <SkeletonRows rows={6} />}
      </Page>
    );
  const one = answer.data;
  const { custom, ...fields } = one.fields;
  const leadId = facts.data?.items.map((fact) => fact.data['leadId']).find((value) => typeof value === 'string');
  const personId = facts.data?.items.map((fact) => fact.data['personId']).find((value) => typeof value === 'string');
  return (
    <Page>
      <Back to="/inquiries">Inquiries</Back>
      <PageTitle
        title={
          <>
            {nameOf(one)} <Badge tone={statusLooks[one.status].tone}>{statusLooks[one.status].label}</Badge>
          </>
        }
        question={`Receipt ${one.receipt} · ${doorName(one.channel)} · ${format.dateTime(one.occurredAt)}`}
      />
      <Split>
        <Stack>
          {one.problem && <Note tone="warn">{one.problem}</Note>}
          <Card title="What it said">
            <FactList
              facts={[
                ...Object.entries(fields).map(([name, value]): [string, string] => [
                  labelOf(name),
                  typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value ?? ''),
                ]),
                ...Object.entries(custom ?? {}).map(([name, value]): [string, string] => [
                  name,
                  typeof value === 'string' ? value : JSON.stringify(value),
                ]),
              ]}
            />
          </Card>
          {canSeeRaw && <RawBody id={one.id} />}
        </Stack>
        <Stack>
          <Card title="Where it belongs" quiet>
            <FactList
              facts={[
                [
                  'Person',
                  typeof personId === 'string' ? (
                    <A key="p" to={`/people/${personId}`}>
                      {nameOf(one)}
                    </A>
                  ) : null,
                ],
                [
                  'Lead',
                  typeof leadId === 'string' ? (
                    <A key="l" to={`/leads/${leadId}`}>
                      {nameOf(one)}
                    </A>
                  ) : null,
                ],
                ['Source', one.sourceName],
                [
                  'Program',
                  one.programId ? (
                    <A key="g" to={`/programs/${one.programId}`}>
                      {one.programName}
                    </A>
                  ) : null,
                ],
                [
                  'Import',
                  one.importId ? (
                    <A key="i" to={`/imports/${one.importId}`}>
                      row {one.importRow}
                    </A>
                  ) : null,
                ],
                ['Received', format.dateTime(one.receivedAt)],
              ]}
            />
          </Card>
          {(['firstTouch', 'lastTouch'] as const).map((name) => {
            const touch = one[name];
            return (
              touch && (
                <Card key={name} title={name === 'firstTouch' ? 'First came from' : 'Last came from'} quiet>
                  <FactList
                    facts={[
                      ['Page', touch.url],
                      ['From', touch.referrer],
                      ['Source', touch.source],
                      ['Medium', touch.medium],
                      ['Campaign', touch.campaign],
                      ['Click', touch.clickId && `${touch.clickIdKind ?? ''} ${touch.clickId}`],
                    ]}
                  />
                </Card>
              )
            );
          })}
          <Card title="Facts" quiet>
            <Timeline
              entries={(facts.data?.items ?? []).map((fact) => ({
                id: fact.id,
                at: fact.at,
                text: words(fact.type),
                detail: `no. ${fact.seq}`,
              }))}
            />
          </Card>
        </Stack>
      </Split>
    </Page>
  );
}
