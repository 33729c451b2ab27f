import type { ReactNode } from 'react';
import type { Answer } from '../../api/contract.ts';
import { useApi } from '../../api/hooks.ts';
import { href } from '../../shell/address.ts';
import { A, Card, DataTable, ErrorNote, SkeletonRows, When, breakable, type DataColumn } from '../../ui/index.tsx';
import { plural, useFormat } from '../../ui/format.ts';
import { EachCosts } from './append-words.tsx';
import { organizationGroupNames } from './group-names.ts';
import css from './identity.module.css';
import { OriginLine, Vouched, Whence } from './Origins.tsx';

type Origins = Answer<'GET /v1/organizations/:id/origins'>;
type Origin = Origins['items'][number];

/** Where each value of an organization came from, and which lists and how many inquiries named it. */
export function OrganizationOrigins({ organizationId }: { organizationId: string }) {
  const answer = useApi('GET /v1/organizations/:id/origins', { params: { id: organizationId } }, { live: ['organization', 'person', 'inquiry', 'import'] });
  if (answer.error) return <ErrorNote error={answer.error} retry={() => void answer.refetch()} />;
  if (!answer.data)
    return (
      <Card title="Where it comes from">
        <SkeletonRows rows={4} />
      </Card>
    );
  const { items, ...named } = answer.data;
  return (
    <>
      {items.length > 0 && (
        <Card title="Where it comes from" side="what was entered by hand stays, whatever is said later">
          <ul className={css.origins}>
            {items.map((one) => (
              <Line key={one.group} one={one} />
            ))}
          </ul>
        </Card>
      )}
      {(named.inquiries > 0 || named.lists > 0) && <NamedBy organizationId={organizationId} {...named} />}
    </>
  );
}

function Line({ one }: { one: Origin }) {
  const { said, appended } = one;
  const format = useFormat();
  const shown = (value: string): ReactNode =>
    one.group === 'employees' ? format.number(Number(value)) : one.group === 'annualRevenueMinor' ? format.money(Number(value)) : breakable(value);
  return (
    <OriginLine label={organizationGroupNames[one.group]} value={one.value} others={one.others} shown={shown}>
      <Vouched by={one.verified} verb="entered" />
      {appended && <Appended of={appended} />}
      {said && (
        <span>
          said <When at={said.at} /> <Whence of={said} />
        </span>
      )}
      {one.joined && <span>from the joined record {one.joined}</span>}
    </OriginLine>
  );
}

function Appended({ of }: { of: NonNullable<Origin['appended']> }) {
  const format = useFormat();
  return (
    <span>
      appended by <A to={`/append/${of.runId}`}>{of.provider}</A> <When at={of.at} />, {Math.round(of.confidence * 100)}% sure
      {of.asOf && `, as of ${format.date(of.asOf)}`}
      {of.priceMinor > 0 && <>, <EachCosts minor={of.priceMinor} currency={of.currency} /></>}
    </span>
  );
}

type Named = Omit<Origins, 'items'>;

function NamedBy({ organizationId, inquiries, lists, namedBy }: { organizationId: string } & Named) {
  const format = useFormat();
  const columns: DataColumn<Named['namedBy'][number]>[] = [
    { key: 'list', label: 'List', render: (one) => <A to={`/imports/${one.importId}`}>{breakable(one.list)}</A> },
    { key: 'did', label: 'What it did', render: (one) => <span>{whatItDid(one)}</span> },
    { key: 'people', label: 'People', align: 'end', render: (one) => format.number(one.people), to: (one) => (one.people > 0 ? href('/people', { organizationId, group: `list.${one.importId}` }) : undefined) },
    { key: 'inquiries', label: 'Inquiries', align: 'end', render: (one) => format.number(one.inquiries), to: (one) => (one.inquiries > 0 ? href('/inquiries', { organizationId, importId: one.importId }) : undefined) },
    { key: 'at', label: 'When', align: 'end', render: (one) => <When at={one.at} /> },
  ];
  return (
    <Card title="Named by" side={inquiries > 0 && <A to={href('/inquiries', { organizationId })}>{`${format.number(inquiries)} ${plural(inquiries, 'inquiry', 'inquiries')}`}</A>}>
      {namedBy.length === 0 ? <p className="dim">No list named it. It is known from what people wrote.</p> : <DataTable caption="Lists that named it" rows={namedBy} rowKey={(one) => one.importId} columns={columns} />}
      {lists > namedBy.length && <p className="dim">{`The latest ${namedBy.length} of ${format.number(lists)} lists.`}</p>}
    </Card>
  );
}

function whatItDid({ isFirst, filled }: Named['namedBy'][number]): string {
  const did = [isFirst && 'brought it', filled.length > 0 && `filled ${filled.map((group) => lower(organizationGroupNames[group])).join(', ')}`];
  return did.filter(Boolean).join('; ') || 'named it';
}
const lower = (label: string): string => (/^[A-Z]{2}/.test(label) ? label : label.toLowerCase());
