/** A form-js form in Baton's dress. The library is large, so it comes with the first form that is opened. */
import { Skeleton } from '@mantine/core';
import { lazy, Suspense, type Ref } from 'react';
import type { FormSchema, Variables } from '../api/types';

const FormView = lazy(() => import('./FormView'));

/** What the buttons around a form can ask of it. */
export interface FormHandle {
  /** The answers, or null where some are missing or wrong: they are marked, and the first has the focus. */
  answers(): Variables | null;
  /** The files chosen with the last answers, by the value that stands for them there. */
  files(): Map<string, File[]>;
}

interface Props {
  schema: FormSchema;
  values: Variables;
  readOnly: boolean;
  ref: Ref<FormHandle>;
  onSubmit: () => void;
}

export function Form(props: Props) {
  return (
    <Suspense fallback={<Skeleton height={220} radius={8} />}>
      <FormView {...props} />
    </Suspense>
  );
}

/** The label of each field, for naming it in a message. */
export function fieldLabels(schema: FormSchema): Map<string, string> {
  const labels = new Map<string, string>();
  const walk = (components: FormSchema['components']) => {
    for (const component of components) {
      if (component.key !== undefined && component.label !== undefined) labels.set(component.key, component.label);
      if (component.components) walk(component.components);
    }
  };
  walk(schema.components);
  return labels;
}
