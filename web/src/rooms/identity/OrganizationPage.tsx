import { NumberInput, Select, Switch, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useApi, useSend } from '../../api/hooks.ts';
import type { Answer } from '../../api/contract.ts';
import { may, useSession } from '../../api/session.ts';
import { href, useParam } from '../../shell/address.ts';
import { useCountries } from '../../ui/countries.ts';
import { CustomInputs, customPatch, useCustomFacts, useCustomFields, type CustomValues } from '../../ui/custom-fields.tsx';
import { plural, useFormat } from '../../ui/format.ts';
import {
  A,
  Badge,
  Card,
  Chip,
  ErrorNote,
  FactList,
  FormDialog,
  FormGrid,
  GradeBadge,
  Money,
  Note,
  PageTitle,
  RecordPage,
  Row,
  Split,
  Stack,
  VerdictBadge,
  When,
  toast,
} from '../../ui/index.tsx';
import { AppendedCard } from './AppendedCard.tsx';
import css from './identity.module.css';
import { MergeWith } from './MergeWith.tsx';
import { OrganizationOrigins } from './OrganizationOrigins.tsx';
import { RecordActions } from './RecordActions.tsx';
import { SectorRead } from '../../ui/ReadAs.tsx';

type Organization = Answer<'GET /v1/organizations/:id'>;

export default function OrganizationPage() {
  const id = useParam('id');
  const session = useSession();
  const format = useFormat();
  const countries = useCountries();
  const [doing, setDoing] = useState<'edit' | 'merge'>();
  const answer = useApi('GET /v1/organizations/:id', { params: { id } }, { live: ['person'], keep: false });
  const custom = useCustomFacts('organization', answer.data?.custom ?? {});
  const people = useApi('GET /v1/people', { query: { organizationId: id, limit: 50 } }, { live: ['person'] });
  const leads = useApi('GET /v1/leads', { query: { organizationId: id, limit: 50 } }, { live: ['lead'] });
  const undo = useSend('POST /v1/merges/:id/undo', {
    stale: ['/v1/organizations', '/v1/people'],
    done: () => toast({ message: 'Separated. Both are exactly what they were.', tone: 'good' }),
  });
  const canMerge = may(session, ['marketing', 'sales_manager']);
  if (!answer.data) return <RecordPage back={{ to: '/organizations', label: 'Organizations' }} waiting={answer} rows={8} />;
  const one = answer.data;
  return (
    <RecordPage back={{ to: '/organizations', label: 'Organizations' }}>
      <PageTitle
        title={
          <>
            {one.name} {one.isCustomer && <Badge tone="sale">Customer</Badge>}
          </>
        }
        question={[one.vertical ?? one.industry, one.city, one.employees && `${format.number(one.employees)} employees`]
          .filter(Boolean)
          .join(' · ')}
        side={<RecordActions onMerge={() => setDoing('merge')} onEdit={() => setDoing('edit')} />}
      />
      <Split>
        <Stack>
          {one.askedFor !== one.id && <Note>The record you asked for was joined into this one. Old addresses keep working.</Note>}
          {one.possibleDuplicates > 0 && canMerge && (
            <Note tone="warn">
              {format.number(one.possibleDuplicates)} possible {plural(one.possibleDuplicates, 'duplicate')} of this organization. <A to="/duplicates?kind=organizations&status=open">Decide</A>
            </Note>
          )}
          <Card
            title="Leads"
            side={leads.data && leads.data.items.length > 0 ? <A to={href('/leads', { organizationId: one.id })}>as a list</A> : undefined}
          >
            {(leads.data?.items ?? []).length === 0 ? (
              <p className="dim">No lead from here so far.</p>
            ) : (
              <ul className={css.briefly}>
                {leads.data?.items.map((lead) => (
                  <li key={lead.id}>
                    <A to={`/leads/${lead.id}`}>{lead.person.name}</A>
                    <span>
                      <GradeBadge grade={lead.grade} score={lead.score} /> <VerdictBadge verdict={lead.state} />{' '}
                      <When at={lead.qualifiedAt} />
                    </span>
                  </li>
                ))}
              </ul>
            )}
          </Card>
          <Card title="People" side={one.people > 0 && <A to={href('/people', { organizationId: one.id })}>{`${format.number(one.people)} ${plural(one.people, 'person', 'people')}`}</A>}>
            {(people.data?.items ?? []).length === 0 ? (
              <p className="dim">Nobody of this company is known by name.</p>
            ) : (
              <ul className={css.briefly}>
                {people.data?.items.map((person) => (
                  <li key={person.id}>
                    <span>
                      <A to={`/people/${person.id}`}>{person.name}</A> <span className="dim">{person.title}</span>
                    </span>
                    <span className="dim">{person.email ?? person.phone}</span>
                  </li>
                ))}
              </ul>
            )}
          </Card>
          <OrganizationOrigins organizationId={one.id} />
          <AppendedCard kind="organizations" id={one.id} />
        </Stack>
        <Stack>
          <Card title="Known" quiet>
            <FactList
              facts={[
                ['Web', one.website ?? one.domain],
                [
                  'Phone',
                  one.phone && (
                    <a key="p" href={`tel:${one.phone}`}>
                      {one.phone}
                    </a>
                  ),
                ],
                [
                  'Address',
                  [one.street, [one.postalCode, one.city].filter(Boolean).join(' '), one.state, one.country && countries.name(one.country)]
                    .filter(Boolean)
                    .join(', '),
                ],
                ['Business', one.industry],
                ['Sector', (one.sector ?? one.industry) && <SectorRead key="s" sector={one.sector} business={one.industry} />],
                ['Vertical', one.vertical],
                ['Employees', one.employees === null ? null : format.number(one.employees)],
                ['Annual sales', one.annualRevenueMinor === null ? null : <Money key="r" minor={one.annualRevenueMinor} short />],
                ['Codes', [one.naics && `NAICS ${one.naics}`, one.sic && `SIC ${one.sic}`].filter(Boolean).join(', ')],
                ['Part of', one.parentId ? <A key="o" to={`/organizations/${one.parentId}`}>{one.parent}</A> : one.parent],
                ['Language', one.language],
                ['Known as', one.externalId],
                ['First seen', format.date(one.firstSeenAt)],
                ...custom,
              ]}
            />
          </Card>
          {one.merges.length > 0 && (
            <Card title="Joined records" quiet>
              <Stack gap={8}>
                {one.merges.map((merge) => (
                  <Row key={merge.id} between>
                    <span>{merge.mergedName}</span>
                    {canMerge && <Chip onClick={() => undo.mutate({ params: { id: merge.id } })}>Separate again</Chip>}
                  </Row>
                ))}
                <ErrorNote error={undo.error} />
              </Stack>
            </Card>
          )}
        </Stack>
      </Split>
      {doing === 'edit' && <Edit one={one} close={() => setDoing(undefined)} />}
      {doing === 'merge' && <MergeWith kind="organizations" id={one.id} name={one.name} close={() => setDoing(undefined)} />}
    </RecordPage>
  );
}

