import { NumberInput, Select } from '@mantine/core';
import { useState } from 'react';
import { plural } from './format.ts';
import css from './criteria/criteria.module.css';

/** Business time: 48 hours are six working days, so hours are never called days here. */
export const businessTime = (minutes: number): string =>
  minutes < 60 || minutes % 30 ? `${minutes} ${plural(minutes, 'minute')}` : `${minutes / 60} business ${plural(minutes / 60, 'hour')}`;

/** A length of business time, in minutes or hours. `label` is "hot: accept within"; what is behind the colon is shown where it stands alone. */
export function BusinessMinutes({
  label,
  value,
  onChange,
  disabled,
}: {
  label: string;
  value: number;
  onChange: (value: number) => void;
  disabled?: boolean;
}) {
  const [unit, setUnit] = useState(value >= 120 && value % 60 === 0 ? 60 : 1);
  const alone = label.split(': ')[1];
  return (
    <div style={{ display: 'grid', gridTemplateColumns: 'minmax(60px, 110px) 110px', gap: 6 }}>
      {alone && (
        <span className={css.alone} aria-hidden>
          {alone}
        </span>
      )}
      <NumberInput
        aria-label={label}
        hideControls
        min={unit === 60 ? 0.01 : 1}
        disabled={disabled}
        value={Math.round((value / unit) * 100) / 100}
        onChange={(typed) => Number(typed) > 0 && onChange(Math.max(1, Math.round(Number(typed) * unit)))}
      />
      <Select
        aria-label={`${label}: unit`}
        disabled={disabled}
        allowDeselect={false}
        data={[
          { value: '1', label: 'minutes' },
          { value: '60', label: 'hours' },
        ]}
        value={String(unit)}
        onChange={(next) => setUnit(Number(next ?? 1))}
      />
    </div>
  );
}
