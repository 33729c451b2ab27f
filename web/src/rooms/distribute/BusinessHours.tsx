import { NumberInput } from '@mantine/core';

/** Minutes, said in hours; empty is null. */
export function BusinessHours({
  label,
  description,
  minutes,
  onChange,
}: {
  label: string;
  description: string;
  minutes: number | null;
  onChange: (minutes: number | null) => void;
}) {
  return (
    <NumberInput
      label={label}
      description={description}
      hideControls
      min={0}
      value={minutes === null ? '' : Math.round((minutes / 60) * 100) / 100}
      onChange={(typed) => onChange(Number(typed) > 0 ? Math.max(1, Math.round(Number(typed) * 60)) : null)}
    />
  );
}
