import { Card } from '../../../ui/index.tsx';
import type { LeadData } from './Head.tsx';
import css from './lead.module.css';

/** What to talk about, and where each comes from: to be read while it rings. Nothing where nothing is known. */
export function TalkCard({ points }: { points: LeadData['talkPoints'] }) {
  if (points.length === 0) return null;
  return (
    <Card title="Talk points" quiet id="talk">
      <ul className={css.talk}>
        {points.map(({ say, from }) => (
          <li key={say}>
            {say} <span className="dim">{from}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
