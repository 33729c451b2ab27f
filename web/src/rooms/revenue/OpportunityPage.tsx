import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Answer } from '../../api/contract.ts';
import { useApi, useSend } from '../../api/hooks.ts';
import { may, useSession } from '../../api/session.ts';
import { useParam } from '../../shell/address.ts';
import { useKeys } from '../../shell/keys.ts';
import { plural, useFormat } from '../../ui/format.ts';
import {
  A,
  Badge,
  Card,
  DataTable,
  ErrorNote,
  FactList,
  Money,
  PageTitle,
  RecordPage,
  Split,
  Stack,
  Stat,
  Stats,
  Timeline,
  toast,
} from '../../ui/index.tsx';
import type { TimelineEntry } from '../../ui/Timeline.tsx';
import css from './revenue.module.css';
import { CreditTable } from './CreditTable.tsx';
import { OpportunityForm } from './OpportunityForm.tsx';
import { outcomeLooks } from './Opportunities.tsx';

export default function OpportunityPage() {
  const id = useParam('id');
  const format = useFormat();
  const canAct = may(useSession(), ['rep', 'sales_manager', 'marketing']);
  const [changing, setChanging] = useState(false);
  const answer = useApi('GET /v1/opportunities/:id', { params: { id } }, { live: ['opportunity', 'invoice', 'sale'], keep: false });
  const board = useApi('GET /v1/opportunities/board', { query: { cards: 1 } }, { staleTime: 60_000 });
  const stale = ['/v1/opportunities', '/v1/roi', '/v1/leads'];
  const move = useSend('POST /v1/opportunities/:id/move', { stale });
  const win = useSend('POST /v1/opportunities/:id/win', { stale });
  const lose = useSend('POST /v1/opportunities/:id/lose', { stale });
  const one = answer.data;
  const back = () => one && move.mutate({ params: { id }, body: { stage: one.stage, probability: one.probability } });
  const doWin = () =>
    one &&
    win.mutate({ params: { id }, body: {} }, { onSuccess: () => toast({ message: `${one.name} is won.`, tone: 'good', undo: back }) });
  const doLose = () =>
    one && lose.mutate({ params: { id }, body: {} }, { onSuccess: () => toast({ message: `${one.name} is lost.`, undo: back }) });
  useKeys(
    canAct && one?.outcome === 'open'
      ? [
          { key: 's', label: 'Won: the sale is made', group: 'Opportunity', run: doWin },
          { key: 'o', label: 'Lost', group: 'Opportunity', run: doLose },
        ]
      : [],
  );
  if (!one) return <RecordPage back={{ to: '/opportunities', label: 'Opportunities' }} waiting={answer} rows={6} />;
  const program = one.program ?? one.leadProgram;
  const stages = board.data?.columns.map((column) => column.stage) ?? [];
  return (
    <RecordPage back={{ to: '/opportunities', label: 'Opportunities' }}>
      <PageTitle
        title={
          <>
            {one.name} <Badge tone={outcomeLooks[one.outcome].tone}>{outcomeLooks[one.outcome].label}</Badge>
          </>
        }
        question={[one.organization?.name, one.person?.name, one.holder?.name && `with ${one.holder.name}`].filter(Boolean).join(' · ')}
        side={
          canAct && (
            <>
              {one.outcome === 'open' ? (
                <>
                  <Button variant="default" style={{ color: 'var(--sale)' }} loading={win.isPending} onClick={doWin}>
                    Won
                  </Button>
                  <Button variant="default" loading={lose.isPending} onClick={doLose}>
                    Lost
                  </Button>
                </>
              ) : (
                <Button variant="default" onClick={back}>
                  Open it again
                </Button>
              )}
              <Button variant="default" onClick={() => setChanging(true)}>
                Change
              </Button>
            </>
          )
        }
      />
      <ErrorNote error={move.error ?? win.error ?? lose.error} />
      <Stats>
        <Stat label="Amount" value={format.moneyShort(one.amountMinor, one.currency)} />
        <Stat
          label="Likely"
          value={`${one.probability}%`}
          note={format.moneyShort((one.amountMinor * one.probability) / 100, one.currency)}
        />
        <Stat
          label={one.closedAt ? 'Closed' : 'Closes'}
          value={one.closedAt ? format.date(one.closedAt) : one.closeOn ? format.date(one.closeOn) : '–'}
          tone={!one.closedAt && one.closeOn && one.closeOn < format.today() ? 'bad' : undefined}
        />
        <Stat
          label="Invoiced"
          value={format.moneyShort(
            one.invoices.filter((invoice) => invoice.status !== 'cancelled').reduce((sum, invoice) => sum + invoice.netMinor, 0),
            one.currency,
          )}
          note={one.invoices.length === 0 ? 'none came yet' : `${one.invoices.length} ${plural(one.invoices.length, 'invoice')}`}
        />
      </Stats>
      <Split>
        <Stack>
          {canAct && one.outcome === 'open' && stages.length > 0 && (
            <Card title="Stage">
              <div className={css.stages}>
                {stages.map((stage) => (
                  <button
                    key={stage}
                    type="button"
                    aria-pressed={stage === one.stage}
                    onClick={() => stage !== one.stage && move.mutate({ params: { id }, body: { stage } })}
                  >
                    {stage}
                  </button>
                ))}
              </div>
            </Card>
          )}
          <Card title="How it came here" quiet>
            <Timeline entries={one.history.map((step, at) => ({ id: String(at), at: step.at, ...told(step, one, format) }))} />
            {one.history.length === 0 && <p className="dim">It came with a file, as it stood then.</p>}
          </Card>
          <CreditTable credits={one.credits} currency={one.currency} none="Credit is given when it is won." />
          <Card title="Invoices" flush>
            {one.invoices.length === 0 ? (
              <p className="dim" style={{ padding: '0 16px 16px' }}>
                None yet. They come with accounting&rsquo;s file and are matched by receipt, mail and company.
              </p>
            ) : (
              <DataTable
                caption="Invoices"
                rows={one.invoices}
                rowKey={(row) => row.id}
                columns={[
                  { key: 'number', label: 'Number', render: (row) => row.number, to: (row) => `/invoices/${row.id}` },
                  { key: 'status', label: 'Status', render: (row) => row.status },
                  { key: 'on', label: 'Issued', align: 'end', render: (row) => format.date(row.issuedOn) },
                  { key: 'net', label: 'Net', align: 'end', render: (row) => <Money minor={row.netMinor} currency={row.currency} /> },
                ]}
              />
            )}
          </Card>
        </Stack>
        <Card title="About" quiet>
          <FactList
            facts={[
              [
                'Lead',
                one.lead && (
                  <A key="l" to={`/leads/${one.lead.id}`}>
                    {one.lead.name}
                  </A>
                ),
              ],
              [
                'Person',
                one.person && (
                  <A key="p" to={`/people/${one.person.id}`}>
                    {one.person.name}
                  </A>
                ),
              ],
              [
                'Company',
                one.organization && (
                  <A key="o" to={`/organizations/${one.organization.id}`}>
                    {one.organization.name}
                  </A>
                ),
              ],
              [
                'Program',
                program && (
                  <A key="g" to={`/programs/${program.id}`}>
                    {program.name}
                  </A>
                ),
              ],
              ['Source', (one.source ?? one.leadSource)?.name],
              ['Owner', one.ownerName],
              ['Opened', format.date(one.openedAt)],
              ['Lost because', one.lostReason],
              ['Segment', one.segment],
              ['Known as', one.externalId],
              ['Came', { app: 'entered here', import: 'by an import', verdict: 'with a verdict', outcome: 'with an outcome', claim: 'by a sale nobody reported' }[one.origin]],
            ]}
          />
        </Card>
      </Split>
      {changing && <OpportunityForm one={one} close={() => setChanging(false)} />}
    </RecordPage>
  );
}

type Opportunity = Answer<'GET /v1/opportunities/:id'>;

/** One step of its way, in words. */
function told(
  step: Opportunity['history'][number],
  one: Opportunity,
  format: ReturnType<typeof useFormat>,
): Pick<TimelineEntry, 'text' | 'detail' | 'tone'> {
  const detail = step.by ?? undefined;
  const worth = step.amountMinor ? `, ${format.money(step.amountMinor, one.currency)}` : '';
  if (step.what === 'opened') return { text: `Opened${worth}.`, detail, tone: 'main' };
  if (step.what === 'moved') return { text: `Moved to ${step.stage ?? 'another stage'}.`, detail };
  if (step.what === 'won') return { text: `Won${worth}.`, detail, tone: 'good' };
  return { text: step.reason ? `Lost: ${step.reason}.` : 'Lost.', detail, tone: 'bad' };
}
