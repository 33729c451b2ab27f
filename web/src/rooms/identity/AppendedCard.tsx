import { useState } from 'react';
import { usePages } from '../../api/hooks.ts';
import { A, Card, Chip, Row } from '../../ui/index.tsx';
import { plural, useFormat } from '../../ui/format.ts';
import { EachCosts, ReceiptState, whyUnused } from './append-words.tsx';
import css from './append.module.css';

/** Where values were appended from, by whom and on which terms: a receipt each, used or not. Nothing where nothing ever was. */
export function AppendedCard({ kind, id }: { kind: 'people' | 'organizations'; id: string }) {
  const format = useFormat();
  const pages = usePages(`GET /v1/${kind}/:id/appended`, { params: { id } }, { limit: 20, live: ['person', 'organization'] });
  const [all, setAll] = useState(false);
  if (pages.rows.length === 0) return null;
  const used = pages.rows.filter((one) => one.state !== 'unused');
  const unused = pages.rows.length - used.length;
  const shown = all ? pages.rows : used;
  return (
    <Card title="Appended">
      <ul className={css.receipts}>
        {shown.map((one) => (
          <li key={one.id}>
            <div>
              <b>{one.label}</b> <span data-out={one.state !== 'stands' || undefined}>{one.value ?? (one.state === 'expired' ? 'taken out' : 'nothing readable')}</span>
              {one.replaced && <span className="dim"> instead of {one.replaced}</span>}
            </div>
            <ReceiptState state={one.state} />
            <p className="dim">
              <A to={`/append/${one.runId}`}>{one.provider}</A>, {format.date(one.at)} · {Math.round(one.confidence * 100)}% sure
              {one.asOf && ` · as of ${format.date(one.asOf)}`}
              {one.priceMinor > 0 && (
                <>
                  {' · '}
                  <EachCosts minor={one.priceMinor} currency={one.currency} />
                </>
              )}
              {one.expiresOn && ` · may be kept until ${format.date(one.expiresOn)}`}
              {one.why && ` · ${whyUnused[one.why]}`}
            </p>
          </li>
        ))}
      </ul>
      {shown.length > 0 && <div style={{ height: 12 }} />}
      <Row>
        {!all && unused > 0 && <Chip onClick={() => setAll(true)}>{`Show ${format.number(unused)} that ${plural(unused, 'was', 'were')} offered and not used`}</Chip>}
        {pages.hasMore && <Chip onClick={pages.more}>Show older ones</Chip>}
      </Row>
    </Card>
  );
}
