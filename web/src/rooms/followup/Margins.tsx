import { Button, NumberInput, TextInput } from '@mantine/core';
import { useApi, useSend } from '../../api/hooks.ts';
import type { Answer } from '../../api/contract.ts';
import { useDraft } from '../../ui/draft.ts';
import { Card, ErrorNote, FormGrid, Row, SkeletonRows, Stack, toast } from '../../ui/index.tsx';
import css from './day.module.css';

type Form = Answer<'GET /v1/settings/margins'>;

/** What is kept of a sale: two products of one price are not worth the same call. */
export function Margins({ canEdit }: { canEdit: boolean }) {
  const answer = useApi('GET /v1/settings/margins', undefined, { live: ['setting'] });
  const [form, setForm, isChanged] = useDraft(answer.data);
  const save = useSend('PUT /v1/settings/margins', {
    stale: ['/v1/settings/margins', '/v1/queue'],
    done: (saved) => {
      setForm(saved);
      toast({ message: 'Saved. Queues are ordered by it from now on.', tone: 'good' });
    },
  });
  if (!form) return answer.error ? <ErrorNote error={answer.error} retry={() => void answer.refetch()} /> : <SkeletonRows rows={2} />;
  const change = (at: number, part: Partial<Form['products'][number]>) =>
    setForm({ ...form, products: form.products.map((one, i) => (i === at ? { ...one, ...part } : one)) });
  const isWhole = form.products.every((one) => one.product.trim() !== '');
  return (
    <Card title="Margin" side="what is kept of a sale, in percent">
      <Stack>
        <FormGrid>
          <NumberInput
            label="Of every sale (%)"
            description="100 orders by what a sale is worth."
            min={0}
            max={100}
            disabled={!canEdit}
            value={form.percent}
            onChange={(value) => setForm({ ...form, percent: Number(value) || 0 })}
          />
        </FormGrid>
        {form.products.map((one, at) => (
          <div key={at} className={css.margin}>
            <TextInput
              aria-label={`Product ${at + 1}`}
              placeholder="Product, as leads name it"
              disabled={!canEdit}
              value={one.product}
              onChange={(event) => change(at, { product: event.currentTarget.value })}
            />
            <NumberInput
              aria-label={`Margin of product ${at + 1} (%)`}
              min={0}
              max={100}
              suffix=" %"
              disabled={!canEdit}
              value={one.percent}
              onChange={(value) => change(at, { percent: Number(value) || 0 })}
            />
            {canEdit && (
              <Button variant="subtle" onClick={() => setForm({ ...form, products: form.products.filter((_, i) => i !== at) })}>
                Remove
              </Button>
            )}
          </div>
        ))}
        <ErrorNote error={save.error} />
        {canEdit && (
          <Row between>
            <Button variant="default" onClick={() => setForm({ ...form, products: [...form.products, { product: '', percent: form.percent }] })}>
              Add a product
            </Button>
            <Button
              disabled={!isWhole || !isChanged}
              loading={save.isPending}
              onClick={() => save.mutate({ body: form })}
            >
              Save
            </Button>
          </Row>
        )}
      </Stack>
    </Card>
  );
}
