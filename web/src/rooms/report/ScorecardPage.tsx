import { useState } from 'react';
import { useApi } from '../../api/hooks.ts';
import { may, useSession } from '../../api/session.ts';
import { useFilters, useParam } from '../../shell/address.ts';
import { Card, DataTable, EmptyState, ErrorNote, FilterBar, Page, PageTitle, RecordPage, SkeletonRows, Stat, Stats, When, type DataColumn } from '../../ui/index.tsx';
import { plural, useFormat } from '../../ui/format.ts';
import { PartnerTabs } from './PartnerTabs.tsx';
import { businessTime, daysHere, daysText, percentText, perDay, periods } from './scorecard-words.ts';
import type { Figures, Scorecard } from './scorecard-words.ts';
import { ShareCut } from './ShareCut.tsx';

const behind = { late: 'Not in time', silent: 'Passed on for silence', withoutVerdict: 'Without a verdict', declined: 'Declined', sales: 'Sold' } as const;
type Behind = keyof typeof behind;

/** One partner or rep, by month, beside the middle of its peers. Who is measured sees exactly this. */
export default function ScorecardPage() {
  const id = useParam('id');
  return <ScorecardOf key={id} id={id} />;
}

export function ScorecardOf({ id }: { id: string }) {
  const [filters] = useFilters();
  const months = filters['months'] ?? '6';
  const card = useApi('GET /v1/scorecards/:id', { params: { id }, query: { months } }, { live: ['lead'] });
  const isManager = may(useSession(), ['marketing', 'sales_manager', 'management']);
  const back = isManager ? { to: '/scorecards', label: 'Scorecards' } : undefined;
  const body = card.data ? <Whole card={card.data} id={id} months={months} /> : <SkeletonRows rows={6} />;
  if (back && !card.data) return <RecordPage back={back} waiting={card} rows={6} />;
  return back ? (
    <RecordPage back={back}>{body}</RecordPage>
  ) : (
    <Page>
      <PartnerTabs />
      <ErrorNote error={card.error} retry={() => void card.refetch()} />
      {!card.error && body}
    </Page>
  );
}

