import { useApi } from '../../api/hooks.ts';
import type { Answer } from '../../api/contract.ts';
import { may, useSession } from '../../api/session.ts';
import { href, useFilters } from '../../shell/address.ts';
import { useFormat } from '../../ui/format.ts';
import { A, Card, DataTable, EmptyState, ErrorNote, Page, PageTitle, SkeletonRows, Stack, Stat, Stats, TwoLines, When, type DataColumn } from '../../ui/index.tsx';

type Bill = Answer<'GET /v1/silence-bill'>;
type Line = Bill['territories'][number];

const clocks: Record<Bill['leads'][number]['clock'], string> = { holder: 'no holder', accept: 'not accepted', contact: 'not contacted', attempts: 'too few attempts', verdict: 'no verdict' };

/** What do leads nobody followed up cost, with whom, and where? Who is measured sees their own. */
export default function SilenceBill() {
  const manages = may(useSession(), ['marketing', 'sales_manager', 'management']);
  const [filters] = useFilters();
  const { holderId, territoryId } = filters;
  const bill = useApi('GET /v1/silence-bill', { query: { ...(holderId ? { holderId } : {}), ...(territoryId ? { territoryId } : {}) } }, { live: ['lead', 'holder', 'setting'], refetchInterval: 60_000 });
  const data = bill.data;
  return (
    <Page>
      <PageTitle
        title={manages ? 'Silence bill' : 'My silence bill'}
        question="What do open leads cost that nobody followed up in time?"
        side={
          holderId || territoryId ? (
            <A to="/silence">All holders and territories</A>
          ) : undefined
        }
      />
      <ErrorNote error={bill.error} retry={() => void bill.refetch()} />
      {!data && !bill.error && <SkeletonRows rows={8} height={60} />}
      {data && <Shown bill={data} manages={manages} />}
    </Page>
  );
}

function Shown({ bill, manages }: { bill: Bill; manages: boolean }) {
  const format = useFormat();
  const { total, currency } = bill;
  const isPartner = Boolean(useSession().user.holderId);
  if (total.leads === 0)
    return (
      <EmptyState title="Nobody is kept waiting" actions={manages ? <A to="/board">To the board of now</A> : <A to="/queue">To the queue</A>}>
        No open lead is past the time to accept it, to make the first contact, to try as often as agreed or to give a verdict. What silence would cost is counted here from the minute it begins.
      </EmptyState>
    );
  const money = (minor: number): string => format.moneyShort(minor, currency);
  const unfollowed = { unfollowed: 'true' };
  return (
    <>
      <Stats>
        <Stat label="Lost so far" value={money(total.lostMinor)} tone={total.lostMinor > 0 ? 'bad' : undefined} note="what waiting has taken" />
        <Stat label="Still at risk" value={money(total.atRiskMinor)} note="falls while nobody calls" />
        <Stat label="Leads" value={format.number(total.leads)} note={`${format.number(total.uncontacted)} never contacted, ${total.untried > 0 ? `${format.number(total.untried)} tried too seldom, ` : ''}${format.number(total.unjudged)} without a verdict`} to={manages ? href('/leads', unfollowed) : undefined} />
      </Stats>
      <Stack>
        {manages && (
          <Card id="bill-holders" title="By holder" side={<A to="/board">The board of now</A>} flush>
            <DataTable caption="What silence costs, by holder" rows={bill.holders} rowKey={(line) => line.id ?? 'none'} sortBy="lost" columns={columnsOf(money, format.number, (line) => ({ holderId: line.id ?? '' }), 'Holder')} />
          </Card>
        )}
        {manages && (
          <Card id="bill-territories" title="By territory" flush>
            <DataTable caption="What silence costs, by territory" rows={bill.territories} rowKey={(line) => line.id ?? 'none'} sortBy="lost" columns={columnsOf(money, format.number, (line) => ({ territoryId: line.id ?? 'none' }), 'Territory')} />
          </Card>
        )}
        <Card id="bill-leads" title="The dearest leads" side={bill.leads.length < total.leads ? `${bill.leads.length} of ${format.number(total.leads)}` : undefined} flush>
          <DataTable
            caption="Leads by what silence costs"
            rows={bill.leads}
            rowKey={(lead) => lead.leadId}
            columns={[
              {
                key: 'who',
                label: 'Lead',
                render: (lead) => (
                  <TwoLines>
                    <span>{lead.name}</span>
                    <span className="dim">{lead.organization}</span>
                  </TwoLines>
                ),
                to: (lead) => `/leads/${lead.leadId}`,
              },
              ...(manages ? [{ key: 'holder', label: 'Holder', render: (lead: Bill['leads'][number]) => lead.holder }] : []),
              { key: 'clock', label: 'What is missing', render: (lead) => clocks[lead.clock] },
              { key: 'since', label: 'Since', align: 'end', render: (lead) => <When at={lead.since} /> },
              { key: 'chance', label: 'Chance at once', align: 'end', render: (lead) => `${lead.chancePercent}%` },
              { key: 'lost', label: 'Lost', align: 'end', render: (lead) => money(lead.lostMinor) },
              { key: 'risk', label: 'At risk', align: 'end', render: (lead) => money(lead.atRiskMinor) },
            ]}
          />
        </Card>
        <p className="dim">
          Reckoned as {isPartner ? 'the queue' : <A to="/queue/method">the queue</A>} does: chance × value × margin is what a lead is worth at once; what waiting has taken of its chance is lost, the rest is at risk. Counted are open leads past the
          time to accept, for the first contact, for the attempts agreed or for a verdict, and those that wait for a holder longer than agreed. {manages ? 'Each holder sees their own.' : 'Your manager sees the same.'}
        </p>
      </Stack>
    </>
  );
}

function columnsOf(money: (minor: number) => string, number: (value: number) => string, filter: (line: Line) => Record<string, string>, label: string): DataColumn<Line>[] {
  return [
    { key: 'who', label, render: (line) => line.name, to: (line) => (line.id === null && label === 'Holder' ? undefined : href('/silence', filter(line))), sort: (line) => line.name },
    { key: 'leads', label: 'Leads', align: 'end', render: (line) => number(line.leads), to: (line) => href('/leads', line.drill), sort: (line) => line.leads },
    { key: 'uncontacted', label: 'Never contacted', align: 'end', render: (line) => number(line.uncontacted), sort: (line) => line.uncontacted },
    { key: 'untried', label: 'Too few attempts', align: 'end', render: (line) => number(line.untried), sort: (line) => line.untried },
    { key: 'unjudged', label: 'No verdict', align: 'end', render: (line) => number(line.unjudged), sort: (line) => line.unjudged },
    { key: 'lost', label: 'Lost so far', align: 'end', render: (line) => money(line.lostMinor), sort: (line) => line.lostMinor },
    { key: 'risk', label: 'Still at risk', align: 'end', render: (line) => money(line.atRiskMinor), sort: (line) => line.atRiskMinor },
  ];
}
