import { Button, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useApi, useSend } from '../../api/hooks.ts';
import type { Answer } from '../../api/contract.ts';
import { href } from '../../shell/address.ts';
import {
  Card,
  Chip,
  DataTable,
  ErrorNote,
  FactList,
  FormGrid,
  Money,
  MoneyInput,
  Row,
  Split,
  Stack,
  Stat,
  Stats,
  Wide,
  toast,
} from '../../ui/index.tsx';
import { Bullets } from '../../ui/chart/index.tsx';
import { useFormat } from '../../ui/format.ts';

type Page = Answer<'GET /v1/programs/:id'>;

/** What it cost, what it was meant to bring, what it brought. Every figure opens its leads. */
export function ProgramResults({ program, costs, canEdit }: { program: Page['program']; costs: Page['costs']; canEdit: boolean }) {
  const format = useFormat();
  const query = { programId: program.id };
  const board = useApi('GET /v1/loop', { query }, { live: ['lead', 'inquiry', 'sale'] });
  const result = board.data?.programs.find((one) => one.id === program.id);
  const cost = program.costEntries > 0 ? program.costMinor : null;
  const value = result?.valueMinor ?? null;
  const factor = cost && value !== null ? value / cost : null;
  const leads = (more: Record<string, string> = {}) => href('/leads', { ...query, ...more });
  const goals = [
    {
      key: 'inquiries',
      label: 'Inquiries',
      value: result?.inquiries ?? program.inquiries,
      goal: program.goalInquiries,
      tone: 'quiet',
      to: href('/inquiries', query),
    },
    { key: 'leads', label: 'Leads', value: result?.leads ?? 0, goal: program.goalLeads, tone: 'cold', to: leads() },
    { key: 'hot', label: 'Hot', value: result?.hot ?? 0, goal: null, tone: 'hot', to: leads({ grade: 'hot' }) },
    { key: 'sales', label: 'Sales', value: result?.sales ?? 0, goal: program.goalSales, tone: 'sale', to: leads({ status: 'sale' }) },
  ];
  return (
    <>
      <Stats>
        <Stat
          label="Cost"
          value={cost === null ? '–' : format.moneyShort(cost, program.currency)}
          note={
            cost === null
              ? 'no cost entered'
              : program.budgetMinor
                ? `${format.percent(cost / program.budgetMinor)} of the budget`
                : `${program.costEntries} entries`
          }
        />
        <Stat
          label="Inquiries"
          value={format.number(result?.inquiries ?? program.inquiries)}
          to={href('/inquiries', query)}
          note={cost ? `${format.money(cost / Math.max(1, program.inquiries), program.currency)} each` : undefined}
        />
        <Stat
          label="Leads"
          value={format.number(result?.leads ?? null)}
          to={leads()}
          note={result && cost ? `${format.money(cost / Math.max(1, result.leads), program.currency)} each` : undefined}
        />
        <Stat
          label="Sales"
          value={format.number(result?.sales ?? null)}
          to={leads({ status: 'sale' })}
          note={result && cost && result.sales ? `${format.moneyShort(cost / result.sales, program.currency)} each` : undefined}
        />
        <Stat
          label="Revenue"
          value={format.moneyShort(value, board.data?.currency)}
          note={program.expectedMinor ? `${format.moneyShort(program.expectedMinor, program.currency)} expected` : 'first touch'}
        />
        <Stat
          label="Return"
          value={format.times(factor)}
          tone={factor === null ? undefined : factor < 1 ? 'bad' : 'good'}
          note={factor === null ? (cost === null ? 'needs a cost' : 'no sale yet') : 'revenue over cost'}
          to={href('/money', { part: 'return', by: 'program' })}
        />
      </Stats>
      <Split>
        <Stack>
          <Card title="Goals and results" side="click a bar to see the leads" flush>
            <Bullets
              label="Goals and results"
              rows={goals.map((row) => ({
                ...row,
                text: (
                  <span className="num">
                    <b className="strong">{format.number(row.value)}</b>
                    {row.goal ? <span className="dim"> of {format.number(row.goal)}</span> : null}
                  </span>
                ),
              }))}
            />
            <div style={{ height: 10 }} />
          </Card>
          <Costs program={program} costs={costs} canEdit={canEdit} />
        </Stack>
        <Card title="About" quiet>
          <FactList
            facts={[
              ['Budget', program.budgetMinor === null ? null : <Money key="b" minor={program.budgetMinor} currency={program.currency} />],
              [
                'Expected',
                program.expectedMinor === null ? null : <Money key="e" minor={program.expectedMinor} currency={program.currency} />,
              ],
              ['Known as', program.externalId],
              ['Run by', program.ownerName],
              ['Since', format.date(program.createdAt)],
              ['Note', program.note],
            ]}
          />
        </Card>
      </Split>
    </>
  );
}

