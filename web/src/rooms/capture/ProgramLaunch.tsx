import { NumberInput, Select } from '@mantine/core';
import { useApi } from '../../api/hooks.ts';
import type { Answer } from '../../api/contract.ts';
import { useSegments } from '../../api/options.ts';
import { useFilters } from '../../shell/address.ts';
import { BarsAndLine } from '../../ui/chart/index.tsx';
import { plural, useFormat } from '../../ui/format.ts';
import { A, Card, DataTable, EmptyState, ErrorNote, FormGrid, SkeletonRows, Stack } from '../../ui/index.tsx';
import { basisOf, LaunchVerdict } from './LaunchVerdict.tsx';
import { WeekBars } from './WeekBars.tsx';

type Check = Answer<'GET /v1/programs/:id/launch-check'>;

/** Before it starts: what it is expected to bring by week, and whether those who would be given it have room. */
export function ProgramLaunch({ programId }: { programId: string }) {
  const [filters, setFilters] = useFilters();
  const { leads, segmentId } = filters;
  const query = { ...(leads === undefined ? {} : { leads: Number(leads) }), ...(segmentId === undefined ? {} : { segmentId }) };
  const people = useSegments('person');
  const organizations = useSegments('organization');
  const answer = useApi('GET /v1/programs/:id/launch-check', { params: { id: programId }, query }, { live: ['program', 'holder', 'territory', 'routing'] });
  const check = answer.data;
  if (!check) return answer.error ? <ErrorNote error={answer.error} retry={() => void answer.refetch()} /> : <SkeletonRows rows={8} />;
  return (
    <Stack>
      <ErrorNote error={answer.error} retry={() => void answer.refetch()} />
      {check.basis === 'nothing' ? (
        <Card>
          <EmptyState title="Nothing to go by yet">
            No program has run long enough to measure this one by. Give it a goal of leads under Change, or say below how many to look at.
          </EmptyState>
        </Card>
      ) : (
        <LaunchVerdict check={check} />
      )}
      <Card title="What if" quiet>
        <FormGrid>
          <NumberInput
            label="It brings so many leads"
            description={`Empty: ${basisOf(check)}.`}
            hideControls
            min={0}
            max={1_000_000}
            allowDecimal={false}
            value={leads ?? ''}
            onChange={(value) => setFilters({ leads: value === '' ? undefined : Number(value) })}
          />
          <Select
            label="It goes to a segment"
            description="Leads then come from where its members are."
            placeholder="as leads came before"
            searchable
            clearable
            data={[
              { group: 'People', items: people },
              { group: 'Organizations', items: organizations },
            ]}
            value={segmentId ?? null}
            onChange={(value) => setFilters({ segmentId: value ?? undefined })}
          />
        </FormGrid>
      </Card>
      {check.rows.length > 0 && check.leads > 0 && <Found check={check} />}
      <KnownBy check={check} />
    </Stack>
  );
}

