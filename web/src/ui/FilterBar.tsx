import { Popover } from '@mantine/core';
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { useFilters } from '../shell/address.ts';
import css from './filter.module.css';
import { useFormat } from './format.ts';
import { Icon } from './Icon.tsx';
import { periodDays, periodLabel, periods } from './period.ts';

interface Option {
  value: string;
  label: string;
  note?: string;
}

export type FilterSpec =
  | { kind: 'period'; name: string; fallback?: string }
  | { kind: 'choice'; name: string; label: string; all: string; options: Option[]; several?: boolean }
  | { kind: 'text'; name: string; label: string }
  /** filters wanted less often: shown when asked for, and those that are set */
  | { kind: 'more'; label: string; specs: FilterSpec[] };

type One = Exclude<FilterSpec, { kind: 'more' }>;

/** Filters live in the address (`?program=…`), so a view can be linked, saved and gone back to. */
export function FilterBar({ filters, children }: { filters: FilterSpec[]; children?: React.ReactNode }) {
  const [values, set] = useFilters();
  const [open, setOpen] = useState(false);
  const more = filters.find((spec) => spec.kind === 'more');
  const specs = filters.flatMap((spec): One[] => (spec.kind !== 'more' ? [spec] : spec.specs.filter((one): one is One => one.kind !== 'more' && (open || Boolean(values[one.name])))));
  const active = specs.filter((spec) => values[spec.name]);
  return (
    <div className={css.bar} role="group" aria-label="Filters">
      {specs.map((spec) =>
        spec.kind === 'text' ? (
          <TextFilter
            key={spec.name}
            label={spec.label}
            value={values[spec.name] ?? ''}
            onChange={(value) => set({ [spec.name]: value })}
          />
        ) : spec.kind === 'period' ? (
          <PeriodFilter
            key={spec.name}
            value={values[spec.name] ?? spec.fallback ?? 'all'}
            isChosen={Boolean(values[spec.name])}
            onChange={(value) => set({ [spec.name]: value === (spec.fallback ?? 'all') ? undefined : value })}
          />
        ) : (
          <ChoiceFilter key={spec.name} spec={spec} value={values[spec.name] ?? ''} onChange={(value) => set({ [spec.name]: value })} />
        ),
      )}
      {more && (
        <button type="button" className={css.pill} aria-expanded={open} onClick={() => setOpen(!open)}>
          {more.label}
          <Icon name={open ? 'close' : 'plus'} size={13} />
        </button>
      )}
      {active.length > 0 && (
        <button type="button" className={css.clear} onClick={() => set(Object.fromEntries(active.map((spec) => [spec.name, undefined])))}>
          Clear
        </button>
      )}
      {children}
    </div>
  );
}

function TextFilter({ label, value, onChange }: { label: string; value: string; onChange: (value: string) => void }) {
  const [text, setText] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => setText(value), [value]);
  return (
    <input
      className={css.text}
      type="search"
      aria-label={label}
      placeholder={label}
      value={text}
      onChange={(event) => {
        setText(event.target.value);
        clearTimeout(timer.current);
        timer.current = setTimeout(() => onChange(event.target.value.trim()), 220);
      }}
    />
  );
}

function PeriodFilter({ value, isChosen, onChange }: { value: string; isChosen: boolean; onChange: (value: string) => void }) {
  const [open, setOpen] = useState(false);
  const format = useFormat();
  const days = periodDays(value, format.today());
  const pick = (next: string) => {
    onChange(next);
    setOpen(false);
  };
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-start" trapFocus returnFocus>
      <Popover.Target>
        <button type="button" className={css.pill} data-on={isChosen || undefined} onClick={() => setOpen(!open)} aria-expanded={open}>
          <span className="sr-only">Period: </span>
          {periodLabel(value, format.date)}
          <Icon name="down" size={13} />
        </button>
      </Popover.Target>
      <Popover.Dropdown p={6} data-overlay-open={open || undefined}>
        <Choices options={[...periods]} picked={[value]} onPick={pick} label="Period" />
        <div className={css.dates}>
          <label>
            From
            <input type="date" value={days.from ?? ''} onChange={(event) => onChange(`${event.target.value}..${days.to ?? ''}`)} />
          </label>
          <label>
            to
            <input type="date" value={days.to ?? ''} onChange={(event) => onChange(`${days.from ?? ''}..${event.target.value}`)} />
          </label>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}

