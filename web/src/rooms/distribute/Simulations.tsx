import { Button } from '@mantine/core';
import { useApi } from '../../api/hooks.ts';
import { plural, useFormat } from '../../ui/format.ts';
import { A, Card, ErrorNote } from '../../ui/index.tsx';

const states = { waiting: 'waits', running: 'is running', done: '', failed: 'failed', cancelled: 'was stopped' } as const;

/** The dry runs there were, and a way to begin one. */
export function Simulations({ start, isStarting, error }: { start: () => void; isStarting: boolean; error: Error | null }) {
  const format = useFormat();
  const answer = useApi('GET /v1/routing/simulations', undefined, { live: ['job'] });
  return (
    <Card
      title="Dry runs"
      quiet
      side={
        <Button size="compact-sm" variant="default" loading={isStarting} onClick={start}>
          Try on the last 12 months
        </Button>
      }
    >
      <ErrorNote error={error ?? answer.error} />
      {(answer.data?.items ?? []).length === 0 ? (
        <p className="dim">
          Deals your own leads of a year again by these rules: who would have had what, and how the load would fall. Changes nothing.
        </p>
      ) : (
        <ul style={{ display: 'grid', gap: 8 }}>
          {(answer.data?.items ?? []).map((one) => (
            <li key={one.id}>
              <A to={`/routing/${one.id}`}>
                {format.when(one.madeAt)}, {one.count} {plural(one.count, 'rule')}
              </A>
              <span className="dim" style={{ display: 'block', fontSize: 12 }}>
                {[one.madeBy && `by ${one.madeBy}`, states[one.state]].filter(Boolean).join(', ')}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
