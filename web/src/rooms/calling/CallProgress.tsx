import { useFormat } from '../../ui/format.ts';
import { BarsAndLine } from '../../ui/chart/index.tsx';
import { Card, DataTable, EmptyState, Split, Stack, Stat, Stats } from '../../ui/index.tsx';
import type { Answer } from '../../api/contract.ts';
import { outcomeWord } from './calling-words.ts';

/** How far a list is: whom it reached, at which hour, and what came of it. */
export function CallProgress({ page: { list, outcomes, hours, callers } }: { page: Answer<'GET /v1/calling/lists/:id'> }) {
  const format = useFormat();
  const at = new Map(hours.map((one) => [one.hour, one]));
  const [from, until] = [Math.min(list.fromHour, ...at.keys()), Math.max(list.untilHour, ...[...at.keys()].map((hour) => hour + 1))];
  const all = Array.from({ length: until - from }, (_, i) => at.get(from + i) ?? { hour: from + i, calls: 0, reached: 0 });
  const share = (part: number, of: number): string => (of === 0 ? '–' : format.percent(part / of));
  return (
    <Stack>
      <Stats>
        <Stat
          label="Leads"
          value={format.number(list.leads)}
          note={list.leftOut > 0 ? `${format.number(list.leftOut)} left out: may not be called, or no number` : undefined}
        />
        <Stat label="Called" value={format.number(list.called)} />
        <Stat label="Reached" value={format.number(list.reached)} note={`${share(list.reached, list.called)} of those called`} />
        <Stat label="Qualified" value={format.number(list.qualified)} note={`${share(list.qualified, list.reached)} of those reached`} />
        <Stat
          label="Left"
          value={format.number(list.left)}
          note={list.callBacks > 0 ? `${format.number(list.callBacks)} agreed to be called back` : undefined}
        />
      </Stats>
      {hours.length === 0 ? (
        <EmptyState title="Nobody was called yet">
          Once there are calls, you see here at which hours somebody answers, and what comes of them.
        </EmptyState>
      ) : (
        <>
          <Card title="Share reached, by the hour it was where they are">
            <BarsAndLine
              label="Share of calls that reached somebody, by hour"
              bars={all.map((one) => ({
                label: `${one.hour}`,
                value: one.calls === 0 ? null : one.reached / one.calls,
                note: `${one.reached} of ${one.calls}`,
              }))}
              format={(value) => format.percent(value)}
              valueName="Reached"
            />
          </Card>
          <Split even>
            <Card title="What came of it" flush>
              <DataTable
                caption="Leads that are done, by outcome"
                rows={outcomes}
                rowKey={(one) => one.outcome}
                columns={[
                  { key: 'outcome', label: 'Done as', render: (one) => outcomeWord(one.outcome) },
                  { key: 'leads', label: 'Leads', align: 'end', render: (one) => format.number(one.leads) },
                ]}
              />
            </Card>
            <Card title="Who called" flush>
              <DataTable
                caption="Calls by caller"
                phone="scroll"
                rows={callers}
                rowKey={(one) => one.name}
                columns={[
                  { key: 'name', label: 'Caller', render: (one) => one.name },
                  { key: 'calls', label: 'Calls', align: 'end', render: (one) => format.number(one.calls) },
                  { key: 'reached', label: 'Reached', align: 'end', render: (one) => format.number(one.reached) },
                  { key: 'qualified', label: 'Qualified', align: 'end', render: (one) => format.number(one.qualified) },
                ]}
              />
            </Card>
          </Split>
        </>
      )}
    </Stack>
  );
}
