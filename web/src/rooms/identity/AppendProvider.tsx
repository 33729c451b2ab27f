import { Button, Modal, NumberInput, Select, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useSend } from '../../api/hooks.ts';
import { ErrorNote, FormGrid, MoneyInput, Note, Row, Stack } from '../../ui/index.tsx';
import type { Provider } from './Append.tsx';

/** A provider's terms; they hold from the next run on. */
export function AppendProvider({ one, close }: { one: Provider | undefined; close: () => void }) {
  const [name, setName] = useState(one?.name ?? '');
  const [priceThousandMinor, setPrice] = useState(one?.priceThousandMinor ?? 0);
  const [pricePer, setPer] = useState(one?.pricePer ?? 'hit');
  const [licenceDays, setDays] = useState(one?.licenceDays ?? null);
  const [confidence, setConfidence] = useState(one?.confidence ?? 0.8);
  const done = { stale: ['/v1/append'], done: close };
  const make = useSend('POST /v1/append/providers', done);
  const change = useSend('PATCH /v1/append/providers/:id', done);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const body = { name, priceThousandMinor, pricePer, licenceDays, confidence };
    if (one) change.mutate({ params: { id: one.id }, body });
    else make.mutate({ body });
  };
  return (
    <Modal opened onClose={close} title={one ? `Terms of ${one.name}` : 'Who gives values?'} size={600} data-overlay-open>
      <form onSubmit={submit}>
        <Stack>
          <FormGrid>
            <TextInput label="Name" required maxLength={120} value={name} onChange={(event) => setName(event.currentTarget.value)} data-autofocus />
            <MoneyInput label="A thousand cost" min={0} currency={one?.currency ?? null} minor={priceThousandMinor} onMinor={(minor) => setPrice(minor ?? 0)} />
            <Select
              label="A thousand of what"
              data={[
                { value: 'hit', label: 'Hits: rows about somebody we asked for' },
                { value: 'row', label: 'Rows: whatever they give back' },
              ]}
              value={pricePer}
              allowDeselect={false}
              onChange={(value) => value && setPer(value)}
            />
            <NumberInput
              label="Values may be kept for"
              description="Then they are taken out again"
              placeholder="ever"
              suffix=" days"
              hideControls
              min={1}
              max={36_500}
              allowDecimal={false}
              value={licenceDays ?? ''}
              onChange={(value) => setDays(value === '' ? null : Number(value))}
            />
            <NumberInput
              label="How sure their values are"
              description="Where they say nothing of it"
              suffix=" %"
              hideControls
              min={0}
              max={100}
              value={Math.round(confidence * 100)}
              onChange={(value) => setConfidence(Number(value) / 100)}
            />
          </FormGrid>
          {one && one.runs > 0 && <Note>What was appended before keeps the terms it came on.</Note>}
          <ErrorNote error={make.error ?? change.error} />
          <Row end>
            <Button variant="default" onClick={close}>
              Cancel
            </Button>
            <Button type="submit" loading={make.isPending || change.isPending}>
              Save
            </Button>
          </Row>
        </Stack>
      </form>
    </Modal>
  );
}
