import { Button } from '@mantine/core';
import { useState, type CSSProperties } from 'react';
import { useApi, useSend } from '../../api/hooks.ts';
import { may, useSession } from '../../api/session.ts';
import { href } from '../../shell/address.ts';
import { useCountries } from '../../ui/countries.ts';
import { plural, useFormat } from '../../ui/format.ts';
import {
  A,
  Badge,
  Card,
  Chip,
  ConfirmButton,
  EmptyState,
  ErrorNote,
  Page,
  PageTitle,
  Row,
  SkeletonRows,
  Split,
  Stack,
  Stat,
  Stats,
  toast,
} from '../../ui/index.tsx';
import css from './distribute.module.css';
import { MoveButtons } from '../../ui/MoveButtons.tsx';
import { hoursInWords } from './routing-words.ts';
import { rulesInWords, treeOf, type Territory, type TreeRow } from './territory-words.ts';
import { TerritoryForm } from './TerritoryForm.tsx';

/** Who is given what: the first territory that covers a lead decides; whatever none covers is shown. */
export default function Territories() {
  const format = useFormat();
  const countries = useCountries();
  const canEdit = may(useSession(), ['marketing', 'sales_manager']);
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());
  const [editing, setEditing] = useState<Territory | 'new'>();
  const answer = useApi('GET /v1/territories', undefined, { live: ['territory', 'holder'] });
  const coverage = useApi('GET /v1/territories/coverage', { query: { days: 365 } }, { live: ['territory'] });
  const stale = ['/v1/territories', '/v1/holders'];
  const order = useSend('PUT /v1/territories/order', { stale });
  const remove = useSend('DELETE /v1/territories/:id', {
    stale,
    done: () => toast({ message: 'The territory is removed. Its leads stay with their holders.' }),
  });
  const title = (
    <PageTitle
      title="Territories"
      question="Who is given what, and is anybody left out?"
      side={
        <Row>
          <A to="/territories/profile">What each holds</A>
          <A to="/territories/balance">Balance</A>
          {canEdit && <Button onClick={() => setEditing('new')}>Add a territory</Button>}
        </Row>
      }
    />
  );
  if (!answer.data)
    return (
      <Page>
        {title}
        {answer.error ? <ErrorNote error={answer.error} retry={() => void answer.refetch()} /> : <SkeletonRows rows={8} />}
      </Page>
    );
  const items = answer.data.items;
  const rows = treeOf(items);
  const shown = rows.filter(({ above }) => !above.some((id) => folded.has(id)));
  const move = ({ siblings, at }: TreeRow, by: number) => {
    const [id, other] = [siblings[at]!, siblings[at + by]!];
    const ids = rows.map(({ one }) => one.id);
    order.mutate({ body: { ids: ids.map((each) => (each === id ? other : each === other ? id : each)) } });
  };
  const fold = (id: string) => setFolded((was) => (was.has(id) ? new Set([...was].filter((each) => each !== id)) : new Set([...was, id])));
  const gaps = coverage.data;
  const idle = rows.filter(({ one, below }) => one.active && (below === 0 || one.holders.length > 0) && !one.holders.some((holder) => holder.active && holder.weight > 0)).length;
  return (
    <Page>
      {title}
      {items.length > 0 && gaps && (
        <Stats>
          <Stat
            label="Left out"
            value={format.number(gaps.uncovered)}
            tone={gaps.uncovered > 0 ? 'bad' : 'good'}
            note={`of ${format.number(gaps.leads)} leads in a year would go to the desk`}
            to={gaps.uncovered > 0 ? href('/leads', { territoryId: 'none' }) : undefined}
          />
          <Stat
            label="Territories"
            value={format.number(items.filter((one) => one.active).length)}
            note={gaps.unused.length > 0 ? `${gaps.unused.length} got no lead in a year` : 'each got leads'}
          />
          <Stat
            label="Without a holder"
            value={format.number(idle)}
            tone={idle > 0 ? 'bad' : undefined}
            note="nobody works them"
          />
        </Stats>
      )}
      <ErrorNote error={order.error ?? remove.error} />
      {items.length === 0 ? (
        <Card>
          <EmptyState title="No territory yet" actions={canEdit && <Button onClick={() => setEditing('new')}>Add the first</Button>}>
            Without territories every lead waits at the desk. Begin with one that covers everything, then cut out what somebody else shall
            have.
          </EmptyState>
        </Card>
      ) : (
        <Split>
          <Card title="In this order" side="the first that covers a lead decides; what lies under one before it" flush>
            {shown.map((row) => {
              const { one, siblings, at, above, below } = row;
              const sum = one.holders.filter((holder) => holder.active).reduce((total, holder) => total + holder.weight, 0);
              return (
                <div key={one.id} className={css.territory} data-off={!one.active || undefined} style={{ '--level': above.length } as CSSProperties}>
                  <div className={css.moves}>
                    <span className="dim num">{at + 1}</span>
                    {canEdit && <MoveButtons name={one.name} at={at} count={siblings.length} move={(by) => move(row, by)} />}
                  </div>
                  <div className={css.branch}>
                    {below > 0 && (
                      <button type="button" className={css.fold} aria-expanded={!folded.has(one.id)} aria-label={`${one.name}: ${below} under it`} onClick={() => fold(one.id)}>
                        {folded.has(one.id) ? '▸' : '▾'}
                      </button>
                    )}
                    <b className="strong">{one.name}</b>{' '}
                    {folded.has(one.id) && <Badge tone="quiet">{below} under it</Badge>} {!one.active && <Badge tone="bad">Off</Badge>}{' '}
                    {one.startsOn && one.startsOn > format.today() && <Badge tone="quiet">from {format.date(one.startsOn)}</Badge>}{' '}
                    {one.endsOn && <Badge tone="quiet">{one.endsOn < format.today() ? 'over since' : 'until'} {format.date(one.endsOn)}</Badge>}{' '}
                    {gaps?.unused.some((unused) => unused.territoryId === one.id) && <Badge tone="quiet">no lead in a year</Badge>}
                    <span className="dim" style={{ display: 'block', fontSize: 12 }}>
                      {above[0] && `within ${items.find(({ id }) => id === above[0])?.name}: `}
                      {rulesInWords(one.rules, one.accounts, countries.name, format)}
                      {one.overflow && ` · when all are full, ${one.waitMost ? `after ${hoursInWords(one.waitMost)} ` : ''}on to the next`}
                    </span>
                  </div>
                  <div className={css.shares}>
                    {one.holders.length === 0 && below > 0 && <span className="dim">holds those under it together</span>}
                    {one.holders.length === 0 && below === 0 && <span style={{ color: 'var(--overdue)', fontWeight: 600 }}>nobody works it</span>}
                    {one.holders.map((holder) => (
                      <div key={holder.holderId} className={css.share}>
                        <span>
                          <A to={`/holders/${holder.holderId}`}>{holder.name}</A> {!holder.active && <span className="dim">inactive</span>}
                        </span>
                        <span className={css.bar} aria-hidden>
                          <i
                            style={{
                              width: `${sum > 0 && holder.active ? (holder.weight / sum) * 100 : 0}%`,
                              background: 'var(--cold-fill)',
                            }}
                          />
                        </span>
                        <span className="num dim">{format.percent(sum > 0 && holder.active ? holder.weight / sum : 0, 0)}</span>
                      </div>
                    ))}
                  </div>
                  {canEdit && (
                    <Row>
                      <Chip onClick={() => setEditing(one)} aria-label={`Change ${one.name}`}>
                        Change
                      </Chip>
                      <ConfirmButton
                        size="compact-xs"
                        sentence={`“${one.name}” is removed. Leads given by it stay with their holders; new ones go by the territories left.${below > 0 ? ' What lies under it moves up, and goes on asking for what only it asked for.' : ''}`}
                        confirm="Remove"
                        onConfirm={() => remove.mutate({ params: { id: one.id } })}
                      >
                        Remove
                      </ConfirmButton>
                    </Row>
                  )}
                </div>
              );
            })}
          </Card>
          <Stack>
            <Card title="Gaps" side={gaps ? `${format.number(gaps.leads)} leads of a year looked at` : undefined} quiet>
              {!gaps ? (
                <SkeletonRows rows={3} />
              ) : gaps.gaps.length === 0 ? (
                <p style={{ color: 'var(--good)' }}>Every lead of the last year has a territory and somebody who works it.</p>
              ) : (
                <ul style={{ display: 'grid', gap: 10 }}>
                  {gaps.gaps.map((gap) => (
                    <li key={`${gap.country}-${gap.state}-${gap.vertical}-${gap.product}-${gap.why}`} className={css.gap}>
                      <span>
                        <b className="strong">
                          {[gap.country ? (countries.name(gap.country) ?? gap.country) : 'No country known', gap.state, gap.vertical, gap.product && `about ${gap.product}`]
                            .filter(Boolean)
                            .join(', ')}
                        </b>
                        <span className="dim" style={{ display: 'block', fontSize: 12 }}>
                          {gap.why}
                        </span>
                      </span>
                      <A to={href('/leads', gap.country ? { country: gap.country } : { territoryId: 'none' })} className="num nowrap">
                        {format.number(gap.leads)} {plural(gap.leads, 'lead')}
                      </A>
                    </li>
                  ))}
                </ul>
              )}
            </Card>
            {gaps && gaps.overlaps.length > 0 && (
              <Card title="Overlaps" side="leads of a year" quiet>
                <ul style={{ display: 'grid', gap: 10 }}>
                  {gaps.overlaps.map((one) => (
                    <li key={`${one.hasId}-${one.territoryId}`} className={css.gap}>
                      <span>
                        <b className="strong">{one.hasName}</b> has what <b className="strong">{one.name}</b> covers, too
                      </span>
                      <span className="num nowrap">
                        {format.number(one.leads)} {plural(one.leads, 'lead')}
                      </span>
                    </li>
                  ))}
                </ul>
              </Card>
            )}
          </Stack>
        </Split>
      )}
      {editing && <TerritoryForm all={items} territory={editing === 'new' ? undefined : editing} close={() => setEditing(undefined)} />}
    </Page>
  );
}