const texts = [
  ['name', 'Name'],
  ['website', 'Web site'],
  ['phone', 'Phone'],
  ['industry', 'Business'],
  ['vertical', 'Vertical'],
  ['street', 'Street'],
  ['postalCode', 'Postal code'],
  ['city', 'City'],
  ['state', 'State'],
  ['naics', 'NAICS code'],
  ['sic', 'SIC code'],
  ['parent', 'Part of'],
  ['language', 'Language'],
] as const;

function Edit({ one, close }: { one: Organization; close: () => void }) {
  const countries = useCountries();
  const [form, setForm] = useState<Record<string, string>>(() =>
    Object.fromEntries([...texts.map(([name]) => name), 'country' as const].map((name) => [name, one[name] ?? ''])),
  );
  const fields = useCustomFields('organization');
  const [custom, setCustom] = useState(one.custom as CustomValues);
  const [employees, setEmployees] = useState(one.employees);
  const [isCustomer, setCustomer] = useState(one.isCustomer);
  const send = useSend('PATCH /v1/organizations/:id', { stale: ['/v1/organizations', '/v1/leads'], done: close });
  const submit = () => {
    const changed = Object.fromEntries(
      Object.entries(form)
        .map(([name, value]) => [name, value.trim() || null] as const)
        .filter(([name, value]) => value !== (one[name as 'name'] || null)),
    );
    send.mutate({
      params: { id: one.id },
      body: { ...changed, ...(employees === one.employees ? {} : { employees }), ...(isCustomer === one.isCustomer ? {} : { isCustomer }), ...customPatch(fields, one.custom, custom) },
    });
  };
  return (
    <FormDialog
      title={`Correct what is known of ${one.name}`}
      size={600}
      verb="Save"
      submit={submit}
      close={close}
      pending={send.isPending}
      error={send.error}
    >
      <FormGrid>
        {texts.map(([name, label]) => (
          <TextInput
            key={name}
            label={label}
            required={name === 'name'}
            value={form[name] ?? ''}
            onChange={(event) => {
              const { value } = event.currentTarget;
              setForm((was) => ({ ...was, [name]: value }));
            }}
          />
        ))}
        <Select
          label="Country"
          searchable
          clearable
          data={countries.options}
          value={form['country'] || null}
          onChange={(value) => setForm((was) => ({ ...was, country: value ?? '' }))}
        />
        <NumberInput
          label="Employees"
          hideControls
          min={0}
          allowDecimal={false}
          value={employees ?? ''}
          onChange={(value) => setEmployees(value === '' ? null : Number(value))}
        />
        <Switch label="Is a customer" checked={isCustomer} onChange={(event) => setCustomer(event.currentTarget.checked)} mb={8} />
        <CustomInputs fields={fields} values={custom} onChange={(patch) => setCustom((was) => ({ ...was, ...patch }))} />
      </FormGrid>
    </FormDialog>
  );
}
