import type { ReactNode } from 'react';
import { useSession } from '../../api/session.ts';
import { A, Badge, Money } from '../../ui/index.tsx';
import type { Side, ShownPair } from './duplicate-kinds.tsx';
import css from './identity.module.css';

/** Why a pair stands where it does in the list. */
export function WhyHere({ one }: { one: ShownPair }) {
  const { currency } = useSession().workspace;
  const { minor, reasons } = one.stake;
  if (minor === 0) return <>It stands here by how likely it is alone: no open business, no sale.</>;
  const words = { opportunity: 'open opportunity', lead: 'lead, by what such leads bring', customer: 'sold so far' } as const;
  return (
    <>
      It stands here for <Money minor={minor} currency={currency} /> at stake:{' '}
      {together(reasons).map(({ times, ...reason }, at) => (
        <span key={`${reason.kind} ${reason.label} ${reason.minor}`}>
          {at > 0 && ', '}
          {times > 1 && `${times} × `}
          <Money minor={reason.minor} currency={currency} /> {reason.kind === 'lead' ? `${reason.label} ` : ''}
          {words[reason.kind]}
        </span>
      ))}
      .
    </>
  );
}

/** Reasons that read the same are told once, with how often. */
function together(reasons: ShownPair['stake']['reasons']): (ShownPair['stake']['reasons'][number] & { times: number })[] {
  const alike = Map.groupBy(reasons, (reason) => `${reason.kind} ${reason.label} ${reason.minor}`);
  return [...alike.values()].map((same) => ({ ...same[0]!, times: same.length }));
}

/** "95 in 100" */
export const chanceOf = ({ stake: { chance } }: Pick<ShownPair, 'stake'>): string => `${chance >= 0.995 ? 'more than 99' : chance < 0.005 ? 'less than 1' : Math.round(chance * 100)} in 100`;

/** The two beside each other, field by field, with what each field says. */
export function Pair({ one, left, right, stays, keep }: { one: ShownPair; left: Side; right: Side; stays: string; keep: (id: string) => void }) {
  const most = Math.max(1, ...one.evidence.map((bit) => Math.abs(bit.weight)));
  const placed = left.cells.flatMap((cell) => cell.fields);
  const others = one.evidence.filter((bit) => !placed.includes(bit.field));
  const head = (side: Side) => (
    <div className={`${css.who} ${css.cell} ${side.id === stays ? css.keep : ''}`}>
      <A to={side.to}>{side.name}</A>
      {side.id === stays ? (
        <span style={{ marginLeft: 6 }}>
          <Badge tone="action">stays</Badge>
        </span>
      ) : (
        <button type="button" onClick={() => keep(side.id)}>
          Keep this one
        </button>
      )}
    </div>
  );
  const cell = (side: Side, text: ReactNode, differs: boolean) => (
    <div className={`${css.cell} ${side.id === stays ? css.keep : ''} ${differs ? css.mark : ''}`}>{text || <span className="dim">–</span>}</div>
  );
  return (
    <div className={css.pair}>
      <div className={`${css.label} ${css.corner}`} />
      {head(left)}
      {head(right)}
      <div className={`${css.outcome} ${css.legend}`}>what speaks for and against</div>
      {left.cells.map(({ label, fields, text }, at) => {
        const bits = one.evidence.filter((bit) => fields.includes(bit.field));
        const other = right.cells[at]!.text;
        if (!text && !other && bits.length === 0) return null;
        return (
          <div key={label} style={{ display: 'contents' }}>
            <div className={css.label}>{label}</div>
            {cell(left, text, text !== other)}
            {cell(right, other, text !== other)}
            <Weights bits={bits} most={most} named={bits.length > 1} silent={text && other ? 'not compared' : 'only one is known'} />
          </div>
        );
      })}
      {others.map((bit) => (
        <div key={`${bit.field} ${bit.outcome}`} style={{ display: 'contents' }}>
          <div className={css.label}>{bit.field === 'before looking' ? 'To begin with' : bit.field}</div>
          <div className={css.cell} style={{ gridColumn: 'span 2' }}>
            {bit.field === 'before looking' ? `two at random are seldom the same: ${bit.outcome.split(';')[0]}` : bit.outcome}
          </div>
          <Weights bits={[bit]} most={most} bare />
        </div>
      ))}
      <div className={`${css.label} ${css.last}`}>Seen</div>
      {[left, right].map((side) => (
        <div key={side.id} className={`${css.cell} ${css.last} ${side.id === stays ? css.keep : ''}`}>
          {side.seen}
        </div>
      ))}
      <div className={`${css.outcome} ${css.last} ${css.corner}`} />
    </div>
  );
}

/** One small bar per piece of evidence about this row; all bars of the pair have one scale. What only asks has a question mark. `bare`: what it shows is told beside it; `silent`: why there is none. */
function Weights({ bits, most, named, bare, silent }: { bits: ShownPair['evidence']; most: number; named?: boolean; bare?: boolean; silent?: string }) {
  if (bits.length === 0) return <div className={css.outcome}>{silent}</div>;
  return (
    <div className={css.outcome}>
      {bits.map((bit) => {
        const width = (Math.abs(bit.weight) / most) * 50;
        return (
          <span key={`${bit.field} ${bit.outcome}`} className={css.bit}>
            <span className={css.track} aria-hidden>
              <i
                style={{
                  width: `${width}%`,
                  left: bit.weight >= 0 ? '50%' : `${50 - width}%`,
                  background: bit.weight >= 0 ? 'var(--plus-fill)' : 'var(--minus-fill)',
                }}
              />
            </span>
            <span>
              <b className="num strong" style={{ color: 'var(--ink)' }}>
                {bit.asks ? '?' : `${bit.weight >= 0 ? '+' : '−'}${Math.abs(bit.weight).toFixed(1)}`}
              </b>{' '}
              {!bare && `${named ? `${bit.field}: ` : ''}${bit.outcome}`}
            </span>
          </span>
        );
      })}
    </div>
  );
}
