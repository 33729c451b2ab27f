import { Button } from '@mantine/core';
import { useState } from 'react';
import { useApi, usePages, useSend } from '../../api/hooks.ts';
import type { Item } from '../../api/contract.ts';
import { may, useSession } from '../../api/session.ts';
import { href, useGo, useParam } from '../../shell/address.ts';
import css from '../../ui/criteria/criteria.module.css';
import { useCountries } from '../../ui/countries.ts';
import { plural, useFormat } from '../../ui/format.ts';
import {
  A,
  Back,
  Badge,
  ConfirmButton,
  EmptyState,
  ErrorNote,
  Note,
  Page,
  PageTitle,
  RecordPage,
  Row,
  TwoLines,
  VirtualTable,
  When,
  toast,
  type Column,
} from '../../ui/index.tsx';
import { SegmentBuilder } from './SegmentBuilder.tsx';

type Member = Item<'GET /v1/segments/:id/members'>;

/** Who is in a segment, and the conditions that say so. */
export default function SegmentPage() {
  const id = useParam('id');
  const go = useGo();
  const format = useFormat();
  const countries = useCountries();
  const canMake = may(useSession(), ['marketing', 'sales_manager']);
  const [editing, setEditing] = useState(false);
  const answer = useApi('GET /v1/segments/:id', { params: { id } }, { live: ['segment'], keep: false });
  const pages = usePages('GET /v1/segments/:id/members', { params: { id } }, { live: ['segment'] });
  const save = useSend('PATCH /v1/segments/:id', {
    stale: ['/v1/segments'],
    done: (made) => {
      setEditing(false);
      toast({ message: `“${made.name}” has ${made.members} ${plural(made.members, 'member')}.`, tone: 'good' });
    },
  });
  const remove = useSend('DELETE /v1/segments/:id', { stale: ['/v1/segments'], done: () => go('/segments', { replace: true }) });
  if (!answer.data) return <RecordPage back={{ to: '/segments', label: 'Segments' }} waiting={answer} rows={8} />;
  const one = answer.data;
  const page = one.subject === 'person' ? '/people' : '/organizations';
  const title = (
    <>
      {one.name} {one.kind === 'live' ? <Badge tone="action">Live</Badge> : <Badge tone="cold">Frozen</Badge>}
    </>
  );
  if (editing)
    return (
      <RecordPage back={{ to: '/segments', label: 'Segments' }}>
        <PageTitle title={title} question={one.note} />
        <SegmentBuilder
          segment={one}
          send={{
            mutate: ({ subject: _subject, ...body }) =>
              save.mutate({
                params: { id },
                // The same conditions sent again would fill a frozen segment anew.
                body: JSON.stringify(body.criteria) === JSON.stringify(one.criteria) ? { ...body, criteria: undefined } : body,
              }),
            isPending: save.isPending,
            error: save.error,
          }}
          cancel={() => setEditing(false)}
        />
      </RecordPage>
    );
  const columns: Column<Member>[] = [
    {
      key: 'name',
      label: one.subject === 'person' ? 'Person' : 'Company',
      width: 'minmax(180px, 2fr)',
      phone: 'title',
      render: (member) => (
        <TwoLines>
          <span className="strong">{member.name}</span>
          <span>{member.title ?? ' '}</span>
        </TwoLines>
      ),
    },
    {
      key: 'where',
      label: one.subject === 'person' ? 'Company' : 'Where',
      width: 'minmax(140px, 1.6fr)',
      phone: 'sub',
      render: (member) => (
        <TwoLines>
          <span>{member.organization ?? ' '}</span>
          <span>{[member.city, member.country && (countries.name(member.country) ?? member.country)].filter(Boolean).join(', ') || ' '}</span>
        </TwoLines>
      ),
    },
    { key: 'reach', label: 'Reached by', width: 'minmax(160px, 1.6fr)', render: (member) => member.email ?? member.phone ?? '' },
    { key: 'last', label: 'Last seen', width: '110px', align: 'end', phone: 'end', render: (member) => <When at={member.lastSeenAt} /> },
  ];
  return (
    <Page fill>
      <Back to="/segments">Segments</Back>
      <PageTitle
        title={title}
        question={one.note}
        side={
          <Row>
            <A to={href(page, { segmentId: one.id })}>As a list</A>
            {one.subject === 'person' && <A to={href('/leads', { segmentId: one.id })}>Their leads</A>}
            {canMake && (
              <>
                <Button component="a" href={`/v1/segments/${one.id}/members.csv`} download variant="default">
                  Export CSV
                </Button>
                <ConfirmButton
                  sentence={`“${one.name}” is deleted. Its members stay who they are.`}
                  confirm="Delete"
                  onConfirm={() => remove.mutate({ params: { id } })}
                >
                  Delete
                </ConfirmButton>
                <Button onClick={() => setEditing(true)}>Change</Button>
              </>
            )}
          </Row>
        }
      />
      {one.problem && <Note tone="warn">{one.problem} The members are those of before.</Note>}
      <ErrorNote error={remove.error} />
      <p className={css.sentence} style={{ marginBottom: 12 }}>
        <b className="num">{format.number(one.members)}</b>{' '}
        <span className="dim">
          {one.subject === 'person' ? plural(one.members, 'person', 'people') : plural(one.members, 'company', 'companies')}
          {one.sentence !== 'always' && ' of whom'}
        </span>{' '}
        {one.sentence === 'always' ? 'without any condition' : one.sentence}
        <span className="dim">
          {one.kind === 'static' ? ', as it was ' : '. Last change '}
          {format.when(one.kind === 'static' ? one.countedAt : one.movedAt)}.
        </span>
      </p>
      <VirtualTable
        pages={pages}
        columns={columns}
        rowKey={(member) => member.id}
        to={(member) => `${page}/${member.id}`}
        label="Members"
        empty={<EmptyState title="Nobody is in it now">{one.kind === 'live' ? 'Whoever meets the conditions appears by himself.' : 'It was empty when it was frozen.'}</EmptyState>}
      />
    </Page>
  );
}
