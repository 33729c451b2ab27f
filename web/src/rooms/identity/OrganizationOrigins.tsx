import type { Answer } from '../../api/contract.ts';
import { useApi } from '../../api/hooks.ts';
import { plural, useFormat } from '../../ui/format.ts';
import { A, Card, ErrorNote, Money, SkeletonRows, When } from '../../ui/index.tsx';
import css from './identity.module.css';
import { organizationGroupNames } from './group-names.ts';
import { OriginLine } from './Origins.tsx';

type Named = Answer<'GET /v1/organizations/:id/origins'>['named'][number];

/** Where each value of an organization came from and what else was said, and the inquiries and lists that named it. */
export function OrganizationOrigins({ organizationId }: { organizationId: string }) {
  const format = useFormat();
  const answer = useApi('GET /v1/organizations/:id/origins', { params: { id: organizationId } }, { live: ['person', 'inquiry'] });
  if (answer.error) return <ErrorNote error={answer.error} retry={() => void answer.refetch()} />;
  if (!answer.data)
    return (
      <Card title="Where it comes from">
        <SkeletonRows rows={4} />
      </Card>
    );
  const { items, named, namedTimes } = answer.data;
  const show = { employees: (value: string) => format.number(Number(value)), annualRevenueMinor: (value: string) => <Money minor={Number(value)} short /> };
  return (
    <>
      {items.length > 0 && (
        <Card title="Where it comes from" side="what was known first stays; what is missing is filled in">
          <ul className={css.origins}>
            {items.map((one) => (
              <OriginLine key={one.group} name={organizationGroupNames[one.group]} one={one} {...(one.group in show ? { show: show[one.group as keyof typeof show] } : {})} />
            ))}
          </ul>
        </Card>
      )}
      {named.length > 0 && (
        <Card title="Named by" side={`${format.number(namedTimes)} ${plural(namedTimes, 'inquiry or list', 'inquiries and lists')}`}>
          <ul className={css.named}>
            {named.map((one) => (
              <li key={one.inquiryId ?? one.importId}>
                <By one={one} />
                <span className="dim">
                  <When at={one.at} />
                </span>
              </li>
            ))}
          </ul>
          {namedTimes > named.length && <p className="dim">{`The latest ${named.length} of them.`}</p>}
        </Card>
      )}
    </>
  );
}

function By({ one }: { one: Named }) {
  const format = useFormat();
  const person = one.personId && <A to={`/people/${one.personId}`}>{one.person ?? 'somebody'}</A>;
  return (
    <span>
      {one.inquiryId ? (
        <>
          Inquiry <A to={`/inquiries/${one.inquiryId}`}>{one.receipt}</A>
        </>
      ) : (
        <>
          List <A to={`/imports/${one.importId}`}>{one.list ?? 'import'}</A>
        </>
      )}
      {person ? <> · {person}</> : one.people > 1 && <span className="dim">{` · ${format.number(one.people)} people`}</span>}
    </span>
  );
}