function ChoiceFilter({
  spec,
  value,
  onChange,
}: {
  spec: Extract<FilterSpec, { kind: 'choice' }>;
  value: string;
  onChange: (value: string) => void;
}) {
  const [open, setOpen] = useState(false);
  const picked = value ? value.split(',') : [];
  const names = picked.map((one) => spec.options.find((option) => option.value === one)?.label ?? '…');
  const toggle = (one: string) => {
    if (!spec.several) {
      onChange(picked.includes(one) ? '' : one);
      setOpen(false);
      return;
    }
    onChange((picked.includes(one) ? picked.filter((other) => other !== one) : [...picked, one]).join(','));
  };
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-start" trapFocus returnFocus>
      <Popover.Target>
        <button
          type="button"
          className={css.pill}
          data-on={picked.length > 0 || undefined}
          onClick={() => setOpen(!open)}
          aria-expanded={open}
        >
          <span className="sr-only">{spec.label}: </span>
          <span className={css.pillText}>
            {names.length === 0 ? spec.all : names.length < 3 ? names.join(', ') : `${names[0]} and ${names.length - 1} more`}
          </span>
          <Icon name="down" size={13} />
        </button>
      </Popover.Target>
      <Popover.Dropdown p={6} data-overlay-open={open || undefined}>
        <Choices
          options={picked.length > 0 ? [{ value: '', label: spec.all }, ...spec.options] : spec.options}
          picked={picked}
          onPick={(one) => (one ? toggle(one) : (onChange(''), setOpen(false)))}
          label={spec.label}
        />
      </Popover.Dropdown>
    </Popover>
  );
}

function Choices({
  options,
  picked,
  onPick,
  label,
}: {
  options: Option[];
  picked: string[];
  onPick: (value: string) => void;
  label: string;
}) {
  const [text, setText] = useState('');
  const [at, setAt] = useState(
    Math.max(
      0,
      options.findIndex((option) => picked.includes(option.value)),
    ),
  );
  const id = useId();
  const searchable = options.length > 12;
  const shown = text ? options.filter((option) => option.label.toLowerCase().includes(text.toLowerCase())) : options;
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setAt(Math.max(0, Math.min(shown.length - 1, at + (event.key === 'ArrowDown' ? 1 : -1))));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      const option = shown[at];
      if (option) onPick(option.value);
    }
  };
  // Newer browsers answer with a promise, which is no clean-up of an effect.
  useEffect(() => void document.getElementById(`${id}-${at}`)?.scrollIntoView({ block: 'nearest' }), [at, id]);
  return (
    <div onKeyDown={onKey}>
      {searchable && (
        <input
          className={css.find}
          data-autofocus
          placeholder={`Find ${label.toLowerCase()}`}
          aria-label={`Find ${label.toLowerCase()}`}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setAt(0);
          }}
        />
      )}
      <ul
        className={css.options}
        role="listbox"
        aria-label={label}
        tabIndex={0}
        data-autofocus={searchable ? undefined : true}
        aria-activedescendant={shown[at] ? `${id}-${at}` : undefined}
      >
        {shown.map((option, index) => (
          <li
            key={option.value}
            id={`${id}-${index}`}
            role="option"
            aria-selected={picked.includes(option.value)}
            data-at={index === at || undefined}
            onClick={() => onPick(option.value)}
            onPointerMove={() => setAt(index)}
          >
            <span>{option.label}</span>
            {picked.includes(option.value) ? (
              <Icon name="check" size={14} />
            ) : option.note ? (
              <span className="dim">{option.note}</span>
            ) : null}
          </li>
        ))}
        {shown.length === 0 && <li className="dim">Nothing by that name.</li>}
      </ul>
    </div>
  );
}
