import { NumberInput, type NumberInputProps } from '@mantine/core';
import { useSession } from '../api/session.ts';
import { minorDigits } from './currency.ts';

/** An amount as people type it; outside it is minor units, null where nothing stands. */
export function MoneyInput({
  minor,
  onMinor,
  currency,
  ...rest
}: { minor: number | null; onMinor: (minor: number | null) => void; currency?: string | null } & Omit<
  NumberInputProps,
  'value' | 'onChange'
>) {
  const home = useSession().workspace.currency;
  const unit = currency || home;
  const scale = 10 ** minorDigits(unit);
  return (
    <NumberInput
      hideControls
      thousandSeparator=","
      decimalScale={minorDigits(unit)}
      rightSection={
        <span className="dim" style={{ fontSize: 12, paddingRight: 8 }}>
          {unit}
        </span>
      }
      rightSectionWidth={46}
      {...rest}
      value={minor === null ? '' : minor / scale}
      onChange={(value) => onMinor(value === '' || value === '-' ? null : Math.round(Number(value) * scale))}
    />
  );
}
