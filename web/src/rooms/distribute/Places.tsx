import { Button } from '@mantine/core';
import { useApi } from '../../api/hooks.ts';
import { may, useSession } from '../../api/session.ts';
import { href, useGo } from '../../shell/address.ts';
import { useCountries } from '../../ui/countries.ts';
import { DataTable } from '../../ui/DataTable.tsx';
import { useFormat } from '../../ui/format.ts';
import { Card, EmptyState, ErrorNote, Note, SkeletonRows, Stack } from '../../ui/index.tsx';
import { SettingsFrame } from '../platform/SettingsFrame.tsx';

/** Of which postcodes is it known where they lie, and does that do for the leads that come? */
export default function Places() {
  const format = useFormat();
  const countries = useCountries();
  const go = useGo();
  const mayImport = may(useSession(), ['marketing']);
  const places = useApi('GET /v1/places', undefined, { live: ['import'] });
  const bring = mayImport && <Button onClick={() => go(href('/imports/new', { kind: 'places' }))}>Bring in a list</Button>;
  const rows = places.data?.items ?? [];
  return (
    <SettingsFrame>
      <Stack>
        <ErrorNote error={places.error} retry={() => void places.refetch()} />
        {!places.data ? (
          !places.error && <SkeletonRows rows={4} />
        ) : rows.some(({ codes }) => codes > 0) ? (
          <Card title="Places" side={bring} flush>
            <DataTable
              caption="Postcodes known by country"
              rows={rows}
              rowKey={(row) => row.country}
              columns={[
                { key: 'country', label: 'Country', render: (row) => (row.country === '' ? 'No country known' : (countries.name(row.country) ?? row.country)) },
                { key: 'codes', label: 'Postcodes', align: 'end', render: (row) => format.number(row.codes), sort: (row) => row.codes },
                { key: 'county', label: 'With a county', align: 'end', render: (row) => format.number(row.withCounty), sort: (row) => row.withCounty },
                { key: 'leads', label: 'Leads in a year', align: 'end', render: (row) => format.number(row.leads), sort: (row) => row.leads },
                { key: 'placed', label: 'Of them placed', align: 'end', render: (row) => (row.leads === 0 ? '–' : format.percent(row.placed / row.leads, 0)), sort: (row) => (row.leads === 0 ? 0 : row.placed / row.leads) },
              ]}
            />
          </Card>
        ) : (
          <Card title="Places">
            <EmptyState title="No postcodes yet" actions={bring}>
              Territories by county or by distance, and rules for whoever is nearest, need to know where postcodes lie. Bring a table with country, postcode, county, latitude and longitude; where it names no country, say at the import which it is.
            </EmptyState>
          </Card>
        )}
        <Note>
          GeoNames (geonames.org, under Postal codes) has a free file for each country: it can be brought in as it is. Of a code in several lists the newest counts; a list is taken back like any import.
        </Note>
      </Stack>
    </SettingsFrame>
  );
}
