import { SegmentedControl } from '@mantine/core';
import { useMemo } from 'react';
import { useApi } from '../../api/hooks.ts';
import type { Answer } from '../../api/contract.ts';
import { href, useFilters } from '../../shell/address.ts';
import { useFormat } from '../../ui/format.ts';
import { doorName } from '../../ui/doors.ts';
import {
  A,
  Card,
  DataTable,
  EmptyState,
  ErrorNote,
  FilterBar,
  Note,
  Row,
  SkeletonRows,
  Stack,
  Stat,
  Stats,
  type DataColumn,
} from '../../ui/index.tsx';
import { periodDays } from '../../ui/period.ts';
import { Conditions } from '../../ui/Conditions.tsx';
import { useWhoFilters } from '../../ui/who-filters.ts';
import { modelNames } from './model-names.ts';

type Roi = Answer<'GET /v1/roi'>;
type Line = Roi['rows'][number];
const models = ['first', 'last', 'linear'] as const;

/** The same sales under three models side by side; each adds up to the ledger to the cent. */
export function Return() {
  const format = useFormat();
  const [filters, setFilters] = useFilters();
  const by = filters['by'] === 'channel' ? 'channel' : 'program';
  const basis = filters['basis'] === 'invoiced' ? 'invoiced' : 'won';
  const days = filters['period'] ? periodDays(filters['period'], format.today()) : {};
  const who = useWhoFilters('lead', filters);
  const { where } = who.asked(filters);
  const query = { by, basis, where, ...days };
  const live = ['sale', 'invoice', 'opportunity', 'program'];
  const first = useApi('GET /v1/roi', { query: { ...query, model: 'first' } }, { live });
  const last = useApi('GET /v1/roi', { query: { ...query, model: 'last' } }, { live });
  const linear = useApi('GET /v1/roi', { query: { ...query, model: 'linear' } }, { live });
  const answers = { first: first.data, last: last.data, linear: linear.data };
  const rows = useMemo(
    () =>
      (first.data?.rows ?? [])
        .filter((row) => row.costMinor !== null || row.sales > 0 || row.valueMinor !== 0)
        .sort((one, two) => two.valueMinor - one.valueMinor),
    [first.data],
  );
  const error = first.error ?? last.error ?? linear.error;
  const whole = answers.first;
  const money = (minor: number | null | undefined) => format.money(minor, whole?.currency);
  const lineOf = (model: (typeof models)[number], key: string | null): Line | undefined =>
    answers[model]?.rows.find((row) => row.key === key);
  const percent = (value: number | null | undefined, cost: number | null | undefined) =>
    value === null || value === undefined || !cost ? (
      <span className="dim">–</span>
    ) : (
      <span style={value < 0 ? { color: 'var(--overdue)' } : undefined}>{format.percent(value / 100, Math.abs(value) < 1000 ? 1 : 0)}</span>
    );
  const columns: DataColumn<Line>[] = [
    {
      key: 'label',
      label: by === 'program' ? 'Program' : 'Channel',
      render: (row) => (by === 'channel' ? doorName(row.label) : row.label),
      to: (row) => (by === 'program' && row.key ? `/programs/${row.key}` : undefined),
      sort: (row) => row.label,
      total: 'Together',
    },
    {
      key: 'cost',
      label: 'Cost',
      align: 'end',
      render: (row) => (row.costMinor === null ? <span className="dim">no cost entered</span> : money(row.costMinor)),
      sort: (row) => row.costMinor ?? -1,
      total: money(whole?.total.costMinor),
    },
    {
      key: 'sales',
      label: 'Sales',
      align: 'end',
      render: (row) => format.number(row.sales),
      to: (row) => (row.sales > 0 ? href('/leads', { ...row.drill }) : undefined),
      sort: (row) => row.sales,
      total: format.number(whole?.total.sales),
    },
    ...models.flatMap((model): DataColumn<Line>[] => [
      {
        key: `${model}-value`,
        label: modelNames[model].label,
        hint: modelNames[model].weights,
        align: 'end',
        render: (row) => money(lineOf(model, row.key)?.valueMinor ?? 0),
        sort: (row) => lineOf(model, row.key)?.valueMinor ?? 0,
        total: money(answers[model]?.total.valueMinor),
      },
      {
        key: `${model}-return`,
        label: 'Return',
        align: 'end',
        render: (row) => percent(lineOf(model, row.key)?.returnPercent, row.costMinor),
        sort: (row) => lineOf(model, row.key)?.returnPercent ?? -1e9,
        total: percent(answers[model]?.total.returnPercent, answers[model]?.total.costMinor),
      },
    ]),
  ];
  const unattributed = whole ? (basis === 'won' ? whole.unattributed.wonMinor : whole.unattributed.invoicedMinor) : null;
  const ledger = whole ? (basis === 'won' ? whole.ledger.wonMinor : whole.ledger.invoicedMinor) : null;
  return (
    <Stack>
      <Row between>
        <FilterBar filters={[{ kind: 'period', name: 'period' }, ...who.specs]} />
        <Row>
          <SegmentedControl
            size="xs"
            aria-label="By"
            data={[
              { value: 'program', label: 'By program' },
              { value: 'channel', label: 'By channel' },
            ]}
            value={by}
            onChange={(value) => setFilters({ by: value === 'program' ? undefined : value })}
          />
          <SegmentedControl
            size="xs"
            aria-label="What counts"
            data={[
              { value: 'won', label: 'Won opportunities' },
              { value: 'invoiced', label: 'Invoices' },
            ]}
            value={basis}
            onChange={(value) => setFilters({ basis: value === 'won' ? undefined : value })}
          />
        </Row>
      </Row>
      <Conditions subject="lead" />
      {where && <Note>Sales are those to the people and companies chosen. Costs are the programs’ whole: nobody can say what of a fair was spent on directors.</Note>}
      <ErrorNote error={error} retry={() => void first.refetch()} />
      {!whole ? (
        !error && <SkeletonRows rows={10} />
      ) : (
        <>
          <Stats>
            <Stat
              label={basis === 'won' ? 'Won' : 'Invoiced'}
              value={format.moneyShort(ledger, whole.currency)}
              note={
                basis === 'won' ? `${format.number(whole.ledger.wonCount)} sales` : `${format.number(whole.ledger.invoiceCount)} invoices`
              }
            />
            <Stat
              label="Cost"
              value={format.moneyShort(whole.total.costMinor, whole.currency)}
              note={
                rows.some((row) => row.costMinor === null && row.key)
                  ? `${rows.filter((row) => row.costMinor === null && row.key).length} without a cost`
                  : 'every one has a cost'
              }
            />
            <Stat
              label="Return"
              value={whole.total.returnPercent === null ? '–' : format.percent(whole.total.returnPercent / 100, 1)}
              note="value less cost, over cost"
              tone={whole.total.returnPercent !== null && whole.total.returnPercent < 0 ? 'bad' : undefined}
            />
            <Stat
              label="Unattributed"
              value={format.moneyShort(unattributed, whole.currency)}
              note={ledger ? `${format.percent((unattributed ?? 0) / ledger)} of it; no inquiry earned it` : undefined}
              to="/money?part=unattributed"
            />
          </Stats>
          {rows.length === 0 ? (
            <Card>
              <EmptyState title="Nothing to compare yet">
                Give programs their costs and bring in sales: opportunities, outcomes or invoices.
              </EmptyState>
            </Card>
          ) : (
            <Card title={by === 'program' ? 'By program' : 'By channel'} side={<A to={href('/reports/source')}>the source report</A>} flush>
              <DataTable caption="Return by model" rows={rows} rowKey={(row) => row.key ?? 'none'} columns={columns} />
            </Card>
          )}
          <Note>
            {models.map((model) => (
              <span key={model} style={{ display: 'block' }}>
                <b className="strong">{modelNames[model].label}</b>: {answers[model]?.weights ?? modelNames[model].weights}.
              </span>
            ))}
            <span className="dim">
              Credited {money(ledger === null || unattributed === null ? null : ledger - unattributed)} + unattributed {money(unattributed)}{' '}
              = ledger {money(ledger)}, under every model.
            </span>
          </Note>
          {whole.otherCurrencies.length > 0 && (
            <p className="dim">
              In other currencies, not added up:{' '}
              {whole.otherCurrencies
                .map((other) => format.money(basis === 'won' ? other.wonMinor : other.invoicedMinor, other.currency))
                .join(', ')}
              .
            </p>
          )}
        </>
      )}
    </Stack>
  );
}
