import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { forget, useApi } from '../../../api/hooks.ts';
import { may, useSession } from '../../../api/session.ts';
import { useKeys } from '../../../shell/keys.ts';
import { Card, ErrorNote, ReasonBars, Timeline, When } from '../../../ui/index.tsx';
import { useIsPhone } from '../../../ui/screen-size.ts';
import type { QueueRow } from '../Queue.tsx';
import { useMyHolder } from '../my-holder.ts';
import { ActionChips, type Composing } from './ActionChips.tsx';
import { ActionComposer } from './ActionComposer.tsx';
import { Answer } from './Answer.tsx';
import { AskCard, MissingCard } from './AskCards.tsx';
import { TalkCard } from './TalkCard.tsx';
import { CustodyPath } from './CustodyPath.tsx';
import { Evidence } from './Evidence.tsx';
import { HandOver } from './HandOver.tsx';
import { KeptOnLead } from './KeptOnLead.tsx';
import { LinksSent } from './LinksSent.tsx';
import { MeetingComposer } from './MeetingComposer.tsx';
import { Head } from './Head.tsx';
import css from './lead.module.css';
import { Rest, Resting } from './Rest.tsx';
import { PlaybookCard } from './PlaybookCard.tsx';
import { PaneSkeleton } from './PaneSkeleton.tsx';
import { timelineOf } from './timeline.ts';
import { Said } from './Said.tsx';
import { VerdictBar } from './VerdictBar.tsx';

export function LeadPane({
  leadId,
  row,
  onGone,
  onBack,
  isFull,
}: {
  leadId: string;
  row?: QueueRow;
  onGone?: (leadId: string) => void;
  onBack?: () => void;
  isFull?: boolean;
}) {
  const client = useQueryClient();
  const session = useSession();
  const mine = useMyHolder();
  const isPhone = useIsPhone();
  const [composing, setComposing] = useState<Composing>();
  const page = useApi('GET /v1/leads/:id', { params: { id: leadId } }, { live: ['lead'], keep: false });
  const state = useApi('GET /v1/leads/:id/followup', { params: { id: leadId } }, { live: ['lead'], keep: false });
  useKeys(composing ? [{ key: 'Escape', label: 'Close without logging', group: 'Lead', run: () => setComposing(undefined) }] : []);
  const changed = () => forget(client, ['/v1/leads', '/v1/queue', '/v1/nurture', '/v1/loop', '/v1/scoreboard', '/v1/reports']);
  if (page.error) {
    return (
      <div className={css.pane}>
        <ErrorNote error={page.error} retry={() => void page.refetch()} />
      </div>
    );
  }
  if (!page.data || state.isLoading) return <PaneSkeleton row={row} isFull={isFull} onBack={onBack} />;
  const data = page.data;
  const { lead, person } = data;
  const mayDirect = may(session, ['marketing', 'sales_manager']);
  // Questions, answers and what they count for are the company's own.
  const isStaff = may(session, ['marketing', 'sales_manager', 'rep', 'management']);
  // What would be refused is not offered: somebody else's lead is there to be read.
  const mayWork =
    state.data?.mayWork && may(session, ['marketing', 'sales_manager', 'rep', 'partner']) && (!lead.closedAt || state.data.mayUndo);
  const working = mayWork && (
    <>
      <Answer leadId={leadId} custody={state.data?.custody} holderId={mine.holderId} onDone={changed} onGone={onGone} />
      <VerdictBar
        lead={lead}
        disposition={state.data?.disposition}
        currency={session.workspace.currency}
        onDone={changed}
        onGone={onGone}
        mayUndo={state.data?.mayUndo}
      />
      <ActionChips person={person} composing={composing} compose={setComposing}>
        <Rest leadId={leadId} custody={state.data?.custody} onDone={changed} />
      </ActionChips>
      <Resting leadId={leadId} custody={state.data?.custody} onDone={changed} />
      {composing === 'meeting' && <MeetingComposer leadId={leadId} person={person} close={() => setComposing(undefined)} onDone={changed} />}
      {composing && composing !== 'meeting' && (
        <ActionComposer
          key={composing}
          kind={composing}
          leadId={leadId}
          person={person}
          filling={{ company: data.organization?.name ?? '', product: lead.product ?? '' }}
          nextAction={state.data?.nextAction}
          close={() => setComposing(undefined)}
          onDone={changed}
        />
      )}
    </>
  );
  return (
    <article className={css.pane} data-full={isFull || undefined} data-thumb={(isPhone && mayWork) || undefined}>
      <Head data={data} row={row} onBack={onBack} isFull={isFull} />
      {isPhone ? <div className={css.thumbBar}>{working}</div> : working}
      <KeptOnLead leadId={leadId} />
      {state.data?.nextAction && composing !== 'next' && (
        <button type="button" className={css.next} onClick={() => setComposing('next')}>
          <b>Next:</b> {state.data.nextAction.what}
          {state.data.nextAction.dueAt && (
            <span className="dim">
              {' '}
              · <When at={state.data.nextAction.dueAt} />
            </span>
          )}
        </button>
      )}
      <div className={css.grid}>
        <div className={css.column}>
          <TalkCard points={data.talkPoints} />
          <Card title="What happened" quiet id="happened">
            <Timeline entries={timelineOf(data, state.data)} />
          </Card>
          <PlaybookCard leadId={leadId} mayWork={Boolean(mayWork)} onDone={changed} />
          {isStaff && <AskCard data={data} onDone={changed} />}
        </div>
        <div className={css.column}>
          <Card title={`Why ${lead.score} points`} quiet id="why">
            <ReasonBars limit={isFull ? 8 : 6} reasons={data.scoreReasons.map((reason) => ({ ...reason, points: reason.points ?? 0 }))} />
            {data.scoreReasons.length === 0 && <p className="dim">Nothing spoke for or against this lead yet.</p>}
            {row && row.why.length > 0 && (
              <ul className={css.because}>
                {row.why.map((reason) => (
                  <li key={reason.label}>
                    {reason.label} <span className="dim">{reason.detail}</span>
                  </li>
                ))}
              </ul>
            )}
          </Card>
          <MissingCard data={data} />
        </div>
      </div>
      {isFull && (
        <div className={css.below}>
          <CustodyPath
            leadId={leadId}
            side={mayDirect && !lead.closedAt && <HandOver leadId={leadId} holderId={lead.holder?.id} onDone={changed} />}
          />
          <Said data={data} />
          {may(session, ['marketing', 'sales_manager', 'partner']) && <LinksSent leadId={leadId} />}
          <Evidence data={data} />
        </div>
      )}
    </article>
  );
}
