import { MultiSelect, NumberInput, TagsInput, Textarea } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useApi } from '../../api/hooks.ts';
import { useCountries } from '../../ui/countries.ts';
import { Chip, MoneyInput, Row, Wide } from '../../ui/index.tsx';
import { Counties, Distances } from './TerritoryPlaces.tsx';
import { codesLeftOut, rangesToText, textToRanges, type Territory } from './territory-words.ts';

type Rules = Territory['rules'];
interface Kind {
  name: string;
  /** whether the territory asks for it already */
  given: boolean;
  fields: ReactNode;
}

/** What a territory asks for: place first; the other kinds when they are asked for, or are to be. */
export function TerritoryAsks({ rules, accounts, rule, setAccounts }: {
  rules: Rules;
  accounts: Territory['accounts'];
  rule: (patch: Partial<Rules>) => void;
  setAccounts: (accounts: Territory['accounts']) => void;
}) {
  const countries = useCountries();
  const [codes, setCodes] = useState(rangesToText(rules.postalRanges));
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const unread = codesLeftOut(codes);
  const kinds: Kind[] = [
    {
      name: 'Postal codes',
      given: codes !== '',
      fields: (
        <Wide>
          <Textarea
            label="Postal codes"
            description="Ranges and single codes, with their country where it matters: DE 70000-79999. A list can be pasted."
            error={unread.length > 0 && `Not read as postal codes: ${unread.slice(0, 5).join(', ')}`}
            autosize
            minRows={2}
            maxRows={10}
            value={codes}
            onChange={(event) => {
              setCodes(event.currentTarget.value);
              rule({ postalRanges: textToRanges(event.currentTarget.value) });
            }}
          />
        </Wide>
      ),
    },
    { name: 'Counties', given: Boolean(rules.counties?.length), fields: <Counties rules={rules} rule={rule} /> },
    { name: 'Distance', given: Boolean(rules.near?.length), fields: <Distances rules={rules} rule={rule} /> },
    {
      name: 'Verticals',
      given: Boolean(rules.verticals?.length),
      fields: <TagsInput label="Verticals" value={rules.verticals ?? []} onChange={(verticals) => rule({ verticals })} acceptValueOnBlur />,
    },
    {
      name: 'Products',
      given: Boolean(rules.products?.length),
      fields: (
        <TagsInput
          label="Products"
          description="Words of the product a lead asks about: “pump” takes “Dosing pump P3”."
          value={rules.products ?? []}
          onChange={(products) => rule({ products })}
          acceptValueOnBlur
        />
      ),
    },
    {
      name: 'Size',
      given: Boolean(rules.employees ?? rules.annualSales),
      fields: <Size rules={rules} rule={rule} />,
    },
    { name: 'Named accounts', given: accounts.length > 0, fields: <Accounts accounts={accounts} setAccounts={setAccounts} /> },
  ];
  const isShown = ({ name, given }: Kind): boolean => given || open.has(name);
  const more = kinds.filter((kind) => !isShown(kind));
  return (
    <>
      <Wide>
        <MultiSelect
          label="Countries"
          description="Each kind given must hold; within one kind any will do. Nothing given: everything."
          searchable
          data={countries.options}
          value={rules.countries ?? []}
          onChange={(value) => rule({ countries: value })}
        />
      </Wide>
      <TagsInput label="States or regions" value={rules.states ?? []} onChange={(states) => rule({ states })} acceptValueOnBlur />
      {kinds.filter(isShown).map(({ name, fields }) => (
        <Kept key={name} keep={() => setOpen((was) => (was.has(name) ? was : new Set([...was, name])))}>
          {fields}
        </Kept>
      ))}
      {more.length > 0 && (
        <Wide>
          <Row>
            <span className="dim">Go by more:</span>
            {more.map(({ name }) => (
              <Chip key={name} onClick={() => setOpen(new Set([...open, name]))}>
                {name}
              </Chip>
            ))}
          </Row>
        </Wide>
      )}
    </>
  );
}

/** Once shown it stays, also when it is emptied, so that nothing goes away under somebody's hands. */
function Kept({ keep, children }: { keep: () => void; children: ReactNode }) {
  return (
    <div style={{ display: 'contents' }} onFocus={keep}>
      {children}
    </div>
  );
}

function Size({ rules, rule }: { rules: Rules; rule: (patch: Partial<Rules>) => void }) {
  return (
    <>
      {(['from', 'to'] as const).map((end) => (
        <NumberInput
          key={end}
          label={end === 'from' ? 'Employees from' : 'Employees up to'}
          description={end === 'from' ? 'A lead whose number is not known does not fall in it.' : 'This many belong to it. Empty: no limit.'}
          min={0}
          allowDecimal={false}
          hideControls
          thousandSeparator=","
          value={rules.employees?.[end] ?? ''}
          onChange={(value) => rule({ employees: { ...rules.employees, [end]: value === '' ? undefined : Number(value) } })}
        />
      ))}
      {(['fromMinor', 'belowMinor'] as const).map((end) => (
        <MoneyInput
          key={end}
          label={end === 'fromMinor' ? 'Annual sales from' : 'Annual sales below'}
          description={end === 'fromMinor' ? 'A lead whose sales are not known does not fall in it.' : 'Who sells this much falls in the next. Empty: no limit.'}
          min={0}
          minor={rules.annualSales?.[end] ?? null}
          onMinor={(minor) => rule({ annualSales: { ...rules.annualSales, [end]: minor ?? undefined } })}
        />
      ))}
    </>
  );
}

function Accounts({ accounts, setAccounts }: { accounts: Territory['accounts']; setAccounts: (accounts: Territory['accounts']) => void }) {
  const [sought, setSought] = useState('');
  const found = useApi('GET /v1/organizations', { query: { q: sought.trim(), limit: 20 } }, { enabled: sought.trim().length > 1 });
  const known = new Map([...(found.data?.items ?? []), ...accounts].map(({ id, name }) => [id, name]));
  return (
    <Wide>
      <MultiSelect
        label="Named accounts"
        description="Theirs whatever else is asked, and before any other territory."
        placeholder="Search organizations"
        searchable
        data={[...known].map(([value, label]) => ({ value, label }))}
        value={accounts.map(({ id }) => id)}
        onChange={(ids) => setAccounts(ids.map((id) => ({ id, name: known.get(id) ?? id })))}
        searchValue={sought}
        onSearchChange={setSought}
      />
    </Wide>
  );
}
