import { Button, Checkbox, FileButton, MultiSelect, NumberInput, Select, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useApi, useSend } from '../../api/hooks.ts';
import { useGo } from '../../shell/address.ts';
import { useFormat } from '../../ui/format.ts';
import { Card, ErrorNote, FormGrid, Note, Row, Stack, Wide } from '../../ui/index.tsx';
import css from './balance.module.css';
import { figures, type Figure } from './balance-words.ts';

interface Uploaded {
  name: string;
  text: string;
}

const kinds = [
  { value: 'own', label: 'As the territories’ rules are written' },
  { value: 'postcode', label: 'The beginning of the postcode' },
  { value: 'state', label: 'States' },
];

/** What a proposal is made from. */
export function BalanceForm() {
  const format = useFormat();
  const go = useGo();
  const territories = useApi('GET /v1/territories', undefined, { live: ['territory', 'holder'] });
  const fields = useApi('GET /v1/fields', { query: { subject: 'organization' } });
  const [chosen, setChosen] = useState<string[]>([]);
  const [tolerances, setTolerances] = useState<Partial<Record<Figure, number>>>({ calls: 10 });
  const [kind, setKind] = useState('own');
  const [keep, setKeep] = useState(true);
  const [stayBest, setStayBest] = useState(false);
  const [stayWorked, setStayWorked] = useState(false);
  const [potential, setPotential] = useState<string | null>(null);
  const [effectiveOn, setEffectiveOn] = useState(format.today());
  const [seed, setSeed] = useState(1);
  const [centres, setCentres] = useState<Uploaded>();
  const [borders, setBorders] = useState<Uploaded>();
  const ask = useSend('POST /v1/territories/proposals', { stale: ['/v1/territories/proposals'], done: ({ id }) => go(`/territories/balance/${id}`) });
  const countable = (fields.data?.items ?? []).filter(({ type }) => type === 'number' || type === 'money');
  const shown = figures.filter(({ key }) => key !== 'potential' || potential !== null);
  const measures = shown.flatMap(({ key }) => (tolerances[key] === undefined ? [] : [{ figure: key, tolerance: tolerances[key] / 100 }]));
  const set = (key: Figure, percent: number | undefined) => setTolerances(({ [key]: _was, ...others }) => (percent === undefined ? others : { ...others, [key]: percent }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    ask.mutate({
      body: {
        ...(chosen.length > 0 ? { territories: chosen } : {}),
        measures,
        ...(kind === 'own' ? {} : { kind: kind as 'postcode' | 'state' }),
        keep,
        stayBest,
        stayWorked,
        ...(potential ? { potential } : {}),
        ...(effectiveOn ? { effectiveOn } : {}),
        seed,
        ...(centres ? { centres: centres.text } : {}),
        ...(borders ? { borders: borders.text } : {}),
      },
    });
  };
  return (
    <Card title="Ask for a proposal" quiet>
      <form onSubmit={submit}>
        <Stack gap={14}>
          <MultiSelect
            label="Territories"
            description="To be balanced with each other; they ask for the same verticals, products and size. None chosen: all that somebody works."
            searchable
            clearable
            data={(territories.data?.items ?? []).filter(({ active }) => active).map(({ id, name }) => ({ value: id, label: name }))}
            value={chosen}
            onChange={setChosen}
          />
          {countable.length > 0 && (
            <Select label="Potential by" placeholder="no field" clearable data={countable.map(({ key, label }) => ({ value: key, label }))} value={potential} onChange={setPotential} />
          )}
          <fieldset className={css.fields}>
            <legend>Everybody an even share of</legend>
            {shown.map(({ key, label }) => (
              <div key={key} className={css.measure}>
                <Checkbox label={label} checked={tolerances[key] !== undefined} onChange={(event) => set(key, event.currentTarget.checked ? 10 : undefined)} />
                {tolerances[key] !== undefined && (
                  <NumberInput aria-label={`${label}: how far from even it may be`} size="xs" prefix="± " suffix="%" min={0} max={99} value={tolerances[key]} onChange={(value) => set(key, Number(value) || 0)} />
                )}
              </div>
            ))}
          </fieldset>
          <Checkbox label="Move as little as can be" checked={keep} onChange={(event) => setKeep(event.currentTarget.checked)} />
          <Checkbox
            label="Leave A customers where they are"
            description="A unit stays if one of those who make 80% of what was invoiced is in it."
            checked={stayBest}
            onChange={(event) => setStayBest(event.currentTarget.checked)}
          />
          <Checkbox
            label="Leave those somebody works with where they are"
            description="The whole unit stays. Otherwise it may move, and their next lead still goes to who works with them."
            checked={stayWorked}
            onChange={(event) => setStayWorked(event.currentTarget.checked)}
          />
          <FormGrid>
            <Wide>
              <Select label="Made of" description="The smallest piece that can change hands." allowDeselect={false} data={kinds} value={kind} onChange={(value) => setKind(value ?? 'own')} />
            </Wide>
            <TextInput label="From" type="date" min={format.today()} value={effectiveOn} onChange={(event) => setEffectiveOn(event.currentTarget.value)} />
            <NumberInput label="Seed" description="Another seed, another division." value={seed} onChange={(value) => setSeed(Math.round(Number(value)) || 0)} />
          </FormGrid>
          <Upload label="Where units lie" says="A CSV of units with lon and lat: draws the map and keeps territories in one piece." file={centres} take={setCentres} />
          <Upload label="Who borders on whom" says="A CSV of two units a row. Without it, neighbours are told from where units lie." file={borders} take={setBorders} />
          {!centres && !borders && <Note>With neither, units are divided wherever they lie: territories need not be in one piece.</Note>}
          <ErrorNote error={ask.error} />
          <Row end>
            <Button type="submit" loading={ask.isPending} disabled={measures.length === 0 || chosen.length === 1}>
              Propose
            </Button>
          </Row>
        </Stack>
      </form>
    </Card>
  );
}

function Upload({ label, says, file, take }: { label: string; says: string; file: Uploaded | undefined; take: (file: Uploaded | undefined) => void }) {
  return (
    <div>
      <Row between>
        <span className="strong">{label}</span>
        {file ? (
          <Button size="compact-sm" variant="default" onClick={() => take(undefined)}>
            Without {file.name}
          </Button>
        ) : (
          <FileButton accept=".csv,.txt" onChange={(chosen) => void chosen?.text().then((text) => take({ name: chosen.name, text }))}>
            {(props) => (
              <Button size="compact-sm" variant="default" {...props} aria-label={`${label}: choose a file`}>
                Choose a file
              </Button>
            )}
          </FileButton>
        )}
      </Row>
      <p className="dim" style={{ fontSize: 12 }}>
        {says}
      </p>
    </div>
  );
}
