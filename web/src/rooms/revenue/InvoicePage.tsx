import { Button, Modal, Select } from '@mantine/core';
import { useState } from 'react';
import { useApi, useSend } from '../../api/hooks.ts';
import type { Answer } from '../../api/contract.ts';
import { usePrograms } from '../../api/options.ts';
import { may, useSession } from '../../api/session.ts';
import { useParam } from '../../shell/address.ts';
import { useFormat } from '../../ui/format.ts';
import { A, Badge, Card, ErrorNote, FactList, Money, Note, PageTitle, RecordPage, Row, Split, Stack, toast } from '../../ui/index.tsx';
import { invoiceLooks } from './Invoices.tsx';
import { CreditTable } from './CreditTable.tsx';
import { matchNames } from './model-names.ts';

export default function InvoicePage() {
  const id = useParam('id');
  const format = useFormat();
  const canMatch = may(useSession(), ['marketing', 'sales_manager', 'finance']);
  const [matching, setMatching] = useState(false);
  const answer = useApi('GET /v1/invoices/:id', { params: { id } }, { live: ['invoice', 'sale'], keep: false });
  const stale = ['/v1/invoices', '/v1/roi', '/v1/credits', '/v1/leads'];
  const unmatch = useSend('POST /v1/invoices/:id/unmatch', { stale });
  if (!answer.data) return <RecordPage back={{ to: '/money', label: 'Money' }} waiting={answer} rows={6} />;
  const one = answer.data;
  return (
    <RecordPage back={{ to: '/money', label: 'Money' }}>
      <PageTitle
        title={
          <>
            {one.kind === 'credit_note' ? 'Credit note' : 'Invoice'} {one.number}{' '}
            <Badge tone={invoiceLooks[one.status].tone}>{invoiceLooks[one.status].label}</Badge>
          </>
        }
        question={`${format.money(one.netMinor, one.currency)} net, issued ${format.date(one.issuedOn)}`}
        side={
          canMatch && (
            <>
              {one.matchedBy === 'manual' && (
                <Button
                  variant="default"
                  loading={unmatch.isPending}
                  onClick={() =>
                    unmatch.mutate({ params: { id } }, { onSuccess: () => toast({ message: 'Matched by its own references again.' }) })
                  }
                >
                  Take my match back
                </Button>
              )}
              <Button onClick={() => setMatching(true)}>{one.matchedBy === 'none' ? 'Say whose it is' : 'Match otherwise'}</Button>
            </>
          )
        }
      />
      <Split>
        <Stack>
          {!one.counts && (
            <Note tone="warn">It is {one.statusText ?? one.status}: it counts nowhere, but stays in the ledger of what came in.</Note>
          )}
          <ErrorNote error={unmatch.error} />
          <Card title="Whose it is" side={`matched: ${matchNames[one.matchedBy]}`}>
            <Stack gap={12}>
              <FactList
                facts={[
                  [
                    'Company',
                    one.organization && (
                      <A key="o" to={`/organizations/${one.organization.id}`}>
                        {one.organization.name}
                      </A>
                    ),
                  ],
                  [
                    'Person',
                    one.person && (
                      <A key="p" to={`/people/${one.person.id}`}>
                        {one.person.name}
                      </A>
                    ),
                  ],
                  [
                    'Lead',
                    one.lead && (
                      <A key="l" to={`/leads/${one.lead.id}`}>
                        {one.lead.name}
                      </A>
                    ),
                  ],
                  [
                    'Opportunity',
                    one.opportunity && (
                      <A key="y" to={`/opportunities/${one.opportunity.id}`}>
                        {one.opportunity.name}
                      </A>
                    ),
                  ],
                  [
                    'Program',
                    one.program && (
                      <A key="g" to={`/programs/${one.program.id}`}>
                        {one.program.name}
                      </A>
                    ),
                  ],
                ]}
              />
              {one.matchReasons.length === 0 && one.matchedBy === 'none' && (
                <p className="dim">Nothing on it was recognised: no receipt, customer number, mail or company name we know.</p>
              )}
              <ul style={{ display: 'grid', gap: 4 }}>
                {one.matchReasons.map((reason) => (
                  <li key={reason.label}>
                    <b className="strong">{reason.label}</b> <span className="dim">{reason.detail}</span>
                  </li>
                ))}
              </ul>
            </Stack>
          </Card>
          <CreditTable credits={one.credits} currency={one.currency} none="Nothing is credited." />
        </Stack>
        <Card title="As it came" quiet>
          <FactList
            facts={[
              ['Billed to', one.billedName],
              ['Mail', one.billedEmail],
              ['Reference', one.reference],
              ['About', one.subject],
              ['Status', one.statusText],
              ['Net', <Money key="n" minor={one.netMinor} currency={one.currency} />],
              ['Tax', <Money key="t" minor={one.taxMinor} currency={one.currency} />],
              ['Gross', <Money key="g" minor={one.grossMinor} currency={one.currency} />],
              ['Known as', one.externalId],
            ]}
          />
        </Card>
      </Split>
      {matching && <Match one={one} close={() => setMatching(false)} />}
    </RecordPage>
  );
}

