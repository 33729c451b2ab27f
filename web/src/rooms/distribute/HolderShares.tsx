import { NumberInput, Select } from '@mantine/core';
import { useHolders } from '../../api/options.ts';
import { useFormat } from '../../ui/format.ts';
import { Icon } from '../../ui/index.tsx';
import css from './distribute.module.css';

interface Share {
  holderId: string;
  name: string;
  weight: number;
}

/** Reps and partners with their shares; more can be added, none need stay. */
export function HolderShares({ legend, holders, onChange }: { legend: string; holders: Share[]; onChange: (holders: Share[]) => void }) {
  const format = useFormat();
  const workers = useHolders(['rep', 'partner']);
  const sum = holders.reduce((total, one) => total + one.weight, 0);
  return (
    <fieldset style={{ border: 0, margin: 0, padding: 0, display: 'grid', gap: 8 }}>
      <legend className="strong" style={{ padding: 0, marginBottom: 6 }}>
        {legend}
      </legend>
      {holders.map((one, at) => (
        <div key={one.holderId} className={css.holders}>
          <span>{one.name}</span>
          <NumberInput
            aria-label={`Share of ${one.name}`}
            hideControls
            min={0}
            value={one.weight}
            onChange={(weight) =>
              onChange(holders.map((other, index) => (index === at ? { ...other, weight: Number(weight) || 0 } : other)))
            }
          />
          <span className="dim num">{format.percent(sum > 0 ? one.weight / sum : 0, 0)}</span>
          <button
            type="button"
            aria-label={`Take ${one.name} out`}
            style={{ border: 0, background: 'none', cursor: 'pointer', color: 'var(--ink-2)' }}
            onClick={() => onChange(holders.filter((_other, index) => index !== at))}
          >
            <Icon name="close" size={14} />
          </button>
        </div>
      ))}
      <Select
        aria-label="Add a rep or partner"
        placeholder="Add a rep or partner"
        searchable
        data={workers.filter((one) => !holders.some((other) => other.holderId === one.value)).map(({ value, label }) => ({ value, label }))}
        value={null}
        onChange={(value) => {
          const found = workers.find((one) => one.value === value);
          if (found) onChange([...holders, { holderId: found.value, name: found.label, weight: 1 }]);
        }}
      />
    </fieldset>
  );
}
