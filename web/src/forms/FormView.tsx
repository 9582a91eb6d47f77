/**
 * The form-js viewer. It is filled once, when it opens: a refresh of the page must not overwrite what somebody is typing.
 */
import '@bpmn-io/form-js-viewer/dist/assets/form-js.css';
import './formTheme.css';
import { Form } from '@bpmn-io/form-js-viewer';
import { useEffect, useImperativeHandle, useRef, useState, type Ref } from 'react';
import type { FormSchema, Variables } from '../api/types';
import { texts } from '../texts';
import type { FormHandle } from './Form';
import classes from './Form.module.css';

interface Props {
  schema: FormSchema;
  values: Variables;
  readOnly: boolean;
  ref: Ref<FormHandle>;
  onSubmit: () => void;
}

export default function FormView({ schema, values, readOnly, ref, onSubmit }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const form = useRef<Form | null>(null);
  const submit = useRef(onSubmit);
  const asking = useRef(false);
  const reading = useRef(readOnly);
  const [opened, setOpened] = useState({ schema, values });
  const [broken, setBroken] = useState(false);
  const chosen = useRef(new Map<string, File[]>());
  useEffect(() => {
    submit.current = onSubmit;
  });
  if (JSON.stringify(opened.schema) !== JSON.stringify(schema)) setOpened({ schema, values });

  useEffect(() => {
    if (box.current === null) return undefined;
    // Without form-js's 300 ms of debouncing: Ctrl+Enter right after the last letter must send that letter too.
    const options = { container: box.current, debounce: false };
    const made = new Form(options);
    form.current = made;
    made.setProperty('readOnly', reading.current);
    made.importSchema(structuredClone(opened.schema), structuredClone(opened.values)).catch(() => setBroken(true));
    // A submit button that the form brings along presses the page's own one.
    made.on('submit', 500, () => {
      if (!asking.current) submit.current();
    });
    return () => {
      form.current = null;
      made.destroy();
    };
  }, [opened]);

  useEffect(() => {
    reading.current = readOnly;
    form.current?.setProperty('readOnly', readOnly);
  }, [readOnly]);

  useImperativeHandle(ref, () => ({
    answers() {
      if (form.current === null || broken) return null;
      asking.current = true;
      const { data, errors, files } = form.current.submit() as ReturnType<Form['submit']> & { files?: Map<string, File[]> };
      chosen.current = files ?? new Map();
      asking.current = false;
      if (Object.keys(errors).length === 0) return data as Variables;
      requestAnimationFrame(() => box.current?.querySelector<HTMLElement>('.fjs-has-errors :is(input, textarea, button)')?.focus());
      return null;
    },
    files: () => chosen.current,
  }), [broken]);

  if (broken) {
    return (
      <div role="alert" className={classes.broken}>
        <strong>{texts.task.formBroken}</strong>
        <p>{texts.task.formBrokenHow}</p>
      </div>
    );
  }
  return <div ref={box} className={classes.form} data-read-only={readOnly || undefined} />;
}
