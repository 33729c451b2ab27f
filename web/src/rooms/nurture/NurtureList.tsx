import { Button, Popover, TextInput } from '@mantine/core';
import { useState } from 'react';
import { usePages, useSend } from '../../api/hooks.ts';
import type { Answer, Item } from '../../api/contract.ts';
import { useFilters } from '../../shell/address.ts';
import { useKeys } from '../../shell/keys.ts';
import { may, useSession } from '../../api/session.ts';
import { plural, useFormat } from '../../ui/format.ts';
import { dayIn, localDay } from '../../ui/day.ts';
import { useNow } from '../../ui/now.ts';
import {
  Badge,
  Chip,
  EmptyState,
  GradeBadge,
  Page,
  PageTitle,
  Row,
  Stack,
  Tabs,
  TwoLines,
  VirtualTable,
  When,
  toast,
  ErrorNote,
  type Column,
} from '../../ui/index.tsx';

type Enrolment = Item<'GET /v1/nurture'>;

/** Who is being kept warm, until when, and why; the way back to sales is one key. */
export default function NurtureList() {
  const format = useFormat();
  const session = useSession();
  const [{ state = 'waiting' }] = useFilters();
  const [active, setActive] = useState<Enrolment>();
  const canAct = may(session, ['marketing', 'sales_manager']);
  const pages = usePages('GET /v1/nurture', { query: { state } }, { live: ['lead'] });
  const first = pages.first as Answer<'GET /v1/nurture'> | undefined;
  const back = useSend('POST /v1/nurture/:id/return', { stale: ['/v1/nurture', '/v1/leads', '/v1/queue'] });
  const extend = useSend('POST /v1/nurture/:id/extend', { stale: ['/v1/nurture'] });
  const bring = (one: Enrolment | undefined) =>
    one &&
    canAct &&
    back.mutate(
      { params: { id: one.id }, body: {} },
      { onSuccess: () => toast({ message: `${one.personName ?? 'The lead'} goes back to sales now.`, tone: 'good' }) },
    );
  const wait = (one: Enrolment, untilOn: string) =>
    extend.mutate(
      { params: { id: one.id }, body: { untilOn } },
      {
        onSuccess: () =>
          toast({
            message: `${one.personName ?? 'The lead'} waits until ${format.date(untilOn)}.`,
            undo: () => extend.mutate({ params: { id: one.id }, body: { untilOn: localDay(new Date(one.untilAt)) } }),
          }),
      },
    );
  useKeys(
    canAct && state === 'waiting' ? [{ key: 'b', label: 'Bring back to sales now', group: 'Nurture', run: () => bring(active) }] : [],
  );
  const columns: Column<Enrolment>[] = [
    {
      key: 'who',
      label: 'Lead',
      width: 'minmax(180px, 2fr)',
      phone: 'title',
      render: (one) => (
        <TwoLines>
          <span className="strong">{one.personName ?? 'nameless'}</span>
          <span>{one.organizationName ?? ' '}</span>
        </TwoLines>
      ),
    },
    { key: 'grade', label: 'Grade', width: '84px', render: (one) => <GradeBadge grade={one.grade} score={one.score} /> },
    {
      key: 'why',
      label: 'Why it waits',
      width: 'minmax(160px, 2fr)',
      phone: 'sub',
      render: (one) => (
        <TwoLines>
          <span>{one.why}</span>
          <span>{one.programName ?? (one.signal ? `back on: ${one.signal}` : ' ')}</span>
        </TwoLines>
      ),
    },
    { key: 'since', label: 'Since', width: '96px', align: 'end', render: (one) => <When at={one.startedAt} /> },
    state === 'waiting'
      ? {
          key: 'until',
          label: 'Comes back',
          width: '128px',
          align: 'end',
          phone: 'end',
          render: (one) => (
            <TwoLines>
              <span style={one.daysLeft <= 0 ? { color: 'var(--overdue)', fontWeight: 600 } : undefined}>{format.date(one.untilAt)}</span>
              <span>{one.daysLeft <= 0 ? 'due now' : `in ${one.daysLeft} ${plural(one.daysLeft, 'day')}`}</span>
            </TwoLines>
          ),
        }
      : {
          key: 'ended',
          label: 'Ended',
          width: '180px',
          align: 'end',
          phone: 'end',
          render: (one) => <Badge tone="quiet">{one.endReason ?? 'ended'}</Badge>,
        },
    ...(canAct && state === 'waiting'
      ? [
          {
            key: 'do',
            label: '',
            width: '190px',
            align: 'end' as const,
            render: (one: Enrolment) => (
              <span style={{ display: 'inline-flex', gap: 6 }}>
                <Chip onClick={() => bring(one)}>Bring back</Chip>
                <Longer one={one} wait={wait} />
              </span>
            ),
          },
        ]
      : []),
  ];
  return (
    <Page fill>
      <PageTitle
        title="Nurture"
        question={
          first
            ? `${format.number(first.waiting)} kept warm, ${format.number(first.dueThisWeek)} come back this week`
            : 'Who is being kept warm, and when do they come back?'
        }
      />
      <Tabs
        label="Nurture"
        tabs={[
          { to: '/nurture', label: 'Waiting', count: first && state === 'waiting' ? format.number(first.waiting) : undefined },
          { to: '/nurture?state=ended', label: 'Ended' },
        ]}
      />
      <ErrorNote error={back.error ?? extend.error} />
      <VirtualTable
        pages={pages}
        columns={columns}
        rowKey={(one) => one.id}
        to={(one) => `/leads/${one.leadId}`}
        label="Nurture"
        onActive={setActive}
        empty={
          state === 'waiting' ? (
            <EmptyState title="Nobody waits here">
              A lead judged warm comes here with a date or a signal, and goes back to sales by itself when that day comes.
            </EmptyState>
          ) : (
            <EmptyState title="Nothing has ended yet">Leads that came back, bought or stopped are listed here.</EmptyState>
          )
        }
      />
    </Page>
  );
}

function Longer({ one, wait }: { one: Enrolment; wait: (one: Enrolment, untilOn: string) => void }) {
  const format = useFormat();
  const [open, setOpen] = useState(false);
  const [day, setDay] = useState('');
  const now = useNow();
  const later = (days: number) => dayIn(days, new Date(Math.max(now.getTime(), Date.parse(one.untilAt))));
  const choose = (untilOn: string) => {
    setOpen(false);
    wait(one, untilOn);
  };
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" trapFocus returnFocus withArrow>
      <Popover.Target>
        <Chip onClick={() => setOpen(!open)} aria-expanded={open}>
          Wait longer
        </Chip>
      </Popover.Target>
      <Popover.Dropdown data-overlay-open={open || undefined}>
        <Stack gap={8}>
          <Row>
            {[
              [30, 'a month'],
              [91, '3 months'],
              [182, '6 months'],
            ].map(([days, label]) => (
              <Chip key={label} onClick={() => choose(later(days as number))}>
                {label} more
              </Chip>
            ))}
          </Row>
          <form
            onSubmit={(event) => {
              event.preventDefault();
              if (day) choose(day);
            }}
            style={{ display: 'flex', gap: 8, alignItems: 'end' }}
          >
            <TextInput
              label="Or until"
              type="date"
              min={format.today()}
              value={day}
              onChange={(event) => setDay(event.currentTarget.value)}
            />
            <Button type="submit" variant="default" disabled={!day}>
              Set
            </Button>
          </form>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