function Match({ one, close }: { one: Answer<'GET /v1/invoices/:id'>; close: () => void }) {
  const programs = usePrograms();
  const [leadText, setLeadText] = useState('');
  const [whoText, setWhoText] = useState('');
  const [leadId, setLead] = useState<string | null>(one.lead?.id ?? null);
  const [who, setWho] = useState<string | null>(one.organization ? `o${one.organization.id}` : one.person ? `p${one.person.id}` : null);
  const [programId, setProgram] = useState<string | null>(one.program?.id ?? null);
  const leads = useApi('GET /v1/leads', { query: { text: leadText, limit: 20 } }, { enabled: leadText.length > 1 });
  const found = useApi('GET /v1/search', { query: { q: whoText, limit: 8 } }, { enabled: whoText.length > 1 });
  const send = useSend('POST /v1/invoices/:id/match', {
    stale: ['/v1/invoices', '/v1/roi', '/v1/credits', '/v1/leads'],
    done: () => {
      close();
      toast({ message: 'Matched by hand. A later import will not change it.', tone: 'good' });
    },
  });
  const customers = [
    ...(one.organization ? [{ value: `o${one.organization.id}`, label: one.organization.name }] : []),
    ...(one.person ? [{ value: `p${one.person.id}`, label: one.person.name }] : []),
    ...(found.data?.organizations ?? []).map((other) => ({
      value: `o${other.id}`,
      label: [other.name, other.city].filter(Boolean).join(', '),
    })),
    ...(found.data?.people ?? []).map((other) => ({
      value: `p${other.id}`,
      label: [other.name, other.organization].filter(Boolean).join(' · '),
    })),
  ].filter((choice, at, all) => all.findIndex((other) => other.value === choice.value) === at);
  const leadChoices = [
    ...(one.lead ? [{ value: one.lead.id, label: one.lead.name }] : []),
    ...(leads.data?.items ?? []).map((lead) => ({
      value: lead.id,
      label: [lead.person.name, lead.organization?.name, lead.program?.name].filter(Boolean).join(' · '),
    })),
  ].filter((choice, at, all) => all.findIndex((other) => other.value === choice.value) === at);
  return (
    <Modal opened onClose={close} title={`Whose is invoice ${one.number}?`} data-overlay-open>
      <Stack gap={12}>
        <Select
          label="Lead"
          description="The best answer: customer and program follow from it."
          placeholder="Type a name or company"
          searchable
          clearable
          filter={({ options }) => options}
          onSearchChange={setLeadText}
          data={leadChoices}
          value={leadId}
          onChange={setLead}
        />
        <Select
          label="Customer"
          placeholder="Type a company or a name"
          searchable
          clearable
          filter={({ options }) => options}
          onSearchChange={setWhoText}
          data={customers}
          value={who}
          onChange={setWho}
        />
        <Select label="Program" searchable clearable data={programs} value={programId} onChange={setProgram} />
        <ErrorNote error={send.error} />
        <Row end>
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
          <Button
            loading={send.isPending}
            disabled={!leadId && !who && !programId}
            onClick={() =>
              send.mutate({
                params: { id: one.id },
                body: {
                  leadId,
                  programId,
                  organizationId: who?.startsWith('o') ? who.slice(1) : null,
                  personId: who?.startsWith('p') ? who.slice(1) : null,
                },
              })
            }
          >
            Match
          </Button>
        </Row>
      </Stack>
    </Modal>
  );
}
