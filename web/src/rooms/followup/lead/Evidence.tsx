import { A, Card, Money, ReasonBars, VerdictBadge, When } from '../../../ui/index.tsx';
import { doorName } from '../../../ui/doors.ts';
import { plural } from '../../../ui/format.ts';
import type { LeadData } from './Head.tsx';
import css from './lead.module.css';

/** Where it came from word for word, why we think who it is, and what it earned. */
export function Evidence({ data }: { data: LeadData }) {
  const byInquiry = data.inquiries.map((inquiry) => ({
    inquiry,
    reasons: data.matchReasons.filter((reason) => reason.inquiryId === inquiry.id),
  }));
  return (
    <div className={css.pair}>
      <Card title={`${data.inquiries.length} ${plural(data.inquiries.length, 'inquiry', 'inquiries')}, as received`} quiet id="inquiries">
        {byInquiry.map(({ inquiry, reasons }) => (
          <div key={inquiry.id} className={css.inquiry}>
            <div className={css.pathHead}>
              <span>
                <A to={`/inquiries/${inquiry.id}`}>{inquiry.receipt}</A>{' '}
                <span className="dim">
                  {[inquiry.program?.name ?? inquiry.source?.name, doorName(inquiry.channel)].filter(Boolean).join(' · ')}
                </span>
              </span>
              <When at={inquiry.occurredAt} />
            </div>
            {inquiry.message && <p>“{inquiry.message}”</p>}
            {reasons.length > 0 && (
              <details>
                <summary className={css.summary}>Why this is the same person</summary>
                <ReasonBars
                  reasons={reasons.map((reason) => ({ label: reason.label, detail: reason.detail, points: reason.points ?? 0 }))}
                />
              </details>
            )}
            <details>
              <summary className={css.summary}>Every field</summary>
              <dl className={css.fields}>
                {Object.entries(inquiry.fields).flatMap(([name, value]) =>
                  value === null || value === '' || value === undefined
                    ? []
                    : [
                        <dt key={`${name}-name`}>{name}</dt>,
                        <dd key={name}>
                          {typeof value === 'object' ? JSON.stringify(value) : String(value as string | number | boolean)}
                        </dd>,
                      ],
                )}
              </dl>
            </details>
          </div>
        ))}
      </Card>
      <div style={{ display: 'grid', gap: 14, alignContent: 'start' }}>
        {data.dispositions.length > 0 && (
          <Card title="Verdicts" quiet id="verdicts">
            {data.dispositions.map((given) => (
              <div key={given.id} className={css.inquiry}>
                <div className={css.pathHead}>
                  <span>
                    <VerdictBadge verdict={given.verdict} /> {given.reason}{' '}
                    {given.valueMinor !== null && <Money minor={given.valueMinor} currency={given.currency} />}{' '}
                    <span className="dim">
                      {given.by} {given.current ? '' : '· replaced'}
                    </span>
                  </span>
                  <When at={given.at} />
                </div>
              </div>
            ))}
          </Card>
        )}
        {(data.opportunities.length > 0 || data.invoices.length > 0) && (
          <Card title="Money" quiet id="money">
            {data.opportunities.map((opportunity) => (
              <div key={opportunity.id} className={css.inquiry}>
                <div className={css.pathHead}>
                  <span>
                    <A to={`/opportunities/${opportunity.id}`}>{opportunity.name}</A> <span className="dim">{opportunity.stage}</span>
                  </span>
                  <Money minor={opportunity.amountMinor} currency={opportunity.currency} />
                </div>
              </div>
            ))}
            {data.invoices.map((invoice) => (
              <div key={invoice.id} className={css.inquiry}>
                <div className={css.pathHead}>
                  <span>
                    Invoice {invoice.number} <span className="dim">{invoice.status}</span>
                  </span>
                  <Money minor={invoice.netMinor} currency={invoice.currency} />
                </div>
              </div>
            ))}
          </Card>
        )}
      </div>
    </div>
  );
}
