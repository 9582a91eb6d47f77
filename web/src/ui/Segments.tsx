/** A few exclusive choices in a row, as links or buttons would look in a quiet tool. Arrow keys move, as radios do. */
import classes from './Segments.module.css';

interface Segment<Value extends string> {
  value: Value;
  label: string;
  count?: number | undefined;
}

interface Props<Value extends string> {
  label: string;
  name: string;
  options: readonly Segment<Value>[];
  value: Value;
  onChange: (value: Value) => void;
}

export function Segments<Value extends string>({ label, name, options, value, onChange }: Props<Value>) {
  return (
    <div className={classes.segments} role="radiogroup" aria-label={label}>
      {options.map((option) => (
        <label key={option.value} className={classes.segment} data-checked={option.value === value || undefined}>
          <input
            type="radio"
            className="hidden"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          {option.label}
          {option.count !== undefined && <span className={classes.count}>{option.count}</span>}
        </label>
      ))}
    </div>
  );
}