function Found({ check }: { check: Check }) {
  const format = useFormat();
  const said = (leads: number) => (leads > 0 && leads < 10 ? format.decimal(leads, 1) : format.number(Math.round(leads)));
  const hasCome = check.weeks.some(({ came }) => came !== null);
  return (
    <>
      <Card title="What comes, and what waits">
        <p className="dim" style={{ marginBottom: 6 }}>
          Bars: leads expected in the week. Dashed: leads waiting for room at its end.
        </p>
        <BarsAndLine
          label="Leads expected by week, and leads waiting for room at its end"
          bars={check.weeks.map((week) => ({ label: format.date(week.startsOn), value: week.expected, line: week.backlog }))}
          format={said}
          valueName="expected"
          lineName="waiting"
        />
      </Card>
      <Card title="Week by week" flush>
        <DataTable
          phone="scroll"
          caption="Week by week"
          rows={check.weeks}
          rowKey={(week) => week.startsOn}
          columns={[
            { key: 'on', label: 'Week of', render: (week) => format.date(week.startsOn) },
            { key: 'expected', label: 'Expected', align: 'end', render: (week) => said(week.expected) },
            ...(hasCome
              ? [{ key: 'came', label: 'Came', align: 'end' as const, hint: 'In truth', render: (week: Check['weeks'][number]) => (week.came === null ? '–' : format.number(week.came)) }]
              : []),
            { key: 'room', label: 'Room', align: 'end', hint: 'Beside what they are given anyway', render: (week) => (week.room === null ? 'no limit' : said(week.room)) },
            { key: 'placed', label: 'Find somebody', align: 'end', render: (week) => said(week.placed) },
            { key: 'backlog', label: 'Wait', align: 'end', render: (week) => (week.backlog >= 0.5 ? <b>{said(week.backlog)}</b> : said(week.backlog)) },
          ]}
        />
      </Card>
      <Card title="Where they go" side="asked first" flush>
        <DataTable
          caption="Where they go"
          rows={check.rows}
          rowKey={(row) => row.key}
          columns={[
            {
              key: 'name',
              label: 'To',
              render: (row) => (
                <>
                  <span className="strong">{row.name}</span>
                  {row.kind !== 'territory' && <span className="dim"> by a rule</span>}
                </>
              ),
            },
            { key: 'expected', label: 'Expected', align: 'end', sort: (row) => row.expected, render: (row) => said(row.expected) },
            { key: 'most', label: 'Most waiting', align: 'end', sort: (row) => row.most, render: (row) => said(row.most) },
            { key: 'clear', label: 'Nobody waits from', align: 'end', render: (row) => (row.most === 0 ? 'the start' : row.clearOn ? format.date(row.clearOn) : 'not in sight') },
            {
              key: 'weeks',
              label: 'Waiting by week',
              align: 'end',
              render: (row) => <WeekBars label={`Waiting by week: ${row.name}`} values={row.weeks.map(({ backlog }) => backlog)} most={check.most} said={said} />,
            },
          ]}
        />
      </Card>
      {check.holders.length > 0 && (
        <Card title="Who would be given them" flush>
          <DataTable
            caption="Who would be given them"
            rows={check.holders}
            rowKey={(row) => row.holderId}
            columns={[
              { key: 'name', label: 'Holder', render: (row) => <A to={`/holders/${row.holderId}`}>{row.name}</A> },
              { key: 'leads', label: 'Leads of it', align: 'end', sort: (row) => row.leads, render: (row) => said(row.leads) },
              { key: 'perWeek', label: 'Takes a week', align: 'end', render: (row) => (row.perWeek === null ? 'no limit' : row.perWeek) },
              { key: 'usual', label: 'Given anyway', align: 'end', hint: 'A week, on average of eight', render: (row) => said(row.usual) },
              { key: 'room', label: 'Room', align: 'end', hint: 'In the first week', render: (row) => (row.room === null ? 'no limit' : said(row.room)) },
              { key: 'away', label: 'Weeks away', align: 'end', render: (row) => (row.away === 0 ? '–' : format.number(row.away)) },
            ]}
          />
        </Card>
      )}
    </>
  );
}

function KnownBy({ check }: { check: Check }) {
  const format = useFormat();
  const { like, byChannel, mix, audience, grades } = check;
  const shown = like.slice(0, 12);
  const from = {
    audience: `from where ${format.number(audience)} ${plural(audience ?? 0, 'member')} of the segment are`,
    like: 'from where theirs came',
    latest: 'from where the latest leads of all came',
    nothing: 'from anywhere, as no lead is known yet',
  }[mix];
  return (
    <Card title="How this is known" quiet>
      <Stack gap={8}>
        {like.length > 0 ? (
          <p>
            {byChannel ? 'Programs of its channel' : 'Programs of other channels, as none of its own is known long enough'}:{' '}
            {shown.map((one, i) => (
              <span key={one.programId}>
                {i > 0 && ', '}
                <A to={`/programs/${one.programId}`}>{one.name}</A> ({format.number(one.leads)})
              </span>
            ))}
            {like.length > shown.length && ` and ${like.length - shown.length} more`}. Leads come in the weeks after the start in which theirs came.
          </p>
        ) : (
          <p>No program is known long enough to measure it by: leads come evenly over its weeks.</p>
        )}
        <p>
          They come {from}: {format.percent(grades.hot)} hot, {format.percent(grades.warm)} warm, {format.percent(grades.cold)} cold.
        </p>
        {check.notes.map((note) => (
          <p key={note} className="dim">
            {note}
          </p>
        ))}
      </Stack>
    </Card>
  );
}
