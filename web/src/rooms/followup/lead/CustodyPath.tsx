import type { ReactNode } from 'react';
import { useApi } from '../../../api/hooks.ts';
import { Card, ErrorNote, Skeleton, When } from '../../../ui/index.tsx';
import { duration } from '../../../ui/format.ts';
import css from './lead.module.css';

const cameWords = {
  took: 'gave it',
  passed: 'had nobody, on',
  waits: 'waits for somebody',
  offered: 'offered it to all',
  desk: 'leaves it to a person',
  aside: 'keeps it warm',
} as const;

const clockWords = { accept: 'answer', contact: 'first contact', attempts: 'attempts', verdict: 'verdict' } as const;
const stateWords = { kept: 'kept', broken: 'too late', running: 'runs', resting: 'stands', 'not-asked': 'not asked for' } as const;

/** Every holder this lead had, why each was chosen, and who was passed over for what reason. */
export function CustodyPath({ leadId, side }: { leadId: string; side?: ReactNode }) {
  const path = useApi('GET /v1/leads/:id/assignments', { params: { id: leadId } }, { live: ['lead'] });
  return (
    <Card title="Who held it, and why" quiet id="path" side={side}>
      <ErrorNote error={path.error} />
      {!path.data && !path.error && <Skeleton height={60} />}
      <ol className={css.path}>
        {(path.data?.items ?? []).map((hold) => {
          const minutes = hold.firstFollowupAt ? (Date.parse(hold.firstFollowupAt) - Date.parse(hold.startedAt)) / 60_000 : undefined;
          return (
            <li key={hold.id}>
              <div className={css.pathHead}>
                <span>
                  <b>{hold.holderName}</b>{' '}
                  <span className="dim">
                    {[
                      hold.territoryName,
                      hold.endReason ? `ended: ${hold.endReason}` : hold.acceptedAt ? 'accepted' : 'not yet accepted',
                      minutes === undefined ? '' : `first contact after ${duration(minutes)}`,
                      hold.agreedVersion !== null && (hold.holderKind === 'rep' || hold.holderKind === 'partner') ? `agreement, version ${hold.agreedVersion}` : '',
                    ]
                      .filter(Boolean)
                      .join(' · ')}
                  </span>
                </span>
                <span className="dim">
                  <When at={hold.startedAt} />
                  {hold.endedAt && (
                    <>
                      {' '}
                      to <When at={hold.endedAt} />
                    </>
                  )}
                </span>
              </div>
              <p>{hold.because.map((reason) => `${reason.label}${reason.detail ? ` (${reason.detail})` : ''}`).join(' · ')}</p>
              {hold.clocks.length > 0 && (
                <ul className={css.clocks} aria-label="Clocks">
                  {hold.clocks.map(({ clock, dueAt, state }) => (
                    <li key={clock} data-state={state}>
                      {clockWords[clock]} by <When at={dueAt} />: <b>{stateWords[state]}</b>
                    </li>
                  ))}
                </ul>
              )}
              {hold.decision && hold.decision.version !== null && (
                <p className={css.decision}>
                  {hold.decision.rules.map((rule) => (
                    <span key={rule.ruleId} data-came={rule.came}>
                      {rule.name} <i>{cameWords[rule.came]}</i>
                    </span>
                  ))}
                  <span className="dim">
                    routing rules, version {hold.decision.version}
                    {hold.decision.rules.length === 0 && ': none held'}
                  </span>
                </p>
              )}
              {hold.decision?.again && (
                <p className="dim" style={{ fontSize: 12 }}>
                  {hold.decision.again.same
                    ? 'Decided again from what was stored: the same.'
                    : `Decided again from what was stored, it comes out otherwise. ${hold.decision.again.differences.join(' ')}`}
                </p>
              )}
              {hold.pausedUntil && (
                <p className="dim">
                  Rests until <When at={hold.pausedUntil} />: {hold.pauseReason}
                </p>
              )}
              {hold.creditBackAt && (
                <p className="dim">
                  Turn given back <When at={hold.creditBackAt} />: {hold.creditBackReason}
                </p>
              )}
              {hold.declineReason && <p className="dim">Declined: {hold.declineReason}</p>}
              {(hold.passedOver.length > 0 || hold.shares.length > 0) && (
                <details>
                  <summary>Who else could have had it</summary>
                  <ul className={css.reasonsList}>
                    {hold.passedOver.map((other) => (
                      <li key={other.holderId}>
                        {other.name} <span className="dim">{[other.because, other.detail].filter(Boolean).join(', ')}</span>
                      </li>
                    ))}
                    {hold.shares.map((share) => (
                      <li key={share.holderId}>
                        {share.name}{' '}
                        <span className="dim num">
                          {share.sharePercent.toFixed(0)}% of the share, credit {share.credit.toFixed(2)}
                          {share.mark !== null && `, by the rule’s measure ${share.mark.toFixed(2)}`}
                        </span>
                      </li>
                    ))}
                  </ul>
                </details>
              )}
            </li>
          );
        })}
      </ol>
    </Card>
  );
}
