import { Button, NumberInput, Select } from '@mantine/core';
import { useState } from 'react';
import type { Answer } from '../../api/contract.ts';
import { useApi, useSend } from '../../api/hooks.ts';
import { may, useSession } from '../../api/session.ts';
import { ChartFrame } from '../../ui/chart/ChartFrame.tsx';
import { useFormat } from '../../ui/format.ts';
import { A, Back, Card, Chip, DataTable, EmptyState, ErrorNote, FormGrid, Note, Page, PageTitle, Row, SkeletonRows, Stack, Stat, Stats, toast } from '../../ui/index.tsx';
import css from './balance.module.css';
import { figures, kmSaid } from './balance-words.ts';

type Profile = Answer<'GET /v1/territories/profile'>;
type One = Profile['territories'][number];
type Figure = keyof Profile['total'];

const spans = [
  { value: '365', label: 'invoiced in a year' },
  { value: '730', label: 'invoiced in two years' },
  { value: '3660', label: 'invoiced in ten years' },
];
const classes: { key: keyof Profile['norms']; label: string; says: string }[] = [
  { key: 'A', label: 'A customer', says: 'the first 80% of what was invoiced' },
  { key: 'B', label: 'B customer', says: 'the next 15%' },
  { key: 'C', label: 'C customer', says: 'the rest' },
  { key: 'prospect', label: 'Prospect', says: 'no customer yet' },
  { key: 'lead', label: 'Open lead', says: 'on top of that' },
];

/** What every territory holds against an even share of all: customers and their worth, prospects, leads, work, potential. */
export default function BalanceProfile() {
  const format = useFormat();
  const canEdit = may(useSession(), ['marketing', 'sales_manager']);
  const [days, setDays] = useState('365');
  const [potential, setPotential] = useState<string | null>(null);
  const [measure, setMeasure] = useState<Figure>('worthMinor');
  const fields = useApi('GET /v1/fields', { query: { subject: 'organization' } }, { enabled: may(useSession(), ['marketing', 'sales_manager', 'management', 'finance']) });
  const answer = useApi('GET /v1/territories/profile', { query: { days: Number(days), ...(potential ? { potential } : {}) } }, { live: ['territory', 'setting'] });
  const data = answer.data;
  const said = (key: Figure, value: number | null): string => (value === null ? '–' : key === 'worthMinor' ? format.money(value, data?.currency) : format.number(Math.round(value)));
  const countable = (fields.data?.items ?? []).filter(({ type }) => type === 'number' || type === 'money');
  const shown = figures.filter(({ key }) => key !== 'potential' || potential !== null);
  const isPlaced = data?.territories.some(({ distanceKm }) => distanceKm !== null);
  return (
    <Page>
      <Back to="/territories">Territories</Back>
      <PageTitle
        title="Territory profile"
        question="Does everybody have a fair share of the market, and of the work?"
        side={
          <Row>
            <A to="/territories/balance">Balance</A>
            <Select aria-label="Since when invoices count" allowDeselect={false} data={spans} value={days} onChange={(value) => setDays(value ?? '365')} />
            {countable.length > 0 && (
              <Select
                aria-label="Potential by"
                placeholder="Potential by …"
                clearable
                data={countable.map(({ key, label }) => ({ value: key, label }))}
                value={potential}
                onChange={(value) => {
                  setPotential(value);
                  setMeasure(value ? 'potential' : 'worthMinor');
                }}
              />
            )}
          </Row>
        }
      />
      <ErrorNote error={answer.error} retry={() => void answer.refetch()} />
      {!data ? (
        !answer.error && <SkeletonRows rows={8} />
      ) : data.territories.length === 0 ? (
        <EmptyState title="No territory yet">
          <A to="/territories">Add territories</A>, and this page tells what each of them holds.
        </EmptyState>
      ) : (
        <Stack>
          <Stats>
            {shown.map(({ key, label }) => (
              <Stat key={key} label={label} value={said(key, data.total[key])} note={data.nowhere[key] ? `${said(key, data.nowhere[key])} in no territory` : 'all in a territory'} />
            ))}
          </Stats>
          <Card title="Against an even share">
            <div className={css.measures} role="group" aria-label="Compare by">
              {shown.map(({ key, label }) => (
                <Chip key={key} onClick={() => setMeasure(key)} aria-pressed={measure === key}>
                  {label}
                </Chip>
              ))}
            </div>
            <Bars territories={data.territories} measure={measure} said={said} label={shown.find(({ key }) => key === measure)?.label ?? ''} />
          </Card>
          <Card title="What each holds" flush>
            <DataTable
              caption="What each territory holds"
              rows={data.territories}
              rowKey={(row) => row.territoryId}
              columns={[
                { key: 'name', label: 'Territory', sort: (row) => row.name, render: (row) => <span className="strong">{row.name}</span> },
                { key: 'holders', label: 'Worked by', render: (row) => row.holders.map(({ name }) => name).join(', ') || <span className="dim">nobody</span> },
                { key: 'classes', label: 'A · B · C', align: 'end', hint: 'Customers by class', render: ({ classes: of }) => `${format.number(of.A)} · ${format.number(of.B)} · ${format.number(of.C)}` },
                ...shown.map(({ key, label }) => ({
                  key,
                  label,
                  align: 'end' as const,
                  sort: (row: One) => row.figures[key] ?? 0,
                  render: (row: One) => said(key, row.figures[key]),
                  total: said(key, data.total[key]),
                })),
                ...(isPlaced
                  ? [
                      {
                        key: 'distance',
                        label: 'To drive',
                        hint: 'A round trip through the middle of each area where somebody is, as the crow flies',
                        align: 'end' as const,
                        sort: (row: One) => row.distanceKm ?? 0,
                        render: (row: One) => (row.distanceKm === null ? '–' : kmSaid(format, row.distanceKm)),
                      },
                    ]
                  : []),
              ]}
            />
          </Card>
          <Norms key={JSON.stringify(data.norms)} norms={data.norms} canEdit={canEdit} />
          {data.notKnown.map((sentence) => (
            <Note key={sentence}>{sentence}</Note>
          ))}
        </Stack>
      )}
    </Page>
  );
}

