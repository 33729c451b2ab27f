import { SegmentedControl } from '@mantine/core';
import type { Answer } from '../../api/contract.ts';
import { useApi } from '../../api/hooks.ts';
import { href, useFilters } from '../../shell/address.ts';
import { businessTime } from '../../ui/BusinessMinutes.tsx';
import { ChartFrame } from '../../ui/chart/ChartFrame.tsx';
import { useFormat, type Format } from '../../ui/format.ts';
import { A, Badge, Card, DataTable, EmptyState, ErrorNote, GradeBadge, Page, Row, SkeletonRows, Stack } from '../../ui/index.tsx';
import { AgreementTabs } from './AgreementTabs.tsx';
import { sideLabels } from './agreement-words.ts';
import css from './kept.module.css';

type Kept = Answer<'GET /v1/agreement/kept'>;
type Promised = Kept['promises'][number];
type Month = Promised['months'][number];

/** Whether each side kept its word, month by month; both see the same. */
export default function KeptPage() {
  const [filters, setFilters] = useFilters();
  const months = filters['months'] ?? '12';
  const answer = useApi('GET /v1/agreement/kept', { query: { months: Number(months) } }, { live: ['agreement', 'lead'] });
  const data = answer.data;
  return (
    <Page>
      <AgreementTabs />
      <ErrorNote error={answer.error} retry={() => void answer.refetch()} />
      {!data && !answer.error && <SkeletonRows rows={6} height={120} />}
      {data && data.promises.length === 0 && (
        <EmptyState title="Nothing is promised yet" actions={<A to="/agreement">To the agreement</A>}>
          As soon as marketing and sales have signed an agreement, this page counts what each of them promised and what they kept, for the leads that are given from then on.
        </EmptyState>
      )}
      {data && data.promises.length > 0 && (
        <Stack>
          <Row between>
            <span className="dim">
              Each lead is judged by the version it was given under. {data.versions.length > 1 ? `${data.versions.length} versions held in these months.` : ''} What still has time is not asked
              for.
            </span>
            <SegmentedControl
              size="xs"
              aria-label="How far back"
              data={[
                { value: '6', label: '6 months' },
                { value: '12', label: '12 months' },
                { value: '24', label: '24 months' },
              ]}
              value={months}
              onChange={(value) => setFilters({ months: value === '12' ? undefined : value })}
            />
          </Row>
          <div className={css.sides}>
            {(['marketing', 'sales'] as const).map((side) => (
              <Card key={side} id={`kept-${side}`} title={`What ${sideLabels[side].toLowerCase()} owes`} flush>
                {data.promises
                  .filter((promise) => promise.side === side)
                  .map((promise) => (
                    <PromiseKept key={promise.key} promise={promise} />
                  ))}
                {!data.promises.some((promise) => promise.side === side) && <p style={{ padding: 16 }}>Nothing that is counted is promised here.</p>}
              </Card>
            ))}
          </div>
        </Stack>
      )}
    </Page>
  );
}

const leads = (drill: Record<string, string>, kept?: 'true' | 'false') => href('/leads', { ...drill, ...(kept ? { kept } : {}) });

/** How much of what was owed was kept, 1 for exactly as much; shares are told of what was asked for. */
const shareOf = ({ asked, kept }: { asked: number; kept: number }): number | null => (asked > 0 ? kept / asked : null);
const tone = ({ holds }: Month): string => (holds === null ? 'quiet' : holds ? 'sale' : 'hot');

