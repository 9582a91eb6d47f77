/** A moment to come, in the reader's own zone: typed, or by one of the usual answers. */
import { TextInput, UnstyledButton } from '@mantine/core';
import { texts } from '../texts';
import { clock } from '../time/time';
import { useNow } from '../time/When';
import { fromInput, toInput, usualTimes } from './dateTime';
import classes from './ui.module.css';

interface Props {
  label: string;
  /** ISO 8601, or null while nothing that is a time is entered. */
  value: string | null;
  onChange: (value: string | null) => void;
  first?: boolean;
}

export function DateTime({ label, value, onChange, first = false }: Props) {
  const now = useNow();
  return (
    <div className={classes.dateTime}>
      <TextInput
        type="datetime-local"
        label={label}
        {...(first ? { 'data-autofocus': true } : {})}
        value={value === null ? '' : toInput(value)}
        min={toInput(new Date(now).toISOString())}
        onChange={(event) => onChange(fromInput(event.currentTarget.value))}
      />
      <div className={classes.usual}>
        {usualTimes(now).map(({ name, at }) => (
          <UnstyledButton key={name} className={classes.usualTime} title={clock.full(at)} onClick={() => onChange(at)}>
            {texts.dates[name]}
          </UnstyledButton>
        ))}
      </div>
    </div>
  );
}