/** A bar a territory; the mark is an even share, and what is within a tenth of it is fair. */
function Bars({ territories, measure, said, label }: { territories: One[]; measure: Figure; said: (key: Figure, value: number | null) => string; label: string }) {
  const format = useFormat();
  const most = Math.max(200, ...territories.map(({ index }) => index[measure] ?? 0));
  const word = ({ index: of, holders }: One): string => {
    const index = of[measure] ?? null;
    if (index === null) return holders.length === 0 ? 'nobody works it' : 'nothing to share';
    return Math.abs(index - 100) < 0.5 ? 'even' : `${format.percent(Math.abs(index - 100) / 100, 0)} ${index > 100 ? 'above' : 'below'}`;
  };
  return (
    <ChartFrame
      label={`${label} against an even share`}
      table={
        <DataTable
          phone="scroll"
          caption={`${label} against an even share`}
          rows={territories}
          rowKey={(row) => row.territoryId}
          columns={[
            { key: 'name', label: 'Territory', render: (row) => row.name },
            { key: 'value', label, align: 'end', render: (row) => said(measure, row.figures[measure]) },
            { key: 'index', label: 'Even share', align: 'end', render: (row) => word(row) },
          ]}
        />
      }
    >
      <p className={`dim ${css.even}`}>The mark is an even share of what lies in territories that somebody works. Within 10% of it is fair.</p>
      <ul className={css.bars}>
        {territories.map((one) => {
          const index = one.index[measure] ?? 0;
          const tone = one.index[measure] === null ? 'quiet' : Math.abs(index - 100) <= 10 ? 'sale' : index > 100 ? 'warm' : 'cold';
          return (
            <li key={one.territoryId}>
              <span className={css.name}>{one.name}</span>
              <span className={css.track} aria-hidden>
                <i style={{ width: `${(Math.max(0, index) / most) * 100}%`, background: `var(--${tone}-fill)` }} />
                <b style={{ left: `${(100 / most) * 100}%` }} />
              </span>
              <span className={`num ${css.said}`}>
                {said(measure, one.figures[measure])} <span className="dim">{word(one)}</span>
              </span>
            </li>
          );
        })}
      </ul>
    </ChartFrame>
  );
}

function Norms({ norms, canEdit }: { norms: Profile['norms']; canEdit: boolean }) {
  const [form, setForm] = useState(norms);
  const save = useSend('PUT /v1/settings/call-norms', {
    stale: ['/v1/territories/profile'],
    done: () => toast({ message: 'Calls are counted by these numbers now.', tone: 'good' }),
  });
  return (
    <Card title="Calls a year, by class" side="a beginning, to be changed">
      <Stack>
        <FormGrid>
          {classes.map(({ key, label, says }) => (
            <NumberInput key={key} label={label} description={says} min={0} max={1000} disabled={!canEdit} value={form[key]} onChange={(value) => setForm({ ...form, [key]: Number(value) || 0 })} />
          ))}
        </FormGrid>
        <ErrorNote error={save.error} />
        {canEdit && (
          <Row end>
            <Button disabled={JSON.stringify(form) === JSON.stringify(norms)} loading={save.isPending} onClick={() => save.mutate({ body: form })}>
              Count by these
            </Button>
          </Row>
        )}
      </Stack>
    </Card>
  );
}
