import { Button, NumberInput, Select, TagsInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useApi } from '../../api/hooks.ts';
import { useSession } from '../../api/session.ts';
import { useCountries } from '../../ui/countries.ts';
import { Chip, FormGrid, Row, Wide } from '../../ui/index.tsx';
import { readPosition, usesMiles, kmPerMile, type Territory } from './territory-words.ts';

interface Asks {
  rules: Territory['rules'];
  rule: (patch: Partial<Territory['rules']>) => void;
}

export function Counties({ rules, rule }: Asks) {
  const [typed, setTyped] = useState('');
  const found = useApi('GET /v1/places/counties', { query: { q: typed.trim() } }, { enabled: typed.trim().length > 0 });
  return (
    <TagsInput
      label="Counties"
      description="Of the postcode. One name in several states: say the state, too."
      data={[...new Set(found.data?.items.map(({ county }) => county))]}
      value={rules.counties ?? []}
      onChange={(counties) => rule({ counties })}
      searchValue={typed}
      onSearchChange={setTyped}
      acceptValueOnBlur
    />
  );
}

/** Circles: within so far of a postcode that is known, or of a point. */
export function Distances({ rules, rule }: Asks) {
  const countries = useCountries();
  const { workspace } = useSession();
  const miles = usesMiles(workspace.country);
  const unit = miles ? kmPerMile : 1;
  const [country, setCountry] = useState(rules.countries?.[0] ?? workspace.country ?? '');
  const [code, setCode] = useState('');
  const [far, setFar] = useState<number | ''>(50);
  const point = readPosition(code);
  const asks = !point && country !== '' && code.trim().length > 1;
  const found = useApi('GET /v1/places/find', { query: { country, code: code.trim().slice(0, 12) } }, { enabled: asks });
  const place = found.data?.found;
  const middle = point ?? (asks && place ? { lat: place.lat, lon: place.lon, name: [code.trim().toUpperCase(), place.name].filter(Boolean).join(' ') } : undefined);
  const near = rules.near ?? [];
  const add = () => {
    if (!middle || far === '') return;
    rule({ near: [...near, { ...middle, km: Math.round(far * unit * 1000) / 1000 }] });
    setCode('');
  };
  return (
    <Wide>
      <FormGrid>
        <TextInput
          label="Near the postcode, or latitude, longitude"
          description={middle ? `${middle.name} is known.` : asks && found.data ? 'Not in your lists of places (Settings, Places).' : 'A lead whose postcode is not known does not fall in it.'}
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        <Select label="In the country" searchable data={countries.options} value={country || null} onChange={(value) => setCountry(value ?? '')} />
        <NumberInput label={miles ? 'Within miles' : 'Within kilometres'} min={1} max={12_000} value={far} onChange={(value) => setFar(value === '' ? '' : Number(value))} />
        <Button variant="default" style={{ alignSelf: 'end' }} disabled={!middle || far === ''} onClick={add}>
          Add the circle
        </Button>
      </FormGrid>
      <Row>
        {near.map((one, at) => {
          const words = `${Math.round(one.km / unit)} ${miles ? 'miles' : 'km'} around ${one.name}`;
          return (
            <Chip key={words} aria-label={`Remove ${words}`} onClick={() => rule({ near: near.filter((_, each) => each !== at) })}>
              {words} <span aria-hidden>×</span>
            </Chip>
          );
        })}
      </Row>
    </Wide>
  );
}
