import { MultiSelect, Select } from '@mantine/core';
import { useState } from 'react';
import { useApi, usePages, useSend } from '../../api/hooks.ts';
import type { Item } from '../../api/contract.ts';
import { href, useGo } from '../../shell/address.ts';
import { Card, Chip, Count, DataTable, ErrorNote, FormDialog, FormGrid, Note, Row, When, Wide } from '../../ui/index.tsx';
import { plural, useFormat } from '../../ui/format.ts';
import type { Provider } from './Append.tsx';

type Request = Item<'GET /v1/append/requests'>;

/** What bureaus were asked: the extract to send, how many were answered, and the way the answer comes in. */
export function AppendRequests({ providers, canAppend }: { providers: Provider[]; canAppend: boolean }) {
  const go = useGo();
  const [asking, setAsking] = useState(false);
  const requests = usePages('GET /v1/append/requests', undefined, { limit: 25, live: ['import', 'organization', 'person'] });
  if (!canAppend && requests.rows.length === 0) return null;
  return (
    <Card title="Asked of bureaus" side={canAppend && <Chip onClick={() => setAsking(true)}>Ask a bureau</Chip>} flush={requests.rows.length > 0}>
      <ErrorNote error={requests.error} retry={() => void requests.refetch()} />
      {requests.rows.length === 0 ? (
        <p className="dim">Choose whom to ask about and send the extract: each record has a key that means nothing to anybody else. The answer comes back in any order, also in part.</p>
      ) : (
        <DataTable<Request>
          caption="Asked of bureaus"
          rows={requests.rows}
          rowKey={(one) => one.id}
          columns={[
            {
              key: 'what',
              label: 'Asked for',
              render: (one) => (
                <>
                  {one.labels.join(', ')}
                  <span className="dim" style={{ display: 'block', fontSize: 12, fontWeight: 400 }}>
                    {one.provider} · {one.kind === 'person' ? 'people' : 'companies'}: {one.whom}
                  </span>
                </>
              ),
            },
            { key: 'asked', label: 'Asked', align: 'end', render: (one) => <Count value={one.asked} /> },
            { key: 'answered', label: 'Answered', align: 'end', render: (one) => <Count value={one.answered} /> },
            { key: 'at', label: 'When', align: 'end', render: (one) => <When at={one.askedAt} /> },
            {
              key: 'do',
              label: '',
              align: 'end',
              render: (one) =>
                canAppend && (
                  <Row end>
                    <a href={`/v1/append/requests/${one.id}/extract.csv`} download>
                      Extract
                    </a>
                    <Chip onClick={() => go(href('/imports/new', { kind: one.kind === 'person' ? 'append-people' : 'append-organizations' }))}>Bring the answer in</Chip>
                  </Row>
                ),
            },
          ]}
        />
      )}
      {asking && <Ask providers={providers} close={() => setAsking(false)} />}
    </Card>
  );
}

type Kind = Request['kind'];

/** Whom to ask about, and what: a bureau by an extract, or (no `providers`) the services that answer over HTTP, in their order. */
export function Ask({ providers, close }: { providers?: Provider[]; close: () => void }) {
  const format = useFormat();
  const [kind, setKind] = useState<Kind>('organization');
  const [providerId, setProvider] = useState(providers?.[0]?.id ?? null);
  const [segmentId, setSegment] = useState<string | null>(null);
  const [fields, setFields] = useState<string[]>([]);
  const known = useApi('GET /v1/append/fields', undefined, { staleTime: Infinity }).data?.items ?? [];
  const segments = useApi('GET /v1/segments', undefined, { staleTime: 60_000 }).data?.items ?? [];
  const count = useSend('POST /v1/append/requests/count');
  const send = useSend('POST /v1/append/requests', { stale: ['/v1/append'], done: close });
  const services = useSend('POST /v1/append/services', { stale: ['/v1/append'], done: close });
  const wish = (more: { kind?: Kind; segmentId?: string | null; fields?: string[] } = {}) => {
    const now = { kind, segmentId, fields, ...more };
    return { kind: now.kind, fields: now.fields, ...(now.segmentId === null ? {} : { segmentId: now.segmentId }) };
  };
  const recount = (more: Parameters<typeof wish>[0]) => {
    const body = wish(more);
    if (body.fields.length > 0) count.mutate({ body });
    else count.reset();
  };
  const submit = () => {
    if (!providers) services.mutate({ body: wish() });
    else if (providerId) send.mutate({ body: { ...wish(), providerId } });
  };
  const asked = count.data?.asked;
  return (
    <FormDialog
      title={providers ? 'Ask a bureau' : 'Ask services'}
      size={620}
      verb={providers ? 'Make the extract' : 'Ask'}
      submit={submit}
      close={close}
      pending={send.isPending || services.isPending}
      disabled={(providers && !providerId) || !asked}
      error={send.error ?? services.error ?? count.error}
    >
      {providers?.length === 0 && <Note tone="warn">Add the bureau as a provider first, with its price and how long values may be kept.</Note>}
      <FormGrid>
        {providers && <Select label="Bureau" required data={providers.map((one) => ({ value: one.id, label: one.name }))} value={providerId} onChange={setProvider} allowDeselect={false} />}
        <Select
          label="About"
          data={[
            { value: 'organization', label: 'Companies' },
            { value: 'person', label: 'People' },
          ]}
          value={kind}
          allowDeselect={false}
          onChange={(value) => {
            if (!value) return;
            setKind(value);
            setFields([]);
            setSegment(null);
            count.reset();
          }}
        />
        <Select
          label="Whom"
          placeholder="Everybody"
          clearable
          searchable
          data={segments.filter((one) => one.subject === kind).map((one) => ({ value: one.id, label: one.name }))}
          value={segmentId}
          onChange={(value) => {
            setSegment(value);
            recount({ segmentId: value });
          }}
        />
        <Wide>
          <MultiSelect
            label="What"
            description="Asked is about those of whom at least one of these is not known"
            required
            data={known.filter((one) => one.kind === kind).map((one) => ({ value: one.field, label: one.label }))}
            value={fields}
            onChange={(value) => {
              setFields(value);
              recount({ fields: value });
            }}
          />
        </Wide>
      </FormGrid>
      {asked !== undefined && fields.length > 0 && (
        <Note>
          {asked === 0 ? 'All of it is known: there is nobody to ask about.' : `${format.number(asked)} ${kind === 'person' ? plural(asked, 'person', 'people') : plural(asked, 'company', 'companies')} to ask about. They are told name, ${kind === 'person' ? 'company and town' : 'site and address'}; no mail, no number.`}
        </Note>
      )}
    </FormDialog>
  );
}
