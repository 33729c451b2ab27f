import { useState } from 'react';
import { useApi, useSend } from '../../api/hooks.ts';
import type { Answer } from '../../api/contract.ts';
import { may, useSession } from '../../api/session.ts';
import { href, useParam } from '../../shell/address.ts';
import {
  A,
  Badge,
  Card,
  Chip,
  ErrorNote,
  FactList,
  GradeBadge,
  Note,
  PageTitle,
  RecordPage,
  SkeletonRows,
  Split,
  Stack,
  Timeline,
  VerdictBadge,
  When,
  toast,
  breakable,
} from '../../ui/index.tsx';
import { plural, useFormat } from '../../ui/format.ts';
import { useCountries } from '../../ui/countries.ts';
import { useCustomFacts, useCustomFields } from '../../ui/custom-fields.tsx';
import { AppendedCard } from './AppendedCard.tsx';
import css from './identity.module.css';
import { ConsentCard } from './ConsentCard.tsx';
import { ConsentSwitches } from './ConsentSwitches.tsx';
import { ErasedPerson } from './ErasedPerson.tsx';
import { MergeWith } from './MergeWith.tsx';
import { PrivacyCard } from './PrivacyCard.tsx';
import { RecordActions } from './RecordActions.tsx';
import { Origins } from './Origins.tsx';
import { PersonEdit } from './PersonEdit.tsx';
import { useLevels } from './Level.tsx';
import { Sightings } from './Sightings.tsx';
import { PositionRead, SectorRead } from '../../ui/ReadAs.tsx';

type Person = Answer<'GET /v1/people/:id'>;

export default function PersonPage() {
  const id = useParam('id');
  const session = useSession();
  const format = useFormat();
  const countries = useCountries();
  const [doing, setDoing] = useState<'edit' | 'merge'>();
  const answer = useApi('GET /v1/people/:id', { params: { id } }, { live: ['person', 'inquiry'], keep: false });
  const custom = useCustomFacts('person', answer.data?.custom ?? {});
  const lacking = useLacking(id);
  const judged = useLevels(id);
  const canEdit = may(session, ['marketing', 'sales_manager', 'rep']);
  const canMerge = may(session, ['marketing', 'sales_manager']);
  const canKeep = may(session, ['marketing']);
  if (!answer.data) return <RecordPage back={{ to: '/people', label: 'People' }} waiting={answer} rows={8} />;
  const one = answer.data;
  if (one.erasedAt) return <ErasedPerson person={one} />;
  const { fields } = one;
  const missing = [...one.missing.map((name) => missingLabels[name] ?? name), ...lacking(one.custom)];
  const address = [
    fields.street,
    [fields.postalCode, fields.city].filter(Boolean).join(' '),
    fields.state,
    fields.country && countries.name(fields.country),
  ]
    .filter(Boolean)
    .join(', ');
  return (
    <RecordPage back={{ to: '/people', label: 'People' }}>
      <PageTitle
        title={
          <>
            {one.name}{' '}
            {one.consent.doNotContact ? (
              <Badge tone="hot">No contact</Badge>
            ) : one.consent.unsubscribedAt ? (
              <Badge tone="warm">Unsubscribed</Badge>
            ) : null}
          </>
        }
        question={
          <>
            {[fields.title, fields.city].filter(Boolean).join(' · ')}
            {one.organization && (
              <>
                {(fields.title || fields.city) && ' · '}
                <A to={`/organizations/${one.organization.id}`}>{one.organization.name}</A>
              </>
            )}
          </>
        }
        side={<RecordActions onMerge={() => setDoing('merge')} onEdit={() => setDoing('edit')} />}
      />
      <Split>
        <Stack>
          {one.askedFor !== one.id && <Note>The record you asked for was joined into this one. Old addresses keep working.</Note>}
          {one.retiredAt && <Note tone="warn">Known only from an import that was undone. Kept for the record, not contacted.</Note>}
          {one.possibleDuplicates > 0 && (
            <Note tone="warn">
              {one.possibleDuplicates} possible {plural(one.possibleDuplicates, 'duplicate')} of this person. <A to="/duplicates">Decide</A>
            </Note>
          )}
          <Leads personId={one.id} />
          <Origins personId={one.id} canEdit={canEdit} />
          <AppendedCard kind="people" id={one.id} />
          <Sightings person={one} />
          <History person={one} canMerge={canMerge} />
        </Stack>
        <Stack>
          <Card title="Known" quiet>
            <FactList
              facts={[
                ['Name', one.nameIsJunk || !fields.givenName || !fields.familyName ? judged('name', fields.fullName) : null],
                ['Mail', judged('mail', fields.email && <a href={`mailto:${fields.email}`}>{breakable(fields.email)}</a>)],
                ['Phone', judged('phone', fields.phone && <a href={`tel:${fields.phone}`}>{fields.phone}</a>)],
                ['Mobile', fields.mobile !== fields.phone && judged('mobile', fields.mobile && <a href={`tel:${fields.mobile}`}>{fields.mobile}</a>)],
                ['Address', judged('address', address)],
                ['Rank', one.position && <PositionRead key="r" position={one.position} />],
                ['Sector', one.sector && <SectorRead key="s" sector={one.sector} />],
                ['Language', fields.language],
                ['Known as', fields.externalId],
                ['Other mails', one.otherMails.join(', ')],
                ['Other phones', one.otherPhones.join(', ')],
                ['First seen', format.date(one.firstSeenAt)],
                ['Last seen', judged('life', format.when(one.lastSeenAt))],
                ...custom,
              ]}
            />
          </Card>
          {missing.length > 0 && (
            <Card title="Still missing" quiet>
              {missing.join(' · ')}{' '}
              <span className="dim">worth asking for at the next contact</span>
            </Card>
          )}
          <ConsentSwitches person={one} canEdit={canEdit} />
          <ConsentCard personId={one.id} canEdit={canEdit} />
          <Touches personId={one.id} />
          {canKeep && <PrivacyCard personId={one.id} name={one.name} />}
        </Stack>
      </Split>
      {doing === 'edit' && <PersonEdit person={one} close={() => setDoing(undefined)} />}
      {doing === 'merge' && <MergeWith kind="people" id={one.id} name={one.name} close={() => setDoing(undefined)} />}
    </RecordPage>
  );
}