function PromiseKept({ promise }: { promise: Promised }) {
  const format = useFormat();
  const { total, unit, label } = promise;
  const isShare = unit === 'share';
  const judged = promise.months.filter(({ holds }) => holds !== null);
  const broken = judged.filter(({ holds }) => !holds).length;
  const of = promise.key.startsWith('share.') ? 'of that kind' : 'kept';
  return (
    <section className={css.promise} aria-label={label}>
      <div className={css.head}>
        <h3>{label}</h3>
        {judged.length > 0 && (
          <Badge tone={broken === 0 ? 'sale' : broken === judged.length ? 'hot' : 'warm'}>
            {broken === 0 ? 'every month' : `${judged.length - broken} of ${judged.length} months`}
          </Badge>
        )}
        <span className={css.figure}>{isShare ? format.percent(shareOf(total)) : format.number(total.kept)}</span>
      </div>
      <div className={css.line}>
        <span className="dim">{owedText(promise, total, format)}</span>
        {isShare ? (
          <>
            <A to={leads(total.drill, 'true')}>
              {format.number(total.kept)} {of}
            </A>
            <A to={leads(total.drill, 'false')}>{format.number(total.asked - total.kept)} not</A>
          </>
        ) : (
          <A to={leads(total.drill)}>{format.number(total.kept)} leads</A>
        )}
      </div>
      <Bars promise={promise} />
      {promise.grades.some(({ asked }) => asked > 0) && (
        <ul className={css.grades} aria-label={`${label}, by grade`}>
          {promise.grades.map((one) => (
            <li key={one.grade}>
              <GradeBadge grade={one.grade} />
              <span className="dim">
                {one.attempts ? `${one.attempts} times ` : ''}
                {one.minutes === null ? 'nothing promised now' : `within ${businessTime(one.minutes)}`}
              </span>
              {one.asked > 0 && (
                <span className="num">
                  <A to={leads(one.drill, 'true')}>{format.number(one.kept)}</A> of {format.number(one.asked)} · {format.percent(shareOf(one))}
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function owedText({ unit }: Promised, { asked, owed, owedMax }: Month, format: Format): string {
  if (unit === 'share') return asked === 0 ? 'nothing was asked for yet' : `of ${format.number(asked)}, ${format.percent((owed ?? 0) / asked)} promised`;
  return [owed === null ? '' : `at least ${format.number(owed)} promised`, owedMax === null ? '' : `at most ${format.number(owedMax)}`].filter(Boolean).join(', ');
}

/** A bar a month; the line is what was promised. */
function Bars({ promise }: { promise: Promised }) {
  const format = useFormat();
  const isShare = promise.unit === 'share';
  const height = (month: Month) => (isShare ? (shareOf(month) ?? 0) : month.kept);
  const line = (month: Month) => (month.owed === null ? null : isShare ? (month.asked > 0 ? month.owed / month.asked : null) : month.owed);
  const most = isShare ? 1 : Math.max(1, ...promise.months.flatMap((month) => [month.kept, month.owed ?? 0, month.owedMax ?? 0]));
  const name = (month: string, long = false) =>
    new Date(`${month}-15T12:00:00`).toLocaleDateString('en', long ? { month: 'long', year: 'numeric' } : { month: promise.months.length > 12 ? 'narrow' : 'short' });
  const says = (month: Month) =>
    `${name(month.month, true)}: ${isShare ? `${format.percent(shareOf(month))}, ${format.number(month.kept)} of ${format.number(month.asked)}` : `${format.number(month.kept)} leads`}, ${
      owedText(promise, month, format) || 'nothing promised'
    }; ${month.holds === null ? (month.isOver ? 'nothing to judge' : 'so far') : month.holds ? 'kept' : 'not kept'}`;
  const table = (
    <DataTable
      phone="scroll"
      caption={`${promise.label}, by month`}
      rows={promise.months}
      rowKey={(month) => month.month}
      columns={[
        { key: 'month', label: 'Month', render: (month) => name(month.month, true) },
        ...(isShare ? [{ key: 'asked', label: 'Asked for', align: 'end' as const, render: (month: Month) => format.number(month.asked), to: (month: Month) => (month.asked ? leads(month.drill) : undefined) }] : []),
        { key: 'kept', label: isShare ? 'Kept' : 'Leads', align: 'end', render: (month) => format.number(month.kept), to: (month) => (month.kept ? leads(month.drill, isShare ? 'true' : undefined) : undefined) },
        { key: 'owed', label: 'Owed', align: 'end', render: (month) => (month.owed === null ? '–' : format.decimal(month.owed, month.owed % 1 === 0 ? 0 : 1)) },
        { key: 'holds', label: '', render: (month) => (month.holds === null ? '–' : month.holds ? 'kept' : 'not kept') },
      ]}
    />
  );
  return (
    <ChartFrame label={`${promise.label}, by month`} table={table}>
      <div className={css.bars}>
        {promise.months.map((month) => {
          const promised = line(month);
          const body = (
            <>
              <span className={css.column} aria-hidden>
                <i style={{ height: `${(height(month) / most) * 100}%`, background: `var(--${tone(month)}-fill)` }} />
                {promised !== null && <b style={{ bottom: `${(promised / most) * 100}%` }} />}
                {month.owedMax !== null && <b data-max style={{ bottom: `${(month.owedMax / most) * 100}%` }} />}
              </span>
              <span aria-hidden>{name(month.month)}</span>
              <span className="sr-only">{says(month)}</span>
            </>
          );
          return month.asked + month.kept > 0 ? (
            <A key={month.month} className={css.bar} to={leads(month.drill, isShare && month.holds === false ? 'false' : undefined)} title={says(month)}>
              {body}
            </A>
          ) : (
            <span key={month.month} className={css.bar} title={says(month)}>
              {body}
            </span>
          );
        })}
      </div>
    </ChartFrame>
  );
}
