import { Autocomplete, NumberInput, Select, Switch, TextInput } from '@mantine/core';
import type { Body } from '../../api/contract.ts';
import { useApi } from '../../api/hooks.ts';
import { Card, FormGrid, MoneyInput, Stack, Wide } from '../../ui/index.tsx';

type Terms = NonNullable<NonNullable<Body<'PUT /v1/imports/:id'>>['settings']['append']>;

/** Who gave the values of a file that appends, on which terms, and what they may take the place of. */
export function ImportAppendTerms({ terms, set }: { terms: Terms; set: (terms: Terms) => void }) {
  const providers = useApi('GET /v1/append/providers', undefined, { staleTime: 60_000 }).data?.items ?? [];
  const known = providers.find((one) => one.name === terms.provider);
  const put = (patch: Partial<Terms>) => set(Object.fromEntries(Object.entries({ ...terms, ...patch }).filter(([, value]) => value !== undefined && value !== '')));
  return (
    <Card title="Who says so, and on which terms">
      <Stack gap={12}>
        <FormGrid>
          <Autocomplete label="Provider" description="Kept with every value" placeholder="Our own file" maxLength={120} data={providers.map((one) => one.name)} value={terms.provider ?? ''} onChange={(provider) => put({ provider })} />
          <MoneyInput
            label="A thousand cost"
            description={known ? 'Else as agreed with them' : 'Nothing, where left empty'}
            min={0}
            minor={terms.priceThousandMinor ?? known?.priceThousandMinor ?? null}
            onMinor={(minor) => put({ priceThousandMinor: minor ?? undefined })}
          />
          <Select
            label="A thousand of what"
            description="What they count"
            data={[
              { value: 'hit', label: 'Hits: rows about somebody we know' },
              { value: 'row', label: 'Rows: whatever is in the file' },
            ]}
            value={terms.pricePer ?? known?.pricePer ?? 'hit'}
            allowDeselect={false}
            onChange={(value) => put({ pricePer: value ?? undefined })}
          />
          <TextInput type="date" label="May be kept until" description="Then the values are taken out again" value={terms.licenceUntil ?? ''} onChange={(event) => put({ licenceUntil: event.currentTarget.value })} />
          <NumberInput
            label="Leave values less sure than"
            description="By their own word, else the provider’s"
            suffix=" %"
            hideControls
            min={0}
            max={100}
            placeholder="Take all"
            value={terms.minConfidence === undefined ? '' : Math.round(terms.minConfidence * 100)}
            onChange={(value) => put({ minConfidence: value === '' ? undefined : Number(value) / 100 })}
          />
          <TextInput type="date" label="Leave values older than" description="Where the file says as of when they are true" value={terms.notBefore ?? ''} onChange={(event) => put({ notBefore: event.currentTarget.value })} />
          <Wide>
            <Switch
              label="Put the file’s word in the place of what is known otherwise"
              description="Never of what a person said. Without it, only what is empty or half known is filled."
              checked={terms.replace ?? false}
              onChange={(event) => put({ replace: event.currentTarget.checked || undefined })}
            />
          </Wide>
        </FormGrid>
      </Stack>
    </Card>
  );
}
