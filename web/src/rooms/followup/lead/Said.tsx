import { Card, When } from '../../../ui/index.tsx';
import type { LeadData } from './Head.tsx';
import css from './lead.module.css';

const kinds: Record<string, string> = { call: 'Call', mail: 'Mail', visit: 'Visit', meeting: 'Meeting', quote: 'Quote', literature: 'Literature', note: 'Note' };

/** What was written down of followups, word for word: notes, what came of calls, and answers by mail. */
export function Said({ data }: { data: LeadData }) {
  const said = data.activities.filter(({ note, outcome }) => note || outcome);
  if (said.length === 0) return null;
  return (
    <Card title="What was said" quiet id="said">
      {said.map((one) => (
        <div key={one.id} className={css.inquiry}>
          <div className={css.pathHead}>
            <span>
              <b className="strong">{one.outcome ?? kinds[one.kind] ?? 'Followup'}</b> <span className="dim">{one.by}</span>
            </span>
            <When at={one.at} />
          </div>
          {one.note && <p className={css.said}>{one.note}</p>}
        </div>
      ))}
    </Card>
  );
}