/** Own fields that are required by now, with the lead or its sale, and not known. */
function useLacking(personId: string): (custom: Record<string, unknown>) => string[] {
  const fields = useCustomFields('person');
  const leads = useApi('GET /v1/leads', { query: { personId, limit: 20 } }, { live: ['lead'], enabled: fields.some((one) => one.requiredFrom) });
  const items = leads.data?.items ?? [];
  const reached = { inquiry: true, lead: items.length > 0, sale: items.some((one) => one.state === 'sale') };
  return (custom) =>
    fields.filter((one) => one.requiredFrom && reached[one.requiredFrom] && (custom[one.key] ?? null) === null).map((one) => one.label);
}

function Leads({ personId }: { personId: string }) {
  const leads = useApi('GET /v1/leads', { query: { personId, limit: 20 } }, { live: ['lead'] });
  if (leads.error) return null;
  const items = leads.data?.items ?? [];
  return (
    <Card title="Leads" side={items.length > 0 ? <A to={href('/leads', { personId })}>as a list</A> : undefined}>
      {leads.isLoading ? (
        <SkeletonRows rows={1} />
      ) : items.length === 0 ? (
        <p className="dim">Not a lead: no inquiry met the definition so far.</p>
      ) : (
        <ul className={css.briefly}>
          {items.map((lead) => (
            <li key={lead.id}>
              <A to={`/leads/${lead.id}`}>
                {lead.product ?? lead.program?.name ?? lead.source?.name ?? 'Lead'}{' '}
                <span className="dim">{lead.product ? (lead.program?.name ?? lead.source?.name) : ''}</span>
              </A>
              <span>
                <GradeBadge grade={lead.grade} score={lead.score} /> <VerdictBadge verdict={lead.state} />{' '}
                <span className="dim">{lead.holder ? lead.holder.name : ''}</span> <When at={lead.qualifiedAt} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function Touches({ personId }: { personId: string }) {
  const touches = useApi('GET /v1/people/:id/touches', { params: { id: personId } }, { live: ['touch', 'mail'] });
  const items = touches.data?.items ?? [];
  if (!touches.data || (items.length === 0 && !touches.data.may.mail)) return null;
  return (
    <Card title="What we sent" quiet>
      <Stack gap={8}>
        {touches.data.may.mail && <p className="dim">{touches.data.may.mail}</p>}
        <Timeline
          entries={items.slice(0, 20).map((touch) => ({
            id: touch.id,
            at: touch.at,
            text: `${touch.kind} by ${touch.channel}`,
            detail: touch.heldBack ? `held back: ${touch.heldBack}` : undefined,
            tone: touch.heldBack ? 'bad' : undefined,
          }))}
        />
      </Stack>
    </Card>
  );
}

const missingLabels: Record<string, string> = {
  email: 'mail',
  phone: 'phone',
  givenName: 'given name',
  familyName: 'family name',
  country: 'country',
  postalCode: 'postal code',
  title: 'position',
  organization: 'company',
};

/** 'custom.pump_class' → 'pump class', 'postalCode' → 'postal code' */
const fieldName = (field: string): string =>
  missingLabels[field] ?? field.replace('custom.', '').replaceAll('_', ' ').replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

const sentences: Record<string, (data: Record<string, unknown>) => string> = {
  'person.changed': (data) => {
    const fields = (data['fields'] as string[] | undefined) ?? [];
    return fields.some((field) => /^(un)?confirmed /.test(field)) ? fields.join(', ') : `corrected: ${fields.map(fieldName).join(', ') || 'fields'}`;
  },
  'person.appended': (data) => `${data['expired'] ? 'appended values taken out, their licence ended' : 'appended'}: ${((data['fields'] as string[] | undefined) ?? []).map(fieldName).join(', ')}`,
  'person.consentChanged': () => 'wishes about contact changed',
  'person.merged': () => 'joined with another record',
  'person.unmerged': () => 'separated again',
  'touch.recorded': (data) => `was sent: ${String(data['kind'] ?? 'a mail').replaceAll('_', ' ')}`,
};

function History({ person, canMerge }: { person: Person; canMerge: boolean }) {
  const undo = useSend('POST /v1/merges/:id/undo', {
    stale: ['/v1/people', '/v1/duplicates'],
    done: () => toast({ message: 'Separated. Both are exactly what they were.', tone: 'good' }),
  });
  return (
    <>
      {person.merges.length > 0 && (
        <Card title="Joined records">
          <ul style={{ display: 'grid', gap: 8 }}>
            {person.merges.map((merge) => (
              <li key={merge.id} style={{ display: 'flex', gap: 8, justifyContent: 'space-between', alignItems: 'center' }}>
                <span>
                  <b className="strong">{merge.mergedName}</b>{' '}
                  <span className="dim">
                    by {merge.mergedBy}, <When at={merge.mergedAt} />
                  </span>
                </span>
                {merge.undoneAt ? (
                  <span className="dim">separated again</span>
                ) : (
                  canMerge && (
                    <Chip disabled={undo.isPending} onClick={() => undo.mutate({ params: { id: merge.id } })}>
                      Separate again
                    </Chip>
                  )
                )}
              </li>
            ))}
          </ul>
          <ErrorNote error={undo.error} />
        </Card>
      )}
      {person.history.length > 0 && (
        <Card title="History">
          <Timeline
            entries={person.history.map((fact) => ({
              id: fact.id,
              at: fact.at,
              text: sentences[fact.type]?.(fact.data) ?? fact.type.replace('.', ' '),
              detail: /^(user|baton|system|token)/.test(fact.actor) ? undefined : fact.actor,
            }))}
          />
        </Card>
      )}
    </>
  );
}
