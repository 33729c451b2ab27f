import { Button } from '@mantine/core';
import { useApi, useSend } from '../../api/hooks.ts';
import { useCountries } from '../../ui/countries.ts';
import { ErrorNote, GradeBadge, When, toast } from '../../ui/index.tsx';
import css from './queue.module.css';

/** Leads open to several: what kind it is, until when, and one press to have it. Nothing where nothing is open. */
export function Offers({ enabled, taken }: { enabled: boolean; taken: (leadId: string) => void }) {
  const countries = useCountries();
  const offers = useApi('GET /v1/offers', undefined, { live: ['lead'], enabled });
  const claim = useSend('POST /v1/offers/:leadId/claim', {
    stale: ['/v1/offers', '/v1/queue', '/v1/leads'],
    done: ({ leadId }) => {
      toast({ message: 'It is yours, and accepted.', tone: 'good' });
      taken(leadId);
    },
  });
  const items = offers.data?.items ?? [];
  if (items.length === 0 && !claim.error) return null;
  return (
    <section className={css.offers} aria-label="Open to you and others">
      <h2>Open to you and others: the first to take it has it</h2>
      <ErrorNote error={claim.error} />
      <ul>
        {items.map((one) => (
          <li key={one.leadId}>
            <span>
              <GradeBadge grade={one.grade} score={one.score} /> <b>{one.product ?? 'A lead'}</b>
              <span className="dim">
                {[one.vertical, one.state, one.country && (countries.name(one.country) ?? one.country)].filter(Boolean).join(', ')} · until{' '}
                <When at={one.until} /> · open to {one.offeredTo === 1 ? 'you alone' : one.offeredTo}
              </span>
            </span>
            <Button
              size="compact-sm"
              loading={claim.isPending && claim.variables?.params.leadId === one.leadId}
              onClick={() => claim.mutate({ params: { leadId: one.leadId } })}
            >
              Take it
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
