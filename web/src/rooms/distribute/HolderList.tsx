import { Button, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { useApi } from '../../api/hooks.ts';
import type { Item } from '../../api/contract.ts';
import { may, useSession } from '../../api/session.ts';
import { href, useFilters } from '../../shell/address.ts';
import { useKeys } from '../../shell/keys.ts';
import { plural, useFormat } from '../../ui/format.ts';
import {
  A,
  Badge,
  Card,
  DataTable,
  EmptyState,
  ErrorNote,
  Page,
  PageTitle,
  SkeletonRows,
  Stack,
  Stat,
  Stats,
  type DataColumn,
} from '../../ui/index.tsx';
import { HolderForm } from './HolderForm.tsx';
import css from './distribute.module.css';

export type Holder = Item<'GET /v1/holders'>;

/** Who has room, who is away, who answers. */
export default function HolderList() {
  const format = useFormat();
  const canEdit = may(useSession(), ['marketing', 'sales_manager']);
  const [{ kind = '' }, setFilters] = useFilters();
  const [adding, setAdding] = useState(false);
  const answer = useApi('GET /v1/holders', undefined, { live: ['holder', 'lead'] });
  const board = useApi('GET /v1/scoreboard', { query: {} }, { live: ['lead'] });
  useKeys(canEdit ? [{ key: 'a', label: 'Add a rep or partner', group: 'Reps & partners', run: () => setAdding(true) }] : []);
  if (!answer.data)
    return (
      <Page>
        <PageTitle title="Reps & partners" question="Who has room, who is away, who answers?" />
        {answer.error ? <ErrorNote error={answer.error} retry={() => void answer.refetch()} /> : <SkeletonRows rows={10} />}
      </Page>
    );
  const all = answer.data.items;
  const workers = all.filter((one) => one.kind === 'rep' || one.kind === 'partner');
  const rows = workers.filter((one) => !kind || one.kind === kind);
  const answers = new Map(board.data?.holders.map((one) => [one.id, one]));
  const away = workers.filter((one) => one.awayUntilOn && one.active);
  const full = workers.filter(
    (one) =>
      one.active &&
      ((one.capacityPerWeek !== null && one.lastWeek >= one.capacityPerWeek) || (one.openMost !== null && one.openLeads >= one.openMost)),
  );
  const room = workers
    .filter((one) => one.active && !one.awayUntilOn && one.capacityPerWeek !== null)
    .reduce((sum, one) => sum + Math.max(0, (one.capacityPerWeek ?? 0) - one.lastWeek), 0);
  const desk = all.find((one) => one.kind === 'desk');
  const columns: DataColumn<Holder>[] = [
    {
      key: 'name',
      label: 'Who',
      render: (one) => (
        <div className={css.who}>
          <A to={`/holders/${one.id}`}>{one.name}</A>{' '}
          {!one.active ? (
            <Badge tone="bad">Inactive</Badge>
          ) : one.awayUntilOn ? (
            <Badge tone="warm">Away until {format.date(one.awayUntilOn)}</Badge>
          ) : null}
          <span className={css.under}>
            {one.kind === 'partner' ? 'Partner' : 'Rep'}
            {one.country ? ` · ${one.country}` : ''}
            {one.territories.length > 0 ? ` · ${one.territories.map((territory) => territory.name).join(', ')}` : ' · no territory'}
          </span>
        </div>
      ),
      sort: (one) => one.name,
    },
    {
      key: 'load',
      label: 'This week',
      render: (one) => <Load holder={one} />,
      sort: (one) => (one.capacityPerWeek ? one.lastWeek / one.capacityPerWeek : one.lastWeek / 1e6),
      hint: 'Given in the last seven days, of what they can work',
    },
    {
      key: 'open',
      label: 'Open',
      align: 'end',
      render: (one) => format.number(one.openLeads),
      to: (one) => (one.openLeads > 0 ? href('/leads', { holderId: one.id, open: 'true' }) : undefined),
      sort: (one) => one.openLeads,
    },
    {
      key: 'unanswered',
      label: 'Unanswered',
      align: 'end',
      render: (one) => <span style={one.unanswered > 0 ? { fontWeight: 600 } : undefined}>{format.number(one.unanswered)}</span>,
      to: (one) => (one.unanswered > 0 ? href('/leads', { holderId: one.id, accepted: 'false', open: 'true' }) : undefined),
      sort: (one) => one.unanswered,
    },
    {
      key: 'late',
      label: 'Past promise',
      align: 'end',
      render: (one) => {
        const late = answers.get(one.id)?.pastPromise;
        return late === undefined ? (
          '–'
        ) : (
          <span style={late > 0 ? { color: 'var(--overdue)', fontWeight: 600 } : undefined}>{format.number(late)}</span>
        );
      },
      to: (one) => (answers.get(one.id)?.pastPromise ? href('/leads', { holderId: one.id, overdue: 'true' }) : undefined),
      sort: (one) => answers.get(one.id)?.pastPromise ?? -1,
    },
    {
      key: 'followed',
      label: 'Followed up',
      align: 'end',
      render: (one) => {
        const share = answers.get(one.id)?.followedUpPercent;
        return share === null || share === undefined ? '–' : format.percent(share / 100);
      },
      sort: (one) => answers.get(one.id)?.followedUpPercent ?? -1,
    },
    {
      key: 'sales',
      label: 'Sales',
      align: 'end',
      render: (one) => format.number(answers.get(one.id)?.sales ?? null),
      sort: (one) => answers.get(one.id)?.sales ?? -1,
      to: (one) => (answers.get(one.id)?.sales ? href('/leads', { holderId: one.id, status: 'sale' }) : undefined),
    },
  ];
  return (
    <Page>
      <PageTitle
        title="Reps & partners"
        question="Who has room, who is away, who answers?"
        side={
          canEdit && (
            <>
              <A to="/holders/even">Even out open leads</A>
              <Button onClick={() => setAdding(true)}>Add a rep or partner</Button>
            </>
          )
        }
      />
      {workers.length > 0 && (
        <Stats>
          <Stat
            label="Room this week"
            value={format.number(room)}
            note={`at ${workers.filter((one) => one.active).length} ${plural(workers.length, 'holder')}`}
          />
          <Stat
            label="Full"
            value={format.number(full.length)}
            note={
              full
                .slice(0, 3)
                .map((one) => one.name)
                .join(', ') || 'nobody'
            }
          />
          <Stat
            label="Away"
            value={format.number(away.length)}
            note={
              away
                .slice(0, 3)
                .map((one) => one.name)
                .join(', ') || 'nobody'
            }
          />
          <Stat
            label="Unanswered"
            value={format.number(workers.reduce((sum, one) => sum + one.unanswered, 0))}
            to={href('/leads', { accepted: 'false', open: 'true' })}
            note="offered, not accepted yet"
          />
          <Stat
            label="At the desk"
            value={format.number(desk?.openLeads ?? 0)}
            tone={desk && desk.openLeads > 0 ? 'bad' : 'good'}
            to={href('/leads', { unplaced: 'true' })}
            note="waiting for a holder"
          />
        </Stats>
      )}
      {workers.length === 0 ? (
        <Card>
          <EmptyState
            title="Nobody works leads yet"
            actions={canEdit && <Button onClick={() => setAdding(true)}>Add the first rep</Button>}
          >
            Leads wait at the desk until somebody can have them. Add reps and partners with the number of leads a week they can work.
          </EmptyState>
        </Card>
      ) : (
        <Stack gap={12}>
          <div>
            <SegmentedControl
              size="xs"
              aria-label="Kind"
              data={[
                { value: '', label: 'All' },
                { value: 'rep', label: 'Reps' },
                { value: 'partner', label: 'Partners' },
              ]}
              value={kind}
              onChange={(value) => setFilters({ kind: value })}
            />
          </div>
          <Card flush>
            <DataTable caption="Reps and partners" rows={rows} rowKey={(one) => one.id} columns={columns} sortBy="load" />
          </Card>
        </Stack>
      )}
      {adding && <HolderForm close={() => setAdding(false)} />}
    </Page>
  );
}

export function Load({ holder }: { holder: Holder }) {
  const format = useFormat();
  const capacity = holder.capacityPerWeek;
  const given = format.number(holder.lastWeek);
  if (capacity === null)
    return (
      <span className="num">
        {given} <span className="dim">no limit set</span>
      </span>
    );
  const share = capacity === 0 ? 1 : holder.lastWeek / capacity;
  return (
    <span className={css.load}>
      <span className={css.bar} aria-hidden>
        <i style={{ width: `${Math.min(1, share) * 100}%`, background: share >= 1 ? 'var(--warm-fill)' : 'var(--cold-fill)' }} />
      </span>
      <span className="num">
        {given} of {capacity < 10 && !Number.isInteger(capacity) ? capacity : format.number(capacity)}
      </span>
    </span>
  );
}
