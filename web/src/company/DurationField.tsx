/** So many hours or days, and where it makes sense before or after the due date. */
import { NumberInput, Select } from '@mantine/core';
import { texts } from '../texts';
import classes from './DurationField.module.css';
import { format, parse, UNITS, type Unit } from './duration';

interface Props {
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** Whether it may lie before the due date. */
  before?: boolean;
}

export function DurationField({ label, value, onChange, before = false }: Props) {
  const words = texts.durations;
  const amount = parse(value) ?? { count: 0, unit: 'days' as Unit };
  const sign = amount.count < 0 ? -1 : 1;
  return (
    <div className={classes.field}>
      <NumberInput
        size="sm"
        label={label}
        min={0}
        max={1000}
        allowDecimal={false}
        value={Math.abs(amount.count)}
        onChange={(count) => onChange(format({ ...amount, count: Math.abs(Number(count)) * sign }))}
      />
      <Select
        aria-label={words.unit}
        allowDeselect={false}
        data={UNITS.map((unit) => ({ value: unit, label: words[unit] }))}
        value={amount.unit}
        onChange={(unit) => onChange(format({ ...amount, unit: UNITS.find((each) => each === unit) ?? 'days' }))}
      />
      {before && (
        <Select
          aria-label={words.when}
          allowDeselect={false}
          data={[
            { value: 'before', label: words.before },
            { value: 'after', label: words.after },
          ]}
          value={sign < 0 ? 'before' : 'after'}
          onChange={(when) => onChange(format({ ...amount, count: Math.abs(amount.count || 1) * (when === 'before' ? -1 : 1) }))}
        />
      )}
    </div>
  );
}
