/**
 * What a person fills in to complete a task or start a case: the form if there is one, JSON if there is none, with what
 * the server refused above it. The button that sends it belongs to whoever shows this.
 */
import { UnstyledButton } from '@mantine/core';
import { useImperativeHandle, useRef, useState, type Ref } from 'react';
import type { ApiError } from '../api/client';
import type { FormSchema, Variables } from '../api/types';
import { texts } from '../texts';
import { explain } from '../ui/explain';
import { fieldLabels, Form, type FormHandle } from './Form';
import { readVariables } from './readVariables';
import { VariablesInput } from './VariablesInput';
import classes from './Answers.module.css';

interface Props {
  schema: FormSchema | null;
  values: Variables;
  readOnly: boolean;
  refusal: ApiError | null;
  noForm: string;
  ref: Ref<FormHandle>;
  onSubmit: () => void;
}

export function Answers({ schema, values, readOnly, refusal, noForm, ref, onSubmit }: Props) {
  const form = useRef<FormHandle>(null);
  const [json, setJson] = useState<string | null>(null);
  const [jsonError, setJsonError] = useState<string | null>(null);
  const [incomplete, setIncomplete] = useState(false);

  useImperativeHandle(ref, () => ({
    answers() {
      if (schema !== null) {
        const answers = form.current?.answers() ?? null;
        setIncomplete(answers === null);
        return answers;
      }
      const { variables, error } = readVariables(json ?? '');
      setJsonError(error);
      return variables;
    },
    files: () => form.current?.files() ?? new Map<string, File[]>(),
  }));

  return (
    <div className={classes.answers}>
      {refusal && <Refusal error={refusal} schema={schema} />}
      {incomplete && !refusal && (
        <p role="alert" className={classes.problem}>
          {texts.task.formProblems}
        </p>
      )}
      {schema !== null && <Form ref={form} schema={schema} values={values} readOnly={readOnly} onSubmit={onSubmit} />}
      {schema === null && <p className="dim">{noForm}</p>}
      {schema === null && !readOnly && json === null && (
        <UnstyledButton className={`link ${classes.add}`} onClick={() => setJson('')}>
          {texts.task.addVariables}
        </UnstyledButton>
      )}
      {schema === null && !readOnly && json !== null && (
        <VariablesInput text={json} onChange={setJson} error={jsonError} />
      )}
    </div>
  );
}

/** Why the server refused, field by field under the names the form gives them. */
function Refusal({ error, schema }: { error: ApiError; schema: FormSchema | null }) {
  const { title, advice } = explain(error);
  const labels = schema === null ? new Map<string, string>() : fieldLabels(schema);
  return (
    <div role="alert" className={classes.problem}>
      <strong>{title}</strong> {advice}
      {error.errors.length > 0 && (
        <ul>
          {error.errors.map(({ field, message }) => (
            <li key={`${field} ${message}`}>
              <strong>{labels.get(field.replace(/^variables\./, '')) ?? field}</strong>: {message}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
