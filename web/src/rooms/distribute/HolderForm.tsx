import { Button, MultiSelect, NumberInput, SegmentedControl, Select, TagsInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useSend } from '../../api/hooks.ts';
import type { Answer } from '../../api/contract.ts';
import { useTerritories } from '../../api/options.ts';
import { useSession } from '../../api/session.ts';
import { useCountries } from '../../ui/countries.ts';
import { Chip, FormDialog, FormGrid, GradeBadge, Row, Wide, toast } from '../../ui/index.tsx';
import { blankCalendar, Hours } from './Hours.tsx';
import css from './distribute.module.css';

type Holder = Answer<'GET /v1/holders/:id'>;
const zones = Intl.supportedValuesOf('timeZone');

export function HolderForm({ holder, close }: { holder?: Holder; close: () => void }) {
  const session = useSession();
  const countries = useCountries();
  const territories = useTerritories();
  const [kind, setKind] = useState<'rep' | 'partner'>(holder?.kind === 'partner' ? 'partner' : 'rep');
  const [form, setForm] = useState({
    name: holder?.name ?? '',
    email: holder?.email ?? '',
    phone: holder?.phone ?? '',
    country: holder?.country ?? session.workspace.country ?? '',
    postalCode: holder?.postalCode ?? '',
    capacityPerWeek: holder ? holder.capacityPerWeek : 20,
    capacityByGrade: holder?.capacityByGrade ?? {},
    openMost: holder?.openMost ?? null,
    weight: holder?.weight ?? 1,
    timeZone: holder?.timeZone ?? session.workspace.timeZone,
    languages: holder?.languages ?? [],
    verticals: holder?.verticals ?? [],
    tier: holder?.tier ?? '',
    productLines: holder?.productLines ?? [],
    certificates: holder?.certificates ?? [],
    calendar: holder?.calendar ?? null,
  });
  const [territoryIds, setTerritories] = useState<string[]>([]);
  const set = (patch: Partial<typeof form>) => setForm((was) => ({ ...was, ...patch }));
  const stale = ['/v1/holders', '/v1/territories'];
  const done = () => {
    close();
    toast({ message: holder ? `${form.name} is changed.` : `${form.name} can be given leads now.`, tone: 'good' });
  };
  const add = useSend('POST /v1/holders', { stale, done });
  const change = useSend('PATCH /v1/holders/:id', { stale, done });
  const submit = () => {
    const body = { ...form, email: form.email.trim() || null, phone: form.phone.trim() || null, country: form.country || null, postalCode: form.postalCode.trim() || null, tier: form.tier.trim() || null };
    if (holder) change.mutate({ params: { id: holder.id }, body });
    else add.mutate({ body: { ...body, kind, territoryIds } });
  };
  return (
    <FormDialog
      title={holder ? `Change ${holder.name}` : 'Add a rep or partner'}
      size={640}
      verb={holder ? 'Save' : 'Add'}
      submit={submit}
      close={close}
      pending={add.isPending || change.isPending}
      disabled={!form.name.trim()}
      error={add.error ?? change.error}
    >
      {!holder && (
        <SegmentedControl
          aria-label="Kind"
          data={[
            { value: 'rep', label: 'Rep: one of ours' },
            { value: 'partner', label: 'Partner: distributor or dealer' },
          ]}
          value={kind}
          onChange={(value) => setKind(value)}
        />
      )}
      <FormGrid>
        <TextInput
          label="Name"
          required
          data-autofocus
          value={form.name}
          onChange={(event) => set({ name: event.currentTarget.value })}
        />
        <TextInput
          label="Mail"
          type="email"
          description="Where new leads are announced."
          value={form.email}
          onChange={(event) => set({ email: event.currentTarget.value })}
        />
        <TextInput label="Phone" type="tel" value={form.phone} onChange={(event) => set({ phone: event.currentTarget.value })} />
        <Select
          label="Country"
          searchable
          clearable
          data={countries.options}
          value={form.country || null}
          onChange={(value) => set({ country: value ?? '' })}
        />
        <TextInput
          label="Postcode they work from"
          description="For rules that give a lead to whoever is nearest."
          maxLength={12}
          value={form.postalCode}
          onChange={(event) => set({ postalCode: event.currentTarget.value })}
        />
        <NumberInput
          label="Leads a week"
          description="Nobody is given more. Empty: no limit."
          hideControls
          min={0}
          value={form.capacityPerWeek ?? ''}
          onChange={(value) => set({ capacityPerWeek: value === '' ? null : Number(value) })}
        />
        <NumberInput
          label="Open leads at most"
          description="Held at once; room returns as they are closed."
          hideControls
          min={0}
          allowDecimal={false}
          value={form.openMost ?? ''}
          onChange={(value) => set({ openMost: value === '' ? null : Number(value) })}
        />
        <Wide>
          <ByGrade value={form.capacityByGrade} onChange={(capacityByGrade) => set({ capacityByGrade })} />
        </Wide>
        <Select
          label="Time zone"
          description="Whose business hours count."
          searchable
          allowDeselect={false}
          data={zones}
          value={form.timeZone}
          onChange={(value) => set({ timeZone: value ?? form.timeZone })}
        />
        <TagsInput
          label="Languages"
          placeholder="de, fr …"
          value={form.languages}
          onChange={(languages) => set({ languages })}
          acceptValueOnBlur
        />
        <TagsInput
          label="Verticals"
          placeholder="Food, Chemistry …"
          value={form.verticals}
          onChange={(verticals) => set({ verticals })}
          acceptValueOnBlur
        />
        {kind === 'partner' && (
          <>
            <TextInput
              label="Tier"
              placeholder="Gold"
              description="By which routing rules choose partners."
              maxLength={60}
              value={form.tier}
              onChange={(event) => set({ tier: event.currentTarget.value })}
            />
            <TagsInput
              label="Product lines"
              description="Words of the products they carry."
              placeholder="pump, valve …"
              value={form.productLines}
              onChange={(productLines) => set({ productLines })}
              acceptValueOnBlur
            />
            <Wide>
              <Certificates value={form.certificates} onChange={(certificates) => set({ certificates })} />
            </Wide>
          </>
        )}
        {!holder && territories.length > 0 && (
          <Wide>
            <MultiSelect label="Territories" searchable data={territories} value={territoryIds} onChange={setTerritories} />
          </Wide>
        )}
      </FormGrid>
      {form.calendar ? (
        <Hours calendar={form.calendar} onChange={(calendar) => set({ calendar })} />
      ) : (
        <Row between>
          <span className="dim">Works Monday to Friday, 8 to 17, in that time zone.</span>
          <Button variant="default" size="xs" onClick={() => set({ calendar: blankCalendar() })}>
            Other hours
          </Button>
        </Row>
      )}
    </FormDialog>
  );
}

