import { Button, Select, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useSend } from '../../api/hooks.ts';
import { may, useSession } from '../../api/session.ts';
import { useCountries } from '../../ui/countries.ts';
import { makeFormat } from '../../ui/format.ts';
import { Card, ErrorNote, FactList, FormGrid, Row, Split, Stack, Wide, toast } from '../../ui/index.tsx';
import { useNow } from '../../ui/now.ts';
import { SettingsFrame } from './SettingsFrame.tsx';

const currencies = Intl.supportedValuesOf('currency');
const zones = Intl.supportedValuesOf('timeZone');
const locales = [
  'en',
  'en-GB',
  'en-US',
  'de',
  'de-CH',
  'de-AT',
  'fr',
  'fr-CH',
  'it',
  'es',
  'pt',
  'pt-BR',
  'nl',
  'sv',
  'da',
  'nb',
  'fi',
  'pl',
  'cs',
  'ja',
  'zh-CN',
];

export default function Company() {
  const session = useSession();
  const { workspace } = session;
  const isAdmin = may(session, []);
  const countries = useCountries();
  const now = useNow();
  const [form, setForm] = useState({
    name: workspace.name,
    currency: workspace.currency,
    timeZone: workspace.timeZone,
    locale: workspace.locale,
    country: workspace.country ?? '',
  });
  const set = (patch: Partial<typeof form>) => setForm((was) => ({ ...was, ...patch }));
  const save = useSend('PATCH /v1/workspace', {
    stale: ['/v1/session', '/v1/workspace'],
    done: () => toast({ message: 'Saved.', tone: 'good' }),
  });
  const format = makeFormat(form.locale, form.currency, form.timeZone);
  const names = new Intl.DisplayNames(['en'], { type: 'language' });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({ body: { ...form, country: form.country || undefined } });
  };
  return (
    <SettingsFrame>
      <Split>
        <Card title="Company">
          <form onSubmit={submit}>
            <fieldset disabled={!isAdmin} style={{ border: 0, margin: 0, padding: 0 }}>
              <Stack>
                <FormGrid>
                  <Wide>
                    <TextInput label="Name" required value={form.name} onChange={(event) => set({ name: event.currentTarget.value })} />
                  </Wide>
                  <Select
                    label="Currency"
                    searchable
                    allowDeselect={false}
                    data={currencies}
                    value={form.currency}
                    onChange={(value) => set({ currency: value ?? form.currency })}
                  />
                  <Select
                    label="Country"
                    searchable
                    clearable
                    data={countries.options}
                    value={form.country || null}
                    onChange={(value) => set({ country: value ?? '' })}
                  />
                  <Select
                    label="Time zone"
                    searchable
                    allowDeselect={false}
                    data={zones}
                    value={form.timeZone}
                    onChange={(value) => set({ timeZone: value ?? form.timeZone })}
                  />
                  <Select
                    label="Numbers and dates as in"
                    searchable
                    allowDeselect={false}
                    data={[...new Set([form.locale, ...locales])].map((value) => ({ value, label: names.of(value) ?? value }))}
                    value={form.locale}
                    onChange={(value) => set({ locale: value ?? form.locale })}
                  />
                </FormGrid>
                <ErrorNote error={save.error} />
                <Row end>
                  {isAdmin ? (
                    <Button type="submit" loading={save.isPending}>
                      Save
                    </Button>
                  ) : (
                    <span className="dim">An administrator can change this.</span>
                  )}
                </Row>
              </Stack>
            </fieldset>
          </form>
        </Card>
        <Card title="Then it reads" quiet>
          <FactList
            facts={[
              ['Money', format.money(123456700)],
              ['Now', format.dateTime(now)],
              ['Number', format.number(1234567)],
            ]}
          />
        </Card>
      </Split>
    </SettingsFrame>
  );
}
