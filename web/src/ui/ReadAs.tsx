import type { Answer } from '../api/contract.ts';
import { href } from '../shell/address.ts';
import { Badge } from './Badge.tsx';
import { A } from './Link.tsx';

type Position = Answer<'GET /v1/people/:id'>['position'];
type Sector = Answer<'GET /v1/organizations/:id'>['sector'];
const froms = { naics: 'the NAICS code', sic: 'the SIC code', industry: 'the business' };

const By = ({ one, from }: { one: NonNullable<Position | Sector>; from?: string }) => (
  <span className="dim" style={{ display: 'block', fontSize: 12 }}>
    {one.isSaid ? <Badge tone="sale">said by {one.saidBy ?? 'the house'}</Badge> : one.words.length > 0 ? `by “${one.words.join('”, “')}”${from ? ` in ${from}` : ''}` : from && `by ${from}`}
  </span>
);

/** Rank and function as a position was read, with the word that decided; where it was not, the way to say it. */
export function PositionRead({ position }: { position: Position }) {
  if (!position) return null;
  const { rank, does } = position;
  if (!rank && !does) return <A to="/readings">not understood: say what it means</A>;
  return (
    <>
      {[rank, does].filter(Boolean).join(', ')}
      <By one={position} />
    </>
  );
}

/** A company's sector, and by what. */
export function SectorRead({ sector, business }: { sector: Sector; business?: string | null }) {
  if (!sector) return business ? <A to={href('/readings', { kind: 'industry' })}>not understood: say what it means</A> : null;
  return (
    <>
      {sector.label}
      <By one={sector} from={froms[sector.from]} />
    </>
  );
}
