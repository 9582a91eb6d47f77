/** Variables as JSON, for a task or a start without a form. */
import { Textarea } from '@mantine/core';
import { texts } from '../texts';
import classes from './Form.module.css';

interface Props {
  text: string;
  onChange: (text: string) => void;
  error: string | null;
}

export function VariablesInput({ text, onChange, error }: Props) {
  return (
    <Textarea
      label={texts.task.variablesJson}
      description={texts.task.variablesHint}
      placeholder={'{\n  "name": "value"\n}'}
      autosize
      minRows={5}
      maxRows={16}
      spellCheck={false}
      className={classes.json ?? ''}
      value={text}
      error={error}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
