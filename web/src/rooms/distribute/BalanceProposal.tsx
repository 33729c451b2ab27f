import { Button } from '@mantine/core';
import { useState } from 'react';
import { useApi, useSend } from '../../api/hooks.ts';
import { may, useSession } from '../../api/session.ts';
import { useParam } from '../../shell/address.ts';
import { useCountries } from '../../ui/countries.ts';
import { useFormat } from '../../ui/format.ts';
import { Card, Chip, ErrorNote, Note, RecordPage, Stack, Stat, Stats, toast } from '../../ui/index.tsx';
import css from './balance.module.css';
import { acceptedWords, askedInWords, figureSaid, figures, figuresOf, kmSaid, unitsSaid, type Acceptance, type Figure, type Proposal } from './balance-words.ts';
import { DryJob } from './DryJob.tsx';
import { BalanceMap } from './BalanceMap.tsx';
import { BalanceMoves } from './BalanceMoves.tsx';
import { BalanceBars, SidesTable } from './BalanceSides.tsx';
import { rulesInWords } from './territory-words.ts';

const back = { to: '/territories/balance', label: 'Balance territories' };

/** A proposal: today beside what is proposed, what moves, and what was accepted of it. */
export default function BalanceProposal() {
  const id = useParam('id');
  const format = useFormat();
  const canAccept = may(useSession(), ['marketing', 'sales_manager']);
  const answer = useApi('GET /v1/territories/proposals/:id', { params: { id } }, { live: ['job', 'territory'], keep: false });
  const stop = useSend('POST /v1/territories/proposals/:id/stop', { stale: ['/v1/territories/proposals'] });
  const one = answer.data;
  if (!one) return <RecordPage back={back} waiting={answer} rows={8} />;
  const isBusy = one.state === 'waiting' || one.state === 'running';
  const by = one.asked.measures.map(({ figure }) => figures.find(({ key }) => key === figure)?.label.toLowerCase() ?? figure).join(', ');
  return (
    <DryJob
      back={back}
      title="Proposal"
      question={`Would ${one.territories.length} territories be fairer, with an even share of ${by}?`}
      job={one}
      note={`${unitsSaid(format, one.count)} are being divided`}
      canStop={canAccept}
      stop={{ ...stop, mutate: () => stop.mutate({ params: { id } }) }}
    >
      {!isBusy && <Found proposal={one} canAccept={canAccept} />}
    </DryJob>
  );
}

function Found({ proposal, canAccept }: { proposal: Proposal; canAccept: boolean }) {
  const format = useFormat();
  const { asked, today, proposed, moves, units, currency, notes } = proposal;
  const [measure, setMeasure] = useState<Figure>(asked.measures[0]?.figure ?? 'calls');
  const shown = figuresOf(proposal);
  const label = shown.find(({ key }) => key === measure)?.label ?? '';
  const isPlaced = units.some(({ lon }) => lon !== null);
  return (
    <Stack>
      {proposal.acceptances.map((one) => (
        <Accepted key={one.id} one={one} canUndo={canAccept} />
      ))}
      <Stats>
        {asked.measures.map(({ figure, tolerance }) => (
          <Stat
            key={figure}
            label={`${figures.find(({ key }) => key === figure)?.label ?? figure}, furthest from even`}
            value={format.percent((proposed ?? today).deviations[figure], 1)}
            tone={proposed && proposed.deviations[figure] <= tolerance + 1e-9 ? 'good' : undefined}
            note={proposed ? `today ${format.percent(today.deviations[figure], 1)}; asked for ${format.percent(tolerance, 0)}` : 'today'}
          />
        ))}
        {moves && (
          <Stat
            label="Moves"
            value={unitsSaid(format, moves.units)}
            note={`${format.number(moves.customers)} customers, ${figureSaid(format, currency, 'worthMinor', moves.worthMinor)} invoiced, ${format.number(moves.openLeads)} open leads`}
          />
        )}
        {moves && moves.worked > 0 && <Stat label="Stay with who works with them" value={format.number(moves.worked)} note="customers and prospects of what moves: their next lead goes to the same hands" />}
        {proposed && proposed.tourKm !== null && today.tourKm !== null && (
          <Stat label="To drive" value={kmSaid(format, proposed.tourKm)} note={`today ${kmSaid(format, today.tourKm)}; a round trip in each territory, as the crow flies`} />
        )}
        {proposed && proposed.contiguous !== null && (
          <Stat label="In one piece" value={proposed.contiguous ? 'each' : 'not all'} tone={proposed.contiguous ? 'good' : 'bad'} note={today.contiguous ? 'as they are today' : 'today not all are'} />
        )}
      </Stats>
      <Card title="By territory">
        <div className={css.measures} role="group" aria-label="Compare by">
          {shown.map(({ key, label }) => (
            <Chip key={key} onClick={() => setMeasure(key)} aria-pressed={measure === key}>
              {label}
            </Chip>
          ))}
        </div>
        <BalanceBars proposal={proposal} measure={measure} label={label} />
      </Card>
      <Card title="Map">
        {isPlaced ? <BalanceMap proposal={proposal} measure={measure} label={label} /> : <p className="dim">Nobody told where units lie, so there is nothing to draw. Give a table of their centres when you ask for a proposal.</p>}
      </Card>
      {proposed && <BalanceMoves proposal={proposal} canAccept={canAccept} />}
      <Card title="Every figure" flush>
        <SidesTable proposal={proposal} />
      </Card>
      {[askedInWords(format, proposal), ...notes].map((sentence) => (
        <Note key={sentence}>{sentence}</Note>
      ))}
    </Stack>
  );
}

function Accepted({ one, canUndo }: { one: Acceptance; canUndo: boolean }) {
  const format = useFormat();
  const countries = useCountries();
  const undo = useSend('POST /v1/territories/acceptances/:id/undo', {
    stale: ['/v1/territories', '/v1/holders'],
    done: ({ state }) => toast({ message: state === 'cancelled' ? 'Called off. Nothing changes.' : 'Taken back. The rules are what they were.', tone: 'good' }),
  });
  const isOpen = one.state === 'due' || one.state === 'in_force';
  const when = one.state === 'due' ? `takes effect on ${format.date(one.effectiveOn)}` : acceptedWords[one.state];
  return (
    <Card
      title={`${unitsSaid(format, one.units.length)} accepted: ${when}`}
      quiet={!isOpen}
      side={
        isOpen &&
        canUndo && (
          <Button size="compact-sm" variant="default" loading={undo.isPending} onClick={() => undo.mutate({ params: { id: one.id } })}>
            {one.state === 'due' ? 'Call off' : 'Take back'}
          </Button>
        )
      }
    >
      <Stack gap={8}>
        <ErrorNote error={undo.error} />
        {one.problem && <Note tone="warn">{one.problem}</Note>}
        <p className="dim">
          {[`Between ${one.between.join(', ')}`, one.acceptedBy && `by ${one.acceptedBy}`, one.undoneBy && `taken back by ${one.undoneBy}`].filter(Boolean).join(', ')}.
        </p>
        {isOpen && (
          <details>
            <summary>The rules from then on</summary>
            <ul className={css.rules}>
              {one.changes.map(({ territoryId, name, rules }) => (
                <li key={territoryId}>
                  <b>{name}</b>: {rulesInWords(rules, [], countries.name, format)}
                </li>
              ))}
              {one.added.map((name) => (
                <li key={name}>
                  <b>{name}</b>: what its rules took in before, beyond these units
                </li>
              ))}
            </ul>
          </details>
        )}
      </Stack>
    </Card>
  );
}