function Costs({ program, costs, canEdit }: { program: Page['program']; costs: Page['costs']; canEdit: boolean }) {
  const format = useFormat();
  const blank = { onDate: format.today(), amountMinor: null as number | null, note: '' };
  const [form, setForm] = useState(blank);
  const set = (patch: Partial<typeof form>) => setForm((was) => ({ ...was, ...patch }));
  const stale = ['/v1/programs', '/v1/roi', '/v1/loop', '/v1/scoreboard'];
  const add = useSend('POST /v1/programs/:id/costs', { stale, done: () => setForm((was) => ({ ...blank, onDate: was.onDate })) });
  const remove = useSend('DELETE /v1/programs/:id/costs/:costId', {
    stale,
    done: (_answer, input) => {
      const gone = costs.find((one) => one.id === input.params.costId);
      if (!gone) return;
      toast({
        message: `Cost of ${format.money(gone.amountMinor, gone.currency)} removed.`,
        undo: () =>
          add.mutate({
            params: { id: program.id },
            body: { onDate: gone.onDate, amountMinor: gone.amountMinor, currency: gone.currency, note: gone.note },
          }),
      });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (form.amountMinor === null) return;
    add.mutate({
      params: { id: program.id },
      body: { onDate: form.onDate, amountMinor: form.amountMinor, note: form.note.trim() || null },
    });
  };
  return (
    <Card
      title="Costs, on their days"
      side={costs.length > 0 ? `${costs.length} ${costs.length === 1 ? 'entry' : 'entries'}` : undefined}
      flush
    >
      {costs.length === 0 ? (
        <p className="dim" style={{ padding: '0 16px 14px' }}>
          No cost entered yet. Until it has one, this program is shown with its sales but without a return. Enter what was paid, on the day
          it was for.
        </p>
      ) : (
        <DataTable
          caption="Costs"
          rows={costs}
          rowKey={(one) => one.id}
          columns={[
            { key: 'on', label: 'Day', render: (one) => format.date(one.onDate), sort: (one) => one.onDate },
            { key: 'note', label: 'For', render: (one) => one.note ?? '' },
            {
              key: 'amount',
              label: 'Amount',
              align: 'end',
              render: (one) => <Money minor={one.amountMinor} currency={one.currency} />,
              sort: (one) => one.amountMinor,
              total: <Money minor={program.costMinor} currency={program.currency} />,
            },
            ...(canEdit
              ? [
                  {
                    key: 'do',
                    label: '',
                    align: 'end' as const,
                    render: (one: (typeof costs)[number]) => (
                      <Chip
                        aria-label={`Remove the cost of ${format.date(one.onDate)}`}
                        onClick={() => remove.mutate({ params: { id: program.id, costId: one.id } })}
                      >
                        Remove
                      </Chip>
                    ),
                  },
                ]
              : []),
          ]}
        />
      )}
      {canEdit && (
        <form onSubmit={submit} style={{ padding: '12px 16px 16px', borderTop: '1px solid var(--line-soft)' }}>
          <Stack gap={10}>
            <FormGrid>
              <TextInput
                label="Day"
                type="date"
                required
                value={form.onDate}
                onChange={(event) => set({ onDate: event.currentTarget.value })}
              />
              <MoneyInput
                label="Amount"
                required
                currency={program.currency}
                minor={form.amountMinor}
                onMinor={(amountMinor) => set({ amountMinor })}
              />
              <Wide>
                <TextInput
                  label="For"
                  placeholder="Booth, print, clicks of March …"
                  value={form.note}
                  onChange={(event) => set({ note: event.currentTarget.value })}
                />
              </Wide>
            </FormGrid>
            <ErrorNote error={add.error ?? remove.error} />
            <Row end>
              <Button type="submit" variant="default" loading={add.isPending} disabled={form.amountMinor === null}>
                Add cost
              </Button>
            </Row>
          </Stack>
        </form>
      )}
    </Card>
  );
}