const grades = ['hot', 'warm', 'cold'] as const;

/** What a partner is certified for, and until when. */
function Certificates({ value, onChange }: { value: Holder['certificates']; onChange: (value: Holder['certificates']) => void }) {
  const put = (at: number, patch: Partial<Holder['certificates'][number]>) => onChange(value.map((one, i) => (i === at ? { ...one, ...patch } : one)));
  return (
    <fieldset className={css.certificates}>
      <legend>Certificates</legend>
      {value.map((one, at) => (
        // eslint-disable-next-line react/no-array-index-key -- two may have the same name while one is typed
        <Row key={at}>
          <TextInput aria-label={`Certificate ${at + 1}`} placeholder="Explosion protection" required maxLength={100} value={one.name} onChange={(event) => put(at, { name: event.currentTarget.value })} />
          <TextInput aria-label={`Last day of certificate ${at + 1}`} type="date" value={one.until ?? ''} onChange={(event) => put(at, { until: event.currentTarget.value || null })} />
          <Chip aria-label={`Take out certificate ${at + 1}`} onClick={() => onChange(value.filter((_, i) => i !== at))}>
            Take out
          </Chip>
        </Row>
      ))}
      <Row between>
        <span className="dim">Routing rules may ask for them. Without a last day one does not end.</span>
        <Chip onClick={() => onChange([...value, { name: '', until: null }])}>Add a certificate</Chip>
      </Row>
    </fieldset>
  );
}

/** Leads a week of each grade, beside the total. */
function ByGrade({ value, onChange }: { value: Holder['capacityByGrade']; onChange: (value: Holder['capacityByGrade']) => void }) {
  return (
    <fieldset className={css.byGrade}>
      <legend>Of them, a week</legend>
      {grades.map((grade) => (
        <NumberInput
          key={grade}
          label={<GradeBadge grade={grade} />}
          aria-label={`${grade} leads a week`}
          placeholder="no limit"
          hideControls
          min={0}
          value={value[grade] ?? ''}
          onChange={(typed) => {
            const { [grade]: _, ...others } = value;
            onChange(typed === '' ? others : { ...others, [grade]: Number(typed) });
          }}
        />
      ))}
    </fieldset>
  );
}