function Whole({ card, id, months }: { card: Scorecard; id: string; months: string }) {
  const format = useFormat();
  const [shown, setShown] = useState<Behind>('silent');
  const { whole, medians } = card;
  const others = (text: string | undefined): string | undefined => (medians && text && text !== '–' ? `others: ${text}` : undefined);
  const worse = (own: number | null, middle: number | null | undefined, isMoreWorse: boolean): 'bad' | undefined =>
    own !== null && middle !== null && middle !== undefined && (isMoreWorse ? own > middle * 1.5 : own < middle / 1.5) ? 'bad' : undefined;
  const columns: DataColumn<Scorecard['months'][number]>[] = [
    { key: 'month', label: 'Month', render: (row) => new Date(`${row.month}T12:00:00Z`).toLocaleDateString(undefined, { month: 'long', year: 'numeric' }) },
    ...([
      ['Offered', (row) => format.number(row.offered)],
      ['A day', (row) => perDay(row.offeredPerDay)],
      ['Days here', daysHere],
      ['In time', (row) => percentText(row.inTimePercent)],
      ['To accept', (row) => businessTime(row.acceptMinutes)],
      ['To contact', (row) => businessTime(row.contactMinutes)],
      ['Verdicts', (row) => percentText(row.verdictPercent)],
      ['Told', (row) => percentText(row.fieldsPercent)],
      ['Sold', (row) => format.number(row.sales)],
      ['Money', (row) => format.moneyShort(row.soldMinor, card.currency)],
      ['Silent', (row) => format.number(row.silent)],
      ['Declined', (row) => format.number(row.declined)],
    ] satisfies [string, (row: Figures) => string][]).map(([label, render]) => ({ key: label, label, align: 'end' as const, render })),
  ];
  return (
    <>
      <PageTitle
        title={card.name}
        question={
          medians
            ? `Beside the median of ${format.number(card.peers)} other ${card.kind === 'partner' ? plural(card.peers, 'partner', 'partners') : plural(card.peers, 'rep', 'reps')}`
            : 'Too few others to compare with'
        }
        side={<FilterBar filters={[{ kind: 'choice', name: 'months', label: 'Period', all: 'Last 6 months', options: periods.filter(({ value }) => value !== '6') }]} />}
      />
      <Stats>
        <Stat label="Days here" value={daysHere(whole)} note={medians?.daysSeen !== undefined && medians.workDays ? `others: ${medians.daysSeen} of ${medians.workDays}` : 'of working days, less absences'} />
        <Stat label="Leads a working day" value={perDay(whole.offeredPerDay)} note={others(perDay(medians?.offeredPerDay)) ?? 'the load'} />
        <Stat label="Answered in time" value={percentText(whole.inTimePercent)} note={others(percentText(medians?.inTimePercent)) ?? `of ${format.number(whole.offered)} offered`} tone={worse(whole.inTimePercent, medians?.inTimePercent, false)} />
        <Stat label="To accept" value={businessTime(whole.acceptMinutes)} note={others(businessTime(medians?.acceptMinutes)) ?? 'business time, median'} tone={worse(whole.acceptMinutes, medians?.acceptMinutes, true)} />
        <Stat label="To first contact" value={businessTime(whole.contactMinutes)} note={others(businessTime(medians?.contactMinutes)) ?? 'business time, median'} tone={worse(whole.contactMinutes, medians?.contactMinutes, true)} />
        <Stat label="With a verdict" value={percentText(whole.verdictPercent)} note={others(percentText(medians?.verdictPercent)) ?? (whole.verdictDays === null ? 'none yet' : `after ${daysText(whole.verdictDays)}, median`)} tone={worse(whole.verdictPercent, medians?.verdictPercent, false)} />
        <Stat label="Told of leads" value={percentText(whole.fieldsPercent)} note={others(percentText(medians?.fieldsPercent)) ?? 'contact, verdict, next action'} tone={worse(whole.fieldsPercent, medians?.fieldsPercent, false)} />
        <Stat label="Sold" value={percentText(whole.salePercent)} note={others(percentText(medians?.salePercent)) ?? `${format.number(whole.sales)} leads`} />
        <Stat label="Money" value={format.moneyShort(whole.soldMinor, card.currency)} note={medians?.soldMinor === undefined ? undefined : others(format.moneyShort(medians.soldMinor, card.currency))} />
        <Stat label="Silent" value={percentText(whole.silentPercent)} note={others(percentText(medians?.silentPercent)) ?? 'passed on for silence'} tone={worse(whole.silentPercent, medians?.silentPercent, true)} />
      </Stats>
      {card.kind === 'partner' && <ShareCut holderId={card.holderId} />}
      <Card title="By month" flush id="months">
        <DataTable caption="Figures by month, the latest first" rows={card.months} rowKey={(row) => row.month} columns={columns} />
      </Card>
      <div style={{ height: 14 }} />
      <Leads id={id} months={months} shown={shown} show={setShown} />
      <p className="dim" style={{ marginTop: 10 }}>
        Measured by the month a lead was given. Business time is that of {card.name}’s own calendar; nights, weekends and holidays do not count. A lead that was declined or passed on counts against no verdict. Of presence only days are kept (signed in, or answered by mail or link), and nothing of what was looked at; absences and days off count for nobody.
      </p>
    </>
  );
}

function Leads({ id, months, shown, show }: { id: string; months: string; shown: Behind; show: (behind: Behind) => void }) {
  const leads = useApi('GET /v1/scorecards/:id/leads', { params: { id }, query: { months, behind: shown } }, { live: ['lead'] });
  const items = leads.data?.items ?? [];
  return (
    <Card
      title="The leads behind it"
      id="behind"
      flush={items.length > 0}
      side={
        <select aria-label="Which leads" value={shown} onChange={(event) => show(event.currentTarget.value as Behind)} style={{ font: 'inherit', color: 'inherit', background: 'var(--card)', border: '1px solid var(--line)', borderRadius: 6, padding: '3px 6px' }}>
          {Object.entries(behind).map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      }
    >
      <ErrorNote error={leads.error} />
      {leads.isLoading ? (
        <SkeletonRows rows={3} />
      ) : items.length === 0 ? (
        <EmptyState title="None" />
      ) : (
        <DataTable
          caption={behind[shown]}
          rows={items}
          rowKey={(lead, at) => `${lead.leadId} ${at}`}
          columns={[
            {
              key: 'who',
              label: 'Lead',
              render: (lead) => (
                <>
                  {lead.name ?? 'Somebody without a name'} <span className="dim">{lead.organization}</span>
                </>
              ),
              to: (lead) => `/leads/${lead.leadId}`,
            },
            { key: 'given', label: 'Given', align: 'end', render: (lead) => <When at={lead.givenAt} /> },
            { key: 'by', label: 'Promised by', align: 'end', render: (lead) => (lead.respondBy ? <When at={lead.respondBy} /> : '–') },
            { key: 'accepted', label: 'Accepted', align: 'end', render: (lead) => (lead.acceptedAt ? <When at={lead.acceptedAt} /> : '–') },
          ]}
        />
      )}
    </Card>
  );
}
